"""The office: /admin and /stats."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.buttons.citizens import Menu
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.send import answer
from bot.views.editors import office as views
from bot.views.words import today
from directory.directory import Directory


async def menu(event: Message | CallbackQuery, office: Office) -> None:
    """Show what an administrator can do here."""
    await answer(event, views.office(office.rights, office.directory.territories))


async def stats(event: Message | CallbackQuery, directory: Directory) -> None:
    """Tell what the directory has."""
    found = await directory.at_hand.statistics(directory.db, today())
    await answer(event, views.statistics(found))


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(menu, Command("admin"))
    router.callback_query.register(menu, Menu.filter(F.where == "office"))
    router.message.register(stats, Command("stats"))
    router.callback_query.register(stats, Menu.filter(F.where == "stats"))
    return router
