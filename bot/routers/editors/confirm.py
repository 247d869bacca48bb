"""«Страница на месте»: editors confirm what nobody has looked at for long."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons.fields import carried_by
from bot.buttons.trust import Confirm, ConfirmAll, Unconfirmed
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, Office
from bot.screens.unconfirmed import unconfirmed_screen
from bot.talk.send import redraw, send
from bot.views.editors import confirm as views
from bot.views.view import View
from bot.views.words import today
from directory.editing import quarantine


async def show(press: CallbackQuery, callback_data: Unconfirmed, office: Office) -> None:
    """Show a screen of the list."""
    await redraw(press, await _list(office, callback_data.n))


async def confirm(
    press: CallbackQuery, callback_data: Confirm, callback_answer: CallbackAnswer, office: Office
) -> None:
    """The page is right: it leaves the list."""
    async with office.write() as work:
        page = await work.page(callback_data.page)
        done = await quarantine.confirm(work.connection, page.id, today(), office.person)
    callback_answer.text = _("Noted: the page is right") if done else _("That is noted already")
    if callback_data.n is not None:
        await redraw(press, await _list(office, callback_data.n))


async def confirm_all(press: CallbackQuery, callback_data: ConfirmAll, office: Office) -> None:
    """All pages of this screen are right, as the message shows them: one change."""
    message = press.message
    shown = carried_by(message.reply_markup if isinstance(message, Message) else None, Confirm)
    done, refused = [], []
    async with office.write() as work:
        for each in shown:
            try:
                done.append(await work.page(each.page))
            except NotPermittedError as error:
                refused.append(str(error))
        number = await quarantine.confirm_all(work.connection, done, today(), office.person)
    await redraw(press, await _list(office, callback_data.n))
    await send(press, views.confirmed(done, number, refused))


async def _list(office: Office, n: int) -> View:
    return await unconfirmed_screen(office.directory, office.rights, today(), n)


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(confirm_all, ConfirmAll.filter())
    router.callback_query.register(show, Unconfirmed.filter())
    router.callback_query.register(confirm, Confirm.filter())
    return router
