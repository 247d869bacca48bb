"""Takes what Telegram delivers, by whatever way: each update is kept, handled once and answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from time import monotonic

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

from bot.metrics import HANDLING, UPDATES
from bot.process.taken import Taken

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 25
"""How long handlers that still run are waited for: less than the 30 that most hosts grant."""

MOST_WAITING = 10_000
"""Updates that may wait for their turn; while there are so many, no more are asked for."""


class Intake:
    """Handles updates, each in a task of its own."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, taken: Taken) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._taken = taken
        self._room = asyncio.Semaphore(MOST_WAITING)
        self._tasks: set[asyncio.Task[None]] = set()
        self.heard_at: float | None = None
        """When Telegram last delivered or had nothing to deliver (monotonic seconds)."""

    def heard(self) -> None:
        """Note that Telegram can be heard."""
        self.heard_at = monotonic()

    async def resume(self) -> None:
        """Handle what an earlier process took and did not answer."""
        left = self._taken.left(self._bot)
        if left:
            log.info("%d updates that were taken before are answered now", len(left))
        for update in left:
            await self._begin(update)

    async def take(self, updates: Sequence[Update]) -> None:
        """Begin to handle those that were not taken before; once it returns all are kept."""
        for update in self._taken.keep(updates):
            await self._begin(update)

    async def finish(self) -> None:
        """Wait until all are handled, `SHUTDOWN_SECONDS` at most; the next start does the rest."""
        if not self._tasks:
            return
        log.info("Stopping: %d handlers still run", len(self._tasks))
        _done, late = await asyncio.wait(self._tasks, timeout=SHUTDOWN_SECONDS)
        if late:
            log.error(
                "%d handlers did not finish in %d s: their updates are handled at the next start",
                len(late),
                SHUTDOWN_SECONDS,
            )

    async def _begin(self, update: Update) -> None:
        await self._room.acquire()
        task = asyncio.create_task(self._handle(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, update: Update) -> None:
        begun, outcome = monotonic(), "handled"
        try:
            if await self._dispatcher.feed_update(self._bot, update) is UNHANDLED:
                outcome = "nobody's"
        except Exception:
            outcome = "failed"
            log.exception("An update could not be handled")
        finally:
            self._room.release()
        self._taken.done(update.update_id)
        kind, seconds = _kind(update), monotonic() - begun
        UPDATES.labels(kind, outcome).inc()
        HANDLING.labels(kind).observe(seconds)
        log.info("%s: %s, %d ms", kind, outcome, seconds * 1000)


def _kind(update: Update) -> str:
    try:
        return update.event_type
    except UpdateTypeLookupError:
        return "update of an unknown kind"
