"""A word of a query, and what may be meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.language.lexicon import Lexicon
from directory.language.stems import key
from directory.search.known import Known
from directory.search.query import Option

_PLURAL = re.compile("(?:ов|ев|ей|(?<=[аеиоуы])я[хм])$")


@dataclass(slots=True)
class Word:
    """A word of the query, and what may be meant by it.

    `key` is what it counts as in the names of kinds. `sure` 0…1 tells how sure it is that the
    directory has the word.
    """

    typed: str
    text: str
    key: str
    options: tuple[Option, ...] = ()
    sure: float = 0.0
    mended: bool = False


def keys(word: str) -> Iterable[str]:
    """The key of a word, and another of a plural that looks like something else: «Баков» like a
    surname, «Зуях» like a shorter word."""
    yield key(word)
    if len(word) > 3 and _PLURAL.search(word):
        yield key(word[:-2] + "и")


def spelt(known: Known, lexicon: Lexicon, key: str, typed: str) -> str:
    """How to show a word that is known by its key: as the lexicon has it, or the shortest."""
    spellings = known.spellings_of(key)
    names = [each for each in spellings if each in lexicon.kinds]
    told = names or [each for each in spellings if each in lexicon.kind_words]
    return min(told or spellings or [typed], key=lambda each: (len(each), each))
