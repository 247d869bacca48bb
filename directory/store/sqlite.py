"""All that only SQLite understands: how its connections are set up, and the backup.

Everything else in `directory/store` is SQLAlchemy Core and runs on PostgreSQL too.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

BUSY_SECONDS = 60
"""How long a writer waits for another process's transaction before it gives up: the import of a
national list writes for half a minute."""

_CACHE_KB = 8192
"""Pages that a connection keeps in memory: with SQLite's own 2 MB a large import would write the
same ones to the disk again and again."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA cache_size = -{_CACHE_KB}",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
)


def prepare(engine: AsyncEngine) -> None:
    """Make each new connection of `engine` durable (WAL, FULL), strict about foreign keys, patient.

    Transactions are begun here and not by the driver, which would begin one only at the first
    write: a writer takes its lock at the start (BEGIN IMMEDIATE), so that what it has read cannot
    change before it writes.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def check(database: Path) -> None:
    """Create the file if need be. Raises `OSError` when it cannot be opened.

    aiosqlite would tell of that too, but leaves a thread behind that may complain by itself.
    """
    try:
        sqlite3.connect(database).close()
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def backup(database: Path, target: Path) -> None:
    """Copy a database that may be in use to `target`, consistently and as one file.

    Raises `FileExistsError` when `target` exists, `sqlite3.Error` when the copy fails; a failed
    copy leaves nothing behind.
    """
    if target.exists():
        raise FileExistsError(target)
    partial = target.with_name(target.name + ".partial")
    source = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        copy = sqlite3.connect(partial)
        try:
            source.backup(copy)
        finally:
            copy.close()
        partial.rename(target)
    finally:
        source.close()
        partial.unlink(missing_ok=True)
