"""What the directory has and what it lacks, in numbers; nothing of the people who ask it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.evidence import MARKING
from directory.model import SLOTS, Level, Status
from directory.staleness import STALE_DAYS
from directory.store.tables import links, pages
from directory.store.tables import revisions as revision_rows


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of pages: by status; of active ones by the slot of a shown link, without any, and
    checked within `STALE_DAYS`; and the number of revisions.

    Of active ones also by level (None: unknown) and by category ("": in none), the largest first;
    `markable` have a link on a network that gives the mark «Госорганизация», of them `marked` have
    it and of `unlooked` nobody knows; `followers` in all of the `followed`, the pages whose number
    is known; `last_check` is the last day that is not ahead.
    """

    by_status: dict[Status, int]
    by_slot: dict[str, int]
    without_links: int
    checked: int
    revisions: int
    by_level: dict[Level | None, int]
    by_category: dict[str, int]
    markable: int
    marked: int
    unlooked: int
    followers: int
    followed: int
    last_check: date | None

    @property
    def pages(self) -> int:
        """How many pages are active."""
        return self.by_status.get(Status.ACTIVE, 0)


async def statistics(
    connection: AsyncConnection, today: date, within: Collection[int] | None = None
) -> Statistics:
    """Count the pages at the territories `within` (None: all)."""
    there = pages.c.territory.in_(within) if within is not None else true()
    active = and_(pages.c.status == Status.ACTIVE, there)
    shown = links.c.hidden == ""
    slots = await connection.execute(
        select(links.c.slot, func.count(links.c.page.distinct()))
        .join(pages, pages.c.id == links.c.page)
        .where(active, shown)
        .group_by(links.c.slot)
    )
    bare = active & ~_has_link(true())
    fresh = active & (pages.c.checked_at >= today - timedelta(days=STALE_DAYS))
    by_slot = {row[0]: row[1] for row in slots}
    marking = active & _has_link(links.c.slot.in_(MARKING))
    marks = dict(await _counted(connection, pages.c.official_mark, marking))
    followers = select(func.sum(pages.c.subscribers), func.count(pages.c.subscribers))
    summed, followed = (await connection.execute(followers.where(active))).one()
    last = select(func.max(pages.c.checked_at)).where(active, pages.c.checked_at <= today)
    levels = await _counted(connection, pages.c.level, active)
    categories = await _counted(connection, pages.c.category, active)
    statuses = await _counted(connection, pages.c.status, there)
    return Statistics(
        by_status={Status(status): n for status, n in statuses},
        by_slot={slot: by_slot.get(slot, 0) for slot in SLOTS},
        without_links=await connection.scalar(select(func.count()).where(bare)) or 0,
        checked=await connection.scalar(select(func.count()).where(fresh)) or 0,
        revisions=await connection.scalar(select(func.count()).select_from(revision_rows)) or 0,
        by_level={Level(level) if level else None: n for level, n in levels},
        by_category={category or "": n for category, n in categories},
        markable=sum(marks.values()),
        marked=marks.get(True, 0),
        unlooked=marks.get(None, 0),
        followers=summed or 0,
        followed=followed,
        last_check=await connection.scalar(last),
    )


def _has_link(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a page has a shown link of these."""
    shown = links.c.hidden == ""
    return select(links.c.page).where(links.c.page == pages.c.id, shown, which).exists()


async def _counted(
    connection: AsyncConnection, column: ColumnElement[Any], which: ColumnElement[bool]
) -> list[tuple[Any, int]]:
    """How many of these pages have each value of the column, the largest number first."""
    number = func.count()
    query = select(column, number).where(which).group_by(column).order_by(number.desc(), column)
    return [(value, n) for value, n in await connection.execute(query)]
