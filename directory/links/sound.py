"""The sound of a name: equal for the ways in which one Russian name is written in Latin letters."""

from __future__ import annotations

import re

from directory.links.letters import RUSSIAN, SEPARATOR, latin

_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g"}
"""Letters that digits between letters stand for."""

_LEET_DIGIT = re.compile(r"(?<=[a-z])[013-9](?=[a-z])|(?<![a-z0-9])[0134-9](?=[a-z]{3})")
# What schemes of transliteration and people write for one sound, and what stands for it here.
_SPELLINGS = {
    "shch": "S", "sch": "S", "shh": "S", "sh": "S", "tch": "C", "ch": "C", "zh": "Z", "kh": "h",
    "tz": "T", "cz": "T", "ts": "T", "tc": "T", "ck": "k", "ph": "f", "ou": "u", "x": "ks",
    "yo": "e", "jo": "e", "io": "e", "ye": "e", "je": "e", "ie": "e", "'": "",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))
_SOFT_C = re.compile("c(?=[eiy])")
_LETTERS = str.maketrans({"w": "v", "c": "k", "q": "k", "y": "i", "j": "i"})
_DOUBLED = re.compile(r"([^\d])\1+")


def sound(name: str, *, digits: bool = False) -> str:
    """The name by its sound, for comparing only. With `digits` these stand for themselves.

    >>> sound("silawprawdewshumkow") == sound("silavpravdevshumkov")
    True
    """
    heard = name.lower()
    if not heard.isascii():
        if not RUSSIAN.isdisjoint(heard) and not re.search("[a-z]", heard):
            heard = "".join(_RUSSIAN.get(char, char) for char in heard)
        heard = latin(heard)
    if not heard.isalnum():
        heard = SEPARATOR.sub("", heard)
    if not digits and not heard.isalpha():
        heard = _LEET_DIGIT.sub(lambda digit: LEET[digit[0]], heard)
    heard = _SPELT.sub(lambda spelt: _SPELLINGS[spelt[0]], heard)
    if "c" in heard:
        heard = _SOFT_C.sub("T", heard)
    return _DOUBLED.sub(r"\1", heard.translate(_LETTERS))
