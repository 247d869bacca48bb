"""What every test may ask for: databases to begin with, and one that is open."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.seed import SEED, load_seed
from directory.store.database import Database
from tests.once import database_once, shared_folder
from tests.postgres import Server

# A run fails for what a commit has in it: inputs are generated alike in each, on any machine.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Of the quick run as many as there are processors. Of the whole two more, since many tests
    wait for a process, a lock or the disk."""
    processors = os.cpu_count() or 1
    return processors if config.getoption("markexpr") == "not slow" else processors + 2


SLOW = {"country", "postgres"}
"""The fixtures that take seconds to make: the whole seed, a server of PostgreSQL."""


SLOW_FILES = {
    "test_about.py",
    "test_bulk.py",
    "test_change_history.py",
    "test_doubles.py",
    "test_import_apart.py",
    "test_imports.py",
    "test_imports_choices.py",
    "test_imports_english.py",
    "test_imports_offices.py",
    "test_keepers.py",
    "test_monthly.py",
    "test_office_month.py",
    "test_page_news.py",
    "test_read_text.py",
    "test_rights_in_time.py",
    "test_session.py",
}
"""The files that take the most time of the others: they play whole lists and months, draw, or wait
for what takes seconds."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by its kind, and spread the slow files over the run."""
    for item in items:
        is_long = item.path.name in SLOW_FILES or _starts_processes(item.path)
        if is_long or not SLOW.isdisjoint(_fixtures(item)):
            item.add_marker(pytest.mark.slow)
    _spread(items)


def _starts_processes(file: Path) -> bool:
    """Whether the tests of a file start the bot, or several processes, as they are run."""
    return "e2e" in file.parts


def _fixtures(item: pytest.Item) -> set[str]:
    """What a test is given, and the database that it asks for by its name."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    return {*getattr(item, "fixturenames", ()), params.get("backend", "")}


def _spread(items: list[pytest.Item]) -> None:
    """Spread the files that start whole processes over the run: side by side they starve."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    whole = [group for path, group in files.items() if _starts_processes(path)]
    others = [group for path, group in files.items() if not _starts_processes(path)]
    between = max(1, len(others) // (len(whole) + 1))
    items.clear()
    for nth, group in enumerate(others):
        if whole and nth % between == 0:
            items += whole.pop(0)
        items += group
    items += [item for group in whole for item in group]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests marked so on both databases."""
    marked = {mark.name for mark in metafunc.definition.iter_markers()}
    if "backend" in metafunc.fixturenames and "both" in marked and "file" not in marked:
        metafunc.parametrize("backend", ["sqlite", "postgres"])


@pytest.fixture
def backend() -> str:
    """The database that a test uses."""
    return "sqlite"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what all processes of this run have in common."""
    return shared_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def postgres(shared: Path) -> Server:
    """A server that all processes of this run share."""
    return Server(shared)


@pytest.fixture
def database_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database; a file does not exist yet."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'directory.sqlite3'}"
        return
    server: Server = request.getfixturevalue("postgres")
    name = asyncio.run(server.create(request.getfixturevalue("migrated_postgres")))
    yield server.url(name)
    asyncio.run(server.drop(name))


@pytest.fixture(scope="session")
def migrated(shared: Path) -> Path:
    """An empty database, made once: migrating takes most of a second, copying nothing."""

    async def migrate(url: str) -> None:
        await (await Database.open(url)).close()

    return database_once(shared / "migrated", migrate)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    """The name of an empty database, made once."""
    return asyncio.run(postgres.template())


@pytest.fixture(scope="session")
def seeded(shared: Path) -> Path:
    """A database with the seed's Kurgan Oblast and its index, made once, copied for each test."""

    async def load(url: str) -> None:
        database = await Database.open(url)
        for part in (SEED / "territories.csv", SEED / "pages.csv"):
            found = await plan(database, part.read_bytes(), part.name)
            await apply(database, found, Origin(Action.SEED))
        await database.close()
        await (await Directory.open(url)).close()

    return database_once(shared / "seeded", load)


@pytest.fixture(scope="session")
def country(shared: Path) -> Path:
    """A database with the whole seed and its index, made once and copied for each test."""

    async def load(url: str) -> None:
        database = await Database.open(url)
        await load_seed(database)
        await database.close()
        await (await Directory.open(url)).close()

    return database_once(shared / "country", load)


@pytest.fixture
async def db(backend: str, migrated: Path, database_url: str) -> AsyncIterator[Database]:
    """An empty database."""
    if backend == "sqlite":
        # The whole folder: what is not in the file yet is in its journal beside it.
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        shutil.copytree(migrated.parent, folder, dirs_exist_ok=True)
    database = await Database.open(database_url)
    yield database
    await database.close()
