"""The bot at work: from the first question to Telegram to the last handler's end."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.metadata import version
from typing import Any

from aiogram import Bot, Dispatcher

from bot.app import DEFAULTS, build_dispatcher
from bot.jobs import schedule
from bot.jobs.guard_database import guard_database
from bot.menu import introduce
from bot.people.staff import owners_of
from bot.process.fair_turns import FairTurns
from bot.process.intake import Intake, refuse_given_up
from bot.process.logs import log_loop_errors
from bot.process.polling import poll
from bot.process.reach import reach
from bot.process.server import serving, watched
from bot.process.session import make_session
from bot.process.shared_taken import SharedTaken
from bot.process.taken import Taken
from bot.process.watchdog import feed_watchdog, notify, ping
from bot.process.webhook import Webhook, attend, path_of, secret_of
from bot.settings import Settings
from directory.directory import Directory
from directory.watching import watch

log = logging.getLogger(__name__)

_WATCH_PAUSE = 5
"""Seconds before a failed look at the database is repeated."""


async def run(directory: Directory, settings: Settings) -> None:
    """Answer people until SIGTERM or SIGINT, then let running handlers finish.

    Raises what `reach`, `serving`, `poll` and `attend` raise.
    """
    log_loop_errors(asyncio.get_running_loop())
    bot = Bot(settings.bot_token, session=make_session(settings), default=DEFAULTS)
    taken = Taken(settings.state_folder / f"{bot.id}.updates")
    dispatcher = build_dispatcher(directory, settings)
    dispatcher.update.outer_middleware(refuse_given_up)
    dispatcher.update.outer_middleware(FairTurns())
    shared = None if directory.db.is_file else SharedTaken(directory.db.url, bot)
    intake = Intake(bot, dispatcher, shared or taken)
    seen = AsyncExitStack()  # what is seen of the bot from outside
    shares = AsyncExitStack()
    try:
        if shared is not None:
            await shares.enter_async_context(_beside(shared.follow(intake.take_over)))
        if settings.is_watched:
            app = watched(directory, intake)
            if settings.webhook_url:
                hook = Webhook(bot, dispatcher, intake, secret_of(settings))
                hook.register(app, path_of(settings.webhook_url))
            await seen.enter_async_context(serving(app, settings))
        await seen.enter_async_context(_beside(feed_watchdog(intake)))
        notify("READY=1\nSTATUS=Reaching the Bot API")
        await reach(bot, settings, taken)
        _tell_start(directory, settings)
        _collect_garbage_seldom()
        notify("STATUS=Answering")
        async with _beside(
            introduce(bot, settings),
            keep_fresh(directory),
            guard_database(bot, directory, settings),
            schedule.run(bot, directory, settings),
            *([ping(settings.ping_url, directory, intake)] if settings.ping_url else []),
        ):
            await dispatcher.emit_startup(bot=bot, **dispatcher.workflow_data)
            try:
                await intake.resume()
                await _until_signalled(_receiving(bot, dispatcher, intake, taken, settings))
            finally:
                notify("STOPPING=1")
                await seen.aclose()
                if shared is not None:
                    shared.retire()
                await intake.finish()
                await dispatcher.emit_shutdown(bot=bot, **dispatcher.workflow_data)
    finally:
        await seen.aclose()
        await bot.session.close()
        taken.close()
        await shares.aclose()
        if shared is not None:
            await shared.close()


def _tell_start(directory: Directory, settings: Settings) -> None:
    log.info(
        "Official pages %s: database %s, %d pages, revision %d, region %s",
        version("official-pages"),
        directory.db.name,
        directory.index.pages,
        directory.revision,
        settings.region or "none",
    )
    if not owners_of(directory, settings):
        log.warning(
            "ADMIN_IDS is empty: nobody may load lists, hide pages or answer reports. The bot"
            " tells whoever sends it /admin the id to write there"
        )


def _collect_garbage_seldom() -> None:
    # The index and aiogram's models stay: to look through them for garbage takes 0.1 s a time.
    gc.freeze()
    # An answer makes a thousand objects and no cycles to speak of: a twentieth of its time went
    # into looking for them.
    gc.set_threshold(10_000, 20, 20)


def _receiving(
    bot: Bot, dispatcher: Dispatcher, intake: Intake, taken: Taken, settings: Settings
) -> Coroutine[Any, Any, None]:
    """Receive updates by the way that the settings say, until cancelled."""
    kinds = dispatcher.resolve_used_update_types()
    if settings.webhook_url:
        return attend(bot, intake, taken, settings, kinds)
    return poll(bot, intake, kinds)


async def _until_signalled(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until a signal asks to stop. Raises what ends the work before."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # on Windows
            loop.add_signal_handler(number, stop.set)
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def keep_fresh(directory: Directory) -> None:
    """Have the directory follow its database until cancelled, whatever fails now and then."""
    while True:
        try:
            await watch(directory)
        except Exception:
            log.exception("The directory could not be brought up to date")
            await asyncio.sleep(_WATCH_PAUSE)


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
