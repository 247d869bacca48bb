"""Russian written in Latin letters, by any of the usual schemes, back into Cyrillic.

Schemes disagree about й/ы, щ, ь, э; `directory.language.stems` folds these together, so the reading
need only be right up to them.
"""

from __future__ import annotations

import re

_LETTERS = {
    **{"shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "tc": "ц"},
    **{"yu": "ю", "iu": "ю", "ju": "ю", "ya": "я", "ia": "я", "ja": "я", "yo": "е", "jo": "е"},
    **{"ye": "е", "je": "е", "a": "а", "b": "б", "v": "в", "w": "в", "g": "г", "d": "д", "e": "е"},
    **{"z": "з", "i": "и", "j": "й", "k": "к", "q": "к", "l": "л", "m": "м", "n": "н", "o": "о"},
    **{"p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "x": "кс", "c": "ц"},
    **{"y": "й", "'": "", "`": ""},
}
_LONGEST_FIRST = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_LATIN = re.compile("[a-z]")


def in_cyrillic(text: str) -> str:
    """The text with its Latin letters read as a transliteration.

    >>> in_cyrillic("shkola 5")
    'школа 5'
    """
    return _LONGEST_FIRST.sub(lambda match: _LETTERS[match.group()], text.lower())


def has_latin(text: str) -> bool:
    """Whether the text has Latin letters at all."""
    return _LATIN.search(text.lower()) is not None
