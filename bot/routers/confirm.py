"""«Страница на месте»: editors confirm what nobody has looked at for long."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer

from bot.access import admin_router
from bot.sending import redraw
from bot.targets import RefusedError, target
from bot.trust_callbacks import Confirm, Unconfirmed
from bot.views.confirm import unconfirmed
from bot.views.text import clip
from bot.views.view import SCREEN, View, screen
from bot.views.words import today
from directory import quarantine
from directory.directory import Directory
from directory.rights import Rights
from directory.store.confirmation import count_stale, stale_pages

_NOTICE = 200
"""The longest notice that a press can be answered with."""


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
    try:
        async with directory.db.write() as connection:
            page, _ = await target(connection, directory.territories, rights, callback_data.page)
            done = await quarantine.confirm(connection, page.id, today(), press.from_user.id)
    except RefusedError as refused:
        callback_answer.text = clip(f"Нельзя: {refused}", _NOTICE)
        return
    callback_answer.text = "Отмечено: страница на месте" if done else "Это отмечено и так"
    await directory.refresh()
    if callback_data.n is not None:
        await redraw(press, await unconfirmed_screen(directory, rights, today(), callback_data.n))


async def unconfirmed_screen(
    directory: Directory, rights: Rights, day: date, n: int = 0, *, heading: str = ""
) -> View:
    """Screen `n` of the list of whoever has these rights."""
    tree = directory.territories
    async with directory.db.read() as connection:
        total = await count_stale(connection, rights.scope, tree, day)
        at = screen(n, total)
        ids = await stale_pages(connection, rights.scope, tree, day, limit=SCREEN, offset=at.start)
    return unconfirmed(await directory.pages(ids), at, total, day, heading=heading)


def make() -> Router:
    """The router of these handlers; editors' alone."""
    router = admin_router(__name__)
    router.callback_query.register(show, Unconfirmed.filter())
    router.callback_query.register(confirm, Confirm.filter())
    return router
