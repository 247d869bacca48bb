"""The office: /admin and /stats."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.buttons.citizens import Menu
from bot.people.admin_router import admin_router
from bot.talk.send import reply, send
from bot.views.editors import office as views
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Rights


async def office(message: Message, directory: Directory, rights: Rights) -> None:
    """What an administrator can do here."""
    await reply(message, views.office(rights, directory.territories))


async def office_pressed(press: CallbackQuery, directory: Directory, rights: Rights) -> None:
    """The same, from a button."""
    await send(press, views.office(rights, directory.territories))


async def stats(message: Message, directory: Directory) -> None:
    """What the directory has."""
    await reply(
        message, views.statistics(await directory.at_hand.statistics(directory.db, today()))
    )


async def stats_pressed(press: CallbackQuery, directory: Directory) -> None:
    """The same, from a button."""
    await send(press, views.statistics(await directory.at_hand.statistics(directory.db, today())))


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(office, Command("admin"))
    router.callback_query.register(office_pressed, Menu.filter(F.where == "office"))
    router.message.register(stats, Command("stats"))
    router.callback_query.register(stats_pressed, Menu.filter(F.where == "stats"))
    return router
