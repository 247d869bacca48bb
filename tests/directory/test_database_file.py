"""The file of an open database is deleted, or another is put in its place."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from directory.changes import page_record
from directory.directory import Directory
from directory.model import Action, Change, Origin, Page
from directory.store import copies, revisions
from directory.store.database import Database
from directory.store.faults import DatabaseLostError
from directory.watching import watch
from tests.directory.dumped import searched_ids


async def add(db: Database, page_id: str) -> None:
    """Add a page, as a revision."""
    record = page_record(Page(page_id, f"Школа {page_id}"))
    async with db.write() as connection:
        await revisions.apply(
            connection, [Change("page", page_id, None, record)], Origin(Action.EDIT)
        )


def ids(path: Path) -> list[str]:
    """The pages in a file, as any other program reads them."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM pages ORDER BY id")]


async def test_a_replaced_file_is_read_anew_and_the_old_one_stays_whole(
    db: Database, database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await add(db, "first")
    copy, old = tmp_path / "copy.sqlite3", tmp_path / "old.sqlite3"
    copies.backup(db.path, copy)
    directory = await Directory.open(database_url)
    await add(directory.db, "second")
    await directory.refresh()
    await db.close()
    directory.db.path.rename(old)
    copy.rename(directory.db.path)
    assert await directory.refresh()
    assert [record.message for record in caplog.records] == [
        "another database file was put in place: everything is read anew"
    ]
    assert searched_ids(directory.index) == ["first"]
    # Nothing of the old file's journal got into the new one.
    await add(directory.db, "third")
    await directory.refresh()
    assert searched_ids(directory.index) == ids(directory.db.path) == ["first", "third"]
    await directory.close()
    assert ids(directory.db.path) == ["first", "third"]
    assert ids(old) == ["first", "second"]


async def test_a_state_of_the_same_number_is_not_taken_for_the_known_one(
    db: Database, database_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    copies.backup(db.path, copy)
    other = await Database.open(f"sqlite:///{copy}")
    await add(other, "theirs")
    await other.close()
    await add(db, "ours")
    directory = await Directory.open(database_url)
    await db.close()
    copy.replace(directory.db.path)
    assert await directory.refresh()
    assert searched_ids(directory.index) == ["theirs"]
    await directory.close()


async def test_a_deleted_file_is_said_once_and_taken_up_when_it_is_back(
    db: Database,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await add(db, "first")
    copy = tmp_path / "copy.sqlite3"
    copies.backup(db.path, copy)
    await db.close()
    directory = await Directory.open(database_url)
    monkeypatch.setattr("directory.watching.REFRESH_SECONDS", 0.01)
    caplog.set_level(logging.ERROR)
    watching = asyncio.create_task(watch(directory))
    directory.db.path.unlink()
    await asyncio.sleep(0.3)
    (said,) = [record.message for record in caplog.records]
    assert str(directory.db.path) in said
    assert "put the database or a copy of it back" in said
    # Nothing is written where nobody would find it, no empty database is made, and searches go on.
    with pytest.raises(DatabaseLostError):
        await add(directory.db, "lost")
    assert not directory.db.path.exists()
    assert [hit.id for hit in directory.search("школа first").hits] == ["first"]
    shutil.copy(copy, directory.db.path)
    await asyncio.sleep(0.3)
    await add(directory.db, "second")
    watching.cancel()
    await directory.refresh()
    assert searched_ids(directory.index) == ids(directory.db.path) == ["first", "second"]
    assert len(caplog.records) == 1
    await directory.close()


async def test_a_file_that_is_no_database_is_not_touched(db: Database) -> None:
    await add(db, "first")
    good = db.path.rename(db.path.with_name("good.sqlite3"))
    db.path.write_text("не база")
    for _attempt in range(2):
        with pytest.raises(DatabaseLostError, match="not a database"):
            await db.follow_file()
    assert db.path.read_text() == "не база"
    good.replace(db.path)
    assert await db.follow_file()
    await add(db, "second")
    assert ids(db.path) == ["first", "second"]


async def test_a_file_is_not_given_up_while_it_is_read(db: Database, tmp_path: Path) -> None:
    copies.backup(db.path, tmp_path / "copy.sqlite3")
    async with db.read() as connection:
        (tmp_path / "copy.sqlite3").replace(db.path)
        with pytest.raises(DatabaseLostError, match="still in use"):
            await db.follow_file()
        assert await revisions.current(connection) == 0
    assert await db.follow_file()


@pytest.mark.parametrize("name", ["с пробелом.sqlite3", "b#c.sqlite3", "кот'\".sqlite3"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    async def work() -> None:
        await (await Database.open(f"sqlite:///{tmp_path}/{name}")).close()

    asyncio.run(work())
    assert [each.name for each in tmp_path.iterdir()] == [name]
