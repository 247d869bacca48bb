"""Loading pages together with what a card says of their surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.views.entry import Entry
from directory.directory import Directory
from directory.model import Page, Status
from directory.references import circles
from directory.search.answer import SearchVerdict
from directory.text import clean

_MEANT = 8
"""Pages that are chosen from."""


async def load(directory: Directory, ids: Sequence[str], *, retired: bool = False) -> list[Entry]:
    """Return the entries of these pages, in their order; unknown ids are left out.

    Retired pages are left out, unless a person is to be told that they are no more (`retired`).
    """
    pages = await directory.pages(ids, retired=retired)
    founders = await _chains(directory, pages, lambda page: page.parent)
    successors = await _chains(directory, pages, _successor)
    return [
        Entry(
            page,
            _place(directory, page),
            next(iter(founders[page.id]), None),
            _standing(successors[page.id]),
        )
        for page in pages
    ]


def _place(directory: Directory, page: Page) -> tuple[str, ...]:
    """Return the names of its territories; a town within the city that is nothing but it is left
    out."""
    path = directory.territories.path(page.territory)
    above = {t.name.rpartition(" ")[2] for t in path[:-1] if t.is_city}
    last = path[-1:]
    if last and last[0].is_settlement and last[0].name.rpartition(" ")[2] in above:
        path = path[:-1]
    return tuple(t.name for t in path)


def _successor(page: Page) -> str:
    return page.successor if page.status is Status.CLOSED else ""


def _standing(chain: Sequence[Page]) -> Page | None:
    """Return what stands in the place of a closed page: the end of its chain, unless that is
    hidden."""
    return chain[-1] if chain and chain[-1].status is not Status.HIDDEN else None


async def _chains(
    directory: Directory, pages: Sequence[Page], refers: Callable[[Page], str]
) -> dict[str, list[Page]]:
    """Return pages that each page leads to, the next first; none for one that leads in a circle."""
    known = {page.id: page for page in pages}
    if not any(map(refers, pages)):
        return {page.id: [] for page in pages}
    while wanted := {refers(page) for page in known.values()} - known.keys() - {""}:
        found = {page.id: page for page in await directory.pages(sorted(wanted))}
        if not found:
            break
        known.update(found)
    ids = {key: refers(page) for key, page in known.items()}
    circled = circles(ids)
    return {page.id: [] if page.id in circled else _chain(page.id, ids, known) for page in pages}


def _chain(start: str, ids: Mapping[str, str], known: Mapping[str, Page]) -> list[Page]:
    chain: list[Page] = []
    at = ids[start]
    while at in known and known[at] not in chain:
        chain.append(known[at])
        at = ids[at]
    return chain


async def entries_meant(
    directory: Directory, text: str, but: str | None = None
) -> tuple[list[Entry], bool]:
    """Return the pages that somebody may mean by a code or by words, without the page `but`; and
    whether it is the first for sure."""
    if known := await load_one(directory, text.strip()):
        return [known], True
    answer = directory.search(clean(text), limit=_MEANT + 1)
    entries = [e for e in await load(directory, [hit.id for hit in answer.hits]) if not e.hidden]
    meant = [entry for entry in entries if entry.page.id != but][:_MEANT]
    sure = answer.verdict is SearchVerdict.FOUND and meant[:1] == entries[:1]
    return meant, sure and bool(meant)


async def load_one(directory: Directory, page_id: str) -> Entry | None:
    """Return one entry, None when there is no such page."""
    return next(iter(await load(directory, [page_id])), None)
