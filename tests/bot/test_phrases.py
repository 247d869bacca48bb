"""Every phrase of the data files is found in a text that says it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.appeals import phrases
from bot.appeals.phrases import Pairs, Phrases, Spelling, words_of

FILES = Path(phrases.__file__).parent.glob("*.toml")


def _lists(value: object) -> Iterator[tuple[str, list[str]]]:
    """All lists of phrases in a data file, each with its key."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if (
            key != "call"
            and isinstance(inner, list)
            and inner
            and all(isinstance(each, str) for each in inner)
        ):
            yield key, inner
        for each in inner if isinstance(inner, list) else [inner]:
            yield from _lists(each)


LISTS = [
    pytest.param(each, id=f"{file.stem}-{key}-{n}")
    for file in sorted(FILES)
    if file.stem != "small_talk"
    for n, (key, each) in enumerate(_lists(tomllib.loads(file.read_text("utf-8"))))
]


def _said(phrase: str) -> list[str]:
    """Texts that say the phrase: one for each of its words that may stand for one another."""
    words = [word.replace("*", "").split("|") for word in phrase.split()]
    longest = max(map(len, words))
    return [" ".join(each[min(n, len(each) - 1)] for each in words) for n in range(longest)]


@pytest.mark.parametrize("listed", LISTS)
def test_each_phrase_of_a_list_is_said_by_its_own_words(listed: list[str]) -> None:
    every = Phrases(listed)
    for phrase in listed:
        for text in _said(phrase):
            assert every.said_in(words_of(f"1 {text} 2")), text
            assert Pairs(listed, ["000"]).said_in(words_of(f"{text} 000")), text
            assert Pairs(["000"], listed).said_in(words_of(f"{text} 000")), text
    assert not every.said_in("йцукен")


@pytest.mark.parametrize(
    "verb",
    ["потерял", "испугал", "обварил", "провалил", "отравил", "поджигал", "простудил", "захлебнул"],
)
def test_of_words_as_near_the_longest_is_meant_in_every_process(verb: str) -> None:
    """The order of a set is another one in each process: «потерялс» was mended by luck."""
    spelling = Spelling([f"ребенок {verb}", f"ребенок {verb}ся"])
    assert spelling.mended(f"ребенок {verb}с") == f"ребенок {verb}ся"
