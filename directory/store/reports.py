"""The queue of reports and their senders."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.reports import (
    KEPT_DAYS,
    PER_DAY,
    Decision,
    Report,
    ReportKind,
    ReportOutcome,
    SenderAnswer,
    urgency,
)
from directory.store.tables import queue_notices, report_senders, reports
from directory.text import LIMITS, clean


async def add(
    connection: AsyncConnection,
    kind: ReportKind,
    person: int,
    language: str,
    now: datetime,
    *,
    page: str = "",
    text: str = "",
    allowed: Callable[[], bool] = lambda: True,
) -> tuple[ReportOutcome, int]:
    """Add a report; return the outcome and the report's number (0 for `TOO_MANY`).

    `allowed` is a further rate limit, called once before a report is stored. `now` is UTC. The text
    is cleaned and cut. Raises `IntegrityError` at the commit when there is no such page.
    """
    text = clean(text, LIMITS["report"])
    same = await _same(connection, kind, page, text)
    mine = report_senders.c.person == person
    if same and await connection.scalar(
        select(exists().where(mine, report_senders.c.report == same))
    ):
        return ReportOutcome.MINE, same
    recent = select(func.count()).where(mine, report_senders.c.at > now - timedelta(days=1))
    if (await connection.scalar(recent) or 0) >= PER_DAY or not allowed():
        return ReportOutcome.TOO_MANY, 0
    number = same or await _insert(connection, kind, page, text, now)
    sender = {"report": number, "person": person, "language": language, "at": now}
    await connection.execute(insert(report_senders), sender)
    return (ReportOutcome.JOINED if same else ReportOutcome.NEW), number


async def queue(connection: AsyncConnection) -> list[Report]:
    """The reports that wait for an editor, the most urgent first."""
    rows = await connection.execute(_undecided())
    return sorted(map(_report, rows), key=urgency)


async def count_undecided(connection: AsyncConnection) -> int:
    """How many reports wait for a decision."""
    waiting = select(func.count()).where(reports.c.decision.is_(None))
    return await connection.scalar(waiting) or 0


async def get(connection: AsyncConnection, number: int) -> Report | None:
    """One report that waits, None when there is none or it was decided on."""
    row = (await connection.execute(_undecided().where(reports.c.id == number))).first()
    return _report(row) if row else None


async def take(connection: AsyncConnection, number: int, person: int | None, now: datetime) -> None:
    """Assign a report to an editor; None: to nobody."""
    values = {"taken_by": person, "taken_at": now if person is not None else None}
    await connection.execute(update(reports).where(reports.c.id == number).values(values))


async def told_until(connection: AsyncConnection) -> dict[int, datetime]:
    """When each editor and owner was last told of new reports; without those who never were."""
    rows = await connection.execute(select(queue_notices))
    return {row.person: row.at for row in rows}


async def keep_told(connection: AsyncConnection, person: int, at: datetime) -> None:
    """Store that the person was told of all reports up to then (UTC)."""
    await connection.execute(delete(queue_notices).where(queue_notices.c.person == person))
    await connection.execute(insert(queue_notices), {"person": person, "at": at})


async def decide(
    connection: AsyncConnection, number: int, decision: Decision, word: str = ""
) -> bool:
    """Decide on a report that waits; return False when another editor was first.

    `word` is what the senders are told besides. A report without senders is gone at once.
    """
    values = {"decision": decision.value, "word": clean(word, LIMITS["report"])}
    done = await connection.execute(
        update(reports).where(reports.c.id == number, reports.c.decision.is_(None)).values(values)
    )
    await _drop_unsigned(connection)
    return bool(done.rowcount)


async def move(connection: AsyncConnection, page: str, into: str) -> None:
    """Move the undecided reports on a page to the page that it was merged into."""
    mine = reports.c.page == page, reports.c.decision.is_(None)
    await connection.execute(update(reports).where(*mine).values(page=into))


async def answers(connection: AsyncConnection) -> list[SenderAnswer]:
    """Whom to tell of which decisions, the oldest first."""
    rows = await connection.execute(
        select(reports, report_senders.c.person, report_senders.c.language)
        .join(report_senders)
        .where(reports.c.decision.is_not(None))
        .order_by(report_senders.c.at)
    )
    return [
        SenderAnswer(
            *(row.id, ReportKind(row.kind), row.page or "", row.text),
            *(Decision(row.decision), row.word, row.person, row.language),
        )
        for row in rows
    ]


async def told(connection: AsyncConnection, answer: SenderAnswer) -> None:
    """Erase a sender who was told, and the report with the last of them."""
    await connection.execute(
        delete(report_senders).where(
            report_senders.c.report == answer.report, report_senders.c.person == answer.person
        )
    )
    await _drop_unsigned(connection)


async def expire(connection: AsyncConnection, now: datetime) -> None:
    """Erase senders after `KEPT_DAYS`, and the reports that were theirs alone."""
    long_ago = now - timedelta(days=KEPT_DAYS)
    await connection.execute(delete(report_senders).where(report_senders.c.at < long_ago))
    await _drop_unsigned(connection)


async def forget(connection: AsyncConnection, person: int) -> None:
    """Erase a person as a sender, and the reports that were theirs alone.

    What others reported too stays theirs, without a tie to this person.
    """
    await connection.execute(delete(report_senders).where(report_senders.c.person == person))
    await _drop_unsigned(connection)


async def _same(connection: AsyncConnection, kind: ReportKind, page: str, text: str) -> int:
    """The number of the report that says the same and waits, 0 when there is none."""
    rows = await connection.execute(
        select(reports.c.id, reports.c.text).where(
            reports.c.kind == kind.value,
            reports.c.page.is_not_distinct_from(page or None),
            reports.c.decision.is_(None),
        )
    )
    # Compared here: SQLite folds the case of Latin letters only.
    return next((row.id for row in rows if row.text.casefold() == text.casefold()), 0)


async def _insert(
    connection: AsyncConnection, kind: ReportKind, page: str, text: str, now: datetime
) -> int:
    number = secrets.randbits(48)
    row = {"id": number, "kind": kind.value, "page": page or None, "text": text, "at": now}
    await connection.execute(insert(reports), row)
    return number


async def _drop_unsigned(connection: AsyncConnection) -> None:
    """Delete the reports that have no senders left."""
    signed = exists().where(report_senders.c.report == reports.c.id)
    await connection.execute(delete(reports).where(~signed))


def _undecided() -> Any:
    people = (
        select(func.count())
        .where(report_senders.c.report == reports.c.id)
        .scalar_subquery()
        .label("people")
    )
    return select(reports, people).where(reports.c.decision.is_(None))


def _report(row: Row[Any]) -> Report:
    report = (row.id, ReportKind(row.kind), row.page or "", row.text, row.at, row.people)
    return Report(*report, row.taken_by, row.taken_at)
