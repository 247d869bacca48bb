"""Answers that are about a place: what is known of it, what it lacks, and its authority first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directory.model import Territory
from directory.search.answer import Answer, Hit, Lacking, PlaceFound, SearchVerdict
from directory.search.candidates import EQUAL, MOST, Candidate, candidate_of
from directory.search.cities import Cities
from directory.search.elsewhere import Elsewhere
from directory.search.fields import Field
from directory.search.finding import Finder
from directory.search.layers import Layers
from directory.search.mentioned import place_in
from directory.search.places import (
    AROUND,
    OF_CITIES,
    REGIONAL,
    Authority,
    asks_for_authority,
    authorities,
    lacks_kind,
    lacks_matter,
    lacks_what_is_asked,
    may_be_place,
    names_place,
    only_kinds,
    place_of,
    region_of_authority,
    regions_by_words,
)
from directory.search.query import Query
from directory.search.segment import NO_TERRITORY
from directory.search.verdict import SURE
from directory.territories import Territories

ABOVE = 2
"""Pages of the country and the region that are shown for what a place has not."""


class PlaceAnswers:
    """Puts into an answer what the place that is named, or the asker's own, adds to it."""

    def __init__(
        self, layers: Layers, territories: Territories, cities: Cities, finder: Finder
    ) -> None:
        self._layers = layers
        self._segments = layers.segments
        self._territories = territories
        self._cities = cities
        self._finder = finder
        self._regions = regions_by_words(territories)
        self._elsewhere = Elsewhere(self._segments, territories, cities)

    def completed(
        self,
        said: Answer,
        query: Query | None,
        found: Sequence[Candidate],
        own: int | None,
        limit: int,
    ) -> Answer:
        """The answer to a query with what its place adds; `own` is the asker's territory."""
        lacking = self._lacking(said, query, found, own)
        shown = said.hits[0].id if said.hits else ""
        first = candidate_of(shown, found, self._segments) if shown else None
        named = self._named(query, first)
        said = self._placed(said, query, found, own, limit)
        if query is not None and not (found and found[0].titled):
            said = self._of_city(said, query, own)
            lacking = None if said.cities else lacking
            said, place = self._elsewhere.left_out(said, query, found, {shown: first})
            if place:
                lacking, named = Lacking(place.name, place.id, True), None
        if place := self._passed_over(said, own):
            said = self._with_first(said, self.authorities(place), said.hits[0].score, limit)
            lacking = Lacking(place.name, place.id, True)
        return replace(said, lacking=lacking, named=named) if lacking or named else said

    def authorities(self, place: Territory) -> list[Authority]:
        """The pages of a place's authority and head."""
        return authorities(place, self._segments, self._layers.alive, self._territories)

    def _passed_over(self, said: Answer, own: int | None) -> Territory | None:
        """The place of the asker's that is named, when all that was guessed is of other regions: a
        kindergarten № 1 of one of them is nothing to who asks for that of Шадринск."""
        if said.verdict is not SearchVerdict.GUESS or own is None or said.cities or not said.hits:
            return None
        region = self._territories.path(own)[0].id
        for hit in said.hits:
            number = self._layers.territory_of(hit.id)
            if number is None or self._territories.within(number, region):
                return None
        place = place_in(said.query, self._territories, own)
        if place is None or place.id == own or not self._territories.within(place.id, own):
            return None
        return place

    def _of_city(self, said: Answer, query: Query, own: int | None) -> Answer:
        """The answer to who asks for a city's authority: a guess where the first hit is of none of
        the cities that may be meant, or of one of several: «глава Ростова»."""
        cities = self._cities.of_authority(query)
        if said.verdict is SearchVerdict.CHOOSE or not cities:
            return said
        numbers = [city.id for city in cities]
        within = self._territories.within
        if own and any(within(number, own) for number in numbers):
            return said
        first = [self._layers.territory_of(hit.id) for hit in said.hits[:1]]
        if len(numbers) == 1 and first and within(first[0], numbers[0]):
            return said
        # Who asks for Елец wants no portal of another region that is spelt nearly so.
        regions = {self._territories.path(number)[0].id for number in numbers}
        near = [
            hit
            for hit in said.hits
            if any(within(self._layers.territory_of(hit.id), region) for region in regions)
        ]
        meant = tuple(numbers) if len(numbers) > 1 or not near else ()
        verdict = SearchVerdict.GUESS if near else SearchVerdict.NONE
        return replace(said, verdict=verdict, hits=tuple(near), cities=meant)

    def _lacking(
        self, said: Answer, query: Query | None, found: Sequence[Candidate], own: int | None
    ) -> Lacking | None:
        """The place that has nothing of what is asked for: the one that is named, or the asker's.

        Told only of guesses: what answers a query need not be of the place.
        """
        if query is None or not found or said.verdict is not SearchVerdict.GUESS or found[0].titled:
            return None
        lacks = lacks_what_is_asked(query, found[0])
        if lacks and len(cities := self._cities.of_authority(query)) == 1:
            return Lacking(cities[0].name, cities[0].id, True)
        if names_place(query, found[0]):
            named = replace(query, terms=tuple(t for t in query.terms if not t.decisive))
            there = [self._territory(each) for each in found]
            place = place_of(named, there, self._territories, own, may_be_person=False)
            return Lacking(place.name, place.id, True) if lacks and place else None
        home = self._territories.get(own)
        if home is None or not any(term.is_kind for term in query.terms):
            return None
        as_good = [each for each in found if each.covered > found[0].covered - EQUAL]
        if not lacks and any(each.own or self._territory(each) < 0 for each in as_good):
            return None
        return Lacking(home.name, home.id, False)

    def _named(self, query: Query | None, first: Candidate | None) -> int | None:
        """The okrug or city that a query names, as far as the first hit tells."""
        if query is None or first is None or not names_place(query, first, AROUND):
            return None
        path = self._territories.path(self._territory(first))
        return path[1].id if len(path) > 1 else None

    def _territory(self, found: Candidate) -> int:
        """The number of a page's territory, below 0 for none."""
        return int(self._segments[found.segment].facts.territory[found.page])

    def _placed(
        self,
        said: Answer,
        query: Query | None,
        found: Sequence[Candidate],
        own: int | None,
        limit: int,
    ) -> Answer:
        """The answer about a place: its authority first, and the place itself if nothing else was
        said; «цветы Кетово» stays a guess."""
        if query is None or not found or found[0].titled:
            return said
        is_place = may_be_place(query)
        guessed = said.verdict is SearchVerdict.GUESS and lacks_kind(query, found[0])
        if not (is_place or guessed):
            return self._of_region(said, query, found, own, limit)
        if guessed and (cities := self._cities.of_authority(query)):
            first = [page for city in cities for page in self.authorities(city)]
            return self._with_first(said, first, said.hits[0].score, limit)
        territory = [self._territory(each) for each in found]
        person = any(names_place(query, each, Field.PERSON) for each in found)
        place = place_of(query, territory, self._territories, own, may_be_person=person)
        if place is None:
            return said
        first = self.authorities(place)
        if not is_place:  # of what the place has instead of the kind its authority knows best
            there = {self._segments[each.segment].id(each.page) for each in found}
            first = [e for e in first if self._segments[e.segment].id(e.page) in there]
            first = [*self._above(query, place), *first]
            return self._with_first(said, first, said.hits[0].score, limit)
        said = self._with_first(said, first, 1.0, limit)
        # What is misprinted may be something else than a kind of places: «горхо Шадринск».
        mended = any(term.options and not term.options[0].sure for term in query.terms)
        if query.silent or query.unknown or mended:
            return said
        found_place = PlaceFound(place.name, place.id, min(len(first), limit))
        # Without an authority no page is the answer: the place itself is, and the choice from it.
        verdict = SearchVerdict.FOUND if first else said.verdict
        return replace(said, verdict=verdict, place=found_place)

    def _above(self, query: Query, place: Territory) -> list[Authority]:
        """The pages of the country and of the place's region that are what is asked for there:
        «полиция Курган» in a directory that has the federal ministry alone."""
        kinds = only_kinds(query)
        if kinds is None:
            return []

        def is_region(page: Candidate) -> bool:
            inside = self._territories.within(self._territory(page), region.id)
            return inside and page.level == REGIONAL

        region = self._territories.path(place.id)[0]
        found = self._finder.candidates(kinds, None, MOST)
        least = max([SURE, *(each.covered - EQUAL for each in found)])
        found = [each for each in found if each.covered >= least]
        found.sort(key=lambda each: -each.level)  # the region's first
        return [
            Authority(each.segment, each.page)
            for each in found
            if not each.closed and (self._territory(each) == NO_TERRITORY or is_region(each))
        ][:ABOVE]

    def _of_region(
        self,
        said: Answer,
        query: Query,
        found: Sequence[Candidate],
        own: int | None,
        limit: int,
    ) -> Answer:
        """The answer about a region's authority, the asker's where none is named, when the region
        has no page just so called: a guess, the authority that it has first."""
        around = self._territories.path(own)
        region = region_of_authority(query, self._regions)
        if region is None and asks_for_authority(query, OF_CITIES, of_city=True):
            region = around[1] if len(around) > 1 else None
        if region is None and asks_for_authority(query):
            region = next(iter(around), None)
        if region is None and said.verdict is SearchVerdict.GUESS:
            path = self._territories.path(self._territory(found[0]))
            if path and lacks_matter(query, found[0], self._segments):
                return self._with_first(said, self.authorities(path[0]), said.hits[0].score, limit)
        if region is None:
            return said
        hits = {hit.id for hit in said.hits[:1]}
        there = [
            self._territories.within(self._territory(each), region.id)
            for each in found
            if self._segments[each.segment].id(each.page) in hits
        ]
        if said.verdict is not SearchVerdict.GUESS and all(there):
            return said
        first = self.authorities(region)
        score = said.hits[0].score if said.hits else 0.0
        return replace(self._with_first(said, first, score, limit), verdict=SearchVerdict.GUESS)

    def _with_first(
        self, said: Answer, first: Sequence[Authority], score: float, limit: int
    ) -> Answer:
        """The answer with these pages before all others."""
        pages = [(self._segments[each.segment], each.page) for each in first]
        hits = {
            segment.id(page): Hit(segment.id(page), segment.title(page), score)
            for segment, page in pages
        }
        hits |= {hit.id: hit for hit in said.hits if hit.id not in hits}
        return replace(said, hits=tuple(hits.values())[:limit])
