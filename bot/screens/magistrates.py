"""Sections of magistrates in lists: those of one town are one line."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.appeals.phrases import Phrases, words_of
from bot.screens.page_entries import load
from bot.views.citizens.results import Sections, sections_list
from bot.views.entry import Entry
from bot.views.view import View, screen
from directory.directory import Directory
from directory.store import listing

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
COURTS: str = _DATA["category"]
_TITLES = Phrases(_DATA["titles"])
_ASKED = Phrases(_DATA["asked"])

FROM = 3
"""Sections of a town from which on they are one line: two are chosen from as fast."""

_MOST = 1000
"""Courts of a town that are looked at; Moscow has some 500."""


def is_court(entry: Entry) -> bool:
    """Whether the page is a court's."""
    return entry.page.category == COURTS


def asks_for_court(query: str) -> bool:
    """Whether a query has a word for courts."""
    return _ASKED.said_in(words_of(query))


def is_section(entry: Entry) -> bool:
    """Whether the page is a section of magistrates."""
    return is_court(entry) and _is_titled_section(entry.page.title)


@lru_cache(4096)  # the courts of a region come again and again
def _is_titled_section(title: str) -> bool:
    return _TITLES.said_in(words_of(title))


def gathered(entries: Sequence[Entry], *, whole: bool) -> list[Entry | Sections]:
    """Return the entries with the sections of each town in one, where its first one stood.

    They stay apart when there is nothing else to choose from. `whole`: the entries are all that
    there are, so that their number may be told.
    """
    towns = Counter(entry.page.territory for entry in entries if is_section(entry))
    many = {town: n for town, n in towns.items() if n >= FROM and town is not None}
    if not many or (sum(many.values()) == len(entries) and len(many) == 1):
        return list(entries)
    found: dict[str | int, Entry | Sections] = {}
    for entry in entries:
        town = entry.page.territory
        if town in many and is_section(entry):
            found.setdefault(town, Sections(town, entry.place, many[town] if whole else None))
        else:
            found[entry.page.id] = entry
    return list(found.values())


async def sections(directory: Directory, territory: int, n: int) -> View:
    """Show a screen of the sections of a town."""
    async with directory.db.read() as connection:
        ids = await listing.at_territories(connection, [territory], COURTS, limit=_MOST, offset=0)
    entries = sorted(
        filter(is_section, await load(directory, ids)), key=lambda entry: _by_number(entry)
    )
    at = screen(n, len(entries))
    return sections_list(at.shown(entries), territory, at)


def _by_number(entry: Entry) -> tuple[int, str]:
    digits = "".join(c if c.isdigit() else " " for c in entry.page.title).split()
    return (int(digits[0][:6]) if digits else 0, entry.page.title)
