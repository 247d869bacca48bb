"""The open database: one writer at a time, any number of readers."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from directory.store import backups, copies, migrations, sqlite

DEFAULT_URL = "sqlite:///data/directory.sqlite3"


class DatabaseUrlError(ValueError):
    """DATABASE_URL cannot be used; the text says why and what to write instead (in Russian)."""


class Fault(Enum):
    """Why the database takes no changes for now."""

    FULL = auto()
    READ_ONLY = auto()
    LOCKED = auto()
    BROKEN = auto()


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


def fault_of(error: BaseException) -> Fault | None:
    """What an error says of the database or its disk; None when it is the program's own."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else _FAULTS.get(code & 0xFF)


class DatabaseLostError(OSError):
    """The file of the open database was deleted, or cannot be opened again after a replacement."""


class Database:
    """An open database.

    `read()` and `write()` give a connection within a transaction. A write is committed when its
    block ends and rolled back when it raises; writers of this process wait for one another, and
    those of other processes for the database's own lock.
    """

    def __init__(self, engine: AsyncEngine, path: Path) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()
        self._file: sqlite.OpenFile | None = None
        self._users = 0
        self._lost = ""
        self.fault: Fault | None = None
        """Why the last change was not taken; None again once `try_writing` has succeeded."""
        self.path = path
        """The database's file."""

    @classmethod
    async def open(cls, url: str = DEFAULT_URL, *, connections: int = 15) -> Database:
        """Open the database at `url` (`sqlite:///path`), creating and migrating it as needed.

        At most `connections` are open at once, and further readers wait for one.
        Raises `DatabaseUrlError` for an address of another form and for a database of a newer
        version, `OSError` or SQLAlchemy's `DBAPIError` when the file cannot be created or read.
        """
        path = sqlite_path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        sqlite.check(path)
        engine = create_async_engine(
            sqlite.engine_url(path),
            json_serializer=_json,
            pool_size=connections,
            max_overflow=0,
            pool_use_lifo=True,  # those used last have their pages of the file at hand
        )
        sqlite.prepare(engine)
        database = cls(engine, path)
        try:
            await database._migrate()
            database._file = await asyncio.to_thread(sqlite.OpenFile, path)
        except BaseException:
            await database.close()
            raise
        return database

    async def _migrate(self) -> None:
        # A writer's lock is asked for only when there is something to write: an import in another
        # process keeps nobody from reading.
        async with self.read() as connection:
            schema = await connection.run_sync(_schema)
        if schema is not None and schema < migrations.HEAD:  # a newer one is refused
            await asyncio.to_thread(backups.make, self.path, before="migration")
        if schema != migrations.HEAD:
            async with self.write() as connection:
                await connection.run_sync(_migrate)

    async def follow_file(self) -> bool:
        """Go over to the file that was put in the place of the open one; return whether it was.

        Raises `DatabaseLostError` while there is no file, or none that can be opened. Until then
        nothing is read or written: a new connection would mix the new file with the old journal.
        """
        if self._file is None or self._file.is_in_place():
            self._lost = ""
            return False
        try:
            if self._users:
                raise OSError("the old one is still in use")
            await self._engine.dispose()
            await asyncio.to_thread(self._file.reopen)
            self._lost = ""
            await self._migrate()
        except (OSError, DBAPIError, DatabaseUrlError, copies.DamagedError) as error:
            self._lost = (
                f"the database file {self.path} was deleted, or replaced by one that cannot be"
                f" used ({error}): put the database or a copy of it back in its place"
            )
            raise DatabaseLostError(self._lost) from error
        return True

    @property
    def is_lost(self) -> bool:
        """Whether the file was found missing or unusable: its use is refused until it is back."""
        return bool(self._lost)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        if self._lost:
            raise DatabaseLostError(self._lost)
        self._users += 1
        try:
            async with self._engine.connect() as connection:
                yield connection
        finally:
            self._users -= 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout the block."""
        async with self._connected() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """The writer's connection: all of the block is done, or nothing."""
        async with self._writing, self._connected() as connection:
            await connection.execution_options(writing=True)
            try:
                async with connection.begin():
                    yield connection
            except DBAPIError as error:
                self.fault = fault_of(error) or self.fault
                raise

    async def try_writing(self) -> None:
        """Look whether changes are taken again, without making one; `fault` tells."""
        try:
            async with self.write() as connection:
                # Written anew as it is: that needs the file, its journal and room on the disk.
                await connection.execute(
                    text("UPDATE alembic_version SET version_num = version_num")
                )
        except DBAPIError:
            return
        self.fault = None

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
        if self._file is not None:
            self._file.close()


def sqlite_path(url: str) -> Path:
    """The file that `sqlite:///path` names. Raises `DatabaseUrlError` for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise DatabaseUrlError(
            f"DATABASE_URL: нужен адрес вида {DEFAULT_URL} (база SQLite); дано «{_scheme(url)}»"
        )
    return Path(parsed.database)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    """JSON as it is kept: Russian letters as they are, in a third of the room that escapes take."""
    return "[]" if value == [] else _encode(value)  # most lists of a large import are empty


def _scheme(url: str) -> str:
    # Never the whole address: it may carry a password.
    return f"{url.partition(':')[0]}:…"


def _migrate(connection: Connection) -> None:
    if _schema(connection) == migrations.HEAD:
        return
    # Alembic takes as long to import as all the rest: only a database that is behind waits for it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "directory.store:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:  # the database's schema is none of those that this version knows
        raise DatabaseUrlError(
            "DATABASE_URL: эту базу создала более новая версия программы; обновите программу"
        ) from None


def _schema(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
