"""What the directory has and what it lacks, in numbers; nothing of the people who ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import SLOTS, Status
from directory.staleness import STALE_DAYS
from directory.store.revisions import current
from directory.store.tables import links, pages


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of pages: by status; of active ones by the slot of a shown link, without any, and
    checked within `STALE_DAYS`; and the number of revisions."""

    by_status: dict[Status, int]
    by_slot: dict[str, int]
    without_links: int
    checked: int
    revisions: int


async def statistics(connection: AsyncConnection, today: date) -> Statistics:
    """Count."""
    active = pages.c.status == Status.ACTIVE
    shown = links.c.hidden == ""
    statuses = await connection.execute(
        select(pages.c.status, func.count()).group_by(pages.c.status)
    )
    slots = await connection.execute(
        select(links.c.slot, func.count(links.c.page.distinct()))
        .join(pages, pages.c.id == links.c.page)
        .where(active, shown)
        .group_by(links.c.slot)
    )
    bare = active & ~select(links.c.page).where(links.c.page == pages.c.id, shown).exists()
    fresh = active & (pages.c.checked_at >= today - timedelta(days=STALE_DAYS))
    by_slot = {row[0]: row[1] for row in slots}
    return Statistics(
        {Status(status): n for status, n in statuses},
        {slot: by_slot.get(slot, 0) for slot in SLOTS},
        await connection.scalar(select(func.count()).where(bare)) or 0,
        await connection.scalar(select(func.count()).where(fresh)) or 0,
        await current(connection),
    )
