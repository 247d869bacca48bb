"""The links that do not open or lead elsewhere, of the pages that somebody may change."""

from __future__ import annotations

from bot.views.editors.broken_links import troubled
from bot.views.view import View, screen
from directory.directory import Directory
from directory.model import Page
from directory.rights import Rights
from directory.store import checks
from directory.store.checks import BrokenLink


async def broken_links(directory: Directory, rights: Rights) -> list[tuple[Page, BrokenLink]]:
    """Return all of them, each with its page, the longest broken first."""
    async with directory.db.read() as connection:
        found = await checks.troubles(connection)
    pages = {page.id: page for page in await directory.pages(list({x.page for x in found}))}
    both = [(pages[x.page], x) for x in found if x.page in pages]
    return [(page, x) for page, x in both if rights.may(page, directory.territories)]


async def broken_screen(directory: Directory, rights: Rights, n: int = 0) -> View:
    """Show screen `n` of the list."""
    found = await broken_links(directory, rights)
    at = screen(n, len(found))
    return troubled(at.shown(found), at)
