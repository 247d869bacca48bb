"""Editors hide a page or a link at once, with a reason, and bring it back."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.trust import HiddenList, Hide, OwnReason, Quarantine, Restore
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, Office
from bot.talk.notices import NoticeError
from bot.talk.questions import Replies, ask
from bot.talk.send import redraw, reply, send
from bot.views.editors import quarantine as views
from bot.views.view import View, screen
from directory.editing import quarantine
from directory.store.hidden import hidden


async def show_hidden(press: CallbackQuery, callback_data: HiddenList, office: Office) -> None:
    """List what is hidden of what this editor may change."""
    async with office.read() as work:
        found = await hidden(work.connection, office.rights.scope, work.territories)
    at = screen(callback_data.n, len(found))
    shown = at.shown(found)
    names = await office.names([each.actor for each in shown])
    await redraw(press, views.hidden_list(shown, at, names))


async def choose_what(press: CallbackQuery, callback_data: Quarantine, office: Office) -> None:
    """Ask what of the page to hide or to bring back."""
    async with office.read() as work:
        page = await work.page(callback_data.page)
    await send(press, views.what(page))


async def choose_reason(press: CallbackQuery, callback_data: Hide, office: Office) -> None:
    """Ask for the reason."""
    async with office.read() as work:
        page, link = await work.target(callback_data.page, callback_data.link)
    await redraw(press, views.reasons(page, link))


async def hide_for_reason(press: CallbackQuery, callback_data: Hide, office: Office) -> None:
    """Hide for a ready reason."""
    reason = quarantine.REASONS[callback_data.why]
    await redraw(press, await _hide(office, callback_data.page, callback_data.link, reason))


async def ask_reason(press: CallbackQuery, callback_data: OwnReason) -> None:
    """Ask for a reason in the editor's own words."""
    about = f"{callback_data.page} {callback_data.link}".strip()
    await ask(press, views.own_reason(), views.own_reason_hint(), about=about)


async def own_reason(message: Message, about: str, office: Office) -> None:
    """Hide for a reason in the editor's own words."""
    page, _space, link = about.partition(" ")
    await reply(message, await _hide(office, page, link, message.text or ""))


async def restore(press: CallbackQuery, callback_data: Restore, office: Office) -> None:
    """Bring a page or a link back."""
    key = callback_data.link
    try:
        async with office.write() as work:
            page, link = await work.target(callback_data.page, key, retired=bool(key))
            number = await quarantine.restore(work.connection, page.id, office.person, link)
    except quarantine.WithdrawnElsewhereError as other:
        raise NotPermittedError(views.withdrawn_elsewhere(other.title, other.reason)) from None
    if number is None:
        raise NoticeError(_("It is not hidden any more."))
    await redraw(press, views.restored(page, link, number))


async def _hide(office: Office, page_id: str, key: str, reason: str) -> View:
    """Hide, and tell the outcome."""
    try:
        async with office.write() as work:
            page, link = await work.target(page_id, key)
            number = await quarantine.hide(work.connection, page.id, reason, office.person, link)
            with_it = await quarantine.reached(work.connection, page, link) if link else []
            still = await quarantine.still_shown(work.connection, [page], link)
    except ValueError:
        raise NotPermittedError(_("the reason has not a single word")) from None
    if number is None:
        raise NoticeError(_("It is hidden already."))
    return views.hidden(page, link, reason, number, with_it=with_it, still=still)


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show_hidden, HiddenList.filter())
    router.callback_query.register(choose_what, Quarantine.filter())
    router.callback_query.register(choose_reason, Hide.filter(F.why == ""))
    router.callback_query.register(hide_for_reason, Hide.filter())
    router.callback_query.register(ask_reason, OwnReason.filter())
    router.callback_query.register(restore, Restore.filter())
    router.message.register(own_reason, Replies(views.own_reason))
    return router
