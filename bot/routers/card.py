"""Opening cards, and saving pages from them."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons import Keep, Open
from bot.people.reader import Reader
from bot.screens.page_card import page_card
from bot.talk.send import redraw, send
from directory.directory import Directory
from directory.store import people
from directory.store.people import MOST_SAVED, Saved


async def open_page(
    press: CallbackQuery, callback_data: Open, directory: Directory, reader: Reader | None
) -> None:
    """A card below the list from which it was opened: the list stays for the next try."""
    await send(press, await page_card(directory, callback_data.page, reader))


async def keep_page(
    press: CallbackQuery,
    callback_data: Keep,
    callback_answer: CallbackAnswer,
    directory: Directory,
    reader: Reader | None,
) -> None:
    """Save a page or forget it; the card's button turns."""
    person = press.from_user.id
    async with directory.db.write() as connection:
        if callback_data.on:
            kept = await people.save(connection, person, callback_data.page)
            said = {
                Saved.KEPT: _("Saved: see /saved"),
                Saved.UNSEEN: _("This page is no longer shown."),
                Saved.FULL: _("You keep {n} pages already: remove some in /saved.").format(
                    n=MOST_SAVED
                ),
            }[kept]
        else:
            await people.unsave(connection, person, callback_data.page)
            said = _("Removed from saved.")
    await directory.refresh()
    callback_answer.text = said
    await redraw(press, await page_card(directory, callback_data.page, reader))


def make() -> Router:
    """The router of these handlers, asked in this order."""
    router = Router(name=__name__)
    router.callback_query.register(open_page, Open.filter())
    router.callback_query.register(keep_page, Keep.filter())
    return router
