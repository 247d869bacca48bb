"""The commands that Telegram's menu lists, and the bot's description in its profile."""

from __future__ import annotations

import logging
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat
from aiogram.utils.i18n import gettext as _

from bot.i18n import ENGLISH, Catalogues
from bot.people.staff import owners_of
from bot.settings import Settings
from bot.views.citizens import hello
from directory.directory import Directory

log = logging.getLogger(__name__)


async def introduce(bot: Bot, settings: Settings) -> None:
    """Set the commands, the name and the descriptions: English for whom it is, Russian for others.

    What Telegram refuses stays as it was: the bot answers all the same.
    """
    catalogues = Catalogues()
    for language, locale in ((None, catalogues.default_locale), (ENGLISH, ENGLISH)):
        with catalogues.context(), catalogues.use_locale(locale), suppress(TelegramAPIError):
            await bot.set_my_commands(commands(), language_code=language)
            await bot.set_my_description(description(settings.region), language_code=language)
            await bot.set_my_short_description(short_description(), language_code=language)
            if (await bot.get_my_name(language)).name != (name := hello.name(settings.region)):
                # Telegram lets a name be set a few times a day only.
                await bot.set_my_name(name, language_code=language)


def commands() -> list[BotCommand]:
    """The commands for everybody, as Telegram's menu lists them."""
    described = {
        "start": _("begin"),
        "find": _("find a page"),
        "browse": _("by place and topic"),
        "near": _("nearest to you"),
        "saved": _("the pages you saved"),
        "check": _("is a link official?"),
        "about": _("what the directory has"),
        "help": _("what to ask and how"),
        "privacy": _("what I keep"),
        "forget": _("delete what I keep of you"),
    }
    return [BotCommand(command=name, description=text) for name, text in described.items()]


def description(region: str) -> str:
    """What an empty chat with the bot says, at most 512 characters."""
    about = _(
        "I find the official pages of authorities and institutions: the governor, heads of okrugs, "
        "ministries, schools, hospitals, courts. I also tell whether a link leads to an official "
        "page. I am a directory, not an authority."
    )
    return f"{hello.name(region)}. {about}"


def short_description() -> str:
    """What the bot's profile says, at most 120 characters."""
    return _("Finds official pages of authorities and institutions, and checks links.")


async def set_owner_commands(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Show each owner the commands of the administration besides everybody's.

    Telegram refuses this for an owner who has not written to the bot yet: the commands work without
    a menu, which then comes with the next start.
    """
    for owner in owners_of(directory, settings):
        await show_commands(bot, owner)


async def show_commands(bot: Bot, owner: int) -> None:
    """Show one owner the commands of the administration."""
    with Catalogues().context():
        menu = [*commands(), *owner_commands()]
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
