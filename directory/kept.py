"""The search index and the registry of links in files, kept between starts.

Both are caches of the database, rebuilt whenever the file does not match it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from directory import aside
from directory.language.lexicon import lexicon
from directory.links import kept as kept_links
from directory.links.verifier import Verifier
from directory.search import kept as kept_index
from directory.search.building import Builder
from directory.search.index import Index
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.searched import searched, territory_of, territory_rows
from directory.territories import Territories

log = logging.getLogger(__name__)

Loaded = TypeVar("Loaded")


class Kept:
    """The cache files of one database, in the folder `state`, by default beside it."""

    def __init__(self, db: Database, state: Path | None = None) -> None:
        self._url = db.url
        self.state = state or db.folder
        self.index_file = self.state / f"{db.file_name}.index"
        self.links_file = self.state / f"{db.file_name}.links"

    async def index(
        self, connection: AsyncConnection, territories: Territories
    ) -> tuple[Index, int]:
        """The cached index and its revision; -1 when there is no usable one."""
        built_from, _, language = kept_index.built_from(self.index_file).rpartition(" ")
        if language != lexicon().version:
            return Index(territories), -1
        number = await _revision(connection, built_from)
        segment = await _loaded(number, kept_index.load, self.index_file)
        return (Index(territories, (segment,)), number) if segment else (Index(territories), -1)

    async def links(self, connection: AsyncConnection) -> tuple[Verifier, int]:
        """The cached registry and its revision; -1 when there is no usable one."""
        number = await _revision(connection, kept_links.built_from(self.links_file))
        links = await _loaded(number, kept_links.load, self.links_file)
        return (links, number) if links else (Verifier(), -1)

    async def build_index(
        self, connection: AsyncConnection, territories: Territories, revision: int
    ) -> Index:
        """Build the index of what the connection sees, and cache it in the file."""
        builder = Builder(territories, lexicon())
        async for pages in searched(connection):
            await asyncio.to_thread(builder.add, pages)
        segment = await asyncio.to_thread(builder.done)
        state = f"{await revisions.stamp(connection, revision)} {lexicon().version}"
        try:
            await asyncio.to_thread(kept_index.save, self.index_file, segment, state)
        except OSError as error:
            log.warning("the search index is not kept for the next start: %s", error)
        return Index(territories, (segment,))

    async def build_links(
        self, connection: AsyncConnection, revision: int, *, in_use: bool
    ) -> Verifier:
        """Build the registry of what the connection sees, and cache it in the file.

        `in_use`: people are answered meanwhile, so half of the time is left to them.
        """
        links = Verifier()
        begun = time.perf_counter()
        async for pages in records.page_batches(connection):
            links.update(pages)
            if in_use:  # others have half of the time
                await asyncio.sleep(time.perf_counter() - begun)
                begun = time.perf_counter()
        stamp = await revisions.stamp(connection, revision)
        try:
            await asyncio.to_thread(kept_links.save, self.links_file, links, stamp)
        except OSError as error:
            log.warning("the registry of links is not kept for the next start: %s", error)
            return links
        # What is mapped takes a fraction of the memory of what was built.
        return await asyncio.to_thread(kept_links.load, self.links_file) or links

    def age(self) -> float:
        """Seconds since the index file was written; 0 when there is none."""
        try:
            return time.time() - self.index_file.stat().st_mtime
        except OSError:
            return 0.0

    async def build_apart(self) -> bool:
        """Build both caches in another process; return whether it succeeded. This is only an
        optimisation."""
        # Not with multiprocessing, which would run the caller's main module again. The address is
        # not an argument: everybody on the machine can see those.
        paths = os.pathsep.join(filter(None, sys.path))
        environment = {**os.environ, "PYTHONPATH": paths, "DATABASE_URL": self._url}
        try:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __spec__.name, str(self.state)), env=environment
            )
        except OSError as error:
            log.warning("the process that builds the search index cannot be started: %s", error)
            return False
        try:
            if died := await child.wait():
                log.warning("the process that builds the search index died: %s", died)
            return not died
        finally:
            if child.returncode is None:
                child.kill()


async def read_territories(connection: AsyncConnection) -> Territories:
    """All territories as a tree, made in a thread: a national one takes a while."""
    rows = await territory_rows(connection)
    return await asyncio.to_thread(lambda: Territories(map(territory_of, rows)))


def _build_and_keep(url: str, state: Path) -> None:
    """The child process: build and cache the index and the registry of the current state."""
    aside.step_back()

    async def work() -> None:
        async with await Database.open(url) as db, db.read() as connection:
            kept = Kept(db, state)
            revision = await revisions.current(connection)
            territories = await read_territories(connection)
            await kept.build_index(connection, territories, revision)
            await kept.build_links(connection, revision, in_use=False)

    asyncio.run(work())


async def _revision(connection: AsyncConnection, built_from: str) -> int:
    """The revision that a cache was built from; -1 when it is not of this database."""
    found = re.match(r"\d{1,18} ", built_from)
    if found and built_from == await revisions.stamp(connection, number := int(found[0])):
        return number
    return -1


async def _loaded(number: int, load: Callable[[Path], Loaded | None], file: Path) -> Loaded | None:
    return await asyncio.to_thread(load, file) if number >= 0 else None


if __name__ == "__main__":
    _build_and_keep(os.environ["DATABASE_URL"], Path(sys.argv[1]))
