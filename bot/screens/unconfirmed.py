"""The list of pages that nobody has confirmed for long."""

from __future__ import annotations

from datetime import date

from bot.views.editors.confirm import unconfirmed
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.rights import Rights
from directory.store.confirmation import count_stale, stale_pages


async def unconfirmed_screen(
    directory: Directory, rights: Rights, day: date, n: int = 0, *, heading: str = ""
) -> View:
    """Show screen `n` of the list of whoever has these rights."""
    tree = directory.territories
    async with directory.db.read() as connection:
        total = await count_stale(connection, rights.scope, tree, day)
        at = screen(n, total)
        ids = await stale_pages(connection, rights.scope, tree, day, limit=SCREEN, offset=at.start)
    return unconfirmed(await directory.pages(ids), at, total, day, heading=heading)
