"""The people who look after the directory, and writing to them unasked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
)
from aiogram.utils.i18n import get_i18n

from bot.i18n import DEFAULT
from bot.settings import Settings
from bot.views.editors.queue import hacked
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.model import Page
from directory.rights import Rights, Role
from directory.store.staff import everyone

log = logging.getLogger(__name__)


def owners_of(directory: Directory, settings: Settings) -> list[int]:
    """Return the owners of the settings and of the database, as far as it was read: nobody gets
    rights by this, and alarms need it when the database is out of reach."""
    return sorted(settings.admin_ids | directory.at_hand.owners)


async def staff(directory: Directory, settings: Settings) -> list[tuple[int, Rights]]:
    """Return the owners and the editors with what they may do, each once."""
    async with directory.db.read() as connection:
        members = await everyone(connection)
    day = today()
    found = {member.person: member.rights(day) for member in members}
    found |= dict.fromkeys(settings.admin_ids, Rights(Role.OWNER))
    may = [(person, rights) for person, rights in found.items() if rights.role > Role.CITIZEN]
    return sorted(may, key=lambda each: (-each[1].role, each[0]))


async def reaches(bot: Bot, person: int) -> bool:
    """Whether the bot can write to this person; True while Telegram does not tell."""
    try:
        await bot.send_chat_action(person, "typing")
    except (TelegramForbiddenError, TelegramBadRequest, TelegramNotFound):
        return False
    except TelegramAPIError:
        return True
    return True


async def unreached(bot: Bot, persons: Iterable[int]) -> set[int]:
    """Return those of these people whom no word of the bot reaches: they never began, or blocked
    it."""
    asked = list(persons)
    found = await asyncio.gather(*(reaches(bot, person) for person in asked))
    return {person for person, reached in zip(asked, found, strict=True) if not reached}


async def tell_owners(
    bot: Bot, directory: Directory, settings: Settings, view: View, *, besides: Iterable[int] = ()
) -> bool:
    """Tell every owner but some; whoever cannot be told keeps nothing from the others.

    Return False when it is worth trying again.
    """
    taken = True
    for owner in sorted({*owners_of(directory, settings)}.difference(besides)):
        taken &= await try_to_tell(bot, owner, view)
    return taken


async def tell(bot: Bot, person: int, view: View) -> bool:
    """Write to somebody who did not just write to the bot; return whether it could be done.

    Whoever has blocked the bot or never began is not told, which is nobody's fault. Raises
    `TelegramAPIError` when it is worth trying again.
    """
    try:
        await bot.send_message(person, view.text, reply_markup=view.keyboard)
    except (TelegramForbiddenError, TelegramBadRequest, TelegramNotFound):
        log.info("somebody could not be written to")
        return False
    return True


async def try_to_tell(bot: Bot, person: int, view: View) -> bool:
    """The same; return False when it is worth trying again."""
    try:
        await tell(bot, person, view)
    except TelegramAPIError:
        log.warning("one of the staff could not be told: Telegram takes nothing for now")
        return False
    return True


async def alarm(bot: Bot, directory: Directory, settings: Settings, page: Page) -> None:
    """Tell all who may hide the page that it is reported as hacked: minutes matter."""
    with get_i18n().use_locale(DEFAULT):
        view = hacked(page)
    for person, rights in await staff(directory, settings):
        if not rights.may(page, directory.territories):
            continue
        await try_to_tell(bot, person, view)
