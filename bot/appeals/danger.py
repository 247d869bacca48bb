"""Whether somebody writes that there is danger, and whom to call; see `danger.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.appeals.phrases import ByBeginning, Pairs, Phrases, Spelling, beginnings, readings

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_CALM = Phrases(_DATA["calm"])
_BESIDE = frozenset(_DATA["beside"])


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call: numbers and what each is, and what to do, in English for the catalogues.

    `now` tells that somebody seems to be in danger; else the numbers are only mentioned. `bodies`
    are said in the names of those who help.
    """

    numbers: tuple[tuple[str, str], ...]
    advice: str
    now: bool
    bodies: Phrases


@dataclass(frozen=True, slots=True)
class _Danger:
    numbers: tuple[tuple[str, str], ...]
    advice: str
    bodies: Phrases
    signs: Phrases
    together: tuple[Pairs, ...]
    topics: Phrases
    near: Phrases
    alone: frozenset[str]

    @classmethod
    def of(cls, told: dict[str, Any]) -> _Danger:
        """Return one of the file's dangers."""
        numbers = tuple((digits, _DATA["numbers"][digits]["name"]) for digits in told["call"])
        return cls(
            numbers,
            told.get("advice", ""),
            Phrases(told.get("bodies", [])),
            Phrases(told.get("signs", [])),
            tuple(Pairs(each["ones"], each["others"]) for each in told.get("together", [])),
            Phrases(told.get("topics", [])),
            Phrases(told.get("near", [])),
            frozenset(told.get("alone", [])),
        )

    def call(self, *, now: bool) -> Call:
        """Whom to call."""
        return Call(self.numbers, self.advice, now, self.bodies)

    def is_said_in(self, words: str) -> bool:
        """Whether the words say that there is this danger now."""
        if self.signs.said_in(words) or words in self.alone:
            return True
        if " ".join([word for word in words.split() if word not in _BESIDE]) in self.alone:
            return True
        return any(pairs.said_in(words) for pairs in self.together)

    @property
    def beginnings(self) -> frozenset[str]:
        """How the phrases begin that say it."""
        pairs = (each.beginnings for each in self.together)
        return self.signs.beginnings.union(beginnings(self.alone), *pairs)


_DANGERS = tuple(map(_Danger.of, _DATA["dangers"]))
_NOW = ByBeginning((each, each.beginnings) for each in _DANGERS)
_TOPICS = ByBeginning((each, each.topics.beginnings) for each in _DANGERS)
_NEAR = ByBeginning((each, each.near.beginnings) for each in _DANGERS)
_SPELLING = Spelling(
    (
        phrase
        for each in _DATA["dangers"]
        for kind in ("alone", "signs", "topics", "near")
        for phrase in each.get(kind, [])
    ),
    (
        word
        for each in _DATA["dangers"]
        for pairs in each.get("together", [])
        for word in (*pairs["ones"], *pairs["others"])
    ),
)


def danger_in(text: str) -> Call | None:
    """Whom to call about what the text says; None when it says nothing of a danger.

    Of several dangers the one that is said most plainly counts.
    """
    said = readings(text)
    said += tuple(mended for words in said if (mended := _SPELLING.mended(words)) != words)
    for words in said:
        for danger in _NOW.of(words):
            if danger.is_said_in(words):
                return danger.call(now=True)
    for words in said:
        for danger in _TOPICS.of(words):
            if danger.topics.said_in(words):
                return danger.call(now=not _CALM.said_in(words))
    for words in said:
        for danger in _NEAR.of(words):
            if danger.near.said_in(words):
                return danger.call(now=False)
    return None
