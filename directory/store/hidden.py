"""What is hidden now, a page or one link of it: why, by whom and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Action, Link, Page, Status
from directory.rights import Scopes
from directory.store.tables import changes, links, pages, revisions
from directory.territories import Territories

HidingAct = tuple[datetime | None, int | None, str]
"""When, by whom and by which file something was hidden."""

_UNKNOWN: HidingAct = (None, None, "")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_PAGE = (pages.c.id, pages.c.title, pages.c.category, pages.c.territory)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden page, or one hidden `link` of a page.

    `actor` is the editor's Telegram id, None for a command or the check of links. `at` is UTC, None
    when nothing is known of the act. `file` is that which brought the status.
    """

    page: str
    title: str
    link: Link | None
    reason: str
    at: datetime | None
    actor: int | None
    file: str = ""


async def hidden(
    connection: AsyncConnection, scope: Scopes, territories: Territories
) -> list[Hidden]:
    """All that is hidden within a scope, the last hidden first."""
    whole: Select[Any] = select(*_PAGE, pages.c.hidden.label("why")).where(
        pages.c.status == Status.HIDDEN
    )
    rows: list[tuple[Page, Link | None, str]] = [
        (_page(row), None, row.why) for row in await connection.execute(whole)
    ]
    hidden_links: Select[Any] = (
        select(*_PAGE, links.c.platform, links.c.kind, links.c.account, links.c.hidden.label("why"))
        .join(links, links.c.page == pages.c.id)
        # Of a page that left the directory, too: the link is warned of until it is brought back.
        .where(links.c.hidden != "", pages.c.merged_into == "")
    )
    rows += [
        (_page(row), Link(row.platform, row.kind, row.account), row.why)
        for row in await connection.execute(hidden_links)
    ]
    within = [row for row in rows if scope.covers(row[0], territories)]
    acts = await _acts(connection, [page.id for page, link, _why in within if link])
    statuses = await _statuses(connection, [page.id for page, link, _why in within if not link])
    found = [
        Hidden(page.id, page.title, link, why, *acts.get((page.id, why), _UNKNOWN))
        if link
        else Hidden(page.id, page.title, link, why, *statuses.get(page.id, _UNKNOWN))
        for page, link, why in within
    ]
    # A service may be the same account as the network's: it is hidden once.
    once = dict.fromkeys(found)
    return sorted(once, key=lambda x: x.at or _LONG_AGO, reverse=True)


async def whole_page(connection: AsyncConnection, page: Page) -> Hidden:
    """Who hid this page, which is hidden, and when."""
    acts = await _statuses(connection, [page.id])
    return Hidden(page.id, page.title, None, page.hidden, *acts.get(page.id, _UNKNOWN))


async def _acts(
    connection: AsyncConnection, ids: Sequence[str]
) -> dict[tuple[str, str], HidingAct]:
    """When and by whom a link of these pages was last hidden for a reason."""
    rows = await connection.execute(_changes(ids).where(revisions.c.action == Action.HIDE))
    return {(row.key, row.note): (row.at, row.actor, "") for row in rows}


async def _statuses(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, HidingAct]:
    """When, by whom and by which file these pages last became hidden."""
    hides = changes.c.after["status"].as_string() == Status.HIDDEN.value
    rows = await connection.execute(_changes(ids).where(hides))
    return {row.key: (row.at, row.actor, row.file) for row in rows}


def _changes(ids: Sequence[str]) -> Select[Any]:
    """The changes of these pages with what is known of their revisions, the oldest first."""
    return (
        select(changes.c.key, revisions.c.note, revisions.c.at, revisions.c.actor, revisions.c.file)
        .join(revisions, revisions.c.id == changes.c.revision)
        .where(changes.c.entity == "page", changes.c.key.in_(ids))
        .order_by(revisions.c.id)
    )


def _page(row: Row[Any]) -> Page:
    return Page(row.id, row.title, category=row.category or "", territory=row.territory)
