"""Which of the pages that were found are meant, when several are."""

from __future__ import annotations

from collections.abc import Mapping

from bot.views.entry import Entry
from directory.directory import Directory

AS_GOOD = 0.8
"""What share of the best one's score makes a page one of those that are meant."""


def as_good(entries: list[Entry], score: Mapping[str, float]) -> list[Entry]:
    """Those that answer about as well as the best one: others only share a word with it."""
    least = AS_GOOD * max(score.values())
    return [each for each in entries if score[each.page.id] >= least]


def of_region(directory: Directory, entries: list[Entry]) -> tuple[list[Entry], bool]:
    """Those of the bot's region and federal ones, when the first is of the region, and whether
    others were left out: nobody else's body stands beside those that are meant."""
    home, tree = directory.home, directory.territories
    if home is None or not tree.within(entries[0].page.territory, home.id):
        return entries, False
    own = [
        each
        for each in entries
        if each.page.territory is None or tree.within(each.page.territory, home.id)
    ]
    return own, len(own) < len(entries)
