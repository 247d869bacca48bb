"""The open database: one writer at a time, any number of readers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store import copies, migrations, postgres, sqlite
from directory.store.backend import Backend
from directory.store.faults import DatabaseLostError, DatabaseUrlError, Fault
from directory.store.postgres import PostgresDatabase
from directory.store.sqlite import SqliteFile

DEFAULT_URL = "sqlite:///data/directory.sqlite3"


def fault_of(error: BaseException) -> Fault | None:
    """What an error says of the database or its disk; None when it is the program's own."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return sqlite.fault_of(cause) or postgres.fault_of(cause)


def backend_of(url: str) -> Backend:
    """The database at an address, not opened yet. Raises `DatabaseUrlError`."""
    return PostgresDatabase(url) if postgres.is_address(url) else SqliteFile(sqlite_path(url))


class Database:
    """An open database.

    `read()` and `write()` give a connection within a transaction. A write is committed when its
    block ends and rolled back when it raises; writers of this process wait for one another, and
    those of other processes for the database's own lock. Both raise `DatabaseLostError` while the
    database is out of reach.
    """

    def __init__(self, backend: Backend, connections: int) -> None:
        self._backend = backend
        self._engine = backend.engine(connections)
        self._writing = asyncio.Lock()
        self._users = 0
        self.fault: Fault | None = None
        """Why the last change was not taken; None again once `try_writing` has succeeded."""
        self.url = backend.url
        """The address, password included: for this program's own processes."""
        self.name = backend.name
        """What people are told of it."""
        self.folder = backend.folder
        """Where its files are by default."""
        self.file_name = backend.file_name
        """How the names of its files begin."""

    @classmethod
    async def open(cls, url: str = DEFAULT_URL, *, connections: int = 4) -> Database:
        """Open the database at `url`, creating (a file) and migrating it as needed.

        `url` is `sqlite:///path` or `postgresql://…`. At most `connections` are open at once, and
        further readers wait for one. Raises `DatabaseUrlError` for an address of another form, for
        a server that refuses for good and for a database of a newer version, `DatabaseLostError`
        while a server is out of reach, `OSError` or SQLAlchemy's `DBAPIError` when a file cannot be
        created or read.
        """
        database = cls(backend_of(url), connections)
        try:
            await database._migrate()
            await asyncio.to_thread(database._backend.opened)
        except (DatabaseLostError, DBAPIError) as error:
            await database.close()
            raise database._backend.refused(error.__cause__ or error) or error from None
        except BaseException:
            await database.close()
            raise
        return database

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    @property
    def is_file(self) -> bool:
        """Whether the database is a file of SQLite, and not on a server."""
        return isinstance(self._backend, SqliteFile)

    @property
    def path(self) -> Path:
        """The file of SQLite. Raises `DatabaseUrlError` for another database."""
        return sqlite_path(self.url)

    async def _migrate(self) -> None:
        # The write lock is taken only when there is something to write: another process's import
        # must not block the start.
        async with self.read() as connection:
            schema = await connection.run_sync(_schema)
        if schema is not None and schema < migrations.HEAD:  # a newer one is refused
            await asyncio.to_thread(self._backend.before_migration)
        if schema != migrations.HEAD:
            async with self.write() as connection:
                await connection.run_sync(_migrate)
                await connection.run_sync(self._backend.after_migration)

    async def follow_file(self) -> bool:
        """Go over to the file that was put in the place of the open one; return whether it was.

        Raises `DatabaseLostError` while there is no file, or none that can be opened. Until then
        nothing is read or written.
        """
        if self._backend.is_in_place():
            return False
        try:
            if self._users:
                raise OSError("the old one is still in use")
            await self._engine.dispose()
            await asyncio.to_thread(self._backend.reopen)
            await self._migrate()
        except (OSError, DBAPIError, DatabaseUrlError, copies.DamagedError) as error:
            raise self._backend.not_reopened(error) from error
        return True

    @property
    def is_lost(self) -> bool:
        """Whether the database was found to be out of reach and is not back yet."""
        return bool(self._backend.lost)

    @asynccontextmanager
    async def _connected(self, options: Mapping[str, Any]) -> AsyncIterator[AsyncConnection]:
        self._backend.check()
        self._users += 1
        try:
            async with AsyncExitStack() as stack:
                try:
                    connection = await stack.enter_async_context(self._engine.connect())
                except Exception as error:
                    self._raise_if_lost(error)
                    raise
                self._backend.reached()
                if options:
                    await connection.execution_options(**options)
                yield connection
        except DBAPIError as error:
            self._raise_if_lost(error)
            raise
        finally:
            self._users -= 1

    def _raise_if_lost(self, error: Exception) -> None:
        if lost := self._backend.unreached(error):
            raise lost from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout the block."""
        async with self._connected(self._backend.reading) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """The writer's connection: all of the block is done, or nothing."""
        async with self._writing, self._connected(self._backend.writing) as connection:
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
                # Rewriting a row needs the file, its journal and room on the disk.
                await connection.execute(
                    text("UPDATE alembic_version SET version_num = version_num")
                )
        except DBAPIError:
            return
        self.fault = None

    async def count_on(self, connection: AsyncConnection) -> None:
        """Reset sequences after rows were inserted with explicit numbers."""
        await connection.run_sync(self._backend.count_on)

    async def compact(self) -> None:
        """Give the room of what was deleted back to the disk. Raises `sqlite3.Error`."""
        await asyncio.to_thread(self._backend.compact)

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()
        self._backend.close()


def sqlite_path(url: str) -> Path:
    """The file that `sqlite:///path` names. Raises `DatabaseUrlError` for anything else."""
    path = sqlite.file_of(url)
    if path is None:
        scheme = url.partition(":")[0]  # never the whole address: it may carry a password
        raise DatabaseUrlError(
            f"DATABASE_URL: нужен адрес вида {DEFAULT_URL} (файл SQLite) или {postgres.EXAMPLE};"
            f" дано «{scheme}:…»"
        )
    return path


def _migrate(connection: Connection) -> None:
    if _schema(connection) == migrations.HEAD:
        return
    # Alembic is slow to import: only outdated databases need it.
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
