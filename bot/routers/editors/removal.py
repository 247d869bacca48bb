"""Editors take a wrong entry out of the directory, with a reason."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer

from bot.buttons.trust import BringBack, GoneList, Remove
from bot.people.admin_router import admin_router
from bot.people.names import names_of
from bot.people.permitted import target
from bot.talk.send import redraw
from bot.views.editors import removal as views
from bot.views.editors.quarantine import restored
from bot.views.view import SCREEN, screen
from directory.directory import Directory
from directory.editing import quarantine
from directory.model import Status
from directory.rights import Rights
from directory.store import revisions
from directory.store.gone import gone


async def choose_reason(
    press: CallbackQuery, callback_data: Remove, directory: Directory, rights: Rights
) -> None:
    """For which reason?"""
    async with directory.db.read() as connection:
        page, _ = await target(connection, directory.territories, rights, callback_data.page)
    await redraw(press, views.reasons(page))


async def remove(
    press: CallbackQuery,
    callback_data: Remove,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Take it out."""
    reason, actor = quarantine.REASONS_TO_REMOVE[callback_data.why], press.from_user.id
    async with directory.db.write() as connection:
        page, _ = await target(connection, directory.territories, rights, callback_data.page)
        number = await quarantine.remove(connection, page.id, reason, actor)
    if number is None:
        callback_answer.text = views.removed_before()
        return
    await directory.refresh()
    await redraw(press, views.removed(page, number))


async def show_gone(
    press: CallbackQuery, callback_data: GoneList, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """What left the directory of what this editor may change."""
    async with directory.db.read() as connection:
        found = [
            each for each in await gone(connection) if rights.may(each.page, directory.territories)
        ]
        at = screen(callback_data.n, len(found))
        shown = found[at.start : at.start + SCREEN]
        known = await revisions.numbered(connection, {each.revision for each in shown})
    names = await names_of(bot, rights, [each.origin.actor for each in known.values()])
    told = [(each, known[each.revision]) for each in shown]
    await redraw(press, views.gone_list(told, at, names))


async def bring_back(
    press: CallbackQuery,
    callback_data: BringBack,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """A page that left is there again."""
    async with directory.db.write() as connection:
        page, _ = await target(
            *(connection, directory.territories, rights, callback_data.page), retired=True
        )
        number = None
        if page.status is Status.RETIRED:
            number = await quarantine.restore(connection, page.id, press.from_user.id)
    if number is None:
        callback_answer.text = views.not_gone()
        return
    await directory.refresh()
    await redraw(press, restored(page, None, number))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show_gone, GoneList.filter())
    router.callback_query.register(bring_back, BringBack.filter())
    router.callback_query.register(choose_reason, Remove.filter(F.why == ""))
    router.callback_query.register(remove, Remove.filter())
    return router
