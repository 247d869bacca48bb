"""All that only SQLite understands: how its connections are set up, and the backup.

Everything else in `directory/store` is SQLAlchemy Core and runs on PostgreSQL too.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

BUSY_SECONDS = 60
"""How long a writer waits for another process's transaction before it gives up: the import of a
national list writes for half a minute."""

_CACHE_KB = 8192
"""Pages that a connection keeps in memory: with SQLite's own 2 MB a large import would write the
same ones to the disk again and again."""

_WAL = "PRAGMA journal_mode = WAL"
_PRAGMAS = (
    _WAL,
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten: whoever asks to be forgotten is not to be found in the file.
    "PRAGMA secure_delete = ON",
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


def engine_url(database: Path) -> URL:
    """The address of an engine that never creates the file: it must exist."""
    query = {"mode": "rw", "uri": "true"}
    return URL.create("sqlite+aiosqlite", database=database.resolve().as_uri(), query=query)


class OpenFile:
    """Watches the file of an open database for being deleted or replaced.

    It keeps a connection of its own: while that is open, no other file gets the same inode.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._connect()

    def _connect(self) -> None:
        address = f"{self._database.resolve().as_uri()}?mode=rw"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        # Its journal is opened by the first statement that reads.
        for statement in (_WAL, "SELECT count(*) FROM sqlite_schema"):
            self._connection.execute(statement).fetchall()
        self._inode = self._database.stat().st_ino

    def is_in_place(self) -> bool:
        """Whether the file is the one that was opened."""
        try:
            return self._database.stat().st_ino == self._inode
        except OSError:
            return False

    def reopen(self) -> None:
        """Take the file that is there now for the open one. Raises `OSError` when it cannot be.

        The journal of the old file is emptied first: the new one has the same name for it, and
        SQLite would take what it holds for changes of the new file.
        """
        try:
            self._database.stat()
            if self._connection is not None:
                busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise OSError("the old one is still in use")
            self.close()
            self._connect()
        except sqlite3.Error as error:
            self.close()
            raise OSError(str(error)) from error

    def close(self) -> None:
        """Stop watching."""
        if self._connection is not None:
            self._connection.close()
            self._connection, self._inode = None, 0


def compact(database: Path) -> None:
    """Give the room of what was deleted back to the disk. Raises `sqlite3.Error`."""
    connection = sqlite3.connect(database, timeout=BUSY_SECONDS)
    try:
        connection.execute("VACUUM")
    finally:
        connection.close()
