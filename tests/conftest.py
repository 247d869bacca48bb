"""What every test may ask for: an open database in a file of its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.store.database import Database


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
