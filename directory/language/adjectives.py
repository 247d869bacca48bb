"""Names of places ↔ their adjectives: «Ялта» – «ялтинский», «Шуя» – «шуйский», by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_VOWELS = "аеиоуяю"
_SUFFIXES = ("инск", "енск", "овск", "евск", "анск", "ск")
# A last letter changes before «ск»: Луга – лужский, Волга – волжский, Прага – пражский.
_SOFTENED = {"г": "ж", "з": "ж", "к": "ч", "х": "ш", "с": "ш"}
_LEAST = 3
"""Letters of the shortest key: by fewer, too much is told by these patterns."""


@lru_cache(maxsize=4096)
def related(key: str) -> tuple[str, ...]:
    """The keys of the adjectives that a place of this key may have, and of the places whose
    adjective it may be. Most of them are of no word: the reader asks which the pages have.

    >>> "ялтинск" in related("ялт"), "ялт" in related("ялтинск"), "лужск" in related("луг")
    (True, True, True)
    """
    if len(key) < _LEAST:
        return ()
    return tuple(dict.fromkeys(each for each in _related(key) if len(each) >= _LEAST))


def _related(key: str) -> Iterable[str]:
    if key.endswith("ск"):
        yield key + "ск"
        yield from _places(key)
    else:
        yield from _adjectives(key)


def _adjectives(key: str) -> Iterable[str]:
    yield key + "ск"
    if len(key) < 2:
        return
    last = key[-1]
    if last in _SOFTENED:
        yield key[:-1] + _SOFTENED[last] + "ск"
        yield key[:-1] + _SOFTENED[last] + "инск"
    if last in _VOWELS and key[-2] in _VOWELS:
        yield key[:-1] + "иск"  # «й» is folded into «и»
    for suffix in _SUFFIXES[:-1]:
        yield key + suffix


def _places(key: str) -> Iterable[str]:
    for suffix in _SUFFIXES:
        if key.endswith(suffix):
            stem = key[: -len(suffix)]
            yield stem
            for last, softened in _SOFTENED.items():
                if stem.endswith(softened):
                    yield stem[:-1] + last
    if key.endswith("иск") and key[-4:-3] in _VOWELS:
        yield from (key[:-3] + last for last in "яеи")
