"""The text of one cell: its edges, and what a number reads as.

Only the edges are cleaned here. Names are cleaned by `directory.text` later, and links never: with
its inner zero-width space gone, a hostile `v<zero-width space>k.com` would turn into a sound one.
"""

from __future__ import annotations

import datetime as dt

INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width characters and direction marks: signs that nobody typed."""

EDGES = INVISIBLE + "".join(chr(code) for code in range(0x3001) if chr(code).isspace() or code == 0)
"""What `trim` takes off: every kind of space, line ends, zero bytes and the invisible."""


def trim(text: str) -> str:
    """The text without blank and invisible characters at its edges, the inside as written.

    >>> trim("\\u200b vk.com/\\u200bkurgan\\u00a0")
    'vk.com/\\u200bkurgan'
    """
    return text.strip(EDGES)


def text_of(value: object) -> str:
    """The text of a typed value of a workbook or of JSON, as a spreadsheet shows it.

    >>> text_of(1.0), text_of(0.1 + 0.2), text_of(True), text_of(dt.date(2025, 11, 1))
    ('1', '0.3', 'да', '01.11.2025')
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "да" if value else "нет"
        case float() if value.is_integer() and abs(value) < 1e18:
            return str(int(value))
        case float():
            # Fifteen digits are what a spreadsheet keeps.
            return f"{value:.15g}"
        case dt.datetime() if value.time() != dt.time():
            return value.strftime("%d.%m.%Y %H:%M")
        case dt.time():
            return value.strftime("%H:%M")
        case dt.date():
            return value.strftime("%d.%m.%Y")
        case dict():
            return "\n".join(f"{key}: {text_of(one)}" for key, one in value.items())
        case list():
            return "\n".join(map(text_of, value))
        case _:
            return str(value)
