"""The bot at work: polling from the start to the last handler's end."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import TelegramObject

from bot.app import DEFAULTS, build_dispatcher
from bot.jobs import schedule
from bot.jobs.guard_database import guard_database
from bot.menu import introduce
from bot.process.fair_turns import FairTurns
from bot.process.logs import describe, log_loop_errors
from bot.process.session import make_session
from bot.settings import Settings, SettingsError
from directory.directory import Directory

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 25
"""How long handlers that still run are waited for: less than the 30 that most hosts grant."""

MOST_WAITING = 10_000
"""Updates that may wait for their turn; while there are so many, no more are asked for."""

_WATCH_PAUSE = 5
"""Seconds before a failed look at the database is repeated."""

_LONGEST_PAUSE = 30
"""Seconds between two attempts to reach the Bot API at the start."""


async def run(directory: Directory, settings: Settings) -> None:
    """Answer people until SIGTERM or SIGINT, then let running handlers finish.

    Raises `SettingsError` when Telegram does not know the token or its server is none.
    """
    log_loop_errors(asyncio.get_running_loop())
    bot = Bot(settings.bot_token, session=make_session(settings), default=DEFAULTS)
    dispatcher = build_dispatcher(directory, settings)
    running = Running()
    dispatcher.update.outer_middleware(running)
    dispatcher.update.outer_middleware(FairTurns())
    dispatcher.shutdown.register(running.finish)
    try:
        await _reach(bot, settings)
        # The index and aiogram's models stay: to look through them for garbage takes 0.1 s a time.
        gc.freeze()
        regular = schedule.run(bot, directory, settings)
        guard = guard_database(bot, directory, settings)
        async with _beside(introduce(bot, settings), keep_fresh(directory), guard, regular):
            await dispatcher.start_polling(
                bot, close_bot_session=False, tasks_concurrency_limit=MOST_WAITING
            )
    finally:
        await bot.session.close()


async def keep_fresh(directory: Directory) -> None:
    """Have the directory follow its database until cancelled, whatever fails now and then."""
    while True:
        try:
            await directory.watch()
        except Exception:
            log.exception("The directory could not be brought up to date")
            await asyncio.sleep(_WATCH_PAUSE)


class Running(BaseMiddleware):
    """Keeps the tasks that handle updates.

    When aiogram stops it forgets them, although Telegram counts their updates as delivered: whoever
    wrote just then would never be answered.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Handle the event; its task is kept to the end, what errors cause included."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await handler(event, data)

    async def finish(self) -> None:
        """Wait until all tasks have ended, `SHUTDOWN_SECONDS` at most."""
        await asyncio.sleep(0)  # let those begin that were created for the last updates
        if not self._tasks:
            return
        log.info("Stopping: %d handlers still run", len(self._tasks))
        _done, late = await asyncio.wait(self._tasks, timeout=SHUTDOWN_SECONDS)
        if late:
            log.error("%d handlers did not finish in %d s", len(late), SHUTDOWN_SECONDS)


@asynccontextmanager
async def _beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have this done beside the block, and cancel what is left of it at the block's end."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("Failed beside the bot's work", exc_info=outcome)


async def _reach(bot: Bot, settings: Settings) -> None:
    """Ask Telegram who the bot is, for as long as it takes to get an answer.

    A webhook that was set before is removed: Telegram lets nobody poll while there is one.
    """
    pause = 1
    while True:
        try:
            await bot.me()
            await bot.delete_webhook()
        except TelegramUnauthorizedError:
            raise SettingsError(
                "BOT_TOKEN: Telegram не знает такого ключа; возьмите действующий у @BotFather"
                " (команда /token)"
            ) from None
        except (TelegramNotFound, ClientDecodeError):
            raise SettingsError(
                "BOT_API_URL или BOT_TOKEN: по этому адресу отвечает не Bot API или ключ записан"
                " с ошибкой; проверьте оба"
            ) from None
        except TelegramAPIError as error:
            log.error(
                "The Bot API cannot be reached (%s): check BOT_API_URL and BOT_PROXY."
                " Trying again in %d s",
                describe(error),
                pause,
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return
