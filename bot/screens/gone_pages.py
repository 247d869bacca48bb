"""Pages that left the directory, for those who may bring them back: by code and by name."""

from __future__ import annotations

from bot.people.reader import Reader, is_staff
from bot.views.editors.removal import also_gone, gone_card
from bot.views.view import View
from directory.directory import Directory
from directory.store import revisions
from directory.store.gone import gone, gone_page, named_like

_MOST = 3
"""Pages that are named under an answer."""


async def gone_page_card(directory: Directory, page: str, reader: Reader | None) -> View | None:
    """Show the page that left, None if there is none with this id for this reader to bring back."""
    if not is_staff(reader):
        return None
    async with directory.db.read() as connection:
        found = await gone_page(connection, page)
        if found is None or not reader.rights.may(found.page, directory.territories):
            return None
        by = await revisions.get(connection, found.revision)
    assert by is not None
    return gone_card(found, by, {})


async def with_gone(
    directory: Directory, view: View, query: str, reader: Reader | None, *, exact: bool
) -> View:
    """Add to the answer to a query the pages that left and bear such a name, or (`exact`) this."""
    if not is_staff(reader):
        return view
    async with directory.db.read() as connection:
        left = await gone(connection)
    mine = [each for each in left if reader.rights.may(each.page, directory.territories)]
    found = named_like(mine, query, _MOST, exact=exact)
    return also_gone(view, found) if found else view
