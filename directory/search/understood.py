"""What of a query was understood when no page answers it: the place, the kind of body, the rest."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from directory.language.kinds import TELLING, Asked, most_needed
from directory.language.lexicon import lexicon, unsaid_key
from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.model import Territory
from directory.search.mentioned import place_in, words_of_place
from directory.search.words import keys
from directory.territories import Territories

_SAYING = 3
"""Letters from which a word says something."""


class Understood(NamedTuple):
    """The `place` that is mentioned, the `kinds` of bodies that are named or needed, the likeliest
    first, and the words that are neither, as they were typed."""

    place: Territory | None
    kinds: tuple[str, ...]
    rest: tuple[str, ...]


@lru_cache(8)  # an answer asks for one thing after another
def understood(query: str, territories: Territories, home: int | None) -> Understood:
    """What of the query can be said to be understood."""
    words = split(normalise(query))
    named = [each for each in _asked()(list(map(_key, words))) if _tells(each.kinds[0])]
    place = place_in(query, territories, home)
    of_kinds = {words[at] for each in named for at in each.places}
    known = of_kinds | words_of_place(words, place, territories)
    rest = [word for word in words if word not in known and _says(word)]
    needs = bool(named) and all(each.need for each in named)
    kinds = (most_needed(named) if needs else named[0]).kinds if named else ()
    return Understood(place, kinds, tuple(dict.fromkeys(rest)))


@cache
def _asked() -> Asked:
    return Asked(lexicon())


def _key(word: str) -> str:
    """The key by which the word may name a kind: of «ГАИ» that of what it stands for."""
    long = lexicon().abbreviations.get(word, ())
    word = long[0] if len(long) == 1 else word
    return next((each for each in keys(word) if each in _asked().words), key(word))


def _says(word: str) -> bool:
    unsaid = lexicon().questions | lexicon().legal
    return word[0].isdigit() or (len(word) >= _SAYING and unsaid_key(word) not in unsaid)


def _tells(kind: str) -> bool:
    return lexicon().kinds[kind].weight > TELLING
