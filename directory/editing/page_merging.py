"""Merging two pages of the same body or post: the older id stays, and the other one leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change
from directory.editing.edit import titles_named, told
from directory.file.columns import PAGES
from directory.links.keys import identity
from directory.model import Change, Page, PageLink, Status
from directory.references import REFERENCES, circles
from directory.rights import Rights
from directory.store import records, revisions
from directory.store.tables import changes, pages
from directory.territories import Territories
from directory.translation import say

_FILLED = (
    *("full_name", "category", "level", "territory", "person", "post", "address", "phone", "hours"),
    *("lat", "lon", "official_mark", "flagship", "subscribers", "parent", "successor"),
    *("source", "checked_at"),
)
"""The fields of which one page has the other's where its own says nothing."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A field of which the two pages say different things: the text that stays, and the other."""

    column: str
    stays: str
    other: str


@dataclass(frozen=True, slots=True)
class PageMerge:
    """What merging two pages would do.

    `kept` has the older id and becomes `after`; `gone` leads to it from then on. `refused` says in
    Russian why it cannot be done. `revision` is the state for which all this holds.
    """

    kept: Page
    gone: Page
    after: Page
    differing: tuple[Differing, ...]
    changes: tuple[Change, ...]
    refused: tuple[str, ...]
    revision: int


async def propose_merge(
    connection: AsyncConnection, rights: Rights, one: str, other: str, *, newer_says: bool = False
) -> PageMerge | None:
    """What merging the pages with these ids would do; None when one of them is there no longer.

    Where they differ the older one says what is right, or (`newer_says`) the newer.
    """
    found = await records.read_pages(connection, [one, other])
    if one == other or len([p for p in found if p.status is not Status.RETIRED]) < 2:
        return None
    kept, gone = await _by_age(connection, found)
    tree = await records.read_tree(connection)
    first, second = (gone, kept) if newer_says else (kept, gone)
    after = _united(kept, first, second)
    led = await _led_anew(connection, kept, gone)
    made = [
        page_change(kept, after),
        page_change(gone, replace(gone, status=Status.RETIRED, merged_into=kept.id)),
        *(page_change(before, now) for before, now in led),
    ]
    refused = rights.refusals(made, tree)
    refused += [
        say("страница «{title}» скрыта; сначала верните её", title=page.title)
        for page in (kept, gone)
        if page.status is Status.HIDDEN
    ]
    if await _goes_round(connection, [after, *(now for _before, now in led)]):
        refused.append(say("учредитель или преемник привёл бы по кругу к самой странице"))
    titles = await titles_named(connection, found, REFERENCES)
    return PageMerge(
        *(kept, gone, after, _differing(after, first, second, tree, titles), tuple(made)),
        *(tuple(refused), await revisions.current(connection)),
    )


async def _by_age(connection: AsyncConnection, found: list[Page]) -> list[Page]:
    """The pages, the one first that was in the directory first."""
    query = (
        select(changes.c.key)
        .where(changes.c.entity == "page", changes.c.key.in_([page.id for page in found]))
        .where(changes.c.before.is_(None))
        .order_by(changes.c.revision, changes.c.position)
    )
    made = list(dict.fromkeys(await connection.scalars(query)))
    return sorted(found, key=lambda page: made.index(page.id) if page.id in made else -1)


def _united(kept: Page, first: Page, second: Page) -> Page:
    """The page that is kept, with what `first` says, and `second` where that says nothing."""
    values: dict[str, Any] = {name: getattr(first, name) for name in _FILLED}
    for name, value in values.items():
        if value in (None, ""):
            values[name] = getattr(second, name)
    if first.lat is None or first.lon is None:  # a place is both or nothing
        values["lat"], values["lon"] = second.lat, second.lon
    for name in REFERENCES:
        if values[name] in (first.id, second.id):
            values[name] = ""
    names = dict.fromkeys((*first.aliases, second.title, *second.aliases))
    return replace(
        kept,
        **values,
        title=first.title,
        aliases=tuple(name for name in names if name != first.title),
        links=_links(first, second),
        status=first.status if first.status is second.status else Status.ACTIVE,
    )


def _links(first: Page, second: Page) -> tuple[PageLink, ...]:
    """The links of both; what was withdrawn on either stays so: only an editor brings it back."""
    has = {(x.slot, x.link) for x in first.links}
    both = (*first.links, *(x for x in second.links if (x.slot, x.link) not in has))
    bad = {identity(x.link): x.hidden for x in (*second.links, *first.links) if x.hidden}
    return tuple(replace(x, hidden=bad.get(identity(x.link), "")) for x in both)


async def _led_anew(connection: AsyncConnection, kept: Page, gone: Page) -> list[tuple[Page, Page]]:
    """The other pages that name the one that goes, and as they name the one that stays."""
    users = {page for page, _column, _other in await records.referring(connection, [gone.id])}
    merged = select(pages.c.id).where(pages.c.merged_into == gone.id)
    ids = sorted({*users, *(await connection.scalars(merged))} - {kept.id, gone.id})
    led = []
    for page in await records.read_pages(connection, ids):
        mine: dict[str, Any] = {
            name: kept.id for name in (*REFERENCES, "merged_into") if getattr(page, name) == gone.id
        }
        led.append((page, replace(page, **mine)))
    return led


async def _goes_round(connection: AsyncConnection, after: list[Page]) -> bool:
    """Whether the founders or the successors of these pages would come back to one of them."""
    for column in REFERENCES:
        refers = {page.id: getattr(page, column) for page in after}
        while wanted := {other for other in refers.values() if other and other not in refers}:
            found = await records.read_pages(connection, sorted(wanted))
            refers |= dict.fromkeys(wanted, "") | {p.id: getattr(p, column) for p in found}
        if circles(refers):
            return True
    return False


def _differing(
    after: Page, first: Page, second: Page, tree: Territories, titles: Mapping[str, str]
) -> tuple[Differing, ...]:
    """The columns of which both say something, and not the same."""
    columns = (name for name in PAGES if name == "title" or name in _FILLED)
    both = (
        Differing(n, *(told(page, n, tree, titles) for page in (first, second))) for n in columns
    )
    return tuple(each for each in both if each.stays and each.other and each.stays != each.other)
