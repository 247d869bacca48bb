"""Owners bring in, name and dismiss editors and owners; see `bot.routers.owners.entrusting`."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.buttons.editors import Dismiss, EditorCard, EditorName, Editors, FindPerson, WhoMay
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.screens.staff_list import staff_card, staff_list
from bot.screens.who_may import who_may
from bot.talk.notices import NoticeError
from bot.talk.own_name import own_username
from bot.talk.questions import NUMBER, Replies, ask
from bot.talk.send import redraw, reply, send, send_keys
from bot.views.owners import entrusting
from bot.views.owners import staff as views
from directory.rights import Role
from directory.store import invitations, staff


async def list_editors(press: CallbackQuery, callback_data: Editors, office: Office) -> None:
    """List the owners and editors."""
    await redraw(press, await staff_list(office, callback_data.n))


async def appoint_command(message: Message, command: CommandObject, office: Office) -> None:
    """List them, or with a number show that person's card: /editor."""
    given = (command.args or "").strip()
    if not given:
        await reply(message, await staff_list(office))
    elif given.isascii() and given.isdigit() and 0 < int(given) < 2**52:
        await _join(message, int(given), "", office)
    else:
        await reply(message, entrusting.not_a_number())


async def find_by_link(press: CallbackQuery, office: Office) -> None:
    """Make a link that lets one person join."""
    async with office.write() as work:
        token = await invitations.invite(work.connection, by=office.person)
    await send(press, entrusting.invitation(own_username(), token))


async def find_by_contacts(press: CallbackQuery) -> None:
    """Show a keyboard that shares a person."""
    await send_keys(press, *entrusting.whom())


async def person_shared(message: Message, office: Office) -> None:
    """Let the person join who was chosen with that keyboard."""
    await send_keys(message, *entrusting.chosen())
    if message.users_shared:
        user = message.users_shared.users[0]
        name = " ".join(part for part in (user.first_name, user.last_name) if part)
        await _join(message, user.user_id, name, office)


async def contact_shared(message: Message, office: Office) -> None:
    """Let the person join whose contact was shared."""
    shared = message.contact
    if shared is not None and shared.user_id is not None:
        name = " ".join(part for part in (shared.first_name, shared.last_name) if part)
        await _join(message, shared.user_id, name, office)


async def _join(message: Message, person: int, name: str, office: Office) -> None:
    """Somebody joins the staff, to whom nothing is entrusted by that; their card."""
    if person not in office.settings.admin_ids:
        async with office.write() as work:
            await staff.join(work.connection, person, name, by=office.person)
    await reply(message, await staff_card(office, person))


async def show_editor(press: CallbackQuery, callback_data: EditorCard, office: Office) -> None:
    """Show the card of one of the staff."""
    await redraw(press, await staff_card(office, callback_data.person))


async def ask_name(press: CallbackQuery, callback_data: EditorName) -> None:
    """Ask what the person is called."""
    await ask(press, views.question_name(), about=str(callback_data.person))


async def take_name(message: Message, about: str, office: Office) -> None:
    """Keep the name."""
    person = int(about)
    async with office.write() as work:
        await staff.rename(work.connection, person, message.text or "", by=office.person)
    await reply(message, await staff_card(office, person))


async def ask_who(press: CallbackQuery) -> None:
    """Ask of what to tell who may change it."""
    await ask(press, views.question_who())


async def tell_who(message: Message, office: Office) -> None:
    """Tell who may change what was named."""
    await reply(message, await who_may(office, (message.text or "").strip()))


async def dismiss(press: CallbackQuery, callback_data: Dismiss, office: Office) -> None:
    """Take somebody's rights away; not those of an owner by the settings."""
    person = callback_data.person
    if person in office.settings.admin_ids:
        await redraw(press, views.is_owner(person))
        return
    async with office.write() as work:
        gone = await staff.dismiss(work.connection, person, by=office.person)
    if not gone:
        raise NoticeError(views.no_member())
    await redraw(press, views.dismissed(person))


async def _person_shared(message: Message) -> bool:
    shared = message.users_shared
    return shared is not None and shared.request_id == entrusting.REQUEST


async def _contact_shared(message: Message) -> bool:
    return message.contact is not None and message.contact.user_id is not None


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.callback_query.register(list_editors, Editors.filter())
    router.message.register(appoint_command, Command("editor"))
    router.callback_query.register(find_by_link, FindPerson.filter(F.by == "link"))
    router.callback_query.register(find_by_contacts, FindPerson.filter(F.by == "contacts"))
    router.message.register(person_shared, _person_shared)
    router.message.register(contact_shared, _contact_shared)
    router.callback_query.register(show_editor, EditorCard.filter())
    router.callback_query.register(ask_name, EditorName.filter())
    router.message.register(take_name, Replies(views.question_name, like=NUMBER))
    router.callback_query.register(ask_who, WhoMay.filter())
    router.message.register(tell_who, Replies(views.question_who, like=""))
    router.callback_query.register(dismiss, Dismiss.filter())
    return router
