"""Russian written in Latin letters, by any of the usual schemes, back into Cyrillic.

Schemes disagree about й/ы, щ, ь, э; `directory.language.stems` folds these together, so the reading
need only be right up to them.
"""

from __future__ import annotations

import re

_LETTERS = {
    "shch": "щ",
    "sch": "щ",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "tc": "ц",
    "yu": "ю",
    "iu": "ю",
    "ju": "ю",
    "ya": "я",
    "ia": "я",
    "ja": "я",
    "yo": "е",
    "jo": "е",
    "ye": "е",
    "je": "е",
    "a": "а",
    "b": "б",
    "v": "в",
    "w": "в",
    "g": "г",
    "d": "д",
    "e": "е",
    "z": "з",
    "i": "и",
    "j": "й",
    "k": "к",
    "q": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "f": "ф",
    "h": "х",
    "x": "кс",
    "c": "ц",
    "y": "й",
    "'": "",
    "`": "",
}
_LONGEST_FIRST = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_AFTER_VOWEL = re.compile("(?<=[aeiou])[yj]o")  # «rayon» is район, «tyotya» is тётя
_FINAL = re.compile(r"(?<=[bcdfghklmnprstvz])ye\b")  # «krasnye» is красные, «yershov» Ершов
_HARD = re.compile(r"(?<=[bcdfghklmnpqrstvwxz])y(?![aeou])")  # «vy» is вы
_PARTED = re.compile("i(?=[au])")
_CONSONANT = "[bcdfghklmnpqrstvwxz]"
# Before a consonant or after «r»: «torjok» is Торжок, but «vojna» may be война.
_J_AS_ZH = re.compile(rf"(?<=r)j(?=\w)|(?<=\w)j(?={_CONSONANT})")
_LATIN = re.compile("[a-z]")


def in_cyrillic(text: str) -> list[str]:
    """The text with its Latin letters read as a transliteration; two where «ia» or «j» has two.

    >>> in_cyrillic("shkola 5")
    ['школа 5']
    >>> in_cyrillic("novyy vyborg")
    ['новый выборг']
    >>> in_cyrillic("fialka")
    ['фялка', 'фиалка']
    >>> in_cyrillic("jujnyj torjok")
    ['юйный торек', 'южный торжок']
    """
    text = _FINAL.sub("ые", _AFTER_VOWEL.sub("йо", text.lower()))
    text = _HARD.sub("ы", text)
    readings = (text, _PARTED.sub("и", text), _J_AS_ZH.sub("zh", text))
    return list(dict.fromkeys(_LONGEST_FIRST.sub(_letter, each) for each in readings))


def _letter(match: re.Match[str]) -> str:
    return _LETTERS[match.group()]


def has_latin(text: str) -> bool:
    """Whether the text has Latin letters at all."""
    return _LATIN.search(text.lower()) is not None
