"""Where to look on when nothing answers a query, or nothing surely does."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.appeals.phrases import Phrases, words_of
from bot.screens.page_lists import within
from bot.views.citizens.nothing_found import WayOn
from directory.directory import Directory
from directory.model import Page, Territory
from directory.search.places import as_municipality
from directory.search.understood import Understood, understood
from directory.territories import territory_key

_OF_ONE_TOPIC = 0.6
"""The share of the pages found for a kind that must be of one topic for it to be the kind's."""

_ALIKE, _NEAR = 78, 2
"""How like a place's name a word must be, of 100, and how many such places are named."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_EVERY = Phrases(_DATA["every"])
_BOOKED = frozenset(_DATA["kinds"])

_NAME = 4
"""Letters from which a word may be a mistaken name."""


def asks_for_all(text: str) -> bool:
    """Whether somebody wants a whole list: «все школы Кургана»."""
    return _EVERY.said_in(words_of(text))


async def way_on(directory: Directory, query: str) -> WayOn:
    """Find what of the query was understood, and which lists may have what is looked for."""
    home = directory.home
    found = understood(query, directory.territories, home.id if home else None)
    topic = await _topic(directory, found.kinds)
    at, n = await _where(directory, topic, found.place) if topic else (None, 0)
    near = [] if found.place else _called_alike(directory, found)
    kind = found.kinds[0] if found.kinds else ""
    book = await _booking(directory) if kind in _BOOKED else None
    return WayOn(kind, found.place, found.rest, topic, at, n, near, book)


async def _booking(directory: Directory) -> Page | None:
    """Return the page where people book what their local bodies do, if the directory has it."""
    answer = directory.search(_DATA["page"], limit=1)
    page = await directory.page(answer.hits[0].id) if answer.hits else None
    return page if page and page.title == _DATA["page"] and page.shown_links else None


async def _topic(directory: Directory, kinds: Sequence[str]) -> str:
    """Return the category of most pages of the first of these kinds that the directory has."""
    for kind in kinds:
        hits = directory.search(kind).hits
        categories = Counter(page.category for page in await directory.pages([h.id for h in hits]))
        for category, n in categories.most_common(1):
            if category and n >= _OF_ONE_TOPIC * categories.total():
                return category
    return ""


async def _where(
    directory: Directory, topic: str, place: Territory | None
) -> tuple[Territory | None, int]:
    """Return the narrowest of the place, its region and the country that has pages of the topic."""
    counts = await directory.at_hand.counts(directory.db)
    around = directory.territories.path(place.id) if place else ()
    home = (directory.home,) if directory.home and not around else ()
    for at in (*reversed(around), *home, None):
        numbers = within(directory.territories, at)
        n = sum(
            n for (t, c), n in counts.items() if c == topic and (numbers is None or t in numbers)
        )
        if n:
            return at, n
    return None, 0


def _called_alike(directory: Directory, found: Understood) -> list[Territory]:
    """Return the places of the bot's region whose names are most like a word that was not
    understood."""
    if directory.home is None:
        return []
    tree = directory.territories
    names = {
        number: territory_key(territory.name)
        for number in tree.subtree(directory.home.id) - {directory.home.id}
        if (territory := tree.get(number))
    }
    alike: dict[int, Territory] = {}
    for word in found.rest:
        if len(word) >= _NAME and word.isalpha():
            close = process.extract(
                word, names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAR
            )
            places = [place for *_, number in close if (place := tree.get(number))]
            alike |= {(at := as_municipality(place, tree)).id: at for place in places}
    return list(alike.values())[:_NEAR]
