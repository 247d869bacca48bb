"""«Linked from the body's own site»: which accounts a site links to, and whose they are.

A body's own site vouches for the accounts that it links to. The day on which that was seen is kept
with the link on the page, by one revision per run; it is updated only when it is `AGAIN` old, to
keep the history small.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change
from directory.links import Refusal, parse
from directory.links.address import SITE
from directory.links.keys import identity
from directory.model import Action, Link, Origin, Status
from directory.staleness import STALE_DAYS
from directory.store import records, revisions
from directory.store.tables import links, pages

AGAIN = timedelta(days=STALE_DAYS // 2)
"""Age from which the day is updated: long before it counts as stale."""

_NOTE = "проверка ссылок: сайты организаций ссылаются на их страницы"

_MOST = 2000
"""Addresses of one page that are looked at: networks stand at the foot of the longest, too."""

# Of any tag: a page says as much with <link> as with <a>. No part of it can be tried twice, so a
# page made for that purpose does not hold the check up.
_ADDRESS = re.compile(r"""\bhref\s*=\s*["']?((?:https?:)?//[^\s"'<>]{4,300})""", re.IGNORECASE)

Found = Mapping[Link, frozenset[str]]
"""By a site's link, the identities of the accounts of networks that it links to."""


def accounts(page: str) -> frozenset[str]:
    """The identities of the networks' accounts to which an HTML page links."""
    shown = "".join(part.partition("<!--")[0] for part in page.split("-->"))
    found = dict.fromkeys(address[1] for address in _ADDRESS.finditer(shown))
    parsed = (parse(re.sub("^//", "https://", html.unescape(x))) for x in islice(found, _MOST))
    return frozenset(
        identity(link) for link in parsed if not isinstance(link, Refusal) and link.platform != SITE
    )


async def vouched(connection: AsyncConnection, found: Found) -> set[tuple[str, str]]:
    """Which links of which pages their own sites vouch for: ids of pages, identities of links."""
    return {
        (page, identity(link))
        for site, linked in found.items()
        if linked
        for page, link in await _beside(connection, site)
        if identity(link) in linked
    }


async def mark(
    connection: AsyncConnection, seen: Iterable[tuple[str, str]], today: date
) -> int | None:
    """Store today as the day on which these links were `vouched` for; return the revision.

    None when the stored days are all recent enough.
    """
    of_page: defaultdict[str, set[str]] = defaultdict(set)
    for page, key in seen:
        of_page[page].add(key)
    changes = []
    recent = today - AGAIN
    for before in await records.read_pages(connection, sorted(of_page)):
        keys = of_page[before.id]
        after = replace(
            before,
            links=tuple(
                replace(x, on_site=today)
                if identity(x.link) in keys and (x.on_site or date.min) <= recent
                else x
                for x in before.links
            ),
        )
        if after != before:
            changes.append(page_change(before, after))
    if not changes:
        return None
    return await revisions.apply(connection, changes, Origin(Action.EDIT, note=_NOTE))


async def _beside(connection: AsyncConnection, site: Link) -> list[tuple[str, Link]]:
    """The shown links of the active pages that show this site as theirs, with the pages' ids."""
    own = links.alias()
    rows = await connection.execute(
        select(links.c.page, links.c.platform, links.c.kind, links.c.account)
        .join(own, own.c.page == links.c.page)
        .join(pages, pages.c.id == links.c.page)
        .where(
            own.c.slot == SITE,
            own.c.platform == site.platform,
            own.c.account == site.account,
            own.c.hidden == "",
            links.c.platform != SITE,
            links.c.hidden == "",
            pages.c.status == Status.ACTIVE.value,
        )
    )
    return [(page, Link(platform, kind, account)) for page, platform, kind, account in rows]
