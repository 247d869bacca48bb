"""Editors take a wrong entry out of the directory, with a reason."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer

from bot.buttons import Remove
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, target
from bot.talk.send import redraw
from bot.views import removal as views
from bot.views.quarantine import refused
from directory import quarantine
from directory.directory import Directory
from directory.rights import Rights


async def choose_reason(
    press: CallbackQuery, callback_data: Remove, directory: Directory, rights: Rights
) -> None:
    """For which reason?"""
    try:
        async with directory.db.read() as connection:
            page, _ = await target(connection, directory.territories, rights, callback_data.page)
    except NotPermittedError as error:
        await redraw(press, refused(error))
    else:
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
    try:
        async with directory.db.write() as connection:
            page, _ = await target(connection, directory.territories, rights, callback_data.page)
            number = await quarantine.remove(connection, page.id, reason, actor)
    except NotPermittedError as error:
        await redraw(press, refused(error))
        return
    if number is None:
        callback_answer.text = views.removed_before()
        return
    await directory.refresh()
    await redraw(press, views.removed(page, number))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(choose_reason, Remove.filter(F.why == ""))
    router.callback_query.register(remove, Remove.filter())
    return router
