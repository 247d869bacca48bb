"""Loading pages together with what a card says of their surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.entry import Entry
from directory.directory import Directory


async def load(directory: Directory, ids: Sequence[str], *, retired: bool = False) -> list[Entry]:
    """The entries of these pages, in their order; unknown ids are left out.

    Retired pages are left out, unless a person is to be told that they are no more (`retired`).
    """
    pages = await directory.pages(ids, retired=retired)
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
