"""The nightly copy of the database, and the word to the owners when it cannot be made."""

from __future__ import annotations

import logging

from aiogram import Bot

from bot.metrics import TASK_FAILURES
from bot.people.staff import tell_owners
from bot.settings import Settings
from bot.views.owners.alarms import not_backed_up
from directory.backing_up import back_up_dated
from directory.directory import Directory
from directory.store import copies

log = logging.getLogger(__name__)


async def back_up(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Make a verified copy beside the database."""
    try:
        copy = await back_up_dated(directory)
    except (OSError, copies.DamagedError) as error:
        TASK_FAILURES.labels("backup").inc()
        log.error("the database could not be copied: %s", error)
    else:
        log.info("the database was copied to %s", copy)
        return
    await tell_owners(bot, directory, settings, not_backed_up())
