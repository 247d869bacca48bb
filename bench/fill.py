"""A database with a made-up directory."""

from __future__ import annotations

from collections.abc import Sequence

from directory.changes import page_change, territory_change
from directory.model import Action, Change, Origin, Page
from directory.store import revisions
from directory.store.database import Database
from directory.territories import Territories


async def fill(url: str, pages: Sequence[Page], territories: Territories) -> None:
    """Put all of it into the empty database at `url`, as one revision."""
    db = await Database.open(url)
    changes = [
        Change("category", name, None, {"name": name})
        for name in sorted({page.category for page in pages if page.category})
    ]
    changes += [territory_change(None, each) for each in territories]
    changes += [page_change(None, page) for page in pages]
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    await db.close()
