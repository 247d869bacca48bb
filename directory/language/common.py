"""Whether a word is a common Russian one, and so no misprint of a name.

The words are in `data/common_words.txt`. A word is compared with those that begin like it, by their
keys, so a start need not know the keys of all. Verbs have other endings than names: their forms are
in `data/common_verbs.txt`, just as they are written.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import takewhile

from directory.language.lexicon import DATA
from directory.language.stems import key

_BEGINNING = 3
"""Letters in which no case of a word differs."""
_ENDINGS = frozenset(
    (
        *("", "а", "я", "о", "е", "ы", "и", "у", "ю", "й", "ь", "ей", "ий", "ой", "ый", "ою", "ею"),
        *("ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ам", "ами", "ями", "ье", "ья", "ью"),
        *("ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю", "ым", "им", "ых", "их", "ыми", "ими"),
        *("ого", "его", "ому", "ему", "ия", "ии", "ию", "ием", "ией", "иям", "иях", "иями", "ьем"),
        *("ек", "ок", "ен", "ец"),
    )
)
_OF_ADJECTIVES = frozenset(
    ("ый", "ого", "его", "ому", "ему", "ая", "ое", "ую", "ые", "ых", "ым", "ыми")
)
"""Endings that no noun has, beside «ий» and «ой»."""
_FLEETING = frozenset("клнц")


def load() -> None:
    """Read the words now, for the first query not to wait for them."""
    _words("common_words.txt")
    _words("common_verbs.txt")


@cache
def _words(file: str) -> list[str]:
    lines = (DATA / file).read_text(encoding="utf-8").split("\n")
    return sorted(line for line in lines if line and not line.startswith("#"))


def is_case(word: str, of: str) -> bool:
    """Whether the two differ by a case ending: «мухея» has the key of «муха», but is no case."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, of, strict=False)))
    rest = word[same:]
    if rest in _OF_ADJECTIVES and of[same:] not in {*_OF_ADJECTIVES, "ий", "ой"}:
        return False
    return rest in _ENDINGS or (rest[0] in _FLEETING and rest[1:] in _ENDINGS)


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether a lower-case word (е for ё) is a common one: in any case ending, or a verb in a form
    that is listed.

    >>> is_common("скидками"), is_common("учусь"), is_common("кетовом")
    (True, True, False)
    """
    if _has("common_verbs.txt", word):
        return True
    words, beginning, wanted = _words("common_words.txt"), word[:_BEGINNING], key(word)
    place = bisect_left(words, beginning)
    while place < len(words) and words[place].startswith(beginning):
        if key(words[place]) == wanted and is_case(word, words[place]):
            return True
        place += 1
    return False


def is_listed(word: str) -> bool:
    """Whether a word is a common one just as it is written.

    >>> is_listed("шкала"), is_listed("палиция")
    (True, False)
    """
    return _has("common_words.txt", word) or _has("common_verbs.txt", word)


def _has(file: str, word: str) -> bool:
    words = _words(file)
    place = bisect_left(words, word)
    return place < len(words) and words[place] == word
