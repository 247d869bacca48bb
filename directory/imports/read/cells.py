"""The text of one cell: its edges, its cleaning, its harmless form in a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width characters and direction marks: signs that nobody typed."""

EDGES = INVISIBLE + "".join(chr(code) for code in range(0x3001) if chr(code).isspace() or code == 0)
"""What `trim` takes off: every kind of space, line ends, zero bytes and the invisible."""

_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))

# Whatever makes a text differ from its clean form: odd spaces and line breaks, doubled spaces,
# control and invisible characters, accents beside their letters, halves of surrogate pairs.
_UNCLEAN = re.compile(
    rf"[^\S ]|  |[\x00-\x1f\x7f-\x9f{INVISIBLE}\u0300-\u036f\ud800-\udfff]|\A | \Z"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def trim(text: str) -> str:
    """The text without blank and invisible characters at its edges, the inside as written.

    >>> trim("\\u200b vk.com/\\u200bkurgan\\u00a0")
    'vk.com/\\u200bkurgan'
    """
    return text.strip(EDGES)


def clean(text: str) -> str:
    """The text as words are kept: one line, single plain spaces, nothing invisible.

    Never for links: a cleaned `v<zero-width space>k.com` would be another address than was given.

    >>> clean("Школа\\u00a0 №\\u202f1\\n\\u00adг. Курган")
    'Школа № 1 г. Курган'
    """
    if not _UNCLEAN.search(text):
        return text
    visible = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return " ".join(_CONTROL.sub(" ", visible).split())


def guard(text: str) -> str:
    """The text in a form that no spreadsheet runs as a formula; `unguard` takes it back.

    >>> guard("@kurgan"), guard("'+7"), guard("'s")
    ("'@kurgan", "''+7", "'s")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given; any other text as it is."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


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
        case dt.date():
            return value.strftime("%d.%m.%Y")
        case _:
            return str(value)
