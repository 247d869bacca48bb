"""Telling the owners when the database's file is gone, and when it is back."""

from __future__ import annotations

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.i18n import Catalogues
from bot.people.staff import tell
from bot.settings import Settings
from bot.views.admin import database_back, database_lost
from directory.directory import Directory

log = logging.getLogger(__name__)

LOOK_SECONDS = 5
"""How often it is looked. A file that is replaced is missing for a moment: only what two looks in a
row find is told."""


async def guard_database(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Tell each change once, until cancelled. The directory itself looks after the file."""
    told = found = False
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        before, found = found, directory.db.is_lost
        if before == found != told:
            told = found
            await _tell_owners(bot, settings, lost=found)


async def _tell_owners(bot: Bot, settings: Settings, *, lost: bool) -> None:
    with Catalogues().context():
        view = database_lost() if lost else database_back()
    for owner in sorted(settings.admin_ids):
        try:
            await tell(bot, owner, view)
        except TelegramAPIError:
            log.warning("an alarm could not be sent to one of the owners")
