"""What is near a person: the place's authority, then the nearest of each kind, then the rest."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path

from bot.appeals.phrases import Phrases, words_of
from bot.buttons.citizens import Near
from bot.screens.magistrates import gathered
from bot.screens.page_entries import load
from bot.views.citizens import nearby as views
from bot.views.citizens.results import Sections
from bot.views.entry import Entry
from bot.views.view import View, screen
from directory.directory import Directory
from directory.model import Territory
from directory.store import listing

NEAREST = 120
"""Pages that are looked at: nobody turns fifteen screens."""

FAR = 150.0
"""Kilometres beyond which nothing is called near: a region is some 300 km across."""

CLOSE = 30.0
"""Kilometres within which the kind of a body counts for more than its distance."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_AUTHORITY: str = _DATA["authority"]
_ASKED = Phrases(_DATA["asked"])


def asks_what_is_near(text: str) -> bool:
    """Whether somebody asks for what is near: «ближайшая школа»."""
    return _ASKED.said_in(words_of(text))


async def near(directory: Directory, at: Near) -> View:
    """Show a screen of the pages nearest to a place, or that none is near."""
    async with directory.db.read() as connection:
        places = await listing.nearest(connection, at.lat, at.lon, limit=NEAREST)
    entries = await load(directory, [place.id for place in places])
    if entries and places[0].kilometres > FAR:
        return views.far(entries[0], places[0])
    close = {place.id for place in places if place.kilometres <= CLOSE}
    items = by_kind(gathered(entries, whole=False), close)
    on = screen(at.n, len(items))
    shown = on.shown(items)
    return views.near(shown, places, at.lat, at.lon, on, _okrug(directory, entries, close))


def _okrug(
    directory: Directory, entries: Sequence[Entry], close: Collection[str]
) -> Territory | None:
    """Return the okrug or city of the nearest page that is close and has one; of equally near ones
    that of most pages: the seat of an okrug may be in the city beside it."""
    paths = [directory.territories.path(e.page.territory) for e in entries if e.page.id in close]
    okrugs = [path[1] for path in paths if len(path) > 1]
    return max(okrugs, key=okrugs.count, default=None)


def by_kind(nearest: Sequence[Entry | Sections], close: Collection[str]) -> list[Entry | Sections]:
    """Return the authority first, then the nearest of each category, then the rest, by distance.

    Only pages that are `close` go before nearer ones. The authority is a body, not a post in it.
    """
    around = [x for x in nearest if isinstance(x, Entry) and x.page.id in close]
    bodies = [x for x in around if not x.page.post]
    authority = next((x for x in bodies if x.page.category == _AUTHORITY), None)
    first: list[Entry | Sections] = [authority] if authority else []
    kinds = {_AUTHORITY} if authority else set()
    for entry in around:
        if entry.page.category not in kinds:
            kinds.add(entry.page.category)
            first.append(entry)
    return [*first, *(entry for entry in nearest if entry not in first)]
