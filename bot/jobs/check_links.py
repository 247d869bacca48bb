"""The daily check of links, its alarm, and the list of links that editors must look at."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.types import ChatFullInfo

from bot.people.staff import tell_owners
from bot.settings import Settings
from bot.views.editors.broken_links import replaced
from bot.views.words import today
from directory.directory import Directory
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.run import Run
from directory.links.outcome import Replaced
from directory.model import Link

log = logging.getLogger(__name__)

_TELEGRAM = "telegram"

_PAUSE = 0.5
"""Seconds between two questions to the Bot API, which answers people meanwhile."""


class TelegramNumbers:
    """Which chat a Telegram nick belongs to, told by the Bot API: channels and groups only.

    Whoever asks for many nicks is told to wait for hours: until then nothing is asked. Links come
    in a new order every day, so each has its turn.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._not_before = 0.0

    async def number(self, link: Link) -> int | None:
        """Return the chat's id; None when Telegram does not tell, and for other networks."""
        clock = asyncio.get_running_loop().time
        if link.platform != _TELEGRAM or clock() < self._not_before:
            return None
        await asyncio.sleep(_PAUSE)
        try:
            chat: ChatFullInfo = await self._bot.get_chat(f"@{link.account}")
        except TelegramRetryAfter as error:
            self._not_before = clock() + error.retry_after
            log.info("numbers of nicks: nothing is asked for %d s", error.retry_after)
            return None
        except TelegramAPIError:
            return None
        return chat.id


async def check_links(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Ask for every link of the directory."""
    async with LinkChecker() as checker:
        run = Run(
            directory.db,
            checker,
            today(),
            numbers=TelegramNumbers(bot),
            alarm=partial(alarm, bot, directory, settings),
        )
        await run.all()


async def alarm(
    bot: Bot, directory: Directory, settings: Settings, what: Replaced, pages: Sequence[str]
) -> None:
    """Tell the owners that a nick passed to another account and where its link was hidden."""
    await directory.refresh()
    view = replaced(what, await directory.pages(pages))
    await tell_owners(bot, directory, settings, view)
