"""Owners appoint and dismiss editors."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _
from sqlalchemy.exc import IntegrityError

from bot.buttons import Appoint, Dismiss, EditorCard, Editors, Entrust, category_key
from bot.people.admin_router import admin_router
from bot.people.staff import tell
from bot.settings import Settings
from bot.talk.send import redraw, reply
from bot.views import editors as views
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.rights import Rights, Role, Scope
from directory.store import editors


async def list_editors(press: CallbackQuery, callback_data: Editors, directory: Directory) -> None:
    """The editors."""
    async with directory.db.read() as connection:
        everyone = await editors.everyone(connection)
    at = screen(callback_data.n, len(everyone))
    shown = everyone[at.start : at.start + SCREEN]
    await redraw(press, views.editors(shown, at, directory.territories))


async def appoint_command(
    message: Message, command: CommandObject, directory: Directory, settings: Settings
) -> None:
    """/editor with a number, or the question whom to appoint."""
    given = (command.args or "").strip()
    if not given:
        text, choice = views.whom()
        await message.answer(text, reply_markup=choice)
    elif given.isascii() and given.isdigit() and 0 < int(given) < 2**52:
        await reply(message, await _card(int(given), directory, settings))
    else:
        await reply(message, views.not_a_number())


async def person_shared(message: Message, directory: Directory, settings: Settings) -> None:
    """A person chosen with the button."""
    text, no_choice = views.chosen()
    await message.answer(text, reply_markup=no_choice)
    if message.users_shared:
        person = message.users_shared.users[0].user_id
        await reply(message, await _card(person, directory, settings))


async def show_editor(
    press: CallbackQuery, callback_data: EditorCard, directory: Directory, settings: Settings
) -> None:
    """One editor; for somebody who is none, what to entrust."""
    await redraw(press, await _card(callback_data.person, directory, settings))


async def choose_territory(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """The territories below one."""
    here = directory.territories.get(callback_data.territory)
    below = directory.territories.children(here.id if here else None)
    at = screen(callback_data.n, len(below))
    shown = below[at.start : at.start + SCREEN]
    await redraw(press, views.which_territory(callback_data.person, here, shown, at))


async def choose_category(
    press: CallbackQuery, callback_data: Entrust, directory: Directory
) -> None:
    """The categories."""
    at = screen(callback_data.n, len(directory.categories))
    shown = directory.categories[at.start : at.start + SCREEN]
    await redraw(press, views.which_category(callback_data.person, shown, at))


async def appoint(
    press: CallbackQuery,
    callback_data: Appoint,
    callback_answer: CallbackAnswer,
    directory: Directory,
    settings: Settings,
    bot: Bot,
) -> None:
    """Make somebody an editor, and tell them."""
    person, scope = callback_data.person, _scope(callback_data, directory)
    if person in settings.admin_ids:
        await redraw(press, views.is_owner(person))
        return
    if scope is None:
        callback_answer.text = views.cannot_entrust()
        return
    try:
        async with directory.db.write() as connection:
            changed = await editors.appoint(
                connection, person, scope, by=press.from_user.id, territories=directory.territories
            )
    except IntegrityError:  # It went between the two looks.
        callback_answer.text = views.cannot_entrust()
        return
    if not changed:
        callback_answer.text = views.entrusted_before()
        return
    await directory.refresh()
    view = views.told(Rights(Role.EDITOR, scope), directory.territories)
    told = await tell(bot, person, view)
    await redraw(press, views.appointed(person, scope, directory.territories, told=told))


async def dismiss(
    press: CallbackQuery,
    callback_data: Dismiss,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """Take an editor's rights away."""
    person = callback_data.person
    async with directory.db.write() as connection:
        gone = await editors.dismiss(connection, person, by=press.from_user.id)
    await directory.refresh()
    if gone:
        await redraw(press, views.dismissed(person))
    else:
        callback_answer.text = _("This person is no editor any more.")


async def _card(person: int, directory: Directory, settings: Settings) -> View:
    if person in settings.admin_ids:
        return views.is_owner(person)
    async with directory.db.read() as connection:
        editor = await editors.get(connection, person)
    return views.editor(editor, directory.territories) if editor else views.what(person)


def _scope(chosen: Appoint, directory: Directory) -> Scope | None:
    """The scope that the button names, None when it names what is no more."""
    if chosen.territory:
        known = directory.territories.get(chosen.territory)
        return Scope(territory=known.id) if known else None
    if chosen.category:
        same = (name for name in directory.categories if category_key(name) == chosen.category)
        category = next(same, None)
        return Scope(category=category) if category else None
    return Scope()


async def _person_shared(message: Message) -> bool:
    shared = message.users_shared
    return shared is not None and shared.request_id == views.REQUEST


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.callback_query.register(list_editors, Editors.filter())
    router.message.register(appoint_command, Command("editor"))
    router.message.register(person_shared, _person_shared)
    router.callback_query.register(show_editor, EditorCard.filter())
    router.callback_query.register(choose_territory, Entrust.filter(F.by == "territory"))
    router.callback_query.register(choose_category, Entrust.filter(F.by == "category"))
    router.callback_query.register(appoint, Appoint.filter())
    router.callback_query.register(dismiss, Dismiss.filter())
    return router
