"""What is kept in memory of pages and people: true after each refresh, whoever changed it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from directory import at_hand
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Origin, Page, Status
from directory.rights import Scope
from directory.store import records, revisions, saving, staff
from directory.store.database import Database
from directory.store.undo import undo

pytestmark = pytest.mark.both

ANNA, BORIS = 1, 2
SCHOOL = Page("school", "Выдуманная школа", parent="founder")
FOUNDER = Page("founder", "Выдуманное управление", parent="region")
REGION = Page("region", "Выдуманное министерство")
CLOSED = Page("closed", "Выдуманный лицей", status=Status.CLOSED, successor="school")
PAGES = (REGION, FOUNDER, SCHOOL, CLOSED)


class Reads:
    """Counts how often the database is read."""

    def __init__(self, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        read = db.read

        def counted() -> Any:
            self.count += 1
            return read()

        monkeypatch.setattr(db, "read", counted)


@pytest.fixture
async def other(db: Database) -> Database:
    """The database as another process has it open, with a few pages in it."""
    async with db.write() as connection:
        await _put(connection, *((None, page) for page in PAGES))
    return db


@pytest.fixture
async def directory(other: Database, database_url: str) -> AsyncIterator[Directory]:
    """The directory, over the same file."""
    opened = await Directory.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def reads(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Nothing was read so far."""
    return Reads(directory.db, monkeypatch)


async def _put(connection: AsyncConnection, *both: tuple[Page | None, Page | None]) -> int:
    changes = [page_change(before, after) for before, after in both]
    return await revisions.apply(connection, changes, Origin(Action.EDIT))


async def test_a_page_is_read_once_and_those_around_it_with_it(
    directory: Directory, reads: Reads
) -> None:
    assert await directory.pages(["closed", "nowhere", "closed"]) == [CLOSED]
    assert reads.count == 1
    assert await directory.pages(["closed", "school", "founder", "region"]) == [*PAGES[::-1]]
    assert reads.count == 1


@pytest.mark.parametrize(
    "after",
    [
        replace(SCHOOL, title="Другая школа"),
        replace(SCHOOL, status=Status.HIDDEN),
        replace(SCHOOL, status=Status.RETIRED),
        None,
    ],
    ids=["renamed", "hidden", "retired", "deleted"],
)
async def test_a_change_by_another_process_is_seen_after_a_refresh(
    directory: Directory, other: Database, after: Page | None
) -> None:
    both = (replace(CLOSED), replace(CLOSED, successor=""))
    assert await directory.pages(["school"]) == [SCHOOL]
    async with other.write() as connection:
        number = await _put(connection, both, (SCHOOL, after))
    await directory.refresh()
    found = await directory.pages(["school"], retired=True)
    assert found == ([after] if after else [])
    async with other.write() as connection:
        await undo(connection, number, Origin(Action.UNDO, undoes=number))
    await directory.refresh()
    assert await directory.pages(["school"]) == [SCHOOL]


@pytest.mark.slow
async def test_a_change_of_many_pages_is_seen_too(
    directory: Directory, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.directory.REBUILD_FROM", 1)
    assert await directory.pages(["school"]) == [SCHOOL]
    renamed = [(page, replace(page, title=f"{page.title} 2")) for page in PAGES]
    async with other.write() as connection:
        await _put(connection, *renamed)
    await directory.refresh()
    assert await directory.pages(["school"]) == [renamed[2][1]]


async def test_what_was_read_before_a_change_is_not_kept_after_it(
    directory: Directory, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = records.read_pages
    renamed = replace(SCHOOL, title="Другая школа")

    async def read_slowly(*arguments: Any) -> list[Page]:
        found = await read(*arguments)
        monkeypatch.setattr(records, "read_pages", read)
        async with other.write() as connection:
            await _put(connection, (SCHOOL, renamed))
        await directory.refresh()
        return found

    monkeypatch.setattr(records, "read_pages", read_slowly)
    assert await directory.pages(["school"]) == [SCHOOL]  # asked for before the change
    assert await directory.pages(["school"]) == [renamed]


async def test_no_more_pages_are_kept_than_may_be(
    directory: Directory, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "MOST", 2)
    await directory.pages(["region"])
    await directory.pages(["founder"])
    await directory.pages(["region"])
    await directory.pages(["school"])  # the founder was asked for least lately
    assert reads.count == 3
    assert await directory.pages(["region", "school"]) == [REGION, SCHOOL]
    assert reads.count == 3
    assert await directory.pages(["founder"]) == [FOUNDER]
    assert reads.count == 4


async def test_who_is_an_editor_and_who_saves_is_known_after_a_refresh(
    directory: Directory, other: Database
) -> None:
    hand = directory.at_hand
    assert not hand.may_be_staff(ANNA)
    assert not hand.may_have_saved(ANNA)
    async with other.write() as connection:
        await staff.appoint(connection, ANNA, Scope(), by=BORIS)
        await saving.save(connection, ANNA, "school")
    await directory.refresh()
    assert hand.may_be_staff(ANNA)
    assert hand.may_have_saved(ANNA)
    assert not hand.may_have_saved(BORIS)
    async with other.write() as connection:
        await staff.dismiss(connection, ANNA, by=BORIS)
        await saving.save(connection, BORIS, "school")
    await directory.refresh()
    assert not hand.may_be_staff(ANNA)
    assert hand.may_have_saved(ANNA)
    assert hand.may_have_saved(BORIS)


async def test_who_saved_before_the_start_is_known(other: Database, database_url: str) -> None:
    async with other.write() as connection:
        await saving.save(connection, ANNA, "school")
    directory = await Directory.open(database_url)
    assert directory.at_hand.may_have_saved(ANNA)
    await directory.close()


async def test_the_look_for_who_saved_since_passes_over_all_who_saved_before(
    db: Database, backend: str
) -> None:
    if backend != "sqlite":
        pytest.skip("the planner of PostgreSQL goes by what it has counted")
    seen: list[str] = []
    async with db.read() as connection:
        event.listen(
            connection.sync_connection,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: seen.append(statement),
        )
        await saving.savers(connection, datetime(2026, 11, 1, tzinfo=UTC))
        (statement,) = seen
        told = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("2026",))
        assert "USING INDEX ix_saved_at" in str(told.all())
