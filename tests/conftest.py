"""What every test may ask for: an open database in a file of its own, and the seed's directory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.store.database import Database


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'directory.sqlite3'}"


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An empty database in a real file."""
    database = await Database.open(database_url)
    yield database
    await database.close()
