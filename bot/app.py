"""The bot as a dispatcher: the seam that the process, the terminal and the tests share."""

from __future__ import annotations

from aiogram import Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.utils.callback_answer import CallbackAnswerMiddleware

from bot.i18n import Catalogues, Language
from bot.menu import set_owner_commands
from bot.people.reader import ReaderMiddleware
from bot.routers.citizens.search import any_text
from bot.routers.order import in_order
from bot.settings import Settings
from bot.talk.kinds import is_only_words
from bot.talk.notices import Notices
from bot.talk.own_name import OwnName
from directory.directory import Directory

DEFAULTS = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
"""What every `Bot` of this program is made with: the views write HTML, and a preview would show the
first link of a card as if it were the only one."""


def build_dispatcher(directory: Directory, settings: Settings) -> Dispatcher:
    """The whole conversation over an open directory.

    Handlers get both arguments by name. No state is kept between updates: what a button needs is in
    the button, what must last is in the directory's database.
    """
    dispatcher = Dispatcher(disable_fsm=True, directory=directory, settings=settings)
    # Another server may be of a former version, and refuse a message for a tag that it lacks.
    ages = settings.bot_api_url == Settings.model_fields["bot_api_url"].default
    Language(Catalogues(settings.zone, ages=ages)).setup(dispatcher)
    dispatcher.update.outer_middleware(OwnName())
    # Answers every press, once, whatever its handler comes to.
    dispatcher.callback_query.middleware(CallbackAnswerMiddleware())
    dispatcher.callback_query.middleware(Notices())
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.outer_middleware(ReaderMiddleware())
    # The most common message is asked about first: no router has a better answer to it.
    dispatcher.message.register(any_text, is_only_words)
    dispatcher.include_routers(*in_order())
    dispatcher.startup.register(set_owner_commands)
    return dispatcher
