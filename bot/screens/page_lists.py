"""What stands on a shelf: the directory's lists made into views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.buttons.citizens import Browse, BrowsePlaces, Categories
from bot.buttons.fields import category_key
from bot.screens.page_entries import load
from bot.talk.notices import out_of_date
from bot.views.citizens import browse as views
from bot.views.citizens.browse import Shelf
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.model import Page, Territory
from directory.store import listing, news, saving
from directory.territories import Territories

PLACES = 14
"""Territories on one screen: their buttons have one short line and no text above."""

Counts = Mapping[tuple[int | None, str], int]


async def top_shelf(directory: Directory) -> View:
    """Show where browsing begins: the directory's own region if it has pages, else the country."""
    counts = await directory.at_hand.counts(directory.db)
    home = directory.home
    has_pages = home and _count(counts, directory.territories.subtree(home.id), None)
    return await shelf(directory, Browse(territory=home.id if home and has_pages else 0))


async def shelf(directory: Directory, at: Browse | BrowsePlaces) -> View:
    """Show a territory's pages, or what lies below it. Raises `NoticeError` when it or the category
    is no more."""
    counts = await directory.at_hand.counts(directory.db)
    tree = directory.territories
    found = await shelf_of(directory, at.territory, at.category)
    numbers = _right_at(tree, found.territory)
    here = _count(counts, numbers, found.category)
    if found.below and (isinstance(at, BrowsePlaces) or not here):
        below = _below(tree, counts, found.territory, found.category)
        on = screen(at.n, len(below), PLACES)
        return views.places(found, on.shown(below), on)
    on = screen(at.n, here)
    async with directory.db.read() as connection:
        ids = await listing.at_territories(
            connection, numbers, found.category, limit=SCREEN, offset=on.start
        )
    return views.shelf(found, await load(directory, ids), on)


async def categories(directory: Directory, at: Categories) -> View:
    """Show categories of a territory's pages. Raises `NoticeError` when the territory is gone."""
    counts = await directory.at_hand.counts(directory.db)
    found = await shelf_of(directory, at.territory, "")
    counted = _by_category(directory.territories, counts, found.territory)
    on = screen(at.n, len(counted))
    return views.categories(found, on.shown(counted), on)


async def place_card(
    directory: Directory, number: int, *, private: bool, naming: Sequence[str] = ()
) -> View | None:
    """Show a place: its authority and what else there is of it; None when it is no more.

    Of a place without pages those are shown that are `naming` it: a court is its region's page.
    """
    counts = await directory.at_hand.counts(directory.db)
    found = _find(directory.territories, counts, number, "")
    if found is None or found.territory is None:
        return None
    ids = directory.index.authorities(found.territory) if found.total else naming
    entries = await load(directory, ids)
    counted = _by_category(directory.territories, counts, found.territory)
    return views.place(found, entries, counted[:SCREEN], private=private)


async def places_found(
    directory: Directory, places: Sequence[Territory], naming: Sequence[str], *, private: bool
) -> View | None:
    """Show the one place of a name, or which there are; `naming` as for `place_card`."""
    if len(places) == 1:
        return await place_card(directory, places[0].id, private=private, naming=naming)
    tree = directory.territories
    paths = sorted((tree.path(place.id) for place in places), key=lambda p: [t.name for t in p])
    return views.which_place(paths[:PLACES])


async def spheres_of(directory: Directory, number: int) -> list[tuple[str, int]]:
    """Return the categories of a territory's pages, each with the number of pages."""
    counts = await directory.at_hand.counts(directory.db)
    return _by_category(directory.territories, counts, directory.territories.get(number))


async def saved(directory: Directory, person: int, n: int) -> View:
    """Show a screen of the pages that a person saved, those of one place together."""
    async with directory.db.read() as connection:
        ids = await saving.saved_pages(connection, person, limit=saving.MOST_SAVED)
        reader = await news.get(connection, person)
    tree = directory.territories

    def by_place(page: Page) -> tuple[list[str], str]:
        return [territory.name for territory in tree.path(page.territory)], page.title

    ordered = sorted(await directory.pages(ids, retired=True), key=by_place)
    on = screen(n, len(ordered))
    shown = [page.id for page in on.shown(ordered)]
    told = reader is not None and reader.saved
    return views.saved(await load(directory, shown, retired=True), on, told=told)


async def shelf_of(directory: Directory, number: int, key: str) -> Shelf:
    """Return the territory and the category that a button means. Raises `NoticeError` when one of
    them is no more."""
    counts = await directory.at_hand.counts(directory.db)
    if (found := _find(directory.territories, counts, number, key)) is None:
        raise out_of_date()
    return found


def _find(tree: Territories, counts: Counts, number: int, key: str) -> Shelf | None:
    """Return the shelf that a button means, None when it is no more."""
    known = {category_key(name): name for _, name in counts} | {"": None}
    top = _top(tree, counts)
    place = tree.get(number) if number else top
    if key not in known or (number and place is None):
        return None
    category = known[key]
    below = _below(tree, counts, place, category)
    return Shelf(
        territory=place,
        above=tree.get(place.parent) if place else None,
        is_top=place == top,
        category=category,
        total=_count(counts, _right_at(tree, place), category) + sum(n for _, n in below),
        below=len(below),
    )


def _top(tree: Territories, counts: Counts) -> Territory | None:
    """Return where browsing begins: the only region, when all pages are in it; else the whole
    country."""
    regions = tree.children(None)
    return regions[0] if len(regions) == 1 and not _count(counts, {None}, None) else None


def _id(place: Territory | None) -> int | None:
    return place.id if place else None


def _by_category(
    tree: Territories, counts: Counts, place: Territory | None
) -> list[tuple[str, int]]:
    """Return the categories of a territory's pages, by name, each with the number of pages."""
    numbers = within(tree, place)
    counted: Counter[str] = Counter()
    for (territory, category), n in counts.items():
        if numbers is None or territory in numbers:
            counted[category] += n
    return sorted(counted.items(), key=lambda item: (item[0] == "", item[0]))


def within(tree: Territories, place: Territory | None) -> set[int] | None:
    """Return the numbers of a territory and all below; None for the whole country."""
    return tree.subtree(place.id) if place else None


def _right_at(tree: Territories, place: Territory | None) -> set[int | None]:
    """Return the territory itself, where one browses it.

    To a region belong the settlements that stand right below it: they are where its bodies have
    their seats, and nobody would look for a ministry under the town.
    """
    if place is None:
        return {None}
    if place.parent is not None:
        return {place.id}
    return {place.id, *(child.id for child in tree.children(place.id) if child.is_settlement)}


def _count(counts: Counts, numbers: Collection[int | None], category: str | None) -> int:
    """Return how many pages stand right at these territories."""
    return sum(n for (t, c), n in counts.items() if t in numbers and category in (None, c))


def _below(
    tree: Territories, counts: Counts, place: Territory | None, category: str | None
) -> list[tuple[Territory, int]]:
    """Return territories right below that have pages, each with how many there are in all of it."""
    here = _right_at(tree, place)
    below = [child for child in tree.children(_id(place)) if child.id not in here]
    counted = [(child, _count(counts, tree.subtree(child.id), category)) for child in below]
    return [(child, n) for child, n in counted if n]
