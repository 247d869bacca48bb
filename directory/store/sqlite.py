"""SQLite: how its connections are set up, its file, and what its errors mean.

See also `copies` and `backups`. The rest of `directory/store` runs on PostgreSQL as well.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from directory.store import backups
from directory.store.backend import Backend
from directory.store.compact_json import encode
from directory.store.faults import DatabaseLostError, Fault

BUSY_SECONDS = 60
"""How long a writer waits for another process's transaction: importing a national list takes half a
minute."""

CACHE_KB = 32 * 1024
"""Page cache of all connections of a database together. A bot has a connection for each update in
progress and needs little in each; a large import, one of four connections, would write the same
pages to the disk repeatedly with less than 8 MB."""

STATEMENTS = 32
"""Statements that each connection keeps compiled, of 20 KB each: the driver's own 128 would fill
with lists of every length, 60 MB for the connections of a bot."""

_FAULTS = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Fault.READ_ONLY,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
    sqlite3.SQLITE_CORRUPT: Fault.BROKEN,
    sqlite3.SQLITE_NOTADB: Fault.BROKEN,
}

_WAL = "PRAGMA journal_mode = WAL"
_PRAGMAS = (
    _WAL,
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Deleted data is overwritten: after /forget nothing of a person is left in the file.
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
)


def fault_of(error: object) -> Fault | None:
    """What an error of the driver says of the database or its disk."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _FAULTS.get(code & 0xFF)


def file_of(url: str) -> Path | None:
    """The file that `sqlite:///path` names; None for an address of another form."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


class SqliteFile(Backend):
    """The database in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:///{path.resolve()}"
        self.name = str(path.absolute())
        self.folder = path.parent
        self.file_name = path.name
        self._watching: sqlite3.Connection | None = None
        self._inode: int | None = None

    def engine(self, connections: int) -> AsyncEngine:
        """An engine that never creates the file again: it is created here if need be."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _check(self.path)
        query = {"mode": "rw", "uri": "true"}
        engine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=self.path.resolve().as_uri(), query=query),
            json_serializer=encode,
            hide_parameters=True,
            pool_size=connections,
            max_overflow=0,
            pool_use_lifo=True,  # those used last have their pages of the file at hand
            connect_args={"cached_statements": STATEMENTS},
        )
        _prepare(engine, CACHE_KB // connections)
        return engine

    def opened(self) -> None:
        """Watch for the file being deleted or replaced.

        By a connection of its own: while that is open, no other file gets the same inode.
        """
        address = f"{self.path.resolve().as_uri()}?mode=rw"
        self._watching = sqlite3.connect(address, uri=True, check_same_thread=False)
        # Its journal is opened by the first statement that reads.
        for statement in (_WAL, "SELECT count(*) FROM sqlite_schema"):
            self._watching.execute(statement).fetchall()
        self._inode = self.path.stat().st_ino

    def check(self) -> None:
        """Refuse the use of a lost file: a connection would mix a new one with the old journal."""
        if self.lost:
            raise DatabaseLostError(self.lost)

    def is_in_place(self) -> bool:
        """Whether the file is the one that was opened."""
        try:
            if self._inode is not None and self.path.stat().st_ino != self._inode:
                return False
        except OSError:
            return False
        self.lost = ""
        return True

    def reopen(self) -> None:
        """Take the file that is there now for the open one. Raises `OSError` when it cannot be.

        The journal of the old file is emptied first: the new one has the same name for it, and
        SQLite would take what it holds for changes of the new file.
        """
        try:
            self.path.stat()
            if self._watching is not None:
                busy, *_ = self._watching.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise OSError("the old one is still in use")
            self.close()
            self.opened()
        except sqlite3.Error as error:
            self.close()
            raise OSError(str(error)) from error
        self.lost = ""

    def not_reopened(self, error: Exception) -> DatabaseLostError:
        """Until there is a file that can be opened nothing is read or written."""
        self.lost = (
            f"the database file {self.path} was deleted, or replaced by one that cannot be"
            f" used ({error}): put the database or a copy of it back in its place"
        )
        return DatabaseLostError(self.lost)

    def before_migration(self) -> None:
        """Make a copy. Raises what `backups.make` raises."""
        backups.make(self.path, before="migration")

    def compact(self) -> None:
        """Write the file anew without gaps. Raises `sqlite3.Error`."""
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        try:
            connection.execute("VACUUM")
        finally:
            connection.close()

    def close(self) -> None:
        """Stop watching."""
        if self._watching is not None:
            self._watching.close()
            self._watching, self._inode = None, 0


def _prepare(engine: AsyncEngine, cache_kb: int) -> None:
    """Make each new connection durable (WAL, FULL), strict about foreign keys, patient.

    Transactions are begun here and not by the driver, which would begin one only at the first
    write: a writer takes its lock at the start (BEGIN IMMEDIATE), so that what it has read cannot
    change before it writes.
    """

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, f"PRAGMA cache_size = -{cache_kb}"):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _check(database: Path) -> None:
    """Create the file if need be. Raises `OSError` when it cannot be opened.

    aiosqlite would tell of that too, but leaves a thread behind that may complain by itself.
    """
    try:
        sqlite3.connect(database).close()
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
