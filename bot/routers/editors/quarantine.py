"""Editors hide a page or a link at once, with a reason, and bring it back."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons.trust import HiddenList, Hide, OwnReason, Quarantine, Restore
from bot.people.admin_router import admin_router
from bot.people.names import names_of
from bot.people.permitted import NotPermittedError, target
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply, send
from bot.views.editors import quarantine as views
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.editing import quarantine
from directory.rights import Rights
from directory.store.hidden import hidden


async def show_hidden(
    press: CallbackQuery, callback_data: HiddenList, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """What is hidden of what this editor may change."""
    async with directory.db.read() as connection:
        found = await hidden(connection, rights.scope, directory.territories)
    at = screen(callback_data.n, len(found))
    shown = found[at.start : at.start + SCREEN]
    names = await names_of(bot, rights, [each.actor for each in shown])
    await redraw(press, views.hidden_list(shown, at, names))


async def choose_what(
    press: CallbackQuery, callback_data: Quarantine, directory: Directory, rights: Rights
) -> None:
    """What of the page?"""
    async with directory.db.read() as connection:
        page, _ = await target(connection, directory.territories, rights, callback_data.page)
    await send(press, views.what(page))


async def choose_reason(
    press: CallbackQuery, callback_data: Hide, directory: Directory, rights: Rights
) -> None:
    """For which reason?"""
    async with directory.db.read() as connection:
        page, link = await target(
            *(connection, directory.territories, rights),
            *(callback_data.page, callback_data.link),
        )
    await redraw(press, views.reasons(page, link))


async def hide_for_reason(
    press: CallbackQuery,
    callback_data: Hide,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Hide for a ready reason."""
    reason = quarantine.REASONS[callback_data.why]
    page, link = callback_data.page, callback_data.link
    view = await _hide(directory, rights, press.from_user.id, page, link, reason)
    if view is None:
        callback_answer.text = views.hidden_before()
    else:
        await redraw(press, view)


async def ask_reason(press: CallbackQuery, callback_data: OwnReason) -> None:
    """Be asked for one's own reason."""
    about = f"{callback_data.page} {callback_data.link}".strip()
    await ask(press, views.own_reason(), views.own_reason_hint(), about=about)


async def own_reason(message: Message, about: str, directory: Directory, rights: Rights) -> None:
    """Hide for one's own reason."""
    page, _, link = about.partition(" ")
    view = await _hide(directory, rights, message.chat.id, page, link, message.text or "")
    await reply(message, view or View(views.hidden_before()))


async def restore(
    press: CallbackQuery,
    callback_data: Restore,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Bring back."""
    try:
        async with directory.db.write() as connection:
            page, link = await target(
                *(connection, directory.territories, rights),
                *(callback_data.page, callback_data.link),
                retired=bool(callback_data.link),
            )
            number = await quarantine.restore(connection, page.id, press.from_user.id, link)
    except quarantine.WithdrawnElsewhereError as other:
        raise NotPermittedError(views.withdrawn_elsewhere(other.title, other.reason)) from None
    if number is None:
        callback_answer.text = views.restored_before()
        return
    await directory.refresh()
    await redraw(press, views.restored(page, link, number))


async def _hide(
    directory: Directory, rights: Rights, actor: int, page_id: str, key: str, reason: str
) -> View | None:
    """Hide, and tell the outcome; None when it is hidden already."""
    try:
        async with directory.db.write() as connection:
            page, link = await target(connection, directory.territories, rights, page_id, key)
            number = await quarantine.hide(connection, page.id, reason, actor, link)
            with_it = await quarantine.reached(connection, page, link) if link else []
            still = await quarantine.still_shown(connection, page, link)
    except ValueError:
        raise NotPermittedError(_("the reason has not a single word")) from None
    if number is None:
        return None
    await directory.refresh()
    return views.hidden(page, link, reason, number, with_it=with_it, still=still)


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.own_reason())
    return {"about": about} if about else False


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show_hidden, HiddenList.filter())
    router.callback_query.register(choose_what, Quarantine.filter())
    router.callback_query.register(choose_reason, Hide.filter(F.why == ""))
    router.callback_query.register(hide_for_reason, Hide.filter())
    router.callback_query.register(ask_reason, OwnReason.filter())
    router.callback_query.register(restore, Restore.filter())
    router.message.register(own_reason, _replies)
    return router
