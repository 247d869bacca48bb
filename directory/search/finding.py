"""What was typed → the reading of it that finds the most, and the pages that it finds."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

from directory.language.lexicon import lexicon
from directory.language.stems import key
from directory.search.candidates import Candidate, candidates
from directory.search.cities import Cities
from directory.search.fields import Field
from directory.search.known import Known
from directory.search.layers import Layers
from directory.search.places import (
    AROUND,
    lacks_kind,
    lacks_what_is_asked,
    names_place,
)
from directory.search.query import Query
from directory.search.ranking import LIKELY, rank
from directory.search.reading import QueryReader
from directory.search.segment import NO_TERRITORY, Mask, territories_marked
from directory.search.verdict import SURE
from directory.search.ways import asked_acronym
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.territories import Territories

BETTER = 0.05
"""How much more of the query a second look must answer to be preferred."""
_ASKERS = 256
"""Territories of askers that are kept with all that lies in them."""
LEAST = 0.05
"""The share of the query from which a page is looked for where no page has a likely one."""
TELLING, UNKNOWN_TO_EACH = 0.3, 6
"""The weight from which a kind tells something («район» does not), and how many unknown words there
may be to each word or kind that tells."""


class Finder:
    """Looks for pages in the layers of an index."""

    def __init__(self, layers: Layers, territories: Territories, cities: Cities) -> None:
        self._layers = layers
        self._territories = territories
        self._cities = cities
        self._known = Known(layers.segments)
        self._reader = QueryReader(lexicon(), self._known)
        self._own = lru_cache(_ASKERS)(partial(_marked, territories))

    def find(
        self, typed: str, territory: int | None, limit: int
    ) -> tuple[Query | None, list[Candidate]]:
        readings = self._reader.read(typed)
        if not readings:
            return None, []
        for read in readings:
            read.of_city = read.of_city or bool(self._cities.of_authority(read))
        own = self._own(territory)
        best = _Found(readings[0], self.candidates(readings[0], own, limit))
        for read in readings[1:]:
            best = max(best, _Found(read, self.candidates(read, own, limit)), key=_answered)
        best = self._called_so(best, own, limit) or best
        if _answered(best) < SURE and self._has_numbers(best.query) and not _names_own(best):
            again = self._reader.read_again(best.query)
            again.of_city = again.of_city or best.query.of_city
            second = _Found(again, self.candidates(again, own, limit))
            if _answered(second) > max(_answered(best) + BETTER, LIKELY):
                best = second
        if _covered(best) < LIKELY:
            best = self._by_acronym(best.query, limit) or self._nearest(best.query, own, limit)
        elif best.query.unknown and not _is_something(best.query, best.pages):
            best = _Found(best.query, [])
        if best.pages and lacks_what_is_asked(best.query, best.pages[0]):
            best = self._without_numbers(best, own, limit)
        return best

    def _called_so(self, best: _Found, own: Mask | None, limit: int) -> _Found | None:
        """The asker's own or the country's page that is called by the words of a need: where there
        is a «молодежный парламент», it is meant. Where nothing serves the need, also a far one."""
        query = best.query
        words = query.need.split()
        if len(words) < 2 or not self._known.in_one_title([key(word) for word in words]):
            return None
        again = self._reader.read_as_names(query)
        found = self.candidates(again, own, limit)
        if not found:
            return None
        if not (found[0].own or _is_of_country(found[0], self._layers)):
            if best.pages:
                return None
            again.doubted = True
        first, terms = found[0], list(enumerate(again.terms))
        told = all(first.worth(n) for n, term in terms if term.weight > DOUBTFUL_WEIGHT)
        by_name = all(first.has(n, Field.TITLE) for n, term in terms if term.text in words)
        return _Found(again, found) if told and by_name else None

    def _without_numbers(self, best: _Found, own: Mask | None, limit: int) -> _Found:
        """The pages that have more of the rest of the query than those with its number, if any do:
        who asks for «школа 5» where no school has it means no fifth court."""
        if not any(term.decisive for term in best.query.terms):
            return best
        query = best.query.without_numbers()
        found = self.candidates(query, own, limit, LEAST)
        is_more = found and _beside_numbers(query, found[0]) > _beside_numbers(
            best.query, best.pages[0]
        )
        return _Found(query, found) if is_more else best

    def _by_acronym(self, query: Query, limit: int) -> _Found | None:
        """The pages whose titles have the query's letters («КПК»), as a guess."""
        way = asked_acronym(query.text.split())
        if way is None or not any(len(segment.by_way(way)) for segment in self._layers.segments):
            return None
        query = replace(query, ways=(way,), doubted=True)
        return _Found(query, self.candidates(query, None, limit))

    def _nearest(self, query: Query, own: Mask | None, limit: int) -> _Found:
        """The pages that have the most of a query of which no page has much, if that is anything.

        A number that none of them has is left out: «школа 905 Кетово» leads to Кетово's schools.
        """
        found = self.candidates(query, own, limit, LEAST)
        numbers = [n for n, term in enumerate(query.terms) if term.decisive]
        if numbers and not any(each.worth(n) for each in found[:1] for n in numbers):
            query = query.without_numbers()
            found = self.candidates(query, own, limit, LEAST)
        return _Found(query, found if _is_something(query, found) else [])

    def candidates(
        self,
        query: Query,
        own: Mask | None,
        limit: int,
        least: float = LIKELY,
    ) -> list[Candidate]:
        ranked = [
            rank(segment, query, alive, own, least=least)
            for segment, alive in zip(self._layers.segments, self._layers.alive, strict=True)
        ]
        nowhere = all(
            term.is_kind or not term.options or term.weight <= DOUBTFUL_WEIGHT
            for term in query.terms
        )
        return candidates(ranked, self._layers.segments, limit, least, own=nowhere)

    def _has_numbers(self, query: Query) -> bool:
        """Whether the numbers that were asked for exist; a second look cannot help without."""
        numbers = [term.options[0].keys[0] for term in query.terms if term.decisive]
        return all(map(self._known.count, numbers))


def _is_of_country(page: Candidate, layers: Layers) -> bool:
    facts = layers.segments[page.segment].facts
    return int(facts.territory[page.page]) == NO_TERRITORY


def _marked(territories: Territories, own: int | None) -> Mask | None:
    """Marks the asker's own territory and those in it, None when it is not known."""
    if own is None or not territories.get(own):
        return None
    return territories_marked(territories.subtree(own), territories)


class _Found(NamedTuple):
    query: Query
    pages: list[Candidate]


def _names_own(found: _Found) -> bool:
    """Whether a place of the asker's is named that has nothing of the kind: that it is spelt nearly
    like another one is no reason to look there."""
    best = found.pages[0] if found.pages else None
    own = best is not None and best.own and names_place(found.query, best, AROUND)
    return own and best is not None and lacks_kind(found.query, best)


def _covered(found: _Found) -> float:
    return found.pages[0].covered if found.pages else 0.0


def _answered(found: _Found) -> float:
    """The share of the whole query that the best page has, words that nobody knows included."""
    return _covered(found) * found.query.share


def _beside_numbers(query: Query, page: Candidate) -> float:
    """How much of the query a page has, its numbers aside."""
    terms = enumerate(query.terms)
    return sum(term.weight * page.worth(n) for n, term in terms if not term.decisive)


def _is_something(query: Query, found: list[Candidate]) -> bool:
    """Whether the best page has enough of the query to be shown as a guess: a name or a kind that
    tells, and not too little of a long text."""
    if found and found[0].titled:
        return True
    has = [
        term
        for n, term in enumerate(query.terms)
        if term.weight > (TELLING if term.is_kind else DOUBTFUL_WEIGHT)
        and any(each.worth(n) for each in found[:1])
    ]
    return bool(has) and len(query.unknown) <= UNKNOWN_TO_EACH * len(has)
