"""«Страница на месте»: editors confirm what nobody has looked at for long."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons.trust import Confirm, ConfirmAll, Unconfirmed
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, target
from bot.screens.unconfirmed import unconfirmed_screen
from bot.talk.send import redraw, send
from bot.views.editors import confirm as views
from bot.views.words import today
from directory.directory import Directory
from directory.editing import quarantine
from directory.rights import Rights


async def show(
    press: CallbackQuery, callback_data: Unconfirmed, directory: Directory, rights: Rights
) -> None:
    """The list, or another screen of it."""
    await redraw(press, await unconfirmed_screen(directory, rights, today(), callback_data.n))


async def confirm(
    press: CallbackQuery,
    callback_data: Confirm,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """The page is right: it leaves the list."""
    async with directory.db.write() as connection:
        page, _link = await target(connection, directory.territories, rights, callback_data.page)
        done = await quarantine.confirm(connection, page.id, today(), press.from_user.id)
    callback_answer.text = _("Noted: the page is right") if done else _("That is noted already")
    await directory.refresh()
    if callback_data.n is not None:
        await redraw(press, await unconfirmed_screen(directory, rights, today(), callback_data.n))


async def confirm_all(
    press: CallbackQuery, callback_data: ConfirmAll, directory: Directory, rights: Rights
) -> None:
    """All pages of this screen are right, as the message shows them: one change."""
    message = press.message
    shown = views.listed_on(message.reply_markup if isinstance(message, Message) else None)
    done, refused = [], []
    async with directory.db.write() as connection:
        for page in shown:
            try:
                found, _link = await target(connection, directory.territories, rights, page)
            except NotPermittedError as error:
                refused.append(str(error))
            else:
                done.append(found)
        number = await quarantine.confirm_all(connection, done, today(), press.from_user.id)
    await directory.refresh()
    await redraw(press, await unconfirmed_screen(directory, rights, today(), callback_data.n))
    await send(press, views.confirmed(done, number, refused))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(confirm_all, ConfirmAll.filter())
    router.callback_query.register(show, Unconfirmed.filter())
    router.callback_query.register(confirm, Confirm.filter())
    return router
