"""The list of broken links, on demand and as a file."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils.i18n import gettext as _

from bot.buttons.trust import BrokenLinks, BrokenLinksFile
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.screens.broken_links import broken_links, broken_screen
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw, send_book
from bot.views.editors import broken_links as views
from bot.views.words import today


async def show(press: CallbackQuery, callback_data: BrokenLinks, office: Office) -> None:
    """Show a screen of the list."""
    await redraw(press, await broken_screen(office.directory, office.rights, callback_data.n))


async def send_file(press: CallbackQuery, office: Office) -> None:
    """Send the whole list as a workbook."""
    found = await broken_links(office.directory, office.rights)
    name, sheet = _("broken links"), views.sheet(found, office.directory.territories)
    await send_book(press, office, f"{name}-{today():%Y-%m-%d}.xlsx", sheet)


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show, BrokenLinks.filter())
    router.callback_query.register(send_file, BrokenLinksFile.filter(), flags=BEFOREHAND)
    return router
