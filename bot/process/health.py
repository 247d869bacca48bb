"""How the bot is: what `/readyz`, `/metrics` and the pinged address are told."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from bot.metrics import BACKUP_AGE, DISK_FREE, INDEX_AGE, PAGES, REPORTS, TASK_BEGUN
from bot.process.intake import Intake
from directory.directory import Directory
from directory.store import backups, reports, revisions, tasks

SILENT_SECONDS = 120
"""How long ago Telegram may have been heard last: it is asked every few seconds while polling, and
once a minute beside a webhook."""

_DATABASE_SECONDS = 5
"""How long the database may take to answer."""


async def parts(directory: Directory, intake: Intake) -> dict[str, bool]:
    """What the bot needs to answer people, and whether it works."""
    return {
        "database": await _answers(directory),
        "index": directory.revision >= 0,
        "links": directory.has_links,
        "telegram": intake.is_begun and intake.silence <= SILENT_SECONDS,
    }


async def measure(directory: Directory) -> None:
    """Set the gauges of what the database and the disk tell; those of a lost database stay."""
    path = directory.backups_of
    PAGES.set(directory.index.pages)
    made = backups.latest(path)
    BACKUP_AGE.set((datetime.now(UTC) - made).total_seconds() if made else float("inf"))
    DISK_FREE.set(shutil.disk_usage(path.absolute().parent).free)
    try:
        async with asyncio.timeout(_DATABASE_SECONDS), directory.db.read() as connection:
            last = await revisions.current(connection)
            begun = await tasks.begun(connection)
            REPORTS.set(await reports.count_undecided(connection))
    except (DBAPIError, OSError):  # TimeoutError and a lost file are OSErrors
        return
    INDEX_AGE.set(max(0, last - directory.revision))
    for name, at in begun.items():
        TASK_BEGUN.labels(name).set(at.timestamp())


async def _answers(directory: Directory) -> bool:
    try:
        async with asyncio.timeout(_DATABASE_SECONDS), directory.db.read() as connection:
            await revisions.current(connection)
    except (DBAPIError, OSError):
        return False
    return True
