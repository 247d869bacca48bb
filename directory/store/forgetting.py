"""What /forget erases: all that is kept of a person."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store import reports
from directory.store.tables import (
    awaited_pages,
    column_choices,
    drafts,
    homes,
    keeper_codes,
    keepers,
    news_readers,
    pending_imports,
    report_senders,
    saved,
)

OWNERS = (
    saved.c.person,
    pending_imports.c.owner,
    column_choices.c.owner,
    drafts.c.person,
    homes.c.person,
    news_readers.c.person,
    awaited_pages.c.person,
    keepers.c.person,
    keeper_codes.c.person,
    report_senders.c.person,
)
"""The columns that say whose a record is, of all tables whose records are kept for a person."""


async def kept_of(connection: AsyncConnection, person: int) -> int:
    """How many things `forget` would delete."""
    total = 0
    for owner in OWNERS:
        query = select(func.count()).select_from(owner.table).where(owner == person)
        total += await connection.scalar(query) or 0
    return total


async def forget(connection: AsyncConnection, person: int) -> None:
    """Delete all that is kept of a person, the words of their reports included.

    What an administrator did stays in the history, and so do an editor's rights, which are not
    theirs to delete.
    """
    await reports.forget(connection, person)
    for owner in OWNERS:
        await connection.execute(delete(owner.table).where(owner == person))
