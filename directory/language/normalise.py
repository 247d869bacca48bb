"""Text as typed → text to compare: one case, one alphabet a word, no marks, no invisible signs."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, zero-width and direction marks; combining accents (those of й and ё are composed
# before); variation selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u0300-\u036f\u0483-\u0489\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_MIXED = re.compile("[a-zа-я]+")
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_LETTERED = re.compile(r"(?<=\d)[abcehkmoptxy](?![^\W_])")
_WORD = re.compile(r"\d+[а-я](?![^\W_]|\.)|[^\W\d_]+|\d+")
_PLAIN = re.compile(r"[\u0000-\u007f\u0400-\u0482\u048a-\u052f«»„“”–—…]*")


def normalise(text: str) -> str:
    """Lower case, ё → е, № → a space, accents and invisible signs gone, one alphabet a word.

    A word of both alphabets is read as Russian: Latin c, o, a within it are look-alikes.

    >>> normalise("ШKОЛA №5")
    'школа  5'
    """
    text = text.replace("№", " ")
    if not _PLAIN.fullmatch(text):
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = text.lower().replace("ё", "е")
    if _LATIN.search(text) and _CYRILLIC.search(text):
        text = _LETTERED.sub(_as_look_alike, _MIXED.sub(_as_russian, text))
    return text


def _as_russian(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) else word


def _as_look_alike(match: re.Match[str]) -> str:
    return match.group().translate(_LOOKALIKES)


def split(text: str) -> list[str]:
    """The words and the numbers of a normalised text; «школа5» is two, a number may have a letter.

    >>> split("гнездышко-2 15б")
    ['гнездышко', '2', '15б']
    """
    return _WORD.findall(text)


def is_number(word: str) -> bool:
    """Whether a word of a text is a number, with a letter or without.

    >>> is_number("15"), is_number("15б"), is_number("школа")
    (True, True, False)
    """
    return word[:1].isdigit()
