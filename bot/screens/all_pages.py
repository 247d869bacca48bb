"""All pages of a place or a topic, for everybody: a list to page through, and a file."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.citizens import AllPages, PagesFile
from bot.screens.page_entries import load
from bot.screens.page_lists import shelf_of, within
from bot.talk.notices import NoticeError
from bot.talk.seldom import Seldom
from bot.views.citizens import browse as views
from bot.views.citizens.browse import Shelf
from bot.views.view import SCREEN, View, screen
from bot.views.words import today
from directory.directory import Directory
from directory.export import Format, public_file
from directory.store import list_parts, listing

FILES = Seldom(times=5, seconds=3600)
"""A file takes a second or so of the processor, and five an hour are more than anybody reads."""

MOST = 5_000
"""Pages of one file: more would keep others waiting."""


async def all_pages(directory: Directory, at: AllPages, *, staff: bool = False) -> View:
    """Show a screen of the list. Raises `NoticeError` when the territory or the category is gone.

    Editors and owners (`staff`) have a button to change the whole of it.
    """
    found = await shelf_of(directory, at.territory, at.category)
    on = screen(at.n, found.total)
    ids = await _ids(directory, found, limit=SCREEN, offset=on.start)
    return views.all_pages(found, await load(directory, ids), on, staff=staff)


async def shelf_for_file(directory: Directory, at: PagesFile, person: int) -> Shelf:
    """Return what the file is of. Raises `NoticeError` when this person gets none now."""
    found = await shelf_of(directory, at.territory, at.category)
    if found.total > MOST:
        raise NoticeError(views.too_many(found, MOST))
    if minutes := FILES.minutes_to_wait(person):
        raise NoticeError(views.too_often(minutes))
    return found


async def pages_file(directory: Directory, found: Shelf, form: Format) -> bytes:
    """Return the file of these pages."""
    return await public_file(directory, await _ids(directory, found, limit=MOST, offset=0), form)


async def ids_of(
    connection: AsyncConnection, directory: Directory, at: Shelf, *, limit: int, offset: int = 0
) -> list[str]:
    """Return the ids of the list's pages."""
    numbers = within(directory.territories, at.territory)
    if at.part:
        found = await list_parts.ids_of_part(
            *(connection, numbers, at.category, at.part, today()), limit=limit
        )
        return list(found)
    found = await listing.at_territories(
        connection, numbers, at.category, limit=limit, offset=offset
    )
    return list(found)


async def _ids(directory: Directory, at: Shelf, *, limit: int, offset: int) -> list[str]:
    async with directory.db.read() as connection:
        return await ids_of(connection, directory, at, limit=limit, offset=offset)
