"""Reports: equal ones are one, a person sends few, and nobody is remembered once told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from directory.changes import page_change
from directory.model import Action, Origin, Page
from directory.reports import (
    KEPT_DAYS,
    MANY,
    PER_DAY,
    Decision,
    ReportKind,
    ReportOutcome,
    SenderAnswer,
)
from directory.store import forgetting, reports, revisions
from directory.store.database import Database
from directory.store.undo import undo

pytestmark = pytest.mark.both

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BORIS = 11, 12


@pytest.fixture
async def queue(db: Database) -> Database:
    """A directory of two pages and no reports."""
    pages = [Page("school", "Школа № 5"), Page("library", "Библиотека")]
    changes = [page_change(None, p) for p in pages]
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    return db


async def _add(
    db: Database,
    kind: ReportKind,
    person: int = ANNA,
    *,
    page: str = "",
    words: str = "",
    now: datetime = NOW,
) -> tuple[ReportOutcome, int]:
    async with db.write() as connection:
        return await reports.add(connection, kind, person, "ru", now, page=page, text=words)


async def _rows(db: Database) -> tuple[int, int]:
    async with db.read() as connection:
        told = await connection.scalar(text("SELECT count(*) FROM reports"))
        senders = await connection.scalar(text("SELECT count(*) FROM report_senders"))
    return told, senders


async def test_equal_reports_are_one(queue: Database) -> None:
    outcome, first = await _add(queue, ReportKind.DEAD, page="school")
    assert outcome is ReportOutcome.NEW
    assert await _add(queue, ReportKind.DEAD, page="school") == (ReportOutcome.MINE, first)
    assert await _add(queue, ReportKind.DEAD, BORIS, page="school") == (ReportOutcome.JOINED, first)
    outcome, missing = await _add(queue, ReportKind.MISSING, words="Школа  №\u00a07")
    assert outcome is ReportOutcome.NEW
    assert await _add(queue, ReportKind.MISSING, BORIS, words="школа № 7") == (
        ReportOutcome.JOINED,
        missing,
    )
    others = [
        await _add(queue, ReportKind.DEAD, BORIS, page="library"),
        await _add(queue, ReportKind.OTHER, BORIS, page="school", words="школа № 7"),
    ]
    assert [outcome for outcome, _ in others] == [ReportOutcome.NEW, ReportOutcome.NEW]
    assert len({first, missing, *(number for _, number in others)}) == 4


async def test_a_person_sends_few_until_answered(queue: Database) -> None:
    for n in range(PER_DAY):
        assert (await _add(queue, ReportKind.MISSING, words=f"школа {n}"))[0] is ReportOutcome.NEW
    assert await _add(queue, ReportKind.MISSING, words="ещё одна") == (ReportOutcome.TOO_MANY, 0)
    assert (await _add(queue, ReportKind.MISSING, BORIS, words="ещё одна"))[0] is ReportOutcome.NEW
    tomorrow = NOW + timedelta(days=1, seconds=1)
    assert (await _add(queue, ReportKind.MISSING, words="и ещё", now=tomorrow))[
        0
    ] is ReportOutcome.NEW


async def test_the_most_urgent_come_first(queue: Database) -> None:
    await _add(queue, ReportKind.DEAD, page="school")
    for person in range(MANY):
        at = NOW + timedelta(minutes=1 + person)
        await _add(queue, ReportKind.WRONG, 100 + person, page="school", now=at)
    await _add(queue, ReportKind.HACKED, page="library", now=NOW + timedelta(minutes=9))
    async with queue.read() as connection:
        found = await reports.queue(connection)
        assert await reports.get(connection, found[0].id) == found[0]
    assert [(r.kind, r.page, r.people) for r in found] == [
        (ReportKind.HACKED, "library", 1),
        (ReportKind.WRONG, "school", MANY),
        (ReportKind.DEAD, "school", 1),
    ]


async def test_a_sender_is_erased_once_told_and_the_report_with_the_last(queue: Database) -> None:
    for person in (ANNA, BORIS):
        at = NOW + timedelta(seconds=person)
        _, number = await _add(queue, ReportKind.WRONG, person, page="school", now=at)
    async with queue.write() as connection:
        word = " страница\u200b настоящая "
        assert await reports.decide(connection, number, Decision.DECLINED, word)
        assert not await reports.decide(connection, number, Decision.ACCEPTED)
        assert await reports.get(connection, number) is None
        first, second = await reports.answers(connection)
        assert first == SenderAnswer(
            *(number, ReportKind.WRONG, "school", ""),
            *(Decision.DECLINED, "страница настоящая", ANNA, "ru"),
        )
        await reports.told(connection, first)
        assert await reports.answers(connection) == [second]
    assert await _rows(queue) == (1, 1)
    async with queue.write() as connection:
        await reports.told(connection, second)
    assert await _rows(queue) == (0, 0)


async def test_who_is_forgotten_is_not_answered(queue: Database) -> None:
    _, number = await _add(queue, ReportKind.WRONG, page="school")
    await _add(queue, ReportKind.DEAD, page="school")
    for person in (ANNA, BORIS):
        await _add(queue, ReportKind.HACKED, person, page="school")
    async with queue.write() as connection:
        await reports.decide(connection, number, Decision.ACCEPTED)
        await forgetting.forget(connection, ANNA)
        assert await reports.answers(connection) == []
        (left,) = await reports.queue(connection)
        assert (left.kind, left.people) == (ReportKind.HACKED, 1)
    assert await _rows(queue) == (1, 1)


async def test_a_sender_is_not_kept_for_ever(queue: Database) -> None:
    await _add(queue, ReportKind.WRONG, page="school")
    late = NOW + timedelta(days=KEPT_DAYS)
    async with queue.write() as connection:
        await reports.expire(connection, late)
    assert await _rows(queue) == (1, 1)
    async with queue.write() as connection:
        await reports.expire(connection, late + timedelta(seconds=1))
    assert await _rows(queue) == (0, 0)


async def test_a_page_that_goes_takes_its_reports_along(queue: Database) -> None:
    await _add(queue, ReportKind.WRONG, page="school")
    async with queue.write() as connection:
        await undo(connection, 1, Origin(Action.UNDO, undoes=1))
    assert await _rows(queue) == (0, 0)
