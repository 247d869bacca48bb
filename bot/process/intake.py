"""Takes what Telegram delivers, by whatever way: each update is kept, handled once and answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any, Protocol

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED, NextMiddlewareType
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError

from bot.metrics import FAILED, FAILURES, HANDLING, SILENCE, UPDATES, WAITING

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 25
"""How long handlers that still run are waited for: less than the 30 that most hosts grant."""

STUCK_SECONDS = 300
"""After so long without a step the bot hangs: a question to Telegram ends within 70 seconds, be it
in vain, and is asked four times at most before the failure counts as a step."""

ERASED_AFTER = 0.05
"""Seconds after which what was answered is erased: all of that time in one transaction, which costs
as much as that of a single update."""

MOST_WAITING = 10_000
"""Updates that may wait for their turn; while there are so many, no more are asked for."""

SLOW_SECONDS = 1.0
"""From how long on the handling of an update is worth a line of the log; all are in the metrics."""

_updates, _handling = cache(UPDATES.labels), cache(HANDLING.labels)


class TakenUpdates(Protocol):
    """Where updates are kept until they are done: see `Taken` and `SharedTaken`."""

    async def keep(self, updates: Sequence[Update]) -> list[Update]:
        """Keep updates until they are done; return those that are to be handled now."""

    async def done(self, numbers: Iterable[int]) -> None:
        """Erase what these updates said."""

    async def left(self, bot: Bot) -> tuple[list[Update], list[Update]]:
        """What an earlier process has left, and what of it is given up."""


class GivenUpError(Exception):
    """An update ended with the process at each start that tried to handle it."""


async def refuse_given_up(
    handler: NextMiddlewareType[Any], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """A middleware: what is given up fails at once, so that the person is told."""
    if data.get("given_up"):
        raise GivenUpError
    return await handler(event, data)


class Intake:
    """Handles updates, each in a task of its own."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, taken: TakenUpdates) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._taken = taken
        self._room = asyncio.Semaphore(MOST_WAITING)
        self._tasks: set[asyncio.Task[None]] = set()
        self._answered: list[int] = []
        self._erasing: set[asyncio.Task[None]] = set()
        self._begun_at = monotonic()
        self._heard_at: float | None = None
        self._moved_at: float | None = None
        WAITING.set_function(lambda: len(self._tasks))
        SILENCE.set_function(lambda: self.silence)

    def heard(self) -> None:
        """Note that Telegram delivered something, or had nothing to deliver."""
        self._heard_at = monotonic()
        self.moved()

    def moved(self, pause: float = 0) -> None:
        """Note that the work goes on, after a pause of so many seconds, whether Telegram is heard
        or not."""
        self._moved_at = monotonic() + pause

    @property
    def is_begun(self) -> bool:
        """Whether Telegram was ever heard."""
        return self._heard_at is not None

    @property
    def silence(self) -> float:
        """Seconds since Telegram was heard, since the start when it never was."""
        return monotonic() - (self._heard_at or self._begun_at)

    @property
    def is_stuck(self) -> bool:
        """Whether neither receiving nor handling has come any further for too long."""
        return self._moved_at is not None and monotonic() - self._moved_at > STUCK_SECONDS

    async def resume(self) -> None:
        """Handle what an earlier process took and did not answer."""
        left, given_up = await self._taken.left(self._bot)
        if left:
            log.info("%d updates that were taken before are answered now", len(left))
        for update in left:
            await self._begin(update, resumed=True)
        for update in given_up:
            await self._begin(update, given_up=True)

    async def take(self, updates: Sequence[Update]) -> None:
        """Begin to handle those that were not taken before; once it returns all are kept."""
        for update in await self._taken.keep(updates):
            await self._begin(update)

    def take_over(self, update: Update, given_up: bool) -> None:
        """Begin to handle what another replica has noted already."""
        told = {"given_up": True} if given_up else {"resumed": True}
        self._erasing.add(task := asyncio.create_task(self._begin(update, **told)))
        task.add_done_callback(self._erasing.discard)

    async def finish(self) -> None:
        """Wait until all are handled, `SHUTDOWN_SECONDS` at most; the next start does the rest."""
        if self._tasks:
            log.info("Stopping: %d handlers still run", len(self._tasks))
            _done, late = await asyncio.wait(self._tasks, timeout=SHUTDOWN_SECONDS)
            if late:
                log.error(
                    "%d handlers did not finish in %d s: their updates are handled at the next"
                    " start",
                    len(late),
                    SHUTDOWN_SECONDS,
                )
        await self._erase()

    async def _begin(self, update: Update, **told: bool) -> None:
        """Begin to handle an update; `told` is what its handlers may ask for besides."""
        await self._room.acquire()
        task = asyncio.create_task(self._handle(update, told))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, update: Update, told: Mapping[str, bool]) -> None:
        begun, outcome = monotonic(), "handled"
        try:
            result = await self._dispatcher.feed_update(self._bot, update, **told)
            if result is UNHANDLED:
                outcome = "nobody's"
            elif result == FAILED:
                outcome = FAILED
        except Exception as error:
            outcome = FAILED
            FAILURES.labels(type(error).__name__).inc()
            log.exception("An update could not be handled")
        finally:
            self._room.release()
        if not self._answered:
            self._erasing.add(task := asyncio.create_task(self._erase(ERASED_AFTER)))
            task.add_done_callback(self._erasing.discard)
        self._answered.append(update.update_id)
        self.moved()
        kind, seconds = _kind(update), monotonic() - begun
        _updates(kind, outcome).inc()
        _handling(kind).observe(seconds)
        level = logging.DEBUG if seconds < SLOW_SECONDS else logging.INFO
        log.log(level, "%s: %s, %d ms", kind, outcome, seconds * 1000)

    async def _erase(self, pause: float = 0) -> None:
        """Erase what was answered since the last time."""
        await asyncio.sleep(pause)
        answered, self._answered = self._answered, []
        if answered:
            await self._taken.done(answered)


def _kind(update: Update) -> str:
    try:
        return update.event_type
    except UpdateTypeLookupError:
        return "update of an unknown kind"
