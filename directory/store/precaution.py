"""A copy of the database before a change that touches much of it."""

from __future__ import annotations

import asyncio
import logging

from directory.store import backups, copies, records
from directory.store.database import Database

ONE_IN = 10
"""A change of more than one page in so many is preceded by a copy of the database."""

log = logging.getLogger(__name__)


async def copy_before(db: Database, what: str, size: int) -> None:
    """Make a copy before a large change: of so many records, of the kind that `what` names.

    Best-effort: without a copy there is still the undo. Databases on a server are backed up by
    their administrator.
    """
    if not db.is_file:
        return
    async with db.read() as connection:
        pages = await records.count_pages(connection)
    if not pages or size * ONE_IN <= pages:
        return
    try:
        await asyncio.to_thread(backups.make, db.path, before=what)
    except (OSError, copies.DamagedError) as error:
        log.warning("no copy of the database before the change (%s): %s", what, error)
