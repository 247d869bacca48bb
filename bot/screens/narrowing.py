"""A list of search results narrowed by place and by topic; the query stands in the message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.buttons.citizens import Narrow, ResultsIn
from bot.buttons.fields import category_key
from bot.screens.meant import as_good
from bot.screens.page_entries import load
from bot.views.citizens import narrowing as views
from bot.views.citizens.results import choice
from bot.views.entry import Entry
from bot.views.view import Row, View, screen
from directory.directory import Directory
from directory.model import Territory
from directory.search.answer import SearchVerdict
from directory.territories import Territories

HITS = 50
"""Pages of one answer that are looked at: as many as the search makes one of."""

GROUPS = 14
"""Places or topics on one screen, a short button each."""


def narrower(directory: Directory, entries: Sequence[Entry], at: ResultsIn) -> Row:
    """Return the buttons that narrow the list `at`, where its entries differ."""
    by: list[views.By] = []
    if len(_places(directory.territories, entries)) > 1:
        by.append("place")
    if len(_topics(entries)) > 1:
        by.append("topic")
    return views.ways(by, at)


async def groups(directory: Directory, query: str, own: Territory | None, at: Narrow) -> View:
    """Show the places or the topics of what was found, each with how many pages."""
    entries, cut = await _found(directory, query, own, at)
    if at.by == "place":
        places = _places(directory.territories, entries)
        counted = [
            (place.name, n, ResultsIn(territory=place.id, category=at.category))
            for place, n in places
        ]
    else:
        counted = [
            (topic, n, ResultsIn(territory=at.territory, category=category_key(topic)))
            for topic, n in _topics(entries)
        ]
    on = screen(at.n, len(counted), GROUPS)
    return views.groups(query, at, on.shown(counted), on, cut=cut)


async def results(directory: Directory, query: str, own: Territory | None, at: ResultsIn) -> View:
    """Show a screen of the narrowed list."""
    entries, _cut = await _found(directory, query, own, at)
    place = directory.territories.get(at.territory or None)
    topic = next((e.page.category for e in entries), "") if at.category else ""
    on = screen(at.n, len(entries))
    view = choice(
        query,
        on.shown(entries),
        on,
        sure=True,
        told=views.narrowed_to(place.name if place else "", topic),
        turned=lambda n: ResultsIn(territory=at.territory, category=at.category, n=n),
        narrow=narrower(directory, entries, at),
    )
    return views.with_all(view)


async def _found(
    directory: Directory, query: str, own: Territory | None, at: Narrow | ResultsIn
) -> tuple[list[Entry], bool]:
    """Return the pages found, of the territory and the category of `at`, and whether more exist."""
    place = at.territory or (own.id if own else None)
    answer = directory.search(query, territory=place, limit=HITS)
    entries = await load(directory, [hit.id for hit in answer.hits])
    if answer.verdict is SearchVerdict.CHOOSE:
        entries = as_good(entries, {hit.id: hit.score for hit in answer.hits})
    chosen = [
        entry
        for entry in entries
        if directory.territories.within(entry.page.territory, at.territory or None)
        and at.category in ("", category_key(entry.page.category))
    ]
    return chosen, len(entries) == HITS


def _places(tree: Territories, entries: Sequence[Entry]) -> list[tuple[Territory, int]]:
    """Return regions of the pages, or the okrugs and cities of the only one; most pages first."""
    paths = [path for entry in entries if (path := tree.path(entry.page.territory))]
    depth = 0 if len({path[0].id for path in paths}) > 1 else 1
    counted = Counter(path[depth].id for path in paths if len(path) > depth)
    return [(place, n) for number, n in counted.most_common() if (place := tree.get(number))]


def _topics(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    return Counter(e.page.category for e in entries if e.page.category).most_common()
