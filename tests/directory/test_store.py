"""The database file, its tables, and revisions: the only way in which the directory changes."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from directory.changes import page_change, page_record, territory_record
from directory.model import (
    Action,
    Change,
    Level,
    Link,
    Origin,
    Page,
    PageLink,
    Status,
    Territory,
)
from directory.store import copies, migrations, records, revisions
from directory.store.database import Database, sqlite_path
from directory.store.faults import DatabaseUrlError
from directory.store.tables import metadata
from directory.store.undo import undo
from tests.directory.dumped import dump

pytestmark = pytest.mark.both

SCHOOL = Page(
    "school",
    "Школа № 5",
    category="Образование",
    level=Level.MUNICIPAL,
    territory=1,
    lat=55.5,
    links=(
        PageLink("vk", Link("vk", "name", "made_up_school")),
        PageLink("vk", Link("vk", "club", "1"), hidden="взломана"),
        PageLink("site", Link("site", "https", "school.example.ru")),
    ),
    official_mark=True,
    subscribers=0,
    aliases=("пятая",),
    parent="board",
    checked_at=date(2026, 11, 1),
)
BOARD = Page("board", "Управление образования", status=Status.CLOSED, successor="school")
FIRST = (
    page_change(None, SCHOOL),
    page_change(None, BOARD),
    Change("territory", "1", None, territory_record(Territory(1, "Область"))),
    Change("category", "Образование", None, {"name": "Образование"}),
)
IMPORT = Origin(Action.IMPORT, actor=7, file="список.csv", sha256="00", note="проба")


async def _apply(db: Database, *changes: Change, origin: Origin = IMPORT) -> int:
    async with db.write() as connection:
        return await revisions.apply(connection, changes, origin)


async def _pages(db: Database) -> list[Page]:
    async with db.read() as connection:
        return await records.read_pages(connection)


async def test_migrations_make_the_tables_that_the_code_describes(db: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with db.read() as connection:
        assert await connection.run_sync(differences) == []


def test_the_newest_migration_is_the_one_named_as_such() -> None:
    config = Config()
    config.set_main_option("script_location", "directory.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


@pytest.mark.file
async def test_the_file_is_durable_and_strict(db: Database) -> None:
    async with db.read() as connection:
        values = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2, 1]


@pytest.mark.file
@pytest.mark.parametrize("connections", [1, 4, 24])
async def test_the_connections_together_keep_a_bounded_part_of_the_file(
    database_url: str, connections: int
) -> None:
    """Each keeps what it has read until it is closed: with the load, all of them come into use."""
    opened = await Database.open(database_url, connections=connections)
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(opened.read()) for _ in range(connections)]
        sizes = [await reader.scalar(text("PRAGMA cache_size")) for reader in readers]
    await opened.close()
    assert max(sizes) < 0  # kilobytes, and not pages of the file
    assert 24 * 1024 <= -sum(sizes) <= 32 * 1024


async def test_pages_come_back_as_they_went_in(db: Database) -> None:
    assert await _apply(db, *FIRST) == 1
    assert await _pages(db) == [BOARD, SCHOOL]
    async with db.read() as connection:
        assert await records.read_pages(connection, ["school", "none", "school"]) == [SCHOOL]
        assert await records.read_categories(connection) == ["Образование"]
        (revision,) = await revisions.history(connection, limit=5)
    assert (revision.origin, revision.created) == (IMPORT, 2)
    assert revision.undone_by is None


async def test_undo_leaves_no_trace(db: Database) -> None:
    empty = await dump(db)
    await _apply(db, *FIRST)
    before = await dump(db)
    renamed = {**page_record(SCHOOL), "title": "Школа № 6", "links": []}
    await _apply(db, Change("page", "school", page_record(SCHOOL), renamed))
    assert await dump(db) != before
    for number, state in ((2, before), (1, empty)):
        async with db.write() as connection:
            await undo(connection, number, Origin(Action.UNDO, undoes=number))
        assert await dump(db) == state
    async with db.read() as connection:
        history = await revisions.history(connection, limit=5)
    assert [(r.id, r.undone_by) for r in history] == [(4, None), (3, None), (2, 3), (1, 4)]


async def test_a_record_that_is_not_as_planned_stops_the_whole_revision(db: Database) -> None:
    await _apply(db, *FIRST)
    stale = {**page_record(BOARD), "title": "Было иначе"}
    with pytest.raises(revisions.ConflictError) as conflict:
        await _apply(
            db,
            Change("page", "school", page_record(SCHOOL), None),
            Change("page", "board", stale, None),
        )
    assert conflict.value.keys == (("page", "board"),)
    assert await _pages(db) == [BOARD, SCHOOL]


async def test_a_plan_is_bound_to_its_revision(db: Database) -> None:
    await _apply(db, *FIRST)
    with pytest.raises(revisions.ConflictError):
        async with db.write() as connection:
            await revisions.apply(connection, [], IMPORT, base=0)


async def test_a_reference_to_nothing_is_refused_whole(db: Database) -> None:
    orphan = Page("orphan", "Сирота", parent="nobody")
    with pytest.raises(IntegrityError):
        await _apply(db, Change("page", "orphan", None, page_record(orphan)))
    assert await _pages(db) == []


async def test_writers_wait_for_one_another(db: Database) -> None:
    pages = [Page(f"p{n}", f"Страница {n}") for n in range(20)]
    await asyncio.gather(*(_apply(db, page_change(None, p)) for p in pages))
    assert len(await _pages(db)) == 20
    async with db.read() as connection:
        assert await revisions.current(connection) == 20


@pytest.mark.file
async def test_a_backup_is_whole_and_never_overwrites(db: Database, tmp_path: Path) -> None:
    await _apply(db, *FIRST)
    copy = tmp_path / "copy.sqlite3"
    copies.backup(db.path, copy)
    copied = await Database.open(f"sqlite:///{copy}")
    assert await dump(copied) == await dump(db)
    await copied.close()
    with pytest.raises(FileExistsError):
        copies.backup(db.path, copy)


@pytest.mark.parametrize("url", ["", "sqlite://", "mysql://user:secret@host/x", "рядом.sqlite3"])
def test_an_unusable_address_is_named_without_its_secret(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match="DATABASE_URL") as error:
        sqlite_path(url)
    assert "secret" not in str(error.value)
