"""The place that a text mentions among other words: «яма на дороге в Шадринске»."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import product
from math import prod

from directory.language.cases import nominatives
from directory.language.common import is_common
from directory.language.normalise import normalise, split
from directory.language.translit import has_latin, in_cyrillic
from directory.model import Territory
from directory.search.places import as_municipality
from directory.territories import Territories

_DATA = tomllib.loads(files(__package__).joinpath("mentioned.toml").read_text("utf-8"))
_STREETS = frozenset(_DATA["streets"])
_SETTLEMENTS = frozenset(_DATA["settlements"])
_WITHIN = frozenset(_DATA["within"])

_LONGEST = 3
"""Words of a place's name that are looked for together."""

_WORDS = 40
"""Words of a text that are looked at."""

_CASES = 300
"""Readings of some words together that are looked up."""

_SHORTEST = 3
"""Letters of a name."""


def place_in(text: str, territories: Territories, home: int | None) -> Territory | None:
    """The narrowest place that the text mentions by a name of its own, in any case or in Latin.

    Places of `home` go before those of elsewhere. None when no place is mentioned, or two that are
    as narrow, or one whose name several bear. The names of streets are not looked at, nor ordinary
    words: «мир» is a village, too.
    """
    for read in (text, *(in_cyrillic(text) if has_latin(text) else ())):
        words = split(normalise(read))[:_WORDS]
        found = {place.id: place for place in _mentioned(words, territories, home)}
        depths = {each: len(territories.path(each)) for each in found}
        deepest = [each for each, depth in depths.items() if depth == max(depths.values())]
        if deepest:
            return found[deepest[0]] if len(deepest) == 1 else None
    return None


def words_of_place(
    words: Sequence[str], place: Territory | None, territories: Territories
) -> set[str]:
    """Those of the normalised words that name the place, or the kind of a place."""
    if place is None:
        return set()
    around = [place, *territories.children(place.id), *territories.path(place.parent)]
    names = {
        each for t in around for name in territories.names(t) for each in split(normalise(name))
    }
    return {w for w in words if w in _SETTLEMENTS | _WITHIN or not names.isdisjoint(nominatives(w))}


def _mentioned(
    words: Sequence[str], territories: Territories, home: int | None
) -> Iterator[Territory]:
    at = 0
    while at < len(words):
        for end in range(min(at + _LONGEST, len(words)), at, -1):
            place = _place(words[at:end], words[at - 1] if at else "", territories, home)
            if place is not None:
                yield place
                break
        else:
            end = at + 1
        at = end


def _place(
    name: Sequence[str], before: str, territories: Territories, home: int | None
) -> Territory | None:
    """The one place that bears the name; `before` is the word before it."""
    if before in _STREETS or not all(len(w) >= _SHORTEST and w.isalpha() for w in name):
        return None
    cases = [sorted(nominatives(word)) for word in name]
    if prod(map(len, cases)) > _CASES:
        return None
    bear = {
        place.id: place
        for spelt in product(*cases)
        for joint in ((" ", "-") if len(name) > 1 else ("",))
        for place in territories.named(joint.join(spelt))
    }
    at_home = [t for t in bear.values() if territories.within(t.id, home)] if home else []
    places = at_home or list(bear.values())
    if before in _SETTLEMENTS:
        places = [t for t in places if t.is_settlement or t.is_city] or places
    elif len(name) == 1 and is_common(name[0]):
        # «Шумиха» is an ordinary word, but here everybody knows the town; «в Туле» is one, too.
        known = places if before in _WITHIN else at_home
        places = [t for t in known if not as_municipality(t, territories).is_settlement]
    top = min((len(territories.path(t.id)) for t in places), default=0)
    highest = {
        place.id: place
        for t in places
        if len(territories.path(t.id)) == top
        for place in [as_municipality(t, territories)]
    }
    return next(iter(highest.values())) if len(highest) == 1 else None
