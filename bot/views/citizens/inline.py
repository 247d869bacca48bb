"""Inline results: articles whose message is the card."""

from __future__ import annotations

from datetime import date

from aiogram.types import (
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from aiogram.utils.i18n import gettext as _
from aiogram.utils.payload import encode_payload

from bot.buttons.citizens import Open
from bot.telegram_limits import LONGEST_START
from bot.views.citizens.card import SHARED, card, summary
from bot.views.entry import Entry
from bot.views.text import clip, label
from bot.views.view import View, keyboard, link, remembered
from bot.views.words import slot_name
from directory.model import NETWORKS
from directory.text import clean

TYPED = "q_"
"""What stands before an encoded query in a deep link."""

_TITLE, _DESCRIPTION = 120, 160
_RESULT, _BUTTON = 150, 25
"""Bytes of names, quotes and brackets around a result and around a button, in JSON."""

_WORD = 3
"""Letters below which nothing can be said to be missing."""


@remembered
def article(entry: Entry, now: date, bot: str = "", first: str = "") -> InlineQueryResultArticle:
    """Return a page as a result: its id is the page's own, so it is the same at every keystroke.

    `bot` is the bot's username, links of the network `first` go before the others.
    """
    title, told = clean(entry.page.title), clean(_described(entry))
    if entry.hidden:
        title = _("Withdrawn: {title}").format(title=title)
        told = _("Withdrawn by editors: do not trust its links.")
    return as_article(
        entry.page.id, clip(title, _TITLE), card(entry, now, bot=bot, first=first), told
    )


def size(result: InlineQueryResultArticle) -> int:
    """Return how many bytes the result takes in an answer, about."""
    content = result.input_message_content
    told = content.message_text if isinstance(content, InputTextMessageContent) else ""
    rows = result.reply_markup.inline_keyboard if result.reply_markup else []
    labels = "".join(f"{each.text}{each.url}" for row in rows for each in row)
    buttons = _BUTTON * sum(map(len, rows))
    return _RESULT + buttons + len(f"{told}{labels}{result.title}{result.description}".encode())


def _described(entry: Entry) -> str:
    """Return the place and the networks in words."""
    networks = dict.fromkeys(
        slot_name(x.slot) for x in entry.page.shown_links if x.slot in NETWORKS
    )
    return ". ".join(part for part in (summary(entry), ", ".join(networks)) if part)


def as_article(key: str, title: str, view: View, description: str = "") -> InlineQueryResultArticle:
    """Return a view as a result, sent without its buttons' own chat: only addresses may be on
    them."""
    return InlineQueryResultArticle(
        id=key,
        title=title,
        description=clip(description, _DESCRIPTION) or None,
        input_message_content=InputTextMessageContent(message_text=view.text),
        reply_markup=view.keyboard,
    )


def nothing_button(query: str) -> InlineQueryResultsButton:
    """Return the way to the private chat, which goes on from what was typed when it fits."""
    if len(query) < _WORD:
        return InlineQueryResultsButton(
            text=label(_("Type on: a name, a person, a place")), start_parameter="help"
        )
    return InlineQueryResultsButton(
        text=label(_("Nothing was found: ask in the chat")), start_parameter=_typed(query)
    )


def with_links_only(view: View, query: str, bot: str) -> View:
    """The view for a chat that the bot is not in, where nobody hears its presses: its cards open in
    the chat with the bot of this username, and so does the query, where other ways are left out."""
    rows, left_out = [], False
    for row in view.rows:
        kept = [each if not each.callback_data else _to_card(each, bot) for each in row]
        left_out |= None in kept
        rows.append([each for each in kept if each])
    if left_out and bot:
        rows.append([link(_("Open in the bot"), f"https://t.me/{bot}?start={_typed(query)}")])
    return View(view.text, keyboard(rows))


def _to_card(pressed: InlineKeyboardButton, bot: str) -> InlineKeyboardButton | None:
    """Return the button of a card as a link to it; None for another button."""
    if not bot or not (pressed.callback_data or "").startswith(f"{Open.__prefix__}:"):
        return None
    page = Open.unpack(pressed.callback_data or "").page
    return link(pressed.text, f"https://t.me/{bot}?start={SHARED}{page}")


def _typed(query: str) -> str:
    """Return what a deep link carries for the chat to go on from the query, where it fits."""
    payload = TYPED + encode_payload(query)
    return payload if len(payload) <= LONGEST_START else "help"
