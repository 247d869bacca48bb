"""What a search answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class SearchVerdict(StrEnum):
    """How sure an answer is.

    `FOUND`: the first hit is the answer. `CHOOSE`: several answer it equally well. `GUESS`: nothing
    answers well, these may be meant. `NONE`: nothing at all.
    """

    FOUND = "found"
    CHOOSE = "choose"
    GUESS = "guess"
    NONE = "none"


class Hit(NamedTuple):
    """A page that answers a query.

    `score` is 0…1, the share of the query that the page covers, words that no page has included.
    `why` names what matched when the title alone does not show it: an alias, the head's name, a
    district's former name.
    """

    id: str
    title: str
    score: float
    why: tuple[str, ...] = ()


class PlaceFound(NamedTuple):
    """The place that was asked for and nothing else: its name and number; the first `authorities`
    hits are its authority, its head and its assembly: none where the directory has none of them."""

    name: str
    territory: int
    authorities: int


class Lacking(NamedTuple):
    """The place that has no page of what was asked for, so that what is shown is of other places or
    something else: `is_named` in the query, or else the asker's own."""

    name: str
    territory: int
    is_named: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query: hits, best first.

    `shown_for` is the reading that was searched for when it is not what was typed (another keyboard
    layout, transliteration, a mended typo), to be announced: «показано по запросу …». `unknown` are
    the words that nobody knows: «не знаю слова …». `need` is what is wanted of a body when no body
    was named, `served_by` the kinds that do it: «по запросу «прописка»: …». `network` is the one
    that was named (`vk`, `ok`, `telegram`, `max`, `site`). `place` and `lacking` tell what is known
    of the place that was named or is the asker's. `named` is the okrug or city that was named;
    `cities` are the numbers of those of which one is meant: «администрация Новгорода».
    """

    query: str
    verdict: SearchVerdict
    hits: tuple[Hit, ...] = ()
    shown_for: str = ""
    unknown: tuple[str, ...] = ()
    need: str = ""
    served_by: tuple[str, ...] = ()
    network: str = ""
    place: PlaceFound | None = None
    lacking: Lacking | None = None
    named: int | None = None
    cities: tuple[int, ...] = ()
