"""From a place name in any case back to the names it may be of: «в Октябрьском» is Октябрьское or
Октябрьский, but not Октябрьск, of which it would be «в Октябрьске»."""

from __future__ import annotations

import re
from functools import lru_cache

# Ending → endings of the nominative.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "ого": ("ое", "ый", "ий", "ой"), "его": ("ее", "ье", "ий"),
    "ому": ("ое", "ый", "ий", "ой"), "ему": ("ее", "ье", "ий"),
    "ами": ("ы", "а", "и"), "ями": ("и",),
    "ом": ("ое", "ий", "ый", "ой", "", "о"), "ем": ("ее", "ье", "ий", "ь", "й"),
    "ым": ("ое", "ый", "ов"), "им": ("ий", "ое"),
    "ой": ("ая", "а", "ой"), "ей": ("яя", "я", "ья", "и"), "ую": ("ая",), "юю": ("яя",),
    "ых": ("ые",), "их": ("ие",), "ах": ("ы", "а", "и"), "ях": ("и",),
    "ии": ("ия", "ий"), "ию": ("ия", "ий"), "ов": ("ы", "ов", "и"), "ев": ("и", "ев"),
    "ок": ("ки",), "ек": ("ки",), "ье": ("ья", "ье"), "ью": ("ь", "ья"),
    "е": ("", "а", "о", "ь", "я", "е", "й"), "у": ("", "а", "о"), "ю": ("ь", "я", "е", "й"),
    "а": ("", "о", "а"), "я": ("ь", "е", "я", "й"), "и": ("ь", "а", "я", "и", "й"),
    "ы": ("а", "ы"),
}  # fmt: skip
_LENGTHS = (3, 2, 1)  # of endings; the longest that a word has is meant
_FLEETING = re.compile("(?<=[^аеиоуыэюяьй])ь?[лнкц]$")


@lru_cache(maxsize=4096)  # the words of queries repeat
def nominatives(word: str) -> frozenset[str]:
    """The word and the names that it may be a case of, all in lower case.

    >>> "октябрьск" in nominatives("октябрьском"), "октябрьск" in nominatives("октябрьске")
    (False, True)
    >>> "орел" in nominatives("орла"), "елец" in nominatives("ельца")
    (True, True)
    """
    found = {word}
    for length in _LENGTHS:
        ending = word[-length:]
        if len(word) > length + 1 and ending in _ENDINGS:
            stem = word[:-length]
            adjective = ending == "ом" and stem.endswith(("ск", "цк", "н"))
            found.update([stem + n for n in _ENDINGS[ending] if not (adjective and n in ("", "о"))])
            if not adjective and _FLEETING.search(stem):
                found.update(stem[:-1].rstrip("ь") + vowel + stem[-1] for vowel in "ео")
            break
    return frozenset(found)
