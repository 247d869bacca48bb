"""The QR code of a card, to be printed: whose card it is and what it opens."""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _

from bot.pictures.picture import QrCode
from bot.views.citizens.card import own_link
from bot.views.entry import Entry
from bot.views.text import bold, clip, code
from bot.views.view import View, lines, paragraphs
from directory.text import clean

_TITLE = 150
"""UTF-16 units of a title: four lines of large letters."""


def picture(entry: Entry, bot: str) -> QrCode:
    """Return the code with the page's name and place below, and what it opens; `bot` is its
    username."""
    below = (clip(clean(entry.page.title), _TITLE), ", ".join(entry.place), _opens(bot))
    return QrCode(own_link(bot, entry.page), tuple(line for line in below if line))


def caption(entry: Entry, bot: str) -> View:
    """Return the same in words."""
    text = paragraphs(
        bold(entry.page.title, _TITLE),
        lines(_opens(bot), code(own_link(bot, entry.page))),
        _("To print it, save the picture. Anybody's camera opens the card from it."),
    )
    return View(text)


def _opens(bot: str) -> str:
    return _("The QR code opens this card in Telegram, in the bot @{bot}.").format(bot=bot)
