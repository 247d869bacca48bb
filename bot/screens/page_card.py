"""The card of a page, with the buttons that its reader may press."""

from __future__ import annotations

import re

from aiogram.utils.i18n import gettext as _

from bot.people.reader import Reader, is_staff
from bot.screens.gone_pages import gone_page_card
from bot.screens.home import network_of
from bot.screens.page_entries import load_one
from bot.talk.own_name import own_username
from bot.views.citizens.card import card
from bot.views.citizens.results import no_page
from bot.views.editors.broken_links import on_card
from bot.views.editors.quarantine import who_hid
from bot.views.entry import Entry
from bot.views.view import View, paragraphs
from bot.views.words import today
from directory.directory import Directory
from directory.store import checks, news, saving
from directory.store.hidden import whole_page

_CODE = re.compile(r"[a-z0-9_-]{1,32}")
"""What a page's code may be."""


async def page_card(directory: Directory, page: str, reader: Reader | None) -> View:
    """Return the card of the page with this id, or that there is none."""
    entry = await load_one(directory, page)
    if entry is None and (gone := await gone_page_card(directory, page, reader)):
        return gone
    if entry is None:
        saved = reader is not None and await _is_saved(directory, reader, page)
        return no_page(page if saved else "")
    above = _("There were two records of this; they are one now.") if entry.page.id != page else ""
    return await card_for(directory, entry, reader, above=above)


async def card_by_code(directory: Directory, text: str, reader: Reader | None) -> View | None:
    """The card of the page whose code was written, for those whom the office shows codes."""
    code = text.strip()
    if not is_staff(reader) or not _CODE.fullmatch(code):
        return None
    if await load_one(directory, code) is not None:
        return await page_card(directory, code, reader)
    return await gone_page_card(directory, code, reader)


async def card_for(
    directory: Directory,
    entry: Entry,
    reader: Reader | None,
    *,
    above: str = "",
    first: str = "",
) -> View:
    """The card with the buttons that this reader may press, links of the network `first`, or of
    that which they prefer, first."""
    bot, day = own_username(), today()
    if reader is not None and not first:
        first = await network_of(directory, reader.person)
    if reader is None:
        return card(entry, day, above=above, bot=bot, first=first)
    saved = await _is_saved(directory, reader, entry.page.id)
    awaited = entry.hidden and await _is_awaited(directory, reader, entry.page.id)
    if not reader.rights.may(entry.page, directory.territories):
        return card(entry, day, saved=saved, above=above, bot=bot, first=first, awaited=awaited)
    by = ""
    if entry.hidden:
        async with directory.db.read() as connection:
            by = who_hid(await whole_page(connection, entry.page), {})
    else:
        async with directory.db.read() as connection:
            broken = on_card(await checks.troubles(connection, entry.page.id))
        above = paragraphs(above, broken)
    return card(
        entry,
        day,
        saved=saved,
        may_change=True,
        above=above,
        by=by,
        bot=bot,
        first=first,
        awaited=awaited,
    )


async def _is_awaited(directory: Directory, reader: Reader, page: str) -> bool:
    async with directory.db.read() as connection:
        return await news.is_awaited(connection, reader.person, page)


async def _is_saved(directory: Directory, reader: Reader, page: str) -> bool:
    if not directory.at_hand.may_have_saved(reader.person):
        return False
    async with directory.db.read() as connection:
        return await saving.is_saved(connection, reader.person, page)
