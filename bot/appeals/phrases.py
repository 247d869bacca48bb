"""Phrases of the data files beside this: whether a text says one of them.

A phrase is words in their order, up to two others between each two: «не вывоз*» is said by «не
хотят вывозить». `*` stands for any ending, `|` parts words of which any will do. Case, ё and
punctuation do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from directory.language.common import is_common
from directory.language.layout import switched
from directory.language.normalise import normalise
from directory.language.sounds import sound

_WORD = re.compile(r"[^\W_]+")
_LATIN_ONLY = re.compile(r"[^а-яё]*[a-z][^а-яё]*", re.IGNORECASE)
_RUSSIAN = re.compile(r"[а-я]+")
_HEARD = 5
"""Letters from which on a word is mended: shorter ones sound like too many others."""
_LONG = 7
"""Letters of its sound from which on one letter may be wrong."""
_ENDING = r"\S*"
_BETWEEN = 2
_APART = r"(?: \S+){0,3} "
_BEGINNING = 3
"""Letters of a word by which most texts are seen to say no phrase of a list, before the list's
pattern is tried."""
_sound = lru_cache(4096)(sound)  # the words of queries repeat

Listed = TypeVar("Listed")


@lru_cache(8)  # a text is looked through for one thing after another
def words_of(text: str) -> str:
    """Return the words of a text, one space between each two: what phrases are looked for in."""
    return " ".join(_WORD.findall(normalise(text)))


@lru_cache(8)
def readings(text: str) -> tuple[str, ...]:
    """Return the text, and what it says when it was typed in the wrong keyboard layout."""
    typed = [text, *switched(text)] if _LATIN_ONLY.fullmatch(text) else [text]
    return tuple(map(words_of, typed))


class Spelling:
    """Mends words that are written as they are heard: «вызавите», «пожаловатся», «пажар».

    Only a word that is no common one is mended, into a word of the phrases that sounds like it. A
    long one may have a letter wrong as well, unless the word would say all by itself: «Стрельна» is
    a settlement.
    """

    def __init__(self, phrases: Iterable[str], pairs: Iterable[str] = ()) -> None:
        listed, paired = list(phrases), list(pairs)
        words = frozenset(_parts([*listed, *paired]))
        saying_all = frozenset(_parts(each for each in listed if " " not in each))
        self._words = words
        # In one order in every process: of words as near the longest is taken, for the last letter
        # is rather left out («потерялс») than one too many.
        longest_last = sorted(words, key=lambda word: (len(word), word))
        self._by_sound = {_sound(word): word for word in longest_last if len(word) >= _HEARD}
        self._long: dict[str, list[str]] = {}
        for heard, word in sorted(self._by_sound.items(), key=lambda each: -len(each[0])):
            if len(heard) >= _LONG and word not in saying_all:
                self._long.setdefault(heard[0], []).append(heard)
        self._mended = lru_cache(4096)(self._mend)

    def mended(self, words: str) -> str:
        """Return the words, each misspelt one as the phrases write it."""
        return " ".join(map(self._mended, words.split()))

    def _mend(self, word: str) -> str:
        if len(word) < _HEARD or word in self._words or not _RUSSIAN.fullmatch(word):
            return word
        spoken = _sound(word) or word
        heard = self._by_sound.get(spoken)
        alike = self._long.get(spoken[0], ()) if heard is None and len(spoken) >= _LONG else ()
        if alike and not is_common(word):
            near = extractOne(spoken, alike, scorer=DamerauLevenshtein.distance, score_cutoff=1)
            heard = self._by_sound[near[0]] if near else None
        return heard if heard and not is_common(word) else word


def _parts(phrases: Iterable[str]) -> Iterator[str]:
    """Return the Russian words of phrases, and the beginnings of words."""
    for each in phrases:
        parts = (part.rstrip("*") for part in re.split(r"[ |]", normalise(each)))
        yield from filter(_RUSSIAN.fullmatch, parts)


class Phrases:
    """A list of phrases as one pattern; `between` is how many other words may stand in between."""

    def __init__(self, phrases: Iterable[str], *, between: int = _BETWEEN) -> None:
        longest_first = sorted(phrases, key=len, reverse=True)
        self.beginnings = beginnings(longest_first)
        said = "|".join(_phrase(each, between) for each in longest_first) or r"(?!)"
        self._said = _pattern(said)
        self._begins = re.compile(rf"(?:{said})(?: |$)")
        self._ends = re.compile(rf"(?:^| )(?:{said})$")

    def said_in(self, words: str) -> bool:
        """Whether the words say one of the phrases."""
        if self.beginnings.isdisjoint(_beginnings_in(words)):
            return False
        return self._said.search(f" {words}") is not None

    def without_ends(self, words: str) -> str:
        """Return the words without the phrases with which they begin and end, however many."""
        if self.beginnings.isdisjoint(_beginnings_in(words)):
            return words
        while found := self._begins.match(words):
            words = words[found.end() :]
        while found := self._ends.search(words):
            words = words[: found.start()]
        return words


class Pairs:
    """Phrases of two lists said near each other, in either order: «вода … ржавая»."""

    def __init__(self, ones: Sequence[str], others: Sequence[str]) -> None:
        one = f"(?:{'|'.join(map(_phrase, ones))})"
        other = f"(?:{'|'.join(map(_phrase, others))})"
        self._said = _pattern(f"{one}{_APART}{other}|{other}{_APART}{one}")
        self.beginnings, self._other = beginnings(ones), beginnings(others)

    def said_in(self, words: str) -> bool:
        """Whether the words say a pair."""
        there = _beginnings_in(words)
        if self.beginnings.isdisjoint(there) or self._other.isdisjoint(there):
            return False
        return self._said.search(f" {words}") is not None


class ByBeginning(Generic[Listed]):
    """What phrases stand for, with the beginnings of these phrases: few of them fit a text."""

    def __init__(self, things: Iterable[tuple[Listed, frozenset[str]]]) -> None:
        self._things: list[Listed] = []
        self._numbers: dict[str, set[int]] = {}
        for number, (thing, begun) in enumerate(things):
            self._things.append(thing)
            for each in begun:
                self._numbers.setdefault(each, set()).add(number)

    def of(self, words: str) -> list[Listed]:
        """Return what the words may speak of, in its order: the phrases decide."""
        begun = self._numbers.keys() & _beginnings_in(words)
        if not begun:
            return []
        found = set[int]().union(*[self._numbers[each] for each in begun])
        return [self._things[number] for number in sorted(found)]


def beginnings(phrases: Iterable[str]) -> frozenset[str]:
    """With what the first words of the phrases begin: up to `_BEGINNING` letters, "" for any."""
    first = (part for each in phrases for part in each.split()[0].split("|"))
    return frozenset(normalise(part).strip().split("*")[0][:_BEGINNING] for part in first)


@lru_cache(4)  # a text is looked for in many lists, one after the other
def _beginnings_in(words: str) -> frozenset[str]:
    """Return all that `beginnings` may have of the phrases that these words say."""
    lengths = range(_BEGINNING + 1)
    return frozenset(word[:length] for word in words.split() for length in lengths)


def _pattern(said: str) -> re.Pattern[str]:
    # It begins with a letter of its own, the space, which is looked for in C.
    return re.compile(rf" (?:{said})(?!\S)")


def _phrase(phrase: str, between: int = _BETWEEN) -> str:
    gap = rf"(?: \S+){{0,{between}}} " if between else " "
    return gap.join(map(_word, phrase.split()))


def _word(word: str) -> str:
    """Return the pattern of one place of a phrase: «муж|сын*» is муж, сын, сына, сыновья."""
    parts = (normalise(part).strip().split("*") for part in word.split("|"))
    each = [_ENDING.join(map(re.escape, part)) for part in parts]
    return f"(?:{'|'.join(each)})"
