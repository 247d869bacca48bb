"""What stands on a shelf: the directory's lists made into views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.callbacks import Browse, Categories, Near, category_key
from bot.entries import load_shown
from bot.views import browse as views
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.model import Territory
from directory.store import listing, people
from directory.territories import Territories

Counts = Mapping[tuple[int | None, str], int]


async def shelf(directory: Directory, at: Browse) -> View | None:
    """A territory's screen, its lower territories before its own pages.

    None when the territory or the category is no more.
    """
    async with directory.db.read() as connection:
        counts = await listing.counts(connection)
    category: str | None = None
    if at.category:
        known = {category_key(name): name for _, name in counts}
        if at.category not in known:
            return None
        category = known[at.category]
    tree = directory.territories
    top = _top(tree, counts)
    place = tree.get(at.territory) if at.territory else top
    if at.territory and place is None:
        return None
    below = [
        (t, n) for t in tree.children(_id(place)) if (n := _count(tree, counts, t.id, category))
    ]
    here = _here(counts, _id(place), category)
    on = screen(at.n, len(below) + here)
    shown = below[on.start : on.start + SCREEN]
    first = max(0, on.start - len(below))
    async with directory.db.read() as connection:
        ids = await listing.at_territory(
            connection, _id(place), category, limit=SCREEN - len(shown), offset=first
        )
    return views.shelf(
        views.Shelf(
            territory=place,
            above=tree.get(place.parent) if place else None,
            is_top=place == top,
            category=category,
            total=here + sum(n for _, n in below),
            below=shown,
            entries=await load_shown(directory, ids),
            first=first,
        ),
        on,
    )


async def categories(directory: Directory, at: Categories) -> View | None:
    """The categories of a territory's pages; None when the territory is no more."""
    tree = directory.territories
    async with directory.db.read() as connection:
        counts = await listing.counts(connection)
    place = tree.get(at.territory) if at.territory else _top(tree, counts)
    if at.territory and place is None:
        return None
    within: Counter[str] = Counter()
    numbers = tree.subtree(place.id) if place else None
    for (territory, category), n in counts.items():
        if numbers is None or territory in numbers:
            within[category] += n
    counted = sorted(within.items(), key=lambda item: (item[0] == "", item[0]))
    on = screen(at.n, len(counted))
    return views.categories(place, counted[on.start : on.start + SCREEN], on)


async def saved(directory: Directory, person: int, n: int) -> View:
    """A screen of the pages that a person saved."""
    async with directory.db.read() as connection:
        on = screen(n, await people.count_saved(connection, person))
        ids = await people.saved_pages(connection, person, limit=SCREEN, offset=on.start)
    return views.saved(await load_shown(directory, ids), on)


async def near(directory: Directory, at: Near) -> View:
    """A screen of the pages nearest to a place."""
    async with directory.db.read() as connection:
        on = screen(at.n, await listing.count_nearest(connection))
        places = await listing.nearest(connection, at.lat, at.lon, limit=SCREEN, offset=on.start)
    entries = await load_shown(directory, [place.id for place in places])
    return views.near(entries, places, at.lat, at.lon, on)


def _top(tree: Territories, counts: Counts) -> Territory | None:
    """Where browsing begins: the only region, when all pages are in it; else the whole country."""
    regions = tree.children(None)
    return regions[0] if len(regions) == 1 and not _here(counts, None, None) else None


def _id(place: Territory | None) -> int | None:
    return place.id if place else None


def _here(counts: Counts, territory: int | None, category: str | None) -> int:
    """How many pages stand right at a territory."""
    return sum(
        n
        for (place, name), n in counts.items()
        if place == territory and (category is None or name == category)
    )


def _count(tree: Territories, counts: Counts, territory: int, category: str | None) -> int:
    """How many pages stand at a territory and below."""
    numbers = tree.subtree(territory)
    return sum(
        n
        for (place, name), n in counts.items()
        if place in numbers and (category is None or name == category)
    )
