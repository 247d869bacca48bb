"""Telling people what was decided on their reports, and forgetting them."""

from __future__ import annotations

import asyncio

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.utils.i18n import get_i18n

from bot.people.staff import tell
from bot.views.citizens.reports import answer
from directory.directory import Directory
from directory.store import reports

# An editor's press and the regular task must not tell the same person twice.
_delivering = asyncio.Lock()


async def deliver(bot: Bot, directory: Directory) -> None:
    """Tell each sender of a decided report, and erase them.

    Whoever cannot be reached for now stays for the next time.
    """
    async with _delivering:
        async with directory.db.read() as connection:
            waiting = await reports.answers(connection)
        for found in waiting:
            page = await directory.page(found.page) if found.page else None
            with get_i18n().use_locale(found.language):
                view = answer(found, page)
            try:
                await tell(bot, found.person, view)
            except TelegramAPIError:
                continue
            async with directory.db.write() as connection:
                await reports.told(connection, found)
