"""What Telegram shows of the bot before anything is written to it: its commands and description."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand
from aiogram.utils.i18n import gettext as _

from bot.i18n import ENGLISH, Catalogues


async def introduce(bot: Bot) -> None:
    """Set the commands and the descriptions, in English for whom it is, in Russian for all others.

    What Telegram refuses stays as it was: the bot answers all the same.
    """
    catalogues = Catalogues()
    for language, locale in ((None, catalogues.default_locale), (ENGLISH, ENGLISH)):
        with catalogues.context(), catalogues.use_locale(locale), suppress(TelegramAPIError):
            await bot.set_my_commands(commands(), language_code=language)
            await bot.set_my_description(description(), language_code=language)
            await bot.set_my_short_description(short_description(), language_code=language)


def commands() -> list[BotCommand]:
    """The commands for everybody, as Telegram's menu lists them."""
    described = {
        "start": _("begin"),
        "find": _("find a page"),
        "browse": _("by territory and sphere"),
        "near": _("nearest to you"),
        "saved": _("the pages you saved"),
        "check": _("is a link official?"),
        "help": _("what to ask and how"),
        "privacy": _("what I keep"),
        "forget": _("delete what I keep of you"),
    }
    return [BotCommand(command=name, description=text) for name, text in described.items()]


def description() -> str:
    """What an empty chat with the bot says, at most 512 characters."""
    return _(
        "I find the official pages of authorities and institutions: the governor, heads of okrugs, "
        "ministries, schools, hospitals, courts. I also tell whether a link leads to an official "
        "page. I am a directory, not an authority."
    )


def short_description() -> str:
    """What the bot's profile says, at most 120 characters."""
    return _("Finds official pages of authorities and institutions, and checks links.")
