"""Editors see who runs a page, and take it back."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.buttons.keepers import DropKeeper, KeepersOf
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.send import redraw
from bot.views.citizens import keepers as views
from directory.store import audit, keepers
from directory.store.audit import Act


async def show(press: CallbackQuery, callback_data: KeepersOf, office: Office) -> None:
    """List who runs the page."""
    async with office.read() as work:
        page = await work.page(callback_data.page)
        found = await keepers.of_page(work.connection, page.id)
    await redraw(press, views.keepers(page, found))


async def withdraw(press: CallbackQuery, callback_data: DropKeeper, office: Office) -> None:
    """Take the page back from one of them."""
    async with office.write() as work:
        page = await work.page(callback_data.page)
        if await keepers.drop(work.connection, callback_data.person, page.id):
            # Without the person, whose id /forget could not erase from the log.
            await audit.record(work.connection, office.person, Act.NO_KEEPER, subject=page.id)
        found = await keepers.of_page(work.connection, page.id)
    await redraw(press, views.keepers(page, found))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show, KeepersOf.filter())
    router.callback_query.register(withdraw, DropKeeper.filter())
    return router
