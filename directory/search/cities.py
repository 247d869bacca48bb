"""The cities whose authority is asked for: «администрация Омска» is none of the region's, and
«администрация Новгорода» that of two."""

from __future__ import annotations

import re
from collections.abc import Iterable

from directory.language.cases import nominatives
from directory.language.stems import key
from directory.model import Territory
from directory.search.places import OF_CITIES, tells_more
from directory.search.query import Query
from directory.search.segment import KIND
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.territories import Territories, territory_key

_CITY = re.compile("город")
_NO_CITY = frozenset(KIND + kind for kind in ("область", "округ"))
_PREPOSITION = 2  # letters of one at most: «Ростов-на-Дону»
_PLURAL = ("и", "ы", "а")  # endings that the genitive plural lacks
_MOST = 6
"""Cities of which one may be meant; a word that more have says nothing: «Новый»."""


class Cities:
    """The cities that a query may mean by their whole names, but for those that are regions
    themselves, or by a word of them."""

    def __init__(self, territories: Territories) -> None:
        regions = territories.children(None)
        whole = {territory_key(name) for region in regions for name in Territories.names(region)}
        below = [place for region in regions for place in territories.children(region.id)]
        self._named: dict[tuple[str, ...], list[Territory]] = {}
        self._by_word: dict[str, list[Territory]] = {}
        for city in below:
            name = territory_key(city.name)
            words = _words(name)
            if _CITY.match(city.kind) and name not in whole:
                self._named.setdefault(_key_of(words), []).append(city)
            for word in words if len(words) > 1 else ():
                self._by_word.setdefault(word, []).append(city)
        for place in below:
            name, centre = territory_key(place.name), territory_key(place.centre)
            if name != centre and centre in self._by_word:  # Ростов beside Ростов-на-Дону
                self._by_word[centre].append(place)

    def of_authority(self, query: Query) -> tuple[Territory, ...]:
        """The cities of which a query asks for the authority or the head, and for nothing else,
        whether or not any page has their names."""
        kinds = [term for term in query.terms if term.is_kind]
        if not kinds or query.need:
            return ()
        asked = [OF_CITIES.isdisjoint(term.options[0].keys) for term in kinds if tells_more(term)]
        if asked != [False]:
            return ()
        other = any(_NO_CITY.intersection(option.keys) for term in kinds for option in term.options)
        names = [t for t in query.terms if not t.is_kind and t.weight > DOUBTFUL_WEIGHT]
        if other or not names:
            return ()
        typed = self.called(" ".join(term.typed for term in names))
        return typed or self.called(" ".join(term.text for term in names))

    def called(self, name: str) -> tuple[Territory, ...]:
        """The cities that are called so, in some case."""
        words = _words(name)
        if len(words) != 1:
            return tuple(self._named.get(_key_of(words), ()))
        cases = sorted(nominatives(words[0]))
        found = [city for case in cases for city in self._named.get((case,), ())]
        # «Мэр Лук», «Челнов», «Вод»: of names of several words, also in the genitive plural.
        cases += [words[0] + ending for ending in _PLURAL]
        found = found or [city for case in cases for city in self._by_word.get(case, ())]
        cities = {city.id: city for city in found}
        return tuple(cities.values()) if len(cities) <= _MOST else ()


def _words(name: str) -> list[str]:
    """The telling words of a name in lower case."""
    return [part for part in name.replace("-", " ").split() if len(part) > _PREPOSITION]


def _key_of(words: Iterable[str]) -> tuple[str, ...]:
    """A word as it stands, for «омская» has the key of «Омск»; of several the sorted keys."""
    words = list(words)
    return tuple(words if len(words) == 1 else sorted(map(key, words)))
