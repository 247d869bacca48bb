"""The open directory: its database, and what is kept of it in memory for speed."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from directory import aside, links
from directory.at_hand import AtHand
from directory.language.lexicon import lexicon
from directory.links import LinkVerdict, Verifier
from directory.model import Page, Status, Territory
from directory.search import kept
from directory.search.answer import Answer, Verdict
from directory.search.building import Builder
from directory.search.index import Index
from directory.store import records, revisions
from directory.store.database import DEFAULT_URL, Database, DatabaseLostError
from directory.store.searched import (
    Touched,
    count_searched,
    searched,
    searched_of,
    territory_of,
    territory_rows,
    touched,
)
from directory.territories import Territories

REFRESH_SECONDS = 1.0
"""How often a running process looks for changes that others made; five seconds are promised."""


REBUILD_FROM = 2000
"""Changed records from which the index may be rebuilt; it is when they are a tenth of the pages,
too."""

_NICK = re.compile(r"[A-Za-z][\w.]{3,39}", re.ASCII)
"""What may be an account's nick and nothing else."""

log = logging.getLogger(__name__)


class Directory:
    """What the bot and the commands work with.

    `db` is the truth. `territories`, `categories`, the search index, the registry of `links` and
    what is `at_hand` are copies in memory that `refresh` brings up to the database's last revision,
    whoever made it.
    `region` names the region whose directory this is, "" the whole country's.
    """

    def __init__(self, db: Database, *, links: bool = True, region: str = "") -> None:
        self.db = db
        self.region = region
        self._with_links = links
        self.territories = Territories()
        self.categories: tuple[str, ...] = ()
        self.index = Index()
        self.links = Verifier()
        self.at_hand = AtHand()
        self.revision = -1
        self._stamp = ""
        self._refreshing = asyncio.Lock()

    @classmethod
    async def open(
        cls,
        url: str = DEFAULT_URL,
        *,
        links: bool = True,
        region: str = "",
        connections: int = 15,
    ) -> Directory:
        """Open the database (see `Database.open` for errors) and read what is kept in memory.

        Without `links` it starts at once, and `verify` knows of no account. `region` names the
        region whose directory this is, "" the whole country's.
        """
        db = await Database.open(url, connections=connections)
        directory = cls(db, links=links, region=region)
        await directory.refresh()
        return directory

    async def close(self) -> None:
        """Close the database."""
        await self.db.close()

    async def refresh(self) -> bool:
        """Catch up with the database; return whether anything had changed.

        Searches meanwhile are answered by the index as it was. The index is updated with the pages
        that changed, or rebuilt when they are many and kept in `index_file` for the next start. It
        is rebuilt, too, when it has fewer or more pages than the database. Raises
        `DatabaseLostError` while the database's file is missing.
        """
        async with self._refreshing:
            if await self.db.follow_file():
                log.warning("another database file was put in place: everything is read anew")
            async with self.db.read() as connection:
                last = await revisions.current(connection)
                continued = await self._continues(connection)
                await self.at_hand.follow_people(connection, anew=not continued)
                if continued and last == self.revision:
                    return False
                await self._catch_up(connection, last, continued=continued)
        return True

    async def _continues(self, connection: AsyncConnection) -> bool:
        """Whether the database still has the revision that is in memory: it may be another one."""
        known = self.revision
        return known >= 0 and await revisions.stamp(connection, known) == self._stamp

    async def _catch_up(self, connection: AsyncConnection, last: int, *, continued: bool) -> None:
        """Bring what is in memory to revision `last`, which the connection sees."""
        territories, index, since = self.territories, self.index, self.revision
        if not continued:
            territories = await self._read_territories(connection)
            index, since = await self._kept(connection, territories)
        many = max(REBUILD_FROM, index.pages // 10)
        found = await touched(connection, since, most=many - index.added) if since >= 0 else None
        if continued and (found is None or found.territories):
            territories = await self._read_territories(connection)
        changed = await _affected(connection, found, territories) if found else None
        whole = changed is None or len(changed) > many
        if changed is not None and not whole:
            around = index.affected(changed)
            pages = await searched_of(connection, around)
            index = await asyncio.to_thread(index.updated, around, pages, territories)
            if (there := await count_searched(connection)) != index.pages:
                log.warning(
                    "the search index has %d pages of %d: it is rebuilt", index.pages, there
                )
                whole = True
        if whole:
            index = await self._rebuilt(connection, last, territories)
        self.index, self.territories = index, territories
        self.categories = tuple(await records.read_categories(connection))
        if self._with_links:
            only = changed if continued and not whole else None
            self.links = await self._known_links(connection, only)
        self.at_hand.forget(changed if continued and not whole else None)
        self.revision, self._stamp = last, await revisions.stamp(connection, last)

    async def _read_territories(self, connection: AsyncConnection) -> Territories:
        rows = await territory_rows(connection)
        # The tree is made beside the event loop: it takes a while in a national directory.
        return await asyncio.to_thread(lambda: Territories(map(territory_of, rows)))

    async def _kept(
        self, connection: AsyncConnection, territories: Territories
    ) -> tuple[Index, int]:
        """The index kept from last time and its revision; -1 when there is none to be used."""
        built_from, _, language = (kept.built_from(self.index_file) or "").rpartition(" ")
        revision = re.match(r"\d{1,18} ", built_from)
        if language == lexicon().version and revision:
            number = int(revision[0])
            if built_from == await revisions.stamp(connection, number):
                segment = await asyncio.to_thread(kept.load, self.index_file)
                if segment is not None:
                    return Index(territories, (segment,)), number
        return Index(territories), -1

    async def _rebuilt(
        self, connection: AsyncConnection, revision: int, territories: Territories
    ) -> Index:
        if self.revision >= 0:  # people are answered meanwhile
            await self._reindex()
            async with self.db.read() as now:  # a later state is as good: what follows is added
                index, built_from = await self._kept(now, territories)
            if built_from >= revision:
                return index
        builder = Builder(territories, lexicon())
        async for pages in searched(connection):
            await asyncio.to_thread(builder.add, pages)
        segment = await asyncio.to_thread(builder.done)
        state = f"{await revisions.stamp(connection, revision)} {lexicon().version}"
        try:
            await asyncio.to_thread(kept.save, self.index_file, segment, state)
        except OSError as error:
            log.warning("the search index is not kept for the next start: %s", error)
        return Index(territories, (segment,))

    async def _reindex(self) -> None:
        """Have the index built and kept by another process. Without it things are but slower."""
        url = f"sqlite:///{self.db.path.resolve()}"
        child = aside.context.Process(target=_build_and_keep, args=(url,), daemon=True)
        try:
            await asyncio.to_thread(child.start)
        except OSError as error:
            log.warning("the process that builds the search index cannot be started: %s", error)
            return
        try:
            await asyncio.to_thread(child.join)
            if child.exitcode:
                log.warning("the process that builds the search index died: %s", child.exitcode)
        finally:
            child.kill()

    async def _known_links(self, connection: AsyncConnection, changed: set[str] | None) -> Verifier:
        """The registry of links with the pages that changed; a new one when they are many or all
        (None)."""
        if self.revision >= 0 and changed is not None and len(changed) <= REBUILD_FROM:
            pages = await records.read_pages(connection, sorted(changed))
            self.links.update(pages, changed - {page.id for page in pages})
            return self.links
        verifier = Verifier()
        begun = time.perf_counter()
        async for pages in records.page_batches(connection):
            verifier.update(pages)
            if self.revision >= 0:  # people are answered meanwhile, and have half of the time
                await asyncio.sleep(time.perf_counter() - begun)
                begun = time.perf_counter()
        return verifier

    async def watch(self) -> None:
        """Keep catching up until cancelled. Says once when the database's file is lost."""
        lost = False
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await self.refresh()
            except DatabaseLostError as error:
                if not lost:
                    log.error("%s", error)
                lost = True
            else:
                lost = False

    @property
    def home(self) -> Territory | None:
        """The territory of the region whose directory this is; None when it has none."""
        return self.territories.find(self.region, None) if self.region else None

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Search; pages of `territory`, the asker's own, come first among equals.

        Where the asker's is not known it is the directory's own region.
        """
        if territory is None and (home := self.home):
            territory = home.id
        answer = self.index.search(query, territory=territory, limit=limit)
        if answer.verdict in (Verdict.GUESS, Verdict.NONE) and _NICK.fullmatch(query.strip()):
            return self._by_nick(answer)
        return answer

    def _by_nick(self, answer: Answer) -> Answer:
        """The page whose account has what was typed for its nick, on any network; else `answer`."""
        nick = answer.query.strip()
        for host in ("vk.com", "t.me", "ok.ru", "max.ru"):
            link = self.links.verify(f"https://{host}/{nick}")
            if link.verdict is not links.Verdict.OFFICIAL or link.page is None:
                continue
            if hit := self.index.hit(link.page):
                return replace(answer, verdict=Verdict.FOUND, hits=(hit,), unknown=())
        return answer

    def explain(self, query: str, *, territory: int | None = None) -> str:
        """How a query was read, and what each rule gave for the first hits, in Russian."""
        if territory is None and (home := self.home):
            territory = home.id
        return self.index.explain(query, territory=territory)

    def verify(self, text: str) -> LinkVerdict:
        """The verdict on one link, an address in any form or `@nick`."""
        return self.links.verify(text)

    async def pages(self, ids: Sequence[str], *, retired: bool = False) -> list[Page]:
        """The pages with these ids, in their order; unknown ids are left out.

        Retired pages are left out too, unless `retired`.
        """
        found = await self.at_hand.pages(self.db, ids)
        return [page for page in found if retired or page.status is not Status.RETIRED]

    async def page(self, page_id: str) -> Page | None:
        """One page, None when there is no such id, or the page is retired."""
        return next(iter(await self.pages([page_id])), None)

    @property
    def index_file(self) -> Path:
        """Where the search index is kept between starts: beside the database."""
        return self.db.path.with_name(self.db.path.name + ".index")


def _build_and_keep(url: str) -> None:
    """A process's whole work: build the index of what the database has now, and keep it."""
    aside.step_back()

    async def work() -> None:
        directory = Directory(await Database.open(url), links=False)
        directory.index_file.unlink(missing_ok=True)
        await directory.refresh()
        await directory.close()

    asyncio.run(work())


async def _affected(
    connection: AsyncConnection, found: Touched, territories: Territories
) -> set[str]:
    """The pages that changed, and those whose territory or one above it did."""
    below = {each for number in found.territories for each in territories.subtree(number)}
    return found.pages.union(await records.pages_at(connection, below))
