"""The bot as a dispatcher: the seam that the process, the terminal and the tests share."""

from __future__ import annotations

from aiogram import Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.utils.callback_answer import CallbackAnswerMiddleware

from bot.i18n import Catalogues, Language
from bot.menu import set_owner_commands
from bot.people.admin_router import admin_router
from bot.people.reader import ReaderMiddleware
from bot.routers import (
    admin,
    audit,
    backup,
    browse,
    card,
    confirm,
    editing,
    editors,
    forget,
    forwards,
    groups,
    history,
    imports,
    inline,
    quarantine,
    queue,
    removal,
    reports,
    search,
    stale,
    start,
    verify,
)
from bot.settings import Settings
from bot.talk.kinds import has_command, in_private
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
    Language(Catalogues(settings.zone)).setup(dispatcher)
    dispatcher.update.outer_middleware(OwnName())
    # Answers every press, once, whatever its handler comes to.
    dispatcher.callback_query.middleware(CallbackAnswerMiddleware())
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.outer_middleware(ReaderMiddleware())
    dispatcher.include_routers(*_routers())
    dispatcher.startup.register(set_owner_commands)
    return dispatcher


def _routers() -> list[Router]:
    """The conversations in the order in which they are asked whether an update is theirs.

    Each question has a price, and so has each router on the way: inline queries and presses for a
    card are taken first, and what most people send, a few words, is asked for little else than
    whether it is something rarer.
    """
    offices = (
        *(admin, imports, history, queue, quarantine, removal),
        *(confirm, editing, editors, audit, backup),
    )
    office = admin_router("office")
    office.include_routers(*(module.make() for module in offices))
    commands = Router(name="commands")
    commands.message.filter(has_command)
    commands.include_routers(
        *(start.make(), forget.make(), browse.commands(), verify.commands(), search.commands())
    )
    private = Router(name="private")
    private.message.filter(in_private)
    talks = (reports, browse, verify, search)
    private.include_routers(
        *(card.make(), forwards.make(), office, commands), *(module.make() for module in talks)
    )
    return [inline.make(), groups.others(), private, groups.make(), stale.make()]
