"""What every test may ask for: databases to begin with, and one that is open."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.seed import SEED, load_seed
from directory.store.database import Database


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a process, a lock or the disk."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'directory.sqlite3'}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once: migrating takes most of a second, copying nothing."""
    path = tmp_path_factory.mktemp("migrated") / "directory.sqlite3"

    async def make() -> None:
        await (await Database.open(f"sqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the seed's Kurgan Oblast and its index, made once, copied for each test."""
    path = tmp_path_factory.mktemp("seeded") / "directory.sqlite3"

    async def load() -> None:
        database = await Database.open(f"sqlite:///{path}")
        for file in (SEED / "territories.csv", SEED / "pages.csv"):
            found = await plan(database, file.read_bytes(), file.name)
            await apply(database, found, Origin(Action.SEED))
        await database.close()
        await (await Directory.open(f"sqlite:///{path}")).close()

    asyncio.run(load())
    return path


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole seed and its index, made once and copied for each test."""
    path = tmp_path_factory.mktemp("country") / "directory.sqlite3"

    async def load() -> None:
        database = await Database.open(f"sqlite:///{path}")
        await load_seed(database)
        await database.close()
        await (await Directory.open(f"sqlite:///{path}")).close()

    asyncio.run(load())
    return path


@pytest.fixture
async def db(migrated: Path, database_url: str) -> AsyncIterator[Database]:
    """An empty database in a real file."""
    # The whole folder: what is not in the file yet is in its journal beside it.
    shutil.copytree(
        migrated.parent, Path(database_url.removeprefix("sqlite:///")).parent, dirs_exist_ok=True
    )
    database = await Database.open(database_url)
    yield database
    await database.close()
