"""Telling a complaint or a letter to the authorities from a search.

People take a directory for the authority itself. Whoever writes «яма на дороге» must not be shown a
list of road offices as if somebody would come: they are shown the right door. But whoever asks
politely is searching. What tells the one from the other is in `complaints.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.appeals.phrases import Pairs, Phrases, Spelling, words_of
from directory.model import Link

LETTER = 140
"""From how many characters on a text without a clear answer is a letter: no name is longer but one
in twenty, and nobody types those whole."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_POLITE = Phrases(_DATA["polite"], between=0)
_COMPLAINTS = Phrases(_DATA["complaints"])
_TOGETHER = tuple(Pairs(each["ones"], each["others"]) for each in _DATA["together"])
_DEMANDS = Pairs(_DATA["asking"], _DATA["acts"])
_PERHAPS = Phrases(_DATA["perhaps"])
_ELSEWHERE = [
    (Pairs(each["ones"], each["others"]), each["says"], each["search"])
    for each in _DATA["elsewhere"]
]
_SPELLING = Spelling(
    _DATA["complaints"],
    (word for each in _DATA["together"] for word in (*each["ones"], *each["others"])),
)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = " \t\n,.;:!?-–—"

DOOR = Link("site", "https", _DATA["door"])
"""«Госуслуги. Решаем вместе», where the state takes complaints."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants.

    `query` is the text without the courtesies around it. It is a complaint, or `perhaps` one, or a
    letter, which is longer than anybody's query. `elsewhere`, English for the catalogues, tells who
    answers for a matter between people; `query` is then what to look for.
    """

    query: str
    complaint: bool
    perhaps: bool
    letter: bool
    elsewhere: str = ""


def request(text: str) -> Request:
    """Return what the text asks for."""
    words = words_of(text)
    bare = _POLITE.without_ends(words) or words
    said = {bare, _SPELLING.mended(bare)}
    for pairs, says, search in _ELSEWHERE:
        if any(map(pairs.said_in, said)):
            return Request(search, complaint=False, perhaps=False, letter=False, elsewhere=says)
    complaint = any(map(_complains, said)) or _DEMANDS.said_in(words)
    query = _without_ends(text, words, bare)
    return Request(query, complaint, _PERHAPS.said_in(bare), len(query) > LETTER)


def _complains(words: str) -> bool:
    return _COMPLAINTS.said_in(words) or any(pairs.said_in(words) for pairs in _TOGETHER)


def _without_ends(text: str, words: str, bare: str) -> str:
    """Return the text without what `words` has around `bare`; punctuation within it stays."""
    if bare == words:
        return text
    spans = [match.span() for match in _WORD.finditer(text)]
    every, left = words.split(), bare.split()
    if len(spans) != len(every):  # signs such as № may be a word, or part two
        return bare
    first = next(n for n in range(len(every)) if every[n : n + len(left)] == left)
    after = first + len(left)
    begin = spans[first - 1][1] if first else 0
    end = spans[after][0] if after < len(spans) else len(text)
    return text[begin:end].strip(_BETWEEN)
