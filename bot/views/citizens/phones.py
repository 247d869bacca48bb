"""Telephone numbers as Telegram makes them pressable."""

from __future__ import annotations

import re

from aiogram.utils.i18n import gettext as _

from bot.views.text import clip, code, plain
from directory.text import clean

_UNITS = 120
_NUMBER = re.compile(r"(?<![\d+])(?=[\d+(])(?:\+?7|8)?[\s-]*\(?\d[\d\s()–-]{7,}\d(?!\d)")
_CODE = re.compile(r"\(\d{3,5}\)")
_PREFIX = re.compile(r"(?:\+?7|8)[\s-]*")


def phones(text: str) -> str:
    """Return the line of a card with the telephone, "" when there is none.

    A whole Russian number is written from +7 on, so that a tap calls or copies it; others are code,
    which a tap copies: «2-38-85» cannot be called from elsewhere.
    """
    text = clip(clean(text), _UNITS)
    if not text:
        return ""
    international = _NUMBER.sub(_international, text)
    shown = plain(international) if "+7" in international else code(text)
    return _("Phone: {phone}").format(phone=shown)


def _international(match: re.Match[str]) -> str:
    """Return the number from +7 on; as it is when it is not a whole one."""
    written = match[0]
    digits = re.sub(r"\D", "", written)
    if len(digits) == 11 and digits[0] in "78":
        return f"+7 {_PREFIX.sub('', written, count=1)}"
    if len(digits) == 10 and _CODE.search(written):
        return f"+7 {written}"
    return written
