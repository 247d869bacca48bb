"""Regular tasks: once a period, whoever asks; and the list of pages to confirm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from directory.changes import page_change, page_record, territory_change
from directory.model import Action, Change, Origin, Page, Status, Territory
from directory.rights import Scope, Scopes
from directory.store import revisions
from directory.store.confirmation import count_stale, stale_pages
from directory.store.database import Database
from directory.store.tasks import claim
from directory.territories import Territories

pytestmark = pytest.mark.both

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
WEEK = timedelta(days=7)


async def _due(db: Database, now: datetime, name: str = "weekly") -> bool:
    async with db.write() as connection:
        return await claim(connection, name, now, WEEK)


async def test_a_task_is_begun_once_a_period_over_restarts(db: Database, database_url: str) -> None:
    assert not await _due(db, NOW)
    assert not await _due(db, NOW + WEEK - timedelta(seconds=1))
    async with await Database.open(database_url) as other:
        assert await _due(other, NOW + WEEK)
        assert not await _due(db, NOW + WEEK)
        assert not await _due(db, NOW + WEEK, "another")
        assert await _due(db, NOW + 3 * WEEK)


async def test_a_clock_that_was_ahead_puts_a_task_off_by_one_period(db: Database) -> None:
    assert not await _due(db, NOW + timedelta(days=3650))
    assert not await _due(db, NOW)
    assert not await _due(db, NOW + WEEK - timedelta(seconds=1))
    assert await _due(db, NOW + WEEK)


async def test_the_longest_unseen_live_pages_come_first(db: Database) -> None:
    old, older = TODAY - timedelta(days=181), TODAY - timedelta(days=300)
    okrug, village = Territory(1, "Округ"), Territory(2, "Село", 1)
    pages = [
        Page("fresh", "А", checked_at=TODAY - timedelta(days=180)),
        Page("old", "Б", checked_at=old, territory=2),
        Page("older", "В", checked_at=older, category="Культура"),
        Page("never-2", "Д", territory=1),
        Page("never-1", "Г"),
        Page("closed", "Е", status=Status.CLOSED),
        Page("hidden", "Ж", status=Status.HIDDEN, hidden="двойник"),
    ]
    changes = [
        Change("category", "Культура", None, {"name": "Культура"}),
        *(territory_change(None, t) for t in (okrug, village)),
        *(page_change(None, p) for p in pages),
    ]
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    tree = Territories([okrug, village])
    expected = {
        Scope(): ["never-1", "never-2", "older", "old"],
        Scope(territory=1): ["never-2", "old"],
        Scope(category="Культура"): ["older"],
    }
    async with db.read() as connection:
        for scope, ids in expected.items():
            assert await stale_pages(connection, Scopes((scope,)), tree, TODAY, limit=9) == ids
            assert await count_stale(connection, Scopes((scope,)), tree, TODAY) == len(ids)
        second = await stale_pages(connection, Scopes(), tree, TODAY, limit=2, offset=1)
    assert second == ["never-2", "older"]


async def test_a_check_in_the_future_is_none(db: Database) -> None:
    page = Page("p", "А", checked_at=date(2027, 1, 1))
    async with db.write() as connection:
        change = Change("page", "p", None, page_record(page))
        await revisions.apply(connection, [change], Origin(Action.IMPORT))
        assert await count_stale(connection, Scopes(), Territories(), TODAY) == 1
