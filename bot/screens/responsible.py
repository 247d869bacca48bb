"""The pages of those who answer for what a complaint is about, in the place that it names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.appeals.responsible import Responsible, responsible_for
from bot.screens.page_entries import load
from bot.views.citizens.complaint import Addressees
from directory.directory import Directory
from directory.model import Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.mentioned import place_in

_SURE = (SearchVerdict.FOUND, SearchVerdict.CHOOSE)


async def addressees(
    directory: Directory, text: str, own: Territory | None, asked: Responsible | None = None
) -> Addressees:
    """Return whose pages to show to somebody who complains, and whose `own` territory counts when
    the text names none: those of the place first. `asked` are those who answer when the text is but
    the place."""
    asked = asked or responsible_for(text)
    home = directory.home
    named = place_in(text, directory.territories, home.id if home else None) or own
    place = named if named and named.parent is not None else None
    region = directory.territories.path(named.id)[0] if named else home
    pages = await _in_place(directory, asked, place) if place else []
    if region:
        pages += await _of_kinds(directory, asked.region, region, Level.REGIONAL)
    entries = await load(directory, [page.id for page in pages])
    return Addressees(asked.what, place, entries)


async def _in_place(directory: Directory, asked: Responsible, place: Territory) -> list[Page]:
    """Return those of the place, or of the municipality that it lies in."""
    for at in reversed(directory.territories.path(place.id)[1:]):
        if found := await _of_kinds(directory, asked.place, at):
            return found
    return []


async def _of_kinds(
    directory: Directory, kinds: Sequence[str], place: Territory, level: Level | None = None
) -> list[Page]:
    """Return the page of the first of these kinds that the place has, of `level` if given."""
    for kind in kinds:
        answer = directory.search(f"{kind} {place.name}", territory=place.id)
        if answer.verdict not in _SURE:
            continue
        best = answer.hits[0].score
        hits = [hit.id for hit in answer.hits if hit.score >= best]
        for page in await directory.pages(hits):
            is_there = directory.territories.within(page.territory, place.id)
            if is_there and page.shown_links and level in (None, page.level):
                return [page]
    return []
