"""Names cannot lie: text from files and people as one plain line of bounded length.

What a reader does not see can change what they read: a direction mark turns «ur.live» round, a
zero-width space breaks a word that a filter looks for, a pile of accents covers the line above.
None of it is kept. Letters themselves are kept as they are, homoglyphs included: `directory.links`
judges addresses, and a name in mixed letters is a name all the same.
"""

from __future__ import annotations

import re
import unicodedata

LIMITS = {"reason": 200, "report": 500}
"""The most characters of what people write in the chat."""

# Letters, marks and symbols that are drawn as nothing: fillers, an empty Braille cell, selectors.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BLANK = re.compile(f"[{_BLANKS}]")

_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_ODD = re.compile(f"[{_BLANKS}{_ACCENTS}]")
_PILE = re.compile(f"([{_ACCENTS}]{{2}})[{_ACCENTS}]+")


def clean(text: str, limit: int | None = None) -> str:
    """One line without anything unseen: what any name, title or note is before it is kept or shown.

    Line breaks and every kind of space become single spaces, letters are composed (NFC), at most
    two accents stand on one letter. A text longer than `limit` characters is cut, with an ellipsis.

    >>> clean("Шко\\u00adла  №\\u00a05\\u202e")
    'Школа № 5'
    """
    # `isprintable` is false of control, format (zero width, direction, soft hyphen), surrogate,
    # private and unassigned characters and of every space but the plain one.
    is_trim = text.isprintable() and "  " not in text and text == text.strip()
    if is_trim and not _ODD.search(text):
        line = text
    else:
        spaced = "".join(" " if c.isspace() else c for c in _BLANK.sub("", text))
        seen = "".join(c for c in spaced if c.isprintable())
        line = " ".join(_PILE.sub(r"\1", unicodedata.normalize("NFC", seen)).split())
    if limit is None or len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…"
