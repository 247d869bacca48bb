"""Opening cards, and saving pages from them."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import DrawQr, Keep, Open, SectionsOf, ShowMap
from bot.people.reader import Reader
from bot.pictures.apart import png
from bot.screens.magistrates import sections
from bot.screens.page_card import page_card
from bot.screens.page_entries import load_one
from bot.talk.own_name import own_username
from bot.talk.picked import entries_of
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw, send
from bot.views.citizens import qr_code
from bot.views.text import clip
from directory.directory import Directory
from directory.model import Status
from directory.store import saving
from directory.store.saving import MOST_SAVED, SaveOutcome

_TITLE = 200
"""UTF-16 units of a venue's title and address."""


async def open_page(
    press: CallbackQuery, callback_data: Open, directory: Directory, reader: Reader | None
) -> None:
    """A card below the list from which it was opened: the list stays for the next try. In a group
    it takes the list's place: one answer is one message."""
    show = send if reader is not None else redraw
    await show(press, await page_card(directory, callback_data.page, reader))


async def open_sections(
    press: CallbackQuery, callback_data: SectionsOf, directory: Directory, reader: Reader | None
) -> None:
    """The sections of magistrates of a town, below the list, in a group in its place; turning it
    changes it."""
    view = await sections(directory, callback_data.territory, callback_data.n)
    await (redraw if reader is None or _is_turned(press) else send)(press, view)


def _is_turned(press: CallbackQuery) -> bool:
    """Whether the pressed button is one of the list's own pager, not an entry of another list."""
    message = press.message
    markup = message.reply_markup if isinstance(message, Message) else None
    return not any(data == press.data for data in entries_of(markup).values())


async def show_map(
    press: CallbackQuery, callback_data: ShowMap, directory: Directory, bot: Bot
) -> None:
    """Where the body is, as a place that the telephone's own map opens; of a hidden page its card,
    which warns."""
    page = await directory.page(callback_data.page)
    hidden = page is not None and page.status is Status.HIDDEN
    if page is None or hidden or page.lat is None or page.lon is None or press.message is None:
        await send(press, await page_card(directory, callback_data.page, None))
    else:
        title, address = clip(page.title, _TITLE), clip(page.address or page.title, _TITLE)
        await bot.send_venue(press.message.chat.id, page.lat, page.lon, title, address)


async def draw_qr(press: CallbackQuery, callback_data: DrawQr, directory: Directory) -> None:
    """The QR code of the card, below it; of a page that is not shown any more, its card."""
    entry, bot = await load_one(directory, callback_data.page), own_username()
    if entry is None or entry.hidden or not bot:
        await send(press, await page_card(directory, callback_data.page, None))
        return
    drawn = await png(qr_code.picture(entry, bot), directory.kept.state)
    await send(press, qr_code.caption(entry, bot), drawn)


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
            kept = await saving.save(connection, person, callback_data.page)
            said = {
                SaveOutcome.KEPT: _("Saved: see /saved"),
                SaveOutcome.UNSEEN: _("This page is no longer shown."),
                SaveOutcome.FULL: _("You keep {n} pages already: remove some in /saved.").format(
                    n=MOST_SAVED
                ),
            }[kept]
        else:
            await saving.unsave(connection, person, callback_data.page)
            said = _("Removed from saved.")
    await directory.refresh()
    callback_answer.text = said
    await redraw(press, await page_card(directory, callback_data.page, reader))


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(open_page, Open.filter())
    router.callback_query.register(open_sections, SectionsOf.filter())
    router.callback_query.register(show_map, ShowMap.filter())
    router.callback_query.register(draw_qr, DrawQr.filter(), flags=BEFOREHAND)
    router.callback_query.register(keep_page, Keep.filter())
    return router
