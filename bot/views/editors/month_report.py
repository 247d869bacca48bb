"""What the report of the month tells, before it is put in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from directory.editing.doubles import Double
from directory.figures import CountedPage, Cut, Figures, Parts, lacking
from directory.model import Page, Territory
from directory.staleness import STALE_DAYS
from directory.store.checks import BrokenLink
from directory.store.unfound import Unfound
from directory.territories import Territories

NOTHING = Figures()
"""The figures of a part that has no pages."""


@dataclass(frozen=True)
class MonthReport:
    """The pages of an extent (None: the country) and their figures; `before` are those of the end
    of the month before, {} when none were kept. `home` is the bot's region. Of a `past` month,
    whose last day is `today`, only figures were kept: its lists are empty."""

    extent: Territory | None
    home: Territory | None
    today: date
    territories: Territories
    categories: tuple[str, ...]
    pages: list[CountedPage]
    now: Parts
    before: Parts
    broken: list[tuple[Page, BrokenLink]]
    doubles: list[Double]
    unfound: list[Unfound]
    past: bool = False

    @cached_property
    def without_link(self) -> list[CountedPage]:
        """The pages with no link at all."""
        return [page for page in self.pages if not page.links]

    @cached_property
    def unchecked(self) -> list[CountedPage]:
        """The pages that were not checked for half a year, those first that never were."""
        old = [page for page in self.pages if not page.checked_within(STALE_DAYS, self.today)]
        return sorted(old, key=lambda page: (page.checked_at or date.min, page.title))

    @cached_property
    def unmarked(self) -> list[CountedPage]:
        """The pages that could have the mark and have it not, or of which nobody knows."""
        return [page for page in self.pages if page.markable and not page.official_mark]

    @cached_property
    def places(self) -> list[Territory]:
        """The territories right below, with and without pages; of settlements those with pages."""
        below = self.territories.children(self.extent.id if self.extent else None)
        counted = {part for cut, part in self.now if cut is Cut.TERRITORY}
        return [place for place in below if not place.is_settlement or str(place.id) in counted]

    @cached_property
    def matrix(self) -> dict[tuple[int | None, str], int]:
        """Pages with a link by territory and category."""
        extent = self.extent.id if self.extent else None
        return lacking(self.pages, self.territories, extent)
