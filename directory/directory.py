"""The open directory: its database, and what is kept of it in memory for speed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from directory.model import Page
from directory.search.answer import Answer
from directory.search.index import Index
from directory.store import records, revisions
from directory.store.database import DEFAULT_URL, Database
from directory.territories import Territories

REFRESH_SECONDS = 1.0
"""How often a running process looks for changes that others made; five seconds are promised."""


class Directory:
    """What the bot and the commands work with.

    `db` is the truth. `territories`, `categories` and the search index are copies in memory that
    `refresh` brings up to the database's last revision, whoever made it.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self.territories = Territories()
        self.categories: tuple[str, ...] = ()
        self.index = Index()
        self.revision = -1

    @classmethod
    async def open(cls, url: str = DEFAULT_URL) -> Directory:
        """Open the database (see `Database.open` for errors) and read what is kept in memory."""
        directory = cls(await Database.open(url))
        await directory.refresh()
        return directory

    async def close(self) -> None:
        """Close the database."""
        await self.db.close()

    async def refresh(self) -> bool:
        """Catch up with the database; return whether anything had changed."""
        async with self.db.read() as connection:
            last = await revisions.current(connection)
            if last == self.revision:
                return False
            territories = Territories(await records.read_territories(connection))
            self.categories = tuple(await records.read_categories(connection))
            pages = await records.read_pages(connection)
        self.index = await asyncio.to_thread(Index.build, pages, territories)
        self.territories = territories
        self.revision = last
        return True

    async def watch(self) -> None:
        """Keep catching up until cancelled."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            await self.refresh()

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Search; `territory` is the asker's own, whose pages come first among equals."""
        return self.index.search(query, territory=territory, limit=limit)

    async def pages(self, ids: Sequence[str]) -> list[Page]:
        """The pages with these ids, in their order; unknown ids are left out."""
        async with self.db.read() as connection:
            return await records.read_pages(connection, ids)

    async def page(self, page_id: str) -> Page | None:
        """One page, None when there is no such id."""
        return next(iter(await self.pages([page_id])), None)

    @property
    def index_file(self) -> Path:
        """Where the search index is kept between starts: beside the database."""
        return self.db.path.with_name(self.db.path.name + ".index")
