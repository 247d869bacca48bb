"""Updates that several replicas take: each handled by one, none lost with a replica."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest
from aiogram import Bot
from aiogram.types import Update

from bot.process import shared_taken
from bot.process.shared_taken import SharedTaken
from bot.process.taken import TRIES
from tests.e2e.botapi import TOKEN
from tests.postgres import Server

WORDS = "выдуманное слово"
ANNA, BORIS = 2**40, 32


class Replica:
    """A process: what it was told to handle stands in `handled`, whatever way it came."""

    def __init__(self, url: str, bot: Bot) -> None:
        self.taken = SharedTaken(url, bot)
        self.handled: list[int] = []
        self.given_up: list[int] = []
        self._following = asyncio.create_task(self.taken.follow(self._begin))

    def _begin(self, update: Update, given_up: bool) -> None:
        (self.given_up if given_up else self.handled).append(update.update_id)

    async def takes(self, *updates: Update) -> None:
        """Be delivered these updates."""
        self.handled += [update.update_id for update in await self.taken.keep(updates)]

    async def dies(self) -> None:
        """End without a word, as by SIGKILL."""
        self._following.cancel()
        if self.taken._connection is not None:
            await self.taken._connection.close()

    async def ends(self) -> None:
        """End as by SIGTERM."""
        self._following.cancel()
        await self.taken.close()


@pytest.fixture
def backend(postgres: Server) -> str:
    return "postgres"


@pytest.fixture
async def replicas(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[], Replica]]:
    """Starts replicas."""
    monkeypatch.setattr(shared_taken, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(shared_taken, "_AGAIN_SECONDS", 0.05)
    started: list[Replica] = []
    async with Bot(TOKEN) as bot:

        def start() -> Replica:
            started.append(Replica(database_url, bot))
            return started[-1]

        yield start
        for replica in started:
            await replica.dies()


def said(number: int, person: int, text: str = WORDS) -> Update:
    """A message in a private chat."""
    user = {"id": person, "is_bot": False, "first_name": "Анна"}
    chat = {"id": person, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": user, "text": text}
    return Update.model_validate({"update_id": number, "message": message})


def typed_inline(number: int, person: int) -> Update:
    """A letter typed inline."""
    user = {"id": person, "is_bot": False, "first_name": "Анна"}
    query = {"id": str(number), "from": user, "query": WORDS, "offset": ""}
    return Update.model_validate({"update_id": number, "inline_query": query})


async def _until(come: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_comes_to_two_is_handled_by_one(replicas: Callable[[], Replica]) -> None:
    one, other = replicas(), replicas()
    updates = [said(number, 1000 + number) for number in range(1, 41)]
    await asyncio.gather(*(each.takes(update) for update in updates for each in (one, other, one)))
    assert sorted(one.handled + other.handled) == list(range(1, 41))
    await one.taken.done(one.handled)
    await other.taken.done(other.handled)
    await asyncio.gather(*(each.takes(*updates) for each in (one, other)))  # told again later
    assert len(one.handled + other.handled) == 40


async def test_a_persons_updates_are_handled_by_one_at_a_time(
    replicas: Callable[[], Replica],
) -> None:
    one, other = replicas(), replicas()
    await one.takes(said(1, ANNA))
    await other.takes(said(2, ANNA), said(3, BORIS))
    await _until(lambda: len(one.handled) == 2)
    assert (one.handled, other.handled) == ([1, 2], [3])
    await one.taken.done([1])
    await other.takes(said(4, ANNA))
    await _until(lambda: len(one.handled) == 3)
    await one.taken.done([2, 4])
    await other.takes(said(5, ANNA))  # nothing of hers is left there
    assert other.handled == [3, 5]
    await asyncio.sleep(0.2)
    assert one.handled == [1, 2, 4]


async def test_a_poll_that_brings_nothing_is_no_failure(
    replicas: Callable[[], Replica], caplog: pytest.LogCaptureFixture
) -> None:
    await replicas().takes()
    assert not caplog.records


async def test_letters_typed_inline_are_answered_where_they_come(
    replicas: Callable[[], Replica], database_url: str
) -> None:
    one, other = replicas(), replicas()
    await one.takes(said(1, ANNA))
    await other.takes(typed_inline(2, ANNA))
    assert other.handled == [2]
    await other.taken.done([2])
    await one.takes(typed_inline(2, ANNA))
    assert one.handled == [1]
    assert WORDS not in str(await _kept(database_url, but=1))


async def _kept(url: str, but: int = 0) -> list[Any]:
    """All that the tables have, without one update."""
    connection = await asyncpg.connect(url)
    found = []
    for (table,) in await connection.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'telegram%'"
    ):
        found += [dict(row) for row in await connection.fetch(f"SELECT * FROM {table}")]
    logged = await connection.fetch(
        "SELECT 1 FROM pg_class WHERE relname LIKE 'telegram%' AND relpersistence <> 'u'"
        " AND relkind = 'r'"
    )
    await connection.close()
    assert logged == []
    return [row for row in found if row.get("number") != but]


async def test_nothing_of_what_is_answered_stays(
    replicas: Callable[[], Replica], database_url: str
) -> None:
    one = replicas()
    await one.takes(said(1, ANNA), said(2, BORIS))
    assert WORDS in str(await _kept(database_url))
    await one.taken.done([1, 2])
    kept = str(await _kept(database_url))
    assert WORDS not in kept
    assert str(ANNA) not in kept


async def test_what_a_dead_replica_had_taken_is_taken_over_by_another_once(
    replicas: Callable[[], Replica],
) -> None:
    one, *others = replicas(), replicas(), replicas()
    await one.takes(*(said(number, 1000 + number) for number in range(1, 21)))
    await one.taken.done(range(1, 11))
    await one.takes(typed_inline(21, ANNA))
    for other in others:  # they know of it
        await other.takes(said(100 + len(other.handled), BORIS))
    await asyncio.sleep(0.3)
    await one.dies()
    handled = [number for other in others for number in other.handled]
    await _until(lambda: sum(len(other.handled) for other in others) >= len(handled) + 10)
    await asyncio.sleep(0.5)
    now = sorted(number for other in others for number in other.handled if number < 100)
    assert now == list(range(11, 21))


async def test_one_that_ends_in_order_is_not_waited_for(
    replicas: Callable[[], Replica], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_taken, "DEAD_BEATS", 1_000_000)
    one, other = replicas(), replicas()
    await one.takes(said(1, ANNA))
    await asyncio.sleep(0.2)
    await one.ends()
    await _until(lambda: other.handled == [1])


async def test_an_update_that_ends_every_replica_is_given_up(
    replicas: Callable[[], Replica],
) -> None:
    one = replicas()
    await one.takes(said(1, ANNA))
    for _ in range(TRIES):
        await one.ends()
        one = replicas()
        await _until(lambda one=one: one.handled == [1])  # type: ignore[misc]
    await one.ends()
    last = replicas()
    await _until(lambda: last.given_up == [1])
    assert last.handled == []


async def test_without_the_server_everything_is_handled_and_that_is_said_once(
    replicas: Callable[[], Replica], database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    one = replicas()
    await one.takes(said(1, ANNA))
    url, one.taken._url = one.taken._url, "postgresql://127.0.0.1:1/nowhere"
    assert one.taken._connection is not None
    await one.taken._connection.close()
    await one.takes(said(2, ANNA))
    await one.takes(said(3, BORIS))
    await one.taken.done([1, 2, 3])
    assert one.handled == [1, 2, 3]
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1
    assert "cannot be shared" in errors[0]
    one.taken._url = url
    for number in range(10, 40):  # many updates do not put the next attempt off for ever
        await one.takes(said(number, BORIS))
        await asyncio.sleep(0.01)
    await _until(lambda: "shared again" in caplog.text)
    await asyncio.sleep(0.2)
    assert one.handled == [1, 2, 3, *range(10, 40)]
    assert str(ANNA) not in str(await _kept(database_url))
