"""Phrases of the data files beside this: whether a text says one of them.

A phrase is words in their order, up to two others between each two: «не вывоз*» is said by «не
хотят вывозить». `*` stands for any ending, `|` parts words of which any will do. Case, ё and
punctuation do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from directory.language.layout import switched
from directory.language.normalise import normalise

_WORD = re.compile(r"[^\W_]+")
_LATIN_ONLY = re.compile(r"[^а-яё]*[a-z][^а-яё]*", re.IGNORECASE)
_ENDING = r"\S*"
_BETWEEN = 2
_APART = r"(?: \S+){0,3} "


def words_of(text: str) -> str:
    """The words of a text, one space between each two: what phrases are looked for in."""
    return " ".join(_WORD.findall(normalise(text)))


def readings(text: str) -> list[str]:
    """The text, and what it says when it was typed in the wrong keyboard layout."""
    typed = [text, *switched(text)] if _LATIN_ONLY.fullmatch(text) else [text]
    return [words_of(each) for each in typed]


class Phrases:
    """A list of phrases as one pattern; `between` is how many other words may stand in between."""

    def __init__(self, phrases: Iterable[str], *, between: int = _BETWEEN) -> None:
        longest_first = sorted(phrases, key=len, reverse=True)
        said = "|".join(_phrase(each, between) for each in longest_first) or r"(?!)"
        self._said = _pattern(said)
        self._begins = re.compile(rf"(?:{said})(?: |$)")
        self._ends = re.compile(rf"(?:^| )(?:{said})$")

    def said_in(self, words: str) -> bool:
        """Whether the words say one of the phrases."""
        return self._said.search(f" {words}") is not None

    def without_ends(self, words: str) -> str:
        """The words without the phrases with which they begin and end, however many."""
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

    def said_in(self, words: str) -> bool:
        """Whether the words say a pair."""
        return self._said.search(f" {words}") is not None


def _pattern(said: str) -> re.Pattern[str]:
    # It begins with a letter of its own, the space, which is looked for in C.
    return re.compile(rf" (?:{said})(?!\S)")


def _phrase(phrase: str, between: int = _BETWEEN) -> str:
    gap = rf"(?: \S+){{0,{between}}} " if between else " "
    return gap.join(map(_word, phrase.split()))


def _word(word: str) -> str:
    """The pattern of one place of a phrase: «муж|сын*» is муж, сын, сына, сыновья."""
    parts = (normalise(part).strip().split("*") for part in word.split("|"))
    each = [_ENDING.join(map(re.escape, part)) for part in parts]
    return f"(?:{'|'.join(each)})"
