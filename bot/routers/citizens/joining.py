"""Those who are invited: to join the staff, or to become an owner."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.editors import BecomeOwner
from bot.menu import show_commands
from bot.people.reader import author
from bot.people.staff import tell, tell_owners
from bot.settings import Settings
from bot.talk.notices import NoticeError
from bot.talk.send import redraw, reply
from bot.views.owners import entrusting
from bot.views.owners import staff as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Rights, Role
from directory.store import invitations, staff


async def join(
    message: Message, command: CommandObject, directory: Directory, settings: Settings, bot: Bot
) -> None:
    """Let somebody join who opens `/start join_<token>`, the link of an invitation."""
    person = author(message)
    if person is None or message.from_user is None:
        return
    token = (command.args or "").removeprefix(entrusting.JOIN)
    async with directory.db.write() as connection:
        member = await staff.get(connection, person)
        if member is not None or person in settings.admin_ids:
            view, by = View(_("You are one of the owners and editors already: /admin.")), None
        else:
            by = await invitations.accept(connection, token)
            if by is None or not await _is_owner(connection, by, settings):
                view, by = entrusting.no_invitation(), None
            else:
                view = View(_("You have joined. What is entrusted to you, I shall tell you here."))
                await staff.join(connection, person, message.from_user.full_name, by=by)
                member = await staff.get(connection, person)
    await reply(message, view)
    if by is not None and member is not None:
        await directory.refresh()
        await tell(bot, by, entrusting.joined(member))


async def answer_offer(
    press: CallbackQuery,
    callback_data: BecomeOwner,
    directory: Directory,
    settings: Settings,
    bot: Bot,
) -> None:
    """Become an owner, if that was offered, or not."""
    person, yes = author(press), callback_data.yes
    if person is None:
        raise _no_offer()
    async with directory.db.write() as connection:
        before = await staff.get(connection, person)
        by = before.offered_by if before else None
        if before is None or by is None or not await _is_owner(connection, by, settings):
            raise _no_offer()
        became = await staff.answer_offer(connection, before, today(), accepted=yes)
    if yes and not became:
        raise _no_offer()
    await directory.refresh()
    if not yes:
        await redraw(press, View(_("You refused. Nothing was changed.")))
        await tell(bot, by, entrusting.refused(before))
        return
    await redraw(press, views.told(Rights(Role.OWNER), directory.territories))
    await show_commands(bot, person)
    view = entrusting.new_owner(before)
    await tell_owners(bot, directory, settings, view, besides=[person])


def _no_offer() -> NoticeError:
    return NoticeError(_("This is offered to you no longer."))


async def _is_owner(connection: AsyncConnection, person: int, settings: Settings) -> bool:
    member = await staff.get(connection, person)
    return person in settings.admin_ids or (member is not None and member.role is Role.OWNER)


def make() -> Router:
    router = Router(name=__name__)
    router.message.register(
        join, CommandStart(deep_link=True, magic=F.args.startswith(entrusting.JOIN))
    )
    router.callback_query.register(answer_offer, BecomeOwner.filter())
    return router
