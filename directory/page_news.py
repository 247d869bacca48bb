"""What of the changes of pages is news to those who follow them.

What counts is how a page was then and is now: what was done and taken back meanwhile is no news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, fields_of, page_record
from directory.model import NETWORKS, SLOTS, Page, Status
from directory.store import change_log, records


class NewsKind(StrEnum):
    """What has happened to a page: it is hidden, back, out of the directory, closed; the body has
    moved, has a new head; a link of it was withdrawn, it is on another network."""

    HIDDEN = "hidden"
    RETURNED = "returned"
    RETIRED = "retired"
    CLOSED = "closed"
    MOVED = "moved"
    HEAD = "head"
    WITHDRAWN = "withdrawn"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class PageNews:
    """The news of one page as it is now; `slots` are the networks and links that are spoken of."""

    page: Page
    kinds: tuple[NewsKind, ...]
    slots: tuple[str, ...] = ()


async def page_news(connection: AsyncConnection, ids: Sequence[str], since: int) -> list[PageNews]:
    """The news of these pages after revision `since`, in their order; none of many."""
    then = await _as_then(connection, ids, since)
    pages = await records.read_pages(connection, [key for key in ids if key in then])
    news = [_compared(page, then[page.id]) for page in pages]
    return [each for each in news if each.kinds]


async def _as_then(
    connection: AsyncConnection, ids: Sequence[str], since: int
) -> dict[str, Record]:
    """Of each page that has changed: the fields that did, as they were then (None: empty)."""
    then: dict[str, Record] = {}
    for key, before, after in await change_log.page_changes(connection, ids, since):
        old, new = fields_of("page", before or {}), fields_of("page", after or {})
        if before is None or after is None:
            old, new = {}, {}  # it was not there before, or is no more: there is nothing to compare
        known = then.setdefault(key, {})
        for field in old.keys() | new.keys():
            known.setdefault(field, old.get(field))
    return then


def _compared(page: Page, then: Record) -> PageNews:
    now = fields_of("page", page_record(page))
    changed = {field for field, value in then.items() if value != now.get(field)}
    was = Status(then["status"]) if "status" in changed and then["status"] else page.status
    if page.status in (Status.HIDDEN, Status.RETIRED):
        kind = NewsKind.HIDDEN if page.status is Status.HIDDEN else NewsKind.RETIRED
        return PageNews(page, (kind,) if was is not page.status else ())
    kinds = []
    if was in (Status.HIDDEN, Status.RETIRED):
        kinds.append(NewsKind.RETURNED)
    if page.status is Status.CLOSED and was is not Status.CLOSED:
        kinds.append(NewsKind.CLOSED)
    if "address" in changed and then["address"] and page.address:
        kinds.append(NewsKind.MOVED)
    if "person" in changed:
        kinds.append(NewsKind.HEAD)
    opened, withdrawn = [], []
    for slot in SLOTS:
        if slot in changed:
            before, after = _shown(then[slot]), _shown(now.get(slot))
            if slot in NETWORKS and after and not before:
                opened.append(slot)
            if before - after and any(hidden for *_account, hidden in now.get(slot) or ()):
                withdrawn.append(slot)
    kinds += [NewsKind.NETWORK] if opened else []
    kinds += [NewsKind.WITHDRAWN] if withdrawn else []
    return PageNews(page, tuple(kinds), (*opened, *withdrawn))


def _shown(links: Sequence[Sequence[str]] | None) -> set[tuple[str, ...]]:
    """The accounts of a slot that are not withdrawn."""
    return {tuple(account) for *account, hidden in links or () if not hidden}
