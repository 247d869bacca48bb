"""The pages that people have saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Status
from directory.store.tables import pages, saved

_UNSEEN = (Status.HIDDEN, Status.RETIRED)

MOST_SAVED = 500
"""Pages that one person may save: more than anybody looks through, and cheap to store."""


LED = case((pages.c.merged_into != "", pages.c.merged_into), else_=saved.c.page)
"""The page that a saved one leads to: the page it was merged into, or itself. Needs `saved` joined
with `pages`."""


class SaveOutcome(Enum):
    """Whether the page is saved now; `UNSEEN`: it is not shown, `FULL`: too many are saved."""

    KEPT = "kept"
    UNSEEN = "unseen"
    FULL = "full"


async def save(connection: AsyncConnection, person: int, page: str) -> SaveOutcome:
    """Save a page for a person; of a merged page the one that it leads to."""
    merged = select(pages.c.merged_into).where(pages.c.id == page)
    page = await connection.scalar(merged) or page
    if await is_saved(connection, person, page):
        return SaveOutcome.KEPT
    seen = select(pages.c.id).where(pages.c.id == page, pages.c.status.not_in(_UNSEEN))
    if await connection.scalar(seen) is None:
        return SaveOutcome.UNSEEN
    if await count_saved(connection, person) >= MOST_SAVED:
        return SaveOutcome.FULL
    row = {"person": person, "page": page, "at": datetime.now(UTC)}
    await connection.execute(insert(saved), row)
    return SaveOutcome.KEPT


async def unsave(connection: AsyncConnection, person: int, page: str) -> None:
    """Remove a saved page, and the saved ones that were merged into it. Idempotent."""
    await connection.execute(delete(saved).where(saved.c.person == person, _leads_to(page)))


async def is_saved(connection: AsyncConnection, person: int, page: str) -> bool:
    """Whether the person has saved the page, or one merged into it."""
    query = select(saved.c.page).where(saved.c.person == person, _leads_to(page))
    return await connection.scalar(query.limit(1)) is not None


def _leads_to(page: str) -> ColumnElement[bool]:
    merged = select(pages.c.id).where(pages.c.merged_into == page)
    return or_(saved.c.page == page, saved.c.page.in_(merged))


async def savers(
    connection: AsyncConnection, since: datetime | None
) -> tuple[set[int], datetime | None]:
    """Who has saved a page since (or ever, for None), and when the last of these was saved."""
    query = select(saved.c.person, saved.c.at)  # without GROUP BY: SQLite would look through all
    if since is not None:
        query = query.where(saved.c.at >= since)
    rows = (await connection.execute(query)).all()
    return {person for person, _ in rows}, max((at for _, at in rows), default=None)


async def saved_pages(connection: AsyncConnection, person: int, *, limit: int) -> Sequence[str]:
    """Ids of a person's saved pages, hidden and retired ones too, the last saved first.

    A merged page is replaced by the page that it leads to; each id comes once.
    """
    query = _kept(person).order_by(func.max(saved.c.at).desc(), "led")
    return (await connection.scalars(query.limit(limit))).all()


async def count_saved(connection: AsyncConnection, person: int) -> int:
    """How many pages a person has saved."""
    query = select(func.count()).select_from(_kept(person).subquery())
    return await connection.scalar(query) or 0


def _kept(person: int) -> Select[Any]:
    # By its name: PostgreSQL takes two expressions with parameters for different ones.
    return (
        select(LED.label("led"))
        .select_from(saved.join(pages, pages.c.id == saved.c.page))
        .where(saved.c.person == person)
        .group_by("led")
    )
