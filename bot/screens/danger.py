"""The page of those who help in a danger, when the search is sure of it."""

from __future__ import annotations

from bot.appeals.danger import Call
from bot.appeals.phrases import words_of
from bot.screens.page_entries import load
from bot.views.entry import Entry
from directory.directory import Directory
from directory.model import Territory
from directory.search.answer import Answer, SearchVerdict
from directory.search.mentioned import place_in

_SURE = (SearchVerdict.FOUND, SearchVerdict.CHOOSE)


async def helper(
    directory: Directory, call: Call, answer: Answer, own: Territory | None
) -> Entry | None:
    """Return the one page that helps in this danger in the region that is named, or else in the
    asker's; None rather than any other page: who is in danger must not read of schools and
    courts."""
    tree, home = directory.territories, directory.home
    place = place_in(answer.query, tree, home.id if home else None)
    if place is None and not answer.unknown:  # an unknown word may be a place far away
        place = own
    if place is None or not (answer.verdict in _SURE or answer.need):
        return None
    region = tree.path(place.id)[0]
    hits = list(answer.hits)
    for kind in answer.served_by:
        of_region = directory.search(f"{kind} {region.name}", territory=region.id)
        hits += of_region.hits if of_region.verdict in _SURE else ()
    titles = {hit.id: hit.title for hit in hits}
    called = [page for page, title in titles.items() if call.bodies.said_in(words_of(title))]
    near = [
        entry
        for entry in await load(directory, called)
        if entry.page.shown_links and tree.within(entry.page.territory, region.id)
    ]
    first = next(iter(titles), "")
    if len(near) == 1 or (near and near[0].page.id == first):
        return near[0]
    return None
