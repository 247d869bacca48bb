"""The updates that several replicas take: each is handled once, by one of them.

Replicas stand behind one address and share a PostgreSQL database. Whichever is delivered an update
notes it there first, which also tells where it came before. A person belongs to the replica that
has an unanswered update of theirs: the others hand over to it, so that no two of one person's
updates are handled by two replicas at once, and turns are as fair as in one process. Each replica
tells every second that it lives; what one had taken that is silent for `DEAD_BEATS` is taken over
by another.

The tables are UNLOGGED: after a crash of the server (not of a replica) they are empty, and what was
being answered in that moment is only in the memory of the replicas. While the server is out of
reach all updates are handled, which may answer those twice that come again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import asyncpg
from aiogram import Bot
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import Update

from bot.process.logs import describe
from bot.process.shared_statements import Statements
from bot.process.taken import REMEMBERED, TRIES, body_of, update_of
from bot.process.taken_together import Batch, TakenTogether

log = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
"""How often a replica tells that it lives and looks whether others do."""

DEAD_BEATS = 10
"""At how many looks in a row a replica may be silent: for longer than an import or garbage keeps a
process busy. Looks are counted, and not seconds: a whole machine may sleep."""

_SECONDS = 5
"""How long the server may take to answer. Telegram waits for a webhook's answer much longer."""

_AGAIN_SECONDS = 2.0
"""How long the server is not asked after it has failed: every update would wait for it."""

_SETTINGS = {
    "application_name": "official-pages replicas",
    # What a crash of the server's machine may lose of it is lost with the tables anyway.
    "synchronous_commit": "off",
    "jit": "off",
}

_NOBODY = -(2**62)
"""Below it are those who are only behind one update each: of channels and the like."""

_FAILURES = (
    *(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError),
)

Done = TypeVar("Done")

Begin = Callable[[Update, bool], object]
"""Begins to handle an update that another replica handed over; True: it is given up instead."""


class SharedTaken(TakenTogether):
    """What the replicas of one bot have taken, in the database at `url`."""

    def __init__(self, url: str, bot: Bot) -> None:
        super().__init__()
        self._url = url
        self._bot = bot
        self._sql = Statements(bot.id, REMEMBERED)
        self._me = secrets.randbits(62)
        self._connection: Any = None
        self._at_work: set[int] = set()
        self._answered: set[int] = set()
        self._called = asyncio.Event()
        self._retires = False
        self._missed: dict[int, tuple[int, int]] = {}
        self._kept = 0
        self._not_before = 0.0

    async def _keep(self, batch: Batch) -> None:
        numbers = {update.update_id for update in batch.updates}
        batch.mine = set(numbers)  # unless the server tells otherwise
        new = numbers - self._at_work
        self._at_work |= new  # before another reads of them in the database
        mine: set[int] = set()
        try:
            rows = await self._do(partial(self._note, batch.updates))
            # What was noted before the connection broke is found later, as what is handed over is.
            mine = {row["number"] for row in rows if row["replica"] in (None, self._me)}
            batch.mine = set(mine)
        except _FAILURES as error:
            mine = new
            self._failed(error)
        finally:
            self._at_work -= new - mine

    async def _note(self, updates: list[Update], connection: Any) -> Any:
        given = zip(*map(_row, updates), strict=True)
        rows = await connection.fetch(self._sql.keep, *map(list, given), self._me)
        self._kept += len(rows)
        if self._kept > REMEMBERED // 10:
            self._kept = 0
            await connection.execute(self._sql.forget)
        return rows

    async def done(self, numbers: Iterable[int]) -> None:
        """Erase what these updates said and whose they are; their numbers stay known."""
        self._answered.update(numbers)
        async with self._one_by_one:
            try:
                await self._do(self._erase)
            except _FAILURES as error:
                self._failed(error)  # the next look erases them

    async def _erase(self, connection: Any) -> None:
        answered = set(self._answered)
        if answered:
            await connection.execute(self._sql.done, list(answered))
            await connection.execute(self._sql.free)
            self._answered -= answered
            self._at_work -= answered

    async def left(self, _bot: Bot) -> tuple[list[Update], list[Update]]:
        """Nothing: what a replica leaves is taken over in `follow`, by whichever notices first."""
        return [], []

    async def follow(self, begin: Begin) -> None:
        """Take over what other replicas hand over or leave behind, until cancelled."""
        looked = -BEAT_SECONDS
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._called.wait()
            self._called.clear()
            try:
                async with self._one_by_one:
                    if monotonic() - looked >= BEAT_SECONDS:
                        await self._do(self._look)
                        looked = monotonic()
                    found = [] if self._retires else await self._do(self._handed_over)
            except Exception as error:  # whatever it is: a replica that falls silent is taken over
                self._failed(error)
                continue
            for update, given_up in found:
                begin(update, given_up)

    def retire(self) -> None:
        """Take nothing over any more: the process is about to end."""
        self._retires = True

    async def close(self) -> None:
        """Leave what was not answered to the others."""
        with suppress(*_FAILURES):
            async with self._one_by_one:
                if self._connection is not None:
                    await self._connection.execute(self._sql.leave, self._me)
                    await self._connection.close()

    async def _look(self, connection: Any) -> None:
        """Tell that this replica lives; take over the people of those that do not."""
        await self._erase(connection)
        await connection.execute(self._sql.beat, self._me)
        if self._retires:
            return
        rows = await connection.fetch(self._sql.beats, self._me)
        before, self._missed = self._missed, {}
        for replica, beat in rows:
            last, missed = before.get(replica, (None, 0))
            self._missed[replica] = beat, missed + 1 if beat == last else 0
        dead = [each for each, (_beat, missed) in self._missed.items() if missed >= DEAD_BEATS]
        taken = await connection.execute(self._sql.take_over, self._me, dead)
        for replica in dead:
            await connection.execute(self._sql.leave, replica)
        if dead or taken != "UPDATE 0":
            log.warning("%s of a replica that is gone are taken over", taken.lower() + "s")

    async def _handed_over(self, connection: Any) -> list[tuple[Update, bool]]:
        """The updates of this replica's people that it does not know of yet, oldest first."""
        rows = await connection.fetch(self._sql.mine, self._me, list(self._at_work))
        found = []
        for number, tries, body in rows:
            self._at_work.add(number)
            update = update_of(self._bot, body)
            if update is None:  # kept by another version
                self._answered.add(number)
                continue
            if tries > TRIES:
                log.error("update %d is given up: %d replicas ended with it", number, tries)
            found.append((update, tries > TRIES))
        return found

    async def _do(self, work: Callable[[Any], Awaitable[Done]]) -> Done:
        """Do the work over the connection; over a new one when it has broken meanwhile.

        Raises one of `_FAILURES`.
        """
        if self._connection is not None:
            try:
                return await work(self._connection)
            except TimeoutError:
                raise
            except _FAILURES:
                self._drop()
        if monotonic() < self._not_before:
            raise ConnectionError
        return await work(await self._connect())

    async def _connect(self) -> Any:
        connection = await asyncpg.connect(
            self._url, timeout=_SECONDS, command_timeout=_SECONDS, server_settings=_SETTINGS
        )
        async with connection.transaction():
            # Two replicas that start together would both find no table.
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtext($1))", self._sql.channel
            )
            await connection.execute(self._sql.schema)
        await connection.execute(self._sql.beat, self._me)
        await connection.add_listener(self._sql.channel, self._notified)
        if self._not_before:
            log.info("taken updates are shared again")
        self._connection, self._not_before = connection, 0.0
        return connection

    def _notified(self, _connection: Any, _pid: int, _channel: str, replica: object) -> None:
        if replica == str(self._me):
            self._called.set()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    def _failed(self, error: Exception) -> None:
        self._drop()
        self._missed.clear()  # the others could not tell that they live, either
        if monotonic() < self._not_before:
            return  # the server was not even asked
        if not self._not_before:
            log.error(
                "taken updates cannot be shared (%s): those of a replica that dies now are lost,"
                " and those that come again are answered again",
                describe(error),
            )
        self._not_before = monotonic() + _AGAIN_SECONDS


def _row(update: Update) -> tuple[int, int | None, str | None]:
    """What is noted of an update: its number, whose it is, and the whole of it."""
    body = body_of(update)
    if body is None:
        return update.update_id, None, None
    origin = UserContextMiddleware.resolve_event_context(update)
    person = origin.user or origin.chat
    return update.update_id, person.id if person else _NOBODY - update.update_id, body
