"""The list of broken links, on demand and as a file."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.buttons.trust import BrokenLinks, BrokenLinksFile
from bot.people.admin_router import admin_router
from bot.screens.broken_links import broken_links, broken_screen
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw
from bot.views.editors import broken_links as views
from bot.views.words import today
from directory.directory import Directory
from directory.file.writers import xlsx_bytes
from directory.rights import Rights


async def show(
    press: CallbackQuery, callback_data: BrokenLinks, directory: Directory, rights: Rights
) -> None:
    """The list, or another screen of it."""
    await redraw(press, await broken_screen(directory, rights, callback_data.n))


async def send_file(press: CallbackQuery, directory: Directory, rights: Rights, bot: Bot) -> None:
    """The whole list as a workbook."""
    if press.message is None:
        return
    sheet = views.sheet(await broken_links(directory, rights), directory.territories)
    data = await asyncio.to_thread(xlsx_bytes, sheet)
    file = BufferedInputFile(data, f"{views.file_name()}-{today():%Y-%m-%d}.xlsx")
    await bot.send_document(press.message.chat.id, file)


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show, BrokenLinks.filter())
    router.callback_query.register(send_file, BrokenLinksFile.filter(), flags=BEFOREHAND)
    return router
