"""The open database: one writer at a time, any number of readers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from directory.store import migrations, sqlite

DEFAULT_URL = "sqlite:///data/directory.sqlite3"


class DatabaseUrlError(ValueError):
    """DATABASE_URL cannot be used; the text says why and what to write instead (in Russian)."""


class Database:
    """An open database.

    `read()` and `write()` give a connection within a transaction. A write is committed when its
    block ends and rolled back when it raises; writers of this process wait for one another, and
    those of other processes for the database's own lock.
    """

    def __init__(self, engine: AsyncEngine, path: Path) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()
        self.path = path
        """The database's file."""

    @classmethod
    async def open(cls, url: str = DEFAULT_URL) -> Database:
        """Open the database at `url` (`sqlite:///path`), creating and migrating it as needed.

        Raises `DatabaseUrlError` for an address of another form and for a database of a newer
        version, `OSError` or SQLAlchemy's `DBAPIError` when the file cannot be created or read.
        """
        path = sqlite_path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        sqlite.check(path)
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}", json_serializer=_json)
        sqlite.prepare(engine)
        database = cls(engine, path)
        try:
            # A writer's lock is asked for only when there is something to write: an import in
            # another process keeps nobody from reading.
            async with database.read() as connection:
                schema = await connection.run_sync(_schema)
            if schema != migrations.HEAD:
                async with database.write() as connection:
                    await connection.run_sync(_migrate)
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout the block."""
        async with self._engine.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """The writer's connection: all of the block is done, or nothing."""
        async with self._writing, self._engine.connect() as connection:
            await connection.execution_options(writing=True)
            async with connection.begin():
                yield connection

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


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


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as it is kept: Russian letters as they are, in a third of the room that escapes take."""


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
