"""The menu of commands in an owner's private chat: nobody else is shown the administration."""

from __future__ import annotations

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from bot.profile import commands
from bot.settings import Settings

log = logging.getLogger(__name__)


async def set_owner_commands(bot: Bot, settings: Settings) -> None:
    """Show each owner the commands of the administration besides everybody's.

    Telegram refuses this for an owner who has not written to the bot yet: the commands work without
    a menu, which then comes with the next start.
    """
    with Catalogues().context():
        menu = [*commands(), *owner_commands()]
    for owner in sorted(settings.admin_ids):
        try:
            await bot.set_my_commands(menu, BotCommandScopeChat(chat_id=owner))
        except TelegramAPIError:
            log.info("an owner's menu of commands was refused; it will be tried at the next start")


def owner_commands() -> list[BotCommand]:
    """The commands of the administration."""
    described = {
        "admin": _("the directory's administration"),
        "import": _("load a file"),
        "export": _("get the directory as a file"),
        "history": _("changes, and taking them back"),
        "stats": _("what the directory has"),
        "reports": _("what people reported"),
    }
    return [BotCommand(command=name, description=text) for name, text in described.items()]
