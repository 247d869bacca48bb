"""Loading pages together with what a card says of their surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.entry import Entry
from directory.directory import Directory


async def load(directory: Directory, ids: Sequence[str]) -> list[Entry]:
    """The entries of these pages, in their order; unknown ids are left out."""
    pages = await directory.pages(ids)
    wanted = {other for page in pages for other in (page.parent, page.successor) if other}
    others = {page.id: page for page in await directory.pages(sorted(wanted))} if wanted else {}
    return [
        Entry(
            page,
            tuple(t.name for t in directory.territories.path(page.territory)),
            others.get(page.parent),
            others.get(page.successor),
        )
        for page in pages
    ]


async def load_one(directory: Directory, page_id: str) -> Entry | None:
    """One entry, None when there is no such page."""
    return next(iter(await load(directory, [page_id])), None)


async def load_shown(directory: Directory, ids: Sequence[str]) -> list[Entry]:
    """The entries of those pages that are not hidden: what a list may show."""
    return [entry for entry in await load(directory, ids) if not entry.hidden]
