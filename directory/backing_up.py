"""The dated copy of a directory in use, made without blocking others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from directory import aside
from directory.directory import Directory
from directory.store import backups
from directory.store.database import Database
from directory.store.transfer import back_up


async def back_up_dated(directory: Directory) -> Path:
    """Make a verified copy, a file of SQLite, beside the others; return its path.

    Removes expired copies. Raises `copies.DamagedError` when the database is damaged, `OSError`
    when it cannot be read or the copy cannot be written.
    """
    if directory.db.is_file:
        return await asyncio.to_thread(backups.make, directory.db.path)
    copy = backups.next_copy(directory.backups_of)
    if not copy.exists():  # else it was made within the same second
        # A server's database is read row by row, which takes processor time.
        await aside.run(_apart, directory.db.url, copy, progress=lambda _done: None)
    backups.remove_old(directory.backups_of)
    return copy


async def _apart(url: str, copy: Path, _progress: Callable[[int], object]) -> None:
    async with await Database.open(url, connections=1) as db:
        try:
            await back_up(db, copy)
        except DBAPIError as error:
            raise OSError(str(error.orig)) from None
