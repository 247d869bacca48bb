"""What only a server does: several processes beside one another, going away, refusing, secrets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from sqlalchemy import select, text

from directory.changes import page_change, territory_change
from directory.model import Action, Level, Origin, Page, Territory
from directory.store import listing, records, revisions
from directory.store.database import Database, fault_of
from directory.store.faults import DatabaseLostError, DatabaseUrlError, Fault
from directory.store.postgres import STATEMENTS
from directory.store.tables import pages
from directory.store.tasks import claim
from tests.postgres import Server

BOARD = Page("board", "Управление образования")


@pytest.fixture
def backend(postgres: Server) -> str:
    return "postgres"


@pytest.fixture
async def replicas(db: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Four programs that have the database open."""
    opened = [db, *[await Database.open(database_url) for _ in range(3)]]
    yield opened
    for other in opened[1:]:
        await other.close()


async def _add(db: Database, *ids: str) -> int:
    made = [page_change(None, Page(key, f"Школа {key}")) for key in ids]
    async with db.write() as connection:
        return await revisions.apply(connection, made, Origin(Action.EDIT))


async def test_simultaneous_changes_of_several_processes_are_all_made(
    replicas: list[Database],
) -> None:
    await _add(replicas[0], "first")

    async def rename(db: Database, number: int) -> None:
        async with db.write() as connection:
            (now,) = await records.read_pages(connection, ["first"])
            after = Page("first", f"{now.title} {number}")
            await revisions.apply(connection, [page_change(now, after)], Origin(Action.EDIT))

    await asyncio.gather(*(rename(db, n) for n, db in enumerate(replicas * 5)))
    async with replicas[1].read() as connection:
        (page,) = await records.read_pages(connection)
        assert await revisions.current(connection) == 21
    assert sorted(page.title.split()[2:]) == sorted(map(str, range(20)))


async def test_of_several_processes_one_begins_a_task(replicas: list[Database]) -> None:
    now, day = datetime.now(UTC), timedelta(days=1)

    async def begins(db: Database, at: datetime) -> bool:
        async with db.write() as connection:
            return await claim(connection, "backup", at, day)

    assert not any(await asyncio.gather(*(begins(db, now) for db in replicas)))
    for later in (now + day, now + 2 * day):
        assert sum(await asyncio.gather(*(begins(db, later) for db in replicas * 3))) == 1


async def test_a_reader_sees_one_state_and_cannot_write(replicas: list[Database]) -> None:
    one, other = replicas[:2]
    async with one.read() as connection:
        assert await revisions.current(connection) == 0
        await _add(other, "first")
        assert await records.count_pages(connection) == 0
        with pytest.raises(Exception, match="read-only transaction") as error:
            await connection.execute(pages.delete())
    assert fault_of(error.value) is Fault.READ_ONLY
    async with one.read() as connection:
        assert await records.count_pages(connection) == 1


async def test_a_writer_whose_process_is_gone_leaves_nothing_and_holds_up_nobody(
    replicas: list[Database],
) -> None:
    one, other = replicas[:2]

    async def write_and_die() -> None:
        async with one.write() as connection:
            made = [page_change(None, BOARD)]
            await revisions.apply(connection, made, Origin(Action.EDIT))
            await _end_connections(other)
            await connection.execute(select(pages))

    with pytest.raises(DatabaseLostError):
        await write_and_die()
    assert one.is_lost
    assert await _add(other, "first") == 1
    # The next connection is a new one: nobody has to be told to try again.
    assert await _add(one, "second") == 2
    assert not one.is_lost


async def _end_connections(db: Database) -> None:
    """End all connections to the database, as a restart of the server does."""
    connection = await asyncpg.connect(db.url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
    await asyncio.sleep(0.2)  # the others are told, as long before a restarted server is back


async def test_a_server_that_is_gone_is_said_without_the_password() -> None:
    with pytest.raises(DatabaseLostError) as error:
        await Database.open("postgresql://reader:s3cret@127.0.0.1:1/pages")
    assert "postgresql://127.0.0.1:1/pages cannot be reached" in str(error.value)
    assert "s3cret" not in str(error.value) + repr(error.value.__cause__)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("postgres:", "nobody:s3cret"), "не пускает"),
        (("/test_", "/nowhere_s3cret"), "такой базы на сервере нет"),
    ],
)
async def test_a_server_that_refuses_for_good_ends_the_start(
    database_url: str, change: tuple[str, str], why: str
) -> None:
    with pytest.raises(DatabaseUrlError, match=why):
        await Database.open(database_url.replace(*change))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://",
        "postgresql://host",
        "postgresql://me:s3c/ret@host/base",
        "postgresql://me:s3cret@host:много/base",
        "postgresql://me:s3cret@host/base?sslmode=maybe",
        "postgresql+asyncpg://me:s3cret@host/base",
    ],
)
async def test_an_unusable_address_is_told_apart_and_kept_secret(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match="DATABASE_URL") as error:
        await Database.open(url)
    assert "s3c" not in str(error.value)


async def test_a_connection_keeps_few_statements(db: Database) -> None:
    async with db.read() as connection:
        for n in range(1, 2 * STATEMENTS):
            await connection.execute(select(pages).where(pages.c.id.in_(["a"] * n)))
        prepared = text("SELECT count(*) FROM pg_prepared_statements")
        kept = await connection.scalar(prepared)
    assert STATEMENTS / 2 < kept <= 1.5 * STATEMENTS


async def test_texts_are_sorted_as_in_a_file(db: Database) -> None:
    ids = ["b", "_a", "a-b", "ab", "a_b", "a"]
    await _add(db, *ids)
    async with db.read() as connection:
        assert [page.id for page in await records.read_pages(connection)] == sorted(ids)
        # Whatever the locale of the database: that of the tests' server sorts so by itself.
        other = await connection.execute(
            text(
                "SELECT table_name, column_name, collation_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND data_type = 'text'"
                " AND collation_name IS DISTINCT FROM 'C'"
            )
        )
        assert other.all() == []


async def test_pages_of_the_whole_country_come_after_those_at_home_and_no_others(
    db: Database,
) -> None:
    home = territory_change(None, Territory(1, "Дальний край"))
    pages_of_both = (
        Page("federal", "Ведомство", level=Level.FEDERAL, subscribers=9),
        Page("regional", "Управление", level=Level.REGIONAL, territory=1),
        Page("elsewhere", "Университет", level=Level.FEDERAL, territory=2, subscribers=99),
    )
    other = territory_change(None, Territory(2, "Другой край"))
    async with db.write() as connection:
        made = [home, other, *(page_change(None, page) for page in pages_of_both)]
        await revisions.apply(connection, made, Origin(Action.EDIT))
    async with db.read() as connection:
        found = await listing.leading(connection, [1], limit=5, offset=0)
    assert found == ["regional", "federal"]
