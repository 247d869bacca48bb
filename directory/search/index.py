"""The search index: pages in memory, found by whatever is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from directory.language.lexicon import lexicon
from directory.model import Page, Territory
from directory.search.answer import Answer, Hit
from directory.search.building import Builder
from directory.search.cities import Cities
from directory.search.explain import SHOWN, explain
from directory.search.finding import Finder
from directory.search.layers import Alive, Layers
from directory.search.place_answers import PlaceAnswers
from directory.search.places import REGIONAL
from directory.search.segment import Segment
from directory.search.verdict import answer
from directory.territories import Territories

SMALL = 500
"""A segment of so few pages is made anew with each change, instead of yet another one."""


class Index:
    """Pages in memory, searched by any text.

    It never changes: `updated` gives another index, so that searches and an update never meet.
    """

    def __init__(
        self,
        territories: Territories | None = None,
        segments: Sequence[Segment] = (),
        alive: Sequence[Alive | None] = (),
    ) -> None:
        self.territories = Territories() if territories is None else territories
        self.layers = Layers(segments, alive)
        cities = Cities(self.territories)
        self._finder = Finder(self.layers, self.territories, cities)
        self._places = PlaceAnswers(self.layers, self.territories, cities, self._finder)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What the pages lie in, see `Layers`."""
        return self.layers.segments

    @property
    def pages(self) -> int:
        """How many pages a search can find."""
        return len(self.layers)

    @property
    def added(self) -> int:
        """How many pages were added since the index was built: they make each search dearer."""
        return sum(map(len, self.segments[1:]))

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
            return Index(territories, self.segments, self.layers.alive)
        segments, alive = list(self.segments), list(self.layers.alive)
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
        return self.layers.territory_of(page_id)

    def is_above_places(self, page_id: str) -> bool:
        """Whether the page with this id is a region's or the country's, of whatever seat."""
        if (found := self.layers.find(page_id)) is None:
            return False
        segment, number = found
        return int(segment.facts.level[number]) <= REGIONAL

    def hit(self, page_id: str) -> Hit | None:
        """The page with this id as a hit, None when it is not here."""
        if (found := self.layers.find(page_id)) is None:
            return None
        segment, number = found
        return Hit(page_id, segment.title(number), 1.0)

    def authorities(self, place: Territory) -> list[str]:
        """The ids of the pages of a place's authority and head, as an answer about it has them."""
        first = self._places.authorities(place)
        return [self.segments[each.segment].id(each.page) for each in first]

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Answer a query; `territory` is the asker's own, whose pages come first among equals."""
        read, found = self._finder.find(query, territory, limit)
        said = answer(query, read, found, self.segments, self.territories, limit)
        return self._places.completed(said, read, found, territory, limit)

    def explain(self, query: str, *, territory: int | None = None) -> str:
        """How the query was read, and what each rule gave for the first hits, in Russian."""
        read, found = self._finder.find(query, territory, SHOWN)
        said = answer(query, read, found, self.segments, self.territories, SHOWN)
        said = self._places.completed(said, read, found, territory, SHOWN)
        return explain(read, found, self.segments, said)
