"""Who wants to be written to of changes of pages, and until when each was told.

A person is marked as told in the transaction that decides what they are told, before it is sent:
neither a restart nor another replica tells anything twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Action, Status
from directory.store import keepers
from directory.store import revisions as made
from directory.store.saving import LED
from directory.store.tables import (
    awaited_pages,
    changes,
    news_readers,
    pages,
    revisions,
    saved,
)
from directory.store.tables import keepers as keeper_rows

KEPT = timedelta(days=400)
"""How long somebody waits for a hidden page to return."""

_SAVED = saved.join(pages, pages.c.id == saved.c.page).join(changes, changes.c.key == LED)
"""Saved pages with their changes, those of the page that one was merged into included."""

_SHOWN = pages.c.status.in_([Status.ACTIVE.value, Status.CLOSED.value])


@dataclass(frozen=True, slots=True)
class NewsReader:
    """Somebody who is written to, see the table; persons are numeric Telegram ids."""

    person: int
    language: str
    saved: bool
    seen: int
    alarmed: int
    told: datetime | None


async def get(connection: AsyncConnection, person: int) -> NewsReader | None:
    """The person as a reader of news, None when they never asked for any."""
    query = select(news_readers).where(news_readers.c.person == person)
    row = (await connection.execute(query)).first()
    return NewsReader(*row) if row else None


async def turn(connection: AsyncConnection, person: int, language: str, *, on: bool) -> None:
    """Turn news of saved pages on, counted from now, or off."""
    await enter(connection, person, language)
    now = await made.current(connection)
    values = {"saved": on, "seen": now, "alarmed": now}
    mine = update(news_readers).where(news_readers.c.person == person)
    await connection.execute(mine.values(values))


async def wait_for(
    connection: AsyncConnection, person: int, page: str, language: str, now: datetime
) -> None:
    """Notify the person when the hidden page returns."""
    await enter(connection, person, language)
    await stop_waiting(connection, person, [page])
    row = {"person": person, "page": page, "at": now}
    await connection.execute(insert(awaited_pages), row)


async def stop_waiting(connection: AsyncConnection, person: int, ids: Sequence[str]) -> None:
    """Stop waiting for these pages."""
    mine = (awaited_pages.c.person == person) & awaited_pages.c.page.in_(ids)
    await connection.execute(delete(awaited_pages).where(mine))


async def enter(connection: AsyncConnection, person: int, language: str) -> None:
    """Add the person as a reader, or update their language; other settings stay as they are."""
    if await get(connection, person) is None:
        now = await made.current(connection)
        row = {"person": person, "language": language, "saved": False, "seen": now, "alarmed": now}
        await connection.execute(insert(news_readers), row)
    else:
        mine = update(news_readers).where(news_readers.c.person == person)
        await connection.execute(mine.values(language=language))


async def is_awaited(connection: AsyncConnection, person: int, page: str) -> bool:
    """Whether the person waits for the page."""
    mine = (awaited_pages.c.person == person) & (awaited_pages.c.page == page)
    return bool(await connection.scalar(select(exists().where(mine))))


async def returned(connection: AsyncConnection, person: int) -> Sequence[str]:
    """The ids of the pages that the person waited for and that are shown again."""
    query = select(pages.c.id).join(awaited_pages, awaited_pages.c.page == pages.c.id)
    query = query.where(awaited_pages.c.person == person, _SHOWN).order_by(pages.c.title)
    return (await connection.scalars(query)).all()


async def due(
    connection: AsyncConnection, day: datetime, until: datetime, limit: int
) -> list[NewsReader]:
    """The readers who may have news up to `until` and got no message since `day`."""
    changed = (
        select(changes.c.revision)
        .select_from(_SAVED)
        .where(
            saved.c.person == news_readers.c.person,
            changes.c.entity == "page",
            changes.c.revision > news_readers.c.seen,
        )
    )
    back = (
        select(pages.c.id)
        .join(awaited_pages, awaited_pages.c.page == pages.c.id)
        .where(awaited_pages.c.person == news_readers.c.person, _SHOWN)
    )
    of_kept = keepers.reported(until).where(keeper_rows.c.person == news_readers.c.person)
    return await _readers(
        connection,
        or_(news_readers.c.told.is_(None), news_readers.c.told < day),
        or_(news_readers.c.saved & changed.exists(), back.exists(), of_kept.exists()),
        limit=limit,
    )


async def to_alarm(
    connection: AsyncConnection, reasons: Sequence[str], limit: int
) -> list[NewsReader]:
    """The readers with a saved page that was hidden for such a reason since their last alarm."""
    since, person = news_readers.c.alarmed, news_readers.c.person
    hidden = _saved_changes().where(saved.c.person == person, _hidden_for(reasons, since))
    return await _readers(connection, news_readers.c.saved, hidden.exists(), limit=limit)


async def hidden_since(
    connection: AsyncConnection, person: int, since: int, reasons: Sequence[str]
) -> Sequence[str]:
    """The ids of the person's saved pages with something hidden for such a reason since."""
    query = _saved_changes().where(saved.c.person == person, _hidden_for(reasons, since))
    return (await connection.scalars(query.distinct().order_by(changes.c.key))).all()


def _saved_changes() -> Select[Any]:
    """The ids of saved pages, once for each change."""
    rows = _SAVED.join(revisions, revisions.c.id == changes.c.revision)
    return select(changes.c.key).select_from(rows).where(changes.c.entity == "page")


def _hidden_for(reasons: Sequence[str], since: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a change hid something for such a reason, after this revision."""
    begins = or_(*(revisions.c.note.startswith(reason, autoescape=True) for reason in reasons))
    hides = revisions.c.action == Action.HIDE.value
    return and_(changes.c.revision > since, hides, begins)


async def claim(connection: AsyncConnection, reader: NewsReader, **values: object) -> bool:
    """Store until when the reader was told; False when another process did so first."""
    same = [
        news_readers.c.person == reader.person,
        news_readers.c.seen == reader.seen,
        news_readers.c.alarmed == reader.alarmed,
        news_readers.c.told.is_not_distinct_from(reader.told),
    ]
    done = await connection.execute(update(news_readers).where(*same).values(values))
    return bool(done.rowcount)


async def put_back(connection: AsyncConnection, reader: NewsReader) -> None:
    """Restore the reader's state after a message that could not be sent."""
    values = {"seen": reader.seen, "alarmed": reader.alarmed, "told": reader.told}
    mine = update(news_readers).where(news_readers.c.person == reader.person)
    await connection.execute(mine.values(values))


async def turn_off(connection: AsyncConnection, person: int) -> None:
    """Delete the person's subscriptions: they have blocked the bot."""
    for table in (news_readers, awaited_pages):
        await connection.execute(delete(table).where(table.c.person == person))


async def expire(connection: AsyncConnection, now: datetime) -> None:
    """Delete expired waits."""
    await connection.execute(delete(awaited_pages).where(awaited_pages.c.at < now - KEPT))


async def _readers(
    connection: AsyncConnection, *which: ColumnElement[bool], limit: int
) -> list[NewsReader]:
    query = select(news_readers).where(*which).order_by(news_readers.c.person).limit(limit)
    return [NewsReader(*row) for row in await connection.execute(query)]
