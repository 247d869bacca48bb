"""Editors take a wrong entry out of the directory, with a reason."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.i18n import gettext as _

from bot.buttons.trust import BringBack, GoneList, Remove
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.notices import NoticeError
from bot.talk.send import redraw
from bot.views.editors import removal as views
from bot.views.editors.quarantine import restored
from bot.views.view import screen
from directory.editing import quarantine
from directory.model import Status
from directory.store import revisions
from directory.store.gone import gone


async def choose_reason(press: CallbackQuery, callback_data: Remove, office: Office) -> None:
    """Ask for the reason."""
    async with office.read() as work:
        page = await work.page(callback_data.page)
    await redraw(press, views.reasons(page))


async def remove(press: CallbackQuery, callback_data: Remove, office: Office) -> None:
    """Take a page out of the directory."""
    reason = quarantine.REASONS_TO_REMOVE[callback_data.why]
    async with office.write() as work:
        page = await work.page(callback_data.page)
        number = await quarantine.remove(work.connection, page.id, reason, office.person)
    if number is None:
        raise NoticeError(_("It is taken out already."))
    await redraw(press, views.removed(page, number))


async def show_gone(press: CallbackQuery, callback_data: GoneList, office: Office) -> None:
    """List what left the directory of what this editor may change."""
    async with office.read() as work:
        found = [each for each in await gone(work.connection) if office.may(each.page)]
        at = screen(callback_data.n, len(found))
        shown = at.shown(found)
        known = await revisions.numbered(work.connection, {each.revision for each in shown})
    names = await office.names([each.origin.actor for each in known.values()])
    told = [(each, known[each.revision]) for each in shown]
    await redraw(press, views.gone_list(told, at, names))


async def bring_back(press: CallbackQuery, callback_data: BringBack, office: Office) -> None:
    """Bring back a page that left the directory."""
    async with office.write() as work:
        page = await work.page(callback_data.page, retired=True)
        number = None
        if page.status is Status.RETIRED:
            number = await quarantine.restore(work.connection, page.id, office.person)
    if number is None:
        raise NoticeError(_("It is in the directory."))
    await redraw(press, restored(page, None, number))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show_gone, GoneList.filter())
    router.callback_query.register(bring_back, BringBack.filter())
    router.callback_query.register(choose_reason, Remove.filter(F.why == ""))
    router.callback_query.register(remove, Remove.filter())
    return router
