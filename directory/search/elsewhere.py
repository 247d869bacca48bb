"""Sure answers that are of another place than the query names, and so are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from directory.language.cases import nominatives
from directory.language.normalise import normalise, split
from directory.model import Territory
from directory.search.answer import Answer, Hit, SearchVerdict
from directory.search.candidates import EQUAL, Candidate, candidate_of
from directory.search.cities import Cities
from directory.search.fields import Field
from directory.search.nearness import is_adjective
from directory.search.places import named_at, names_district, names_region
from directory.search.query import How, Query
from directory.search.segment import NO_TERRITORY, Segment
from directory.territories import Territories, territory_key

_SPELT = 0xFF & ~int(Field.DISTRICT | Field.PERSON)
"""The parts of a page in which a word as it was typed tells that its place is meant."""
_REMEMBERED = 1 << 12
"""Names whose places are kept: those of queries repeat."""


class Elsewhere:
    """Tells pages of other places than those that a query names, by all places that are known,
    whether or not any page is of them."""

    def __init__(
        self, segments: Sequence[Segment], territories: Territories, cities: Cities
    ) -> None:
        self._segments = segments
        self._territories = territories
        self._called = lru_cache(_REMEMBERED)(partial(_called, territories, cities))

    def left_out(
        self,
        said: Answer,
        query: Query,
        found: Sequence[Candidate],
        known: Mapping[str, Candidate | None],
    ) -> tuple[Answer, Territory | None]:
        """A sure answer without the pages of other places than those that the query may name: a
        guess where none is left, and the place that has no such page, if it is one. `known` are the
        candidates of some ids, None for no candidate.

        «Суд Волжск» is no court of a Волжский district, «судья Мышкин» none of Мишкино.
        """
        sure = said.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE)
        if not (sure and said.hits) or said.place:
            return said, None
        if not (meant := self._strange(said.hits[0], query, found, known)):
            many = said.verdict is SearchVerdict.FOUND and self._is_one_of_many(query, found)
            return (replace(said, verdict=SearchVerdict.GUESS) if many else said), None
        least = max(each.covered for each in found) - EQUAL
        as_good = {self._segments[e.segment].id(e.page) for e in found if e.covered > least}
        there = [
            hit
            for hit in said.hits
            if hit.id in as_good and not self._strange(hit, query, found, known)
        ]
        if said.verdict is SearchVerdict.CHOOSE and there:
            others = [hit for hit in said.hits if hit not in there]
            return replace(said, hits=(*there, *others)), None
        place = meant[0] if len(meant) == 1 else None
        return replace(said, verdict=SearchVerdict.GUESS), place

    def _is_one_of_many(self, query: Query, found: Sequence[Candidate]) -> bool:
        """Whether districts of several regions bear the one name of a query, and it is not the
        asker's that was found: «администрация Кировского района»."""
        names = named_at(query)
        if len(names) != 1 or found[0].own or found[0].titled or names_region(query):
            return False
        if not names_district(query):  # «Логвиновский музей» is called so
            return False
        word = query.terms[names[0]].typed
        if not any(map(is_adjective, nominatives(word))):
            return False
        paths = [self._territories.path(each.id) for each in self._called(word)]
        return len({path[0].id for path in paths if len(path) > 1}) > 1

    def _strange(
        self,
        hit: Hit,
        query: Query,
        found: Sequence[Candidate],
        known: Mapping[str, Candidate | None],
    ) -> Sequence[Territory]:
        """The places that a word of the query may name, where the page neither has the word nor is
        in one of them; none for most pages."""
        names = named_at(query)
        page = known.get(hit.id) or (candidate_of(hit.id, found, self._segments) if names else None)
        if page is None or page.titled:
            return ()
        unspelt = [n for n in names if not page.spells(n, _SPELT)]
        if not unspelt:
            return ()
        there, words = self._territory(page), frozenset[str]()
        for typed, meant in self._meant(query, names, unspelt):
            if not meant or self._are_there(there, meant):
                continue
            if not words:
                shown = self._segments[page.segment].shown[page.page]
                _id, title, _person, *aliases = shown.split("\n")
                around = [place.name for place in self._territories.path(there)]
                text = normalise(" ".join((title, *aliases, *around)))
                words = frozenset().union(*map(nominatives, split(text)))
            if any(words.isdisjoint(nominatives(word)) for word in typed):
                return () if self._is_person(page, query, names) else meant
        return ()

    def _is_person(self, page: Candidate, query: Query, names: Sequence[int]) -> bool:
        """Whether the page's person is meant: by several names, or by one with initials."""
        count = sum(page.has(n, Field.PERSON) for n in names)
        return count > 1 or (count == 1 and bool(query.initials))

    def _territory(self, page: Candidate) -> int | None:
        territory = int(self._segments[page.segment].facts.territory[page.page])
        return None if territory == NO_TERRITORY else territory

    def _meant(
        self, query: Query, names: Sequence[int], unspelt: Sequence[int]
    ) -> Iterable[tuple[Sequence[str], Sequence[Territory]]]:
        """Words and the places that they may name: all the names together, or each `unspelt`
        one."""
        if len(names) > 1:
            typed = [query.terms[n].typed for n in names]
            if whole := self._called(" ".join(typed)):
                yield typed, whole
                return
        for n in unspelt:
            term = query.terms[n]
            meant = self._called(term.typed)
            if term.options[0].how is How.PREFIX:  # of a word that is begun, only the whole names
                meant = [
                    each
                    for each in meant
                    if term.typed in map(territory_key, (each.name, each.centre))
                ]
            yield (term.typed,), meant

    def _are_there(self, there: int | None, meant: Sequence[Territory]) -> bool:
        """Whether what is of the territory `there` may be of the places that are meant: it lies in
        one or in its district; or is the region of them all."""
        path = self._territories.path
        around = {each.id for each in path(there)}
        paths = [path(each.id) for each in meant]
        if any(each[min(1, len(each) - 1)].id in around for each in paths):
            return True
        return all(there in [outer.id for outer in each] for each in paths)


def _called(territories: Territories, cities: Cities, name: str) -> Sequence[Territory]:
    """The places that a name, in some case if it is one word, may be of: the whole one, or that of
    a city of which it is a word. A district that is called by its centre is none of them where the
    centre is a municipality of its own."""
    found: dict[int, Territory] = {}
    for each in (name, name.replace(" ", "-")) if " " in name else nominatives(name):
        named = territories.named(each)
        own = {place.parent for place in named if not place.is_settlement}
        centred = [place for place in territories.centred(each) if place.parent not in own]
        found |= {place.id: place for place in (*named, *centred)}
    return tuple(found.values()) or cities.called(name)
