"""Telling the owners when the database is gone or takes no changes, and when it is well again."""

from __future__ import annotations

import asyncio
import logging

from aiogram import Bot
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from bot.people.staff import tell_owners
from bot.settings import Settings
from bot.views.owners.alarms import database_back, database_fault, database_lost
from bot.views.view import View
from directory.directory import Directory
from directory.store.faults import DatabaseLostError

log = logging.getLogger(__name__)

LOOK_SECONDS = 5
"""How often it is looked. A file that is replaced is missing for a moment: only what two looks in a
row find is told."""


async def guard_database(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Tell each change once, until cancelled. The directory itself looks after the file."""
    with Catalogues(settings.zone).context():
        async with asyncio.TaskGroup() as group:
            group.create_task(_guard_file(bot, directory, settings))
            group.create_task(_guard_changes(bot, directory, settings))


async def _guard_file(bot: Bot, directory: Directory, settings: Settings) -> None:
    told = found = False
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        before, found = found, directory.db.is_lost
        if before == found != told:
            told = found
            await tell_owners(
                bot,
                directory,
                settings,
                (database_lost if found else database_back)(is_file=directory.db.is_file),
            )


async def _guard_changes(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Tell why no changes are taken, once, until one has been taken again."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        fault = directory.db.fault
        if fault is None:
            continue
        log.error("the database takes no changes: %s", fault.name)
        await tell_owners(bot, directory, settings, database_fault(fault))
        while directory.db.fault is not None:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await directory.db.try_writing()
            except DatabaseLostError:
                continue
        log.info("the database takes changes again")
        await tell_owners(bot, directory, settings, View(_("The directory takes changes again.")))
