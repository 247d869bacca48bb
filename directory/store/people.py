"""What is kept of people: what they saved, and what of theirs waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Status
from directory.store import reports
from directory.store.tables import (
    column_choices,
    drafts,
    pages,
    pending_imports,
    report_senders,
    saved,
)

_UNSEEN = (Status.HIDDEN, Status.RETIRED)

_OWNERS = (
    saved.c.person,
    pending_imports.c.owner,
    column_choices.c.owner,
    drafts.c.person,
    report_senders.c.person,
)
"""The columns that say whose a record is, of all tables whose records are kept for a person."""


MOST_SAVED = 500
"""Pages that one person may keep: more than anybody looks through, and no burden."""


class SaveOutcome(Enum):
    """Whether a page is kept now: `UNSEEN` when it is not shown, `FULL` when too many are kept."""

    KEPT = "kept"
    UNSEEN = "unseen"
    FULL = "full"


async def save(connection: AsyncConnection, person: int, page: str) -> SaveOutcome:
    """Keep a page for a person."""
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
    """Keep a page no longer, if it was kept."""
    await connection.execute(delete(saved).where(saved.c.person == person, saved.c.page == page))


async def is_saved(connection: AsyncConnection, person: int, page: str) -> bool:
    """Whether the person keeps the page."""
    query = select(saved.c.page).where(saved.c.person == person, saved.c.page == page)
    return await connection.scalar(query) is not None


async def savers(
    connection: AsyncConnection, since: datetime | None
) -> tuple[set[int], datetime | None]:
    """Who has saved a page since (or ever, for None), and when the last of these was saved."""
    query = select(saved.c.person, func.max(saved.c.at)).group_by(saved.c.person)
    if since is not None:
        query = query.where(saved.c.at >= since)
    rows = (await connection.execute(query)).all()
    return {person for person, _ in rows}, max((at for _, at in rows), default=None)


async def saved_pages(
    connection: AsyncConnection, person: int, *, limit: int, offset: int = 0
) -> Sequence[str]:
    """Ids of the pages that a person keeps, hidden and retired ones too, the last saved first."""
    query = select(saved.c.page).where(saved.c.person == person)
    query = query.order_by(saved.c.at.desc(), saved.c.page)
    return (await connection.scalars(query.limit(limit).offset(offset))).all()


async def count_saved(connection: AsyncConnection, person: int) -> int:
    """How many pages a person keeps."""
    query = select(func.count()).select_from(saved).where(saved.c.person == person)
    return await connection.scalar(query) or 0


async def kept_of(connection: AsyncConnection, person: int) -> int:
    """How many things `forget` would delete."""
    total = 0
    for owner in _OWNERS:
        query = select(func.count()).select_from(owner.table).where(owner == person)
        total += await connection.scalar(query) or 0
    return total


async def forget(connection: AsyncConnection, person: int) -> None:
    """Delete all that is kept of a person, the words of their reports included.

    What an administrator did stays in the history, and so do an editor's rights, which are not
    theirs to delete.
    """
    await reports.forget(connection, person)
    for owner in _OWNERS:
        await connection.execute(delete(owner.table).where(owner == person))
