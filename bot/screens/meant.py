"""Which of the pages that were found may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.screens.magistrates import COURTS, asks_for_court
from bot.views.entry import Entry
from directory.directory import Directory
from directory.search.answer import Answer, SearchVerdict
from directory.search.understood import understood

AS_GOOD = 0.8
"""What share of the best one's score makes a page one of those that are meant."""

OF_PLACE = 3
"""Pages that share but the place with what was asked: the button of the place shows all."""


async def likely(directory: Directory, answer: Answer) -> Answer:
    """The answer without guesses that nobody can have meant: courts, for who asked for a body of
    another kind, and most of those that share but the place that has no such body."""
    if answer.verdict is not SearchVerdict.GUESS:
        return answer
    home = directory.home
    kinds = understood(answer.query, directory.territories, home.id if home else None).kinds
    hits = answer.hits
    if kinds and not asks_for_court(answer.query):
        pages = await directory.pages([hit.id for hit in hits])
        courts = {page.id for page in pages if page.category == COURTS}
        hits = tuple(hit for hit in hits if hit.id not in courts)
    if answer.lacking and answer.lacking.is_named:
        hits = hits[:OF_PLACE]
    return replace(answer, hits=hits)


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
