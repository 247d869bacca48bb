"""The figures that an office answers for: of all active pages and of each part of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from directory.evidence import MARKING
from directory.model import NETWORKS, Level, Link
from directory.staleness import STALE_DAYS
from directory.territories import Territories

MONTH_DAYS = 30
"""Days within which a page counts as checked lately; the other term is `STALE_DAYS`."""


class Cut(StrEnum):
    """By what pages are counted; `ALL` is one part with all of them."""

    ALL = "all"
    CATEGORY = "category"
    LEVEL = "level"
    TERRITORY = "territory"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class CountedPage:
    """What of an active page is counted: `links` are those that are shown, by slot."""

    id: str
    title: str
    category: str
    level: Level | None
    territory: int | None
    official_mark: bool | None
    subscribers: int
    checked_at: date | None
    links: tuple[tuple[str, Link], ...] = ()

    @property
    def markable(self) -> bool:
        """Whether it has a link on a network that gives the mark «Госорганизация»."""
        return any(slot in MARKING for slot, _link in self.links)

    def checked_within(self, days: int, today: date) -> bool:
        """Whether it was checked in the last `days` days; a day that is ahead is none."""
        return self.checked_at is not None and timedelta(0) <= today - self.checked_at <= timedelta(
            days
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of pages: all, with a link, with a link that may bear the mark, of these with the mark
    and `unlooked`, of which it is not recorded; checked within `MONTH_DAYS` and `STALE_DAYS`; and
    the sum of their followers."""

    pages: int = 0
    with_link: int = 0
    markable: int = 0
    marked: int = 0
    unlooked: int = 0
    followers: int = 0
    checked_month: int = 0
    checked_half_year: int = 0


FIGURES = tuple(field.name for field in fields(Figures))

Parts = Mapping[tuple[Cut, str], Figures]
"""Figures of each part: a category's name, a level, the number of a territory, a network's slot;
"" stands for pages without one, and for all of them."""


def count(
    pages: Iterable[CountedPage], territories: Territories, extent: int | None, today: date
) -> Parts:
    """Count the pages of an extent: a region by municipalities, the country (None) by regions."""
    counters: defaultdict[tuple[Cut, str], Counter[str]] = defaultdict(Counter)
    for page in pages:
        markable = page.markable
        own = {
            "pages": 1,
            "with_link": int(bool(page.links)),
            "markable": int(markable),
            "marked": int(markable and page.official_mark is True),
            "unlooked": int(markable and page.official_mark is None),
            "followers": page.subscribers,
            "checked_month": int(page.checked_within(MONTH_DAYS, today)),
            "checked_half_year": int(page.checked_within(STALE_DAYS, today)),
        }
        for part in _parts(page, territories, extent):
            counters[part].update(own)
    return {part: Figures(**dict(counter)) for part, counter in counters.items()}


def part_of(territories: Territories, number: int | None, extent: int | None) -> int | None:
    """The territory that stands for this one in the figures of an extent."""
    path = territories.path(number)
    depth = 1 if extent is None else 2
    return path[:depth][-1].id if path else None


def lacking(
    pages: Iterable[CountedPage], territories: Territories, extent: int | None
) -> Counter[tuple[int | None, str]]:
    """How many pages with a link there are at each territory of an extent in each category."""
    return Counter(
        (part_of(territories, page.territory, extent), page.category)
        for page in pages
        if page.links
    )


def first_of_month(day: date) -> date:
    """The day by which a month is named."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return first_of_month(first_of_month(day) + timedelta(days=31)) - timedelta(days=1)


def month_before(day: date) -> date:
    """The first day of the month before that of `day`."""
    return first_of_month(first_of_month(day) - timedelta(days=1))


def _parts(
    page: CountedPage, territories: Territories, extent: int | None
) -> Iterable[tuple[Cut, str]]:
    yield Cut.ALL, ""
    yield Cut.CATEGORY, page.category
    yield Cut.LEVEL, page.level.value if page.level else ""
    place = part_of(territories, page.territory, extent)
    yield Cut.TERRITORY, str(place) if place is not None else ""
    for slot in sorted({slot for slot, _link in page.links if slot in NETWORKS}):
        yield Cut.NETWORK, slot
