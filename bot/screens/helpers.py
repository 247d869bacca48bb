"""The page of those who help in a danger, when the search is sure of it."""

from __future__ import annotations

from bot.appeals.danger import Call
from bot.appeals.phrases import words_of
from bot.screens.page_entries import load
from bot.views.entry import Entry
from directory.directory import Directory
from directory.model import Territory
from directory.search.answer import Answer, SearchVerdict


async def helper(
    directory: Directory, call: Call, answer: Answer, own: Territory | None
) -> Entry | None:
    """The one page among those found that helps in this danger in the region of the asker; None
    rather than any other page: who is in danger must not read of schools and courts."""
    sure = answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE)
    if own is None or not (sure or answer.need):
        return None
    tree = directory.territories
    region = tree.path(own.id)[0]
    called = [hit.id for hit in answer.hits if call.bodies.said_in(words_of(hit.title))]
    near = [
        entry
        for entry in await load(directory, called)
        if entry.page.shown_links and tree.within(entry.page.territory, region.id)
    ]
    first = answer.hits[0].id
    if len(near) == 1 or (near and near[0].page.id == first):
        return near[0]
    return None
