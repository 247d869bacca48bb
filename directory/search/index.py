"""The search index: pages in memory, found by whatever is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.language.lexicon import lexicon
from directory.model import Page, Territory
from directory.search.answer import Answer, Hit, Lacking, PlaceFound, SearchVerdict
from directory.search.building import Builder
from directory.search.candidates import EQUAL, MOST, Candidate, candidates
from directory.search.cities import Cities
from directory.search.explain import SHOWN, explain
from directory.search.fields import Field
from directory.search.known import Known
from directory.search.mentioned import place_in
from directory.search.places import (
    AROUND,
    OF_CITIES,
    REGIONAL,
    Authority,
    asks_for_authority,
    authorities,
    lacks_kind,
    lacks_what_is_asked,
    may_be_place,
    names_place,
    only_kinds,
    place_of,
    region_of_authority,
    regions_by_words,
)
from directory.search.query import Query
from directory.search.ranking import LIKELY, rank
from directory.search.reading import QueryReader
from directory.search.segment import NO_TERRITORY, Segment
from directory.search.verdict import SURE, answer
from directory.search.ways import asked_acronym
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.territories import Territories

Alive = npt.NDArray[np.bool_]

BETTER = 0.05
"""How much more of the query a second look must answer to be preferred."""
LEAST = 0.05
"""The share of the query from which a page is looked for where no page has a likely one."""
TELLING, UNKNOWN_TO_EACH = 0.3, 6
"""The weight from which a kind tells something («район» does not), and how many unknown words there
may be to each word or kind that tells."""
ABOVE = 2
"""Pages of the country and the region that are shown for what a place has not."""
SMALL = 500
"""A segment of so few pages is made anew with each change, instead of yet another one."""


class Index:
    """Pages in memory, searched by any text.

    It never changes: `updated` gives another index, so that searches and an update never meet. The
    pages stand in segments, a large one first and then smaller ones with what changed after it;
    pages that changed again or went are marked in the older segments as no longer alive.
    """

    def __init__(
        self,
        territories: Territories | None = None,
        segments: tuple[Segment, ...] = (),
        alive: tuple[Alive | None, ...] = (),
    ) -> None:
        self.territories = Territories() if territories is None else territories
        self.segments = segments
        self._alive = alive or (None,) * len(segments)
        self._known = Known(segments)
        self._reader = QueryReader(lexicon(), self._known)
        self._regions = regions_by_words(self.territories)
        self._cities = Cities(self.territories)

    @property
    def pages(self) -> int:
        """How many pages a search can find."""
        counted = zip(self.segments, self._alive, strict=True)
        return sum(len(s) if mask is None else int(mask.sum()) for s, mask in counted)

    @property
    def added(self) -> int:
        """How many pages were added since the index was built: they make each search dearer."""
        return sum(map(len, self.segments[1:]))

    def ids(self) -> Iterator[str]:
        """The ids of all pages that a search can find."""
        for segment, mask in zip(self.segments, self._alive, strict=True):
            for number in range(len(segment)) if mask is None else np.flatnonzero(mask).tolist():
                yield segment.id(number)

    @classmethod
    def build(cls, pages: Iterable[Page], territories: Territories) -> Index:
        """An index over all `pages` that are not retired."""
        builder = Builder(territories, lexicon())
        builder.add(sorted(pages, key=lambda page: page.id))
        return cls(territories, (builder.done(),))

    def affected(self, changed: Iterable[str]) -> set[str]:
        """The ids of all pages that `updated` must be given when those with `changed` ids have."""
        ids = set(changed)
        if len(self.segments) > 1 and len(self.segments[-1]) <= SMALL:
            ids.update(map(self.segments[-1].id, range(len(self.segments[-1]))))
        return ids

    def updated(
        self, affected: Collection[str], pages: Iterable[Page], territories: Territories
    ) -> Index:
        """The index after a change: `pages` are those of the `affected` that still exist."""
        if not affected:
            return Index(territories, self.segments, self._alive)
        segments, alive = list(self.segments), list(self._alive)
        if len(segments) > 1 and len(segments[-1]) <= SMALL:
            del segments[-1], alive[-1]
        for n, segment in enumerate(segments):
            numbers = [number for i in affected if (number := segment.number(i)) is not None]
            if numbers:
                mask = alive[n]
                mask = np.ones(len(segment), np.bool_) if mask is None else mask.copy()
                mask[numbers] = False
                alive[n] = mask
        builder = Builder(territories, lexicon(), first=not segments)
        builder.add(sorted(pages, key=lambda page: page.id))
        return Index(territories, (*segments, builder.done()), (*alive, None))

    def territory_of(self, page_id: str) -> int | None:
        """The number of the territory of the page with this id, None for none."""
        for segment, mask in zip(self.segments, self._alive, strict=True):
            number = segment.number(page_id)
            if number is not None and (mask is None or mask[number]):
                territory = int(segment.facts.territory[number])
                return territory if territory != NO_TERRITORY else None
        return None

    def is_above_places(self, page_id: str) -> bool:
        """Whether the page with this id is a region's or the country's, of whatever seat."""
        for segment, mask in zip(self.segments, self._alive, strict=True):
            number = segment.number(page_id)
            if number is not None and (mask is None or mask[number]):
                return int(segment.facts.level[number]) <= REGIONAL
        return False

    def hit(self, page_id: str) -> Hit | None:
        """The page with this id as a hit, None when it is not here."""
        for segment, mask in zip(self.segments, self._alive, strict=True):
            number = segment.number(page_id)
            if number is not None and (mask is None or mask[number]):
                return Hit(page_id, segment.title(number), 1.0)
        return None

    def authorities(self, place: Territory) -> list[str]:
        """The ids of the pages of a place's authority and head, as an answer about it has them."""
        first = authorities(place, self.segments, self._alive, self.territories)
        return [self.segments[each.segment].id(each.page) for each in first]

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Answer a query; `territory` is the asker's own, whose pages come first among equals."""
        read, found = self._found(query, territory, limit)
        said = answer(query, read, found, self.segments, self.territories, limit)
        lacking = self._lacking(said, read, found, territory)
        named = self._named(said, read, found)
        said = self._placed(said, read, found, territory, limit)
        if read is not None and not (found and found[0].titled):
            said = self._of_city(said, read, territory)
            lacking = None if said.cities else lacking
        if place := self._passed_over(said, territory):
            first = authorities(place, self.segments, self._alive, self.territories)
            said = self._with_first(said, first, said.hits[0].score, limit)
            lacking = Lacking(place.name, place.id, True)
        return replace(said, lacking=lacking, named=named) if lacking or named else said

    def _passed_over(self, said: Answer, own: int | None) -> Territory | None:
        """The place of the asker's that is named, when all that was guessed is of other regions: a
        kindergarten № 1 of one of them is nothing to who asks for that of Шадринск."""
        if said.verdict is not SearchVerdict.GUESS or own is None or said.cities or not said.hits:
            return None
        region = self.territories.path(own)[0].id
        for hit in said.hits:
            number = self.territory_of(hit.id)
            if number is None or self.territories.within(number, region):
                return None
        place = place_in(said.query, self.territories, own)
        if place is None or place.id == own or not self.territories.within(place.id, own):
            return None
        return place

    def _of_city(self, said: Answer, query: Query, own: int | None) -> Answer:
        """The answer to who asks for a city's authority: a guess where the first hit is of none of
        the cities that may be meant, or of one of several: «глава Ростова»."""
        cities = self._cities.of_authority(query)
        if said.verdict is SearchVerdict.CHOOSE or not cities:
            return said
        numbers = [city.id for city in cities]
        within = self.territories.within
        if own and any(within(number, own) for number in numbers):
            return said
        first = [self.territory_of(hit.id) for hit in said.hits[:1]]
        if len(numbers) == 1 and first and within(first[0], numbers[0]):
            return said
        # Who asks for Елец wants no portal of another region that is spelt nearly so.
        regions = {self.territories.path(number)[0].id for number in numbers}
        near = [
            hit
            for hit in said.hits
            if any(within(self.territory_of(hit.id), region) for region in regions)
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
            place = place_of(named, there, self.territories, own, may_be_person=False)
            return Lacking(place.name, place.id, True) if lacks and place else None
        home = self.territories.get(own)
        if home is None or not any(term.is_kind for term in query.terms):
            return None
        as_good = [each for each in found if each.covered > found[0].covered - EQUAL]
        if not lacks and any(each.own or self._territory(each) < 0 for each in as_good):
            return None
        return Lacking(home.name, home.id, False)

    def _named(self, said: Answer, query: Query | None, found: Sequence[Candidate]) -> int | None:
        """The okrug or city that a query names, as far as the first hit tells."""
        if query is None or not said.hits:
            return None
        shown = said.hits[0].id
        first = next((e for e in found if self.segments[e.segment].id(e.page) == shown), None)
        if first is None or not names_place(query, first, AROUND):
            return None
        path = self.territories.path(self._territory(first))
        return path[1].id if len(path) > 1 else None

    def _territory(self, found: Candidate) -> int:
        """The number of a page's territory, below 0 for none."""
        return int(self.segments[found.segment].facts.territory[found.page])

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
            first = [
                page
                for city in cities
                for page in authorities(city, self.segments, self._alive, self.territories)
            ]
            return self._with_first(said, first, said.hits[0].score, limit)
        territory = [self._territory(each) for each in found]
        person = any(names_place(query, each, Field.PERSON) for each in found)
        place = place_of(query, territory, self.territories, own, may_be_person=person)
        if place is None:
            return said
        first = authorities(place, self.segments, self._alive, self.territories)
        if not is_place:  # of what the place has instead of the kind its authority knows best
            there = {self.segments[each.segment].id(each.page) for each in found}
            first = [e for e in first if self.segments[e.segment].id(e.page) in there]
            first = [*self._above(query, place), *first]
            return self._with_first(said, first, said.hits[0].score, limit)
        said = self._with_first(said, first, 1.0, limit)
        if query.silent or query.unknown:
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
            inside = self.territories.within(self._territory(page), region.id)
            return inside and page.level == REGIONAL

        region = self.territories.path(place.id)[0]
        found = self._candidates(kinds, None, MOST)
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
        around = self.territories.path(own)
        region = region_of_authority(query, self._regions)
        if region is None and asks_for_authority(query, OF_CITIES, of_city=True):
            region = around[1] if len(around) > 1 else None
        if region is None and asks_for_authority(query):
            region = next(iter(around), None)
        if region is None:
            return said
        hits = {hit.id for hit in said.hits[:1]}
        there = [
            self.territories.within(self._territory(each), region.id)
            for each in found
            if self.segments[each.segment].id(each.page) in hits
        ]
        if said.verdict is not SearchVerdict.GUESS and all(there):
            return said
        first = authorities(region, self.segments, self._alive, self.territories)
        score = said.hits[0].score if said.hits else 0.0
        return replace(self._with_first(said, first, score, limit), verdict=SearchVerdict.GUESS)

    def _with_first(
        self, said: Answer, first: Sequence[Authority], score: float, limit: int
    ) -> Answer:
        """The answer with these pages before all others."""
        pages = [(self.segments[each.segment], each.page) for each in first]
        hits = {
            segment.id(page): Hit(segment.id(page), segment.title(page), score)
            for segment, page in pages
        }
        hits |= {hit.id: hit for hit in said.hits if hit.id not in hits}
        return replace(said, hits=tuple(hits.values())[:limit])

    def explain(self, query: str, *, territory: int | None = None) -> str:
        """How the query was read, and what each rule gave for the first hits, in Russian."""
        read, found = self._found(query, territory, SHOWN)
        said = answer(query, read, found, self.segments, self.territories, SHOWN)
        said = self._placed(said, read, found, territory, SHOWN)
        return explain(read, found, self.segments, said)

    def _found(
        self, typed: str, territory: int | None, limit: int
    ) -> tuple[Query | None, list[Candidate]]:
        readings = self._reader.read(typed)
        if not readings:
            return None, []
        for read in readings:
            read.of_city = read.of_city or bool(self._cities.of_authority(read))
        own = None
        if territory is not None and self.territories.get(territory):
            own = np.array(sorted(self.territories.subtree(territory)), np.int32)
        best = _Found(readings[0], self._candidates(readings[0], own, limit))
        for read in readings[1:]:
            best = max(best, _Found(read, self._candidates(read, own, limit)), key=_answered)
        if _answered(best) < SURE and self._has_numbers(best.query) and not _names_own(best):
            again = self._reader.read_again(best.query)
            again.of_city = again.of_city or best.query.of_city
            second = _Found(again, self._candidates(again, own, limit))
            if _answered(second) > max(_answered(best) + BETTER, LIKELY):
                best = second
        if _covered(best) < LIKELY:
            best = self._by_acronym(best.query, limit) or self._nearest(best.query, own, limit)
        elif best.query.unknown and not _is_something(best.query, best.pages):
            best = _Found(best.query, [])
        if best.pages and lacks_what_is_asked(best.query, best.pages[0]):
            best = self._without_numbers(best, own, limit)
        return best

    def _without_numbers(
        self, best: _Found, own: npt.NDArray[np.int32] | None, limit: int
    ) -> _Found:
        """The pages that have more of the rest of the query than those with its number, if any do:
        who asks for «школа 5» where no school has it means no fifth court."""
        if not any(term.decisive for term in best.query.terms):
            return best
        query = best.query.without_numbers()
        found = self._candidates(query, own, limit, LEAST)
        is_more = found and _beside_numbers(query, found[0]) > _beside_numbers(
            best.query, best.pages[0]
        )
        return _Found(query, found) if is_more else best

    def _by_acronym(self, query: Query, limit: int) -> _Found | None:
        """The pages whose titles have the query's letters («КПК»), as a guess."""
        way = asked_acronym(query.text.split())
        if way is None or not any(len(segment.by_way(way)) for segment in self.segments):
            return None
        query = replace(query, ways=(way,), doubted=True)
        return _Found(query, self._candidates(query, None, limit))

    def _nearest(self, query: Query, own: npt.NDArray[np.int32] | None, limit: int) -> _Found:
        """The pages that have the most of a query of which no page has much, if that is anything.

        A number that none of them has is left out: «школа 905 Кетово» leads to Кетово's schools.
        """
        found = self._candidates(query, own, limit, LEAST)
        numbers = [n for n, term in enumerate(query.terms) if term.decisive]
        if numbers and not any(each.worth(n) for each in found[:1] for n in numbers):
            query = query.without_numbers()
            found = self._candidates(query, own, limit, LEAST)
        return _Found(query, found if _is_something(query, found) else [])

    def _candidates(
        self,
        query: Query,
        own: npt.NDArray[np.int32] | None,
        limit: int,
        least: float = LIKELY,
    ) -> list[Candidate]:
        ranked = [
            rank(segment, query, alive, own, least=least)
            for segment, alive in zip(self.segments, self._alive, strict=True)
        ]
        nowhere = all(
            term.is_kind or not term.options or term.weight <= DOUBTFUL_WEIGHT
            for term in query.terms
        )
        return candidates(ranked, self.segments, limit, least, own=nowhere)

    def _has_numbers(self, query: Query) -> bool:
        """Whether the numbers that were asked for exist; a second look cannot help without."""
        numbers = [term.options[0].keys[0] for term in query.terms if term.decisive]
        return all(map(self._known.count, numbers))


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
