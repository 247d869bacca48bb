"""The people who look after the directory, and writing to them unasked."""

from __future__ import annotations

import logging

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
from bot.views.queue import hacked
from bot.views.view import View
from directory.directory import Directory
from directory.model import Page
from directory.rights import Rights, Role
from directory.store import editors

log = logging.getLogger(__name__)


async def staff(directory: Directory, settings: Settings) -> list[tuple[int, Rights]]:
    """The owners and the editors with what they may do, each once."""
    async with directory.db.read() as connection:
        appointed = await editors.everyone(connection)
    owners = [(person, Rights(Role.OWNER)) for person in sorted(settings.admin_ids)]
    return owners + [
        (editor.person, Rights(Role.EDITOR, editor.scope))
        for editor in appointed
        if editor.person not in settings.admin_ids
    ]


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


async def alarm(bot: Bot, directory: Directory, settings: Settings, page: Page) -> None:
    """Tell all who may hide the page that it is reported as hacked: minutes matter."""
    with get_i18n().use_locale(DEFAULT):
        view = hacked(page)
    for person, rights in await staff(directory, settings):
        if not rights.may(page, directory.territories):
            continue
        try:
            await tell(bot, person, view)
        except TelegramAPIError:
            log.warning("an alarm could not be sent to one of the editors")
