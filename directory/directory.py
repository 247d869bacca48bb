"""The open directory: its database and the caches of it in memory."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.at_hand import AtHand
from directory.kept import Kept, read_territories
from directory.links import LinkVerdict
from directory.links.verifier import Verifier
from directory.model import Page, Status, Territory
from directory.search.answer import Answer, SearchVerdict
from directory.search.asker import answer_near
from directory.search.index import Index
from directory.store import records, revisions
from directory.store.batches import batches
from directory.store.database import DEFAULT_URL, Database
from directory.store.searched import (
    TouchedKeys,
    count_searched,
    searched_of,
    touched,
)
from directory.territories import Territories

REBUILD_FROM = 2000
"""Changed records from which the index is rebuilt, if they are a tenth of the pages as well."""

_NICK = re.compile(r"[A-Za-z][\w.]{3,39}", re.ASCII)
"""What may be an account's nick and nothing else."""

LARGE = 50_000
"""Pages from which the index is built by another process even at the start."""

log = logging.getLogger(__name__)


class Directory:
    """What the bot and the commands work with.

    `db` is the source of truth. `territories`, `categories`, the search index, the registry of
    `links` and what is `at_hand` are caches in memory; `refresh` updates them to the last revision,
    which any process may have made.
    `region` names the region whose directory this is, "" the whole country's; `home` is its
    territory, None when the directory has none.
    """

    def __init__(
        self,
        db: Database,
        *,
        links: bool = True,
        region: str = "",
        state: Path | None = None,
    ) -> None:
        self.db = db
        self.region = region
        self._with_links = links
        self.territories = Territories()
        self.home: Territory | None = None
        self.categories: tuple[str, ...] = ()
        self.index = Index()
        self.links = Verifier()
        self.at_hand = AtHand()
        self.kept = Kept(db, state)
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
        state: Path | None = None,
    ) -> Directory:
        """Open the database (see `Database.open` for errors) and read what is kept in memory.

        Without `links` it starts at once, and `verify` knows of no account. `region` names the
        region whose directory this is, "" the whole country's; `state` the folder of the kept
        index, by default that of the database.
        """
        db = await Database.open(url, connections=connections)
        directory = cls(db, links=links, region=region, state=state)
        await directory.refresh()
        return directory

    @property
    def backups_of(self) -> Path:
        """The path that the dated copies are stored beside and named after."""
        return self.db.path if self.db.is_file else self.kept.state / self.db.file_name

    async def close(self) -> None:
        """Close the database."""
        await self.db.close()

    async def refresh(self) -> bool:
        """Update the caches to the database; return whether anything had changed.

        Until then searches use the old index. The new one has the changed pages added, or is
        rebuilt when they are many or their number does not match the database. Raises
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
        """Whether the revision in memory is still one of this database, which may be replaced."""
        known = self.revision
        return known >= 0 and await revisions.stamp(connection, known) == self._stamp

    async def _catch_up(self, connection: AsyncConnection, last: int, *, continued: bool) -> None:
        """Update the caches to revision `last`, which the connection sees."""
        territories, index, links, since = self.territories, self.index, self.links, self.revision
        if not continued:
            territories = await read_territories(connection)
            index, since = await self.kept.index(connection, territories)
            if self._with_links:
                links, built_from = await self.kept.links(connection)
                since = min(since, built_from)
        many = max(REBUILD_FROM, index.pages // 10)
        found = await touched(connection, since, most=many - index.added) if since >= 0 else None
        if continued and (found is None or found.territories):
            territories = await read_territories(connection)
        changed = await _affected(connection, found, territories) if found else None
        if changed is not None and len(changed) <= many:
            index = await _updated(connection, index, changed, territories)
            if self._with_links:
                await self._update_links(connection, links, changed)
            if not await self._is_whole(connection, index, links):
                changed = None
        else:
            changed = None
        if changed is None:
            index, links = await self._rebuilt(connection, last, territories)
        self.index, self.territories, self.links = index, territories, links
        # The names of other territories are not looked at.
        regions = Territories(territories.children(None))
        self.home = regions.find(self.region, None) if self.region else None
        self.categories = tuple(await records.read_categories(connection))
        self.at_hand.forget(changed if continued else None)
        self.revision, self._stamp = last, await revisions.stamp(connection, last)

    async def _update_links(
        self, connection: AsyncConnection, links: Verifier, changed: set[str]
    ) -> None:
        """Update the changed pages in the registry, a few at a time."""
        ids = sorted(changed)
        for batch in batches(ids, records.AT_ONCE):
            begun = time.perf_counter()
            pages = await records.read_pages(connection, batch)
            links.update(pages, set(batch) - {page.id for page in pages})
            if self.revision >= 0 and len(ids) > records.AT_ONCE:  # others have half of the time
                await asyncio.sleep(time.perf_counter() - begun)

    async def _is_whole(self, connection: AsyncConnection, index: Index, links: Verifier) -> bool:
        """Whether the caches have as many pages as the database; logs a warning if not."""
        there = {"search index": (index.pages, await count_searched(connection))}
        if self._with_links:
            there["registry of links"] = (links.pages, await records.count_pages(connection))
        for what, (known, all_of_them) in there.items():
            if known != all_of_them:
                log.warning("the %s has %d pages of %d: it is rebuilt", what, known, all_of_them)
        return all(known == all_of_them for known, all_of_them in there.values())

    async def _rebuilt(
        self, connection: AsyncConnection, revision: int, territories: Territories
    ) -> tuple[Index, Verifier]:
        in_use = self.revision >= 0
        index, index_of, links, links_of = Index(territories), -1, Verifier(), -1
        if in_use or await records.count_pages(connection) > LARGE:
            # In another process: this one stays responsive, and its memory would never shrink.
            await self.kept.build_apart()
            async with self.db.read() as now:  # a later revision will do: the rest is added
                index, index_of = await self.kept.index(now, territories)
                if self._with_links:
                    links, links_of = await self.kept.links(now)
        if index_of < revision:
            index = await self.kept.build_index(connection, territories, revision)
        if links_of < revision and self._with_links:
            links = await self.kept.build_links(connection, revision, in_use=in_use)
        return index, links

    async def renew(self) -> None:
        """Replace index and registry by ones that another process builds: the pages added since the
        last build take more memory, and time at each search and at the next start."""
        if not await self.kept.build_apart():
            return
        async with self._refreshing, self.db.read() as connection:
            last = await revisions.current(connection)
            await self._catch_up(connection, last, continued=False)

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Search near the asker's `territory`, by default the directory's region (`answer_near`).

        What can only be a nick is looked for among the accounts, too.
        """
        if territory is None and self.home:
            territory = self.home.id
        answer = answer_near(self.index, query, territory, limit)
        if _NICK.fullmatch(nick := query.strip()) and (
            "_" in nick or answer.verdict in (SearchVerdict.GUESS, SearchVerdict.NONE)
        ):
            return self._by_nick(answer)
        return answer

    def _by_nick(self, answer: Answer) -> Answer:
        """The page with an account of this nick on any network; else `answer`."""
        nick = answer.query.strip()
        for host in ("vk.com", "t.me", "ok.ru", "max.ru"):
            link = self.links.verify(f"https://{host}/{nick}")
            if link.verdict is not links.Verdict.OFFICIAL or link.page is None:
                continue
            if hit := self.index.hit(link.page):
                return Answer(answer.query, SearchVerdict.FOUND, (hit,))
        return answer

    def explain(self, query: str, *, territory: int | None = None) -> str:
        """How a query was read, and what each rule gave for the first hits, in Russian."""
        if territory is None and self.home:
            territory = self.home.id
        return self.index.explain(query, territory=territory)

    def verify(self, text: str) -> LinkVerdict:
        """The verdict on one link, an address in any form or `@nick`."""
        return self.links.verify(text)

    @property
    def has_links(self) -> bool:
        """Whether the registry of links is in memory."""
        return self._with_links and self.revision >= 0

    async def pages(self, ids: Sequence[str], *, retired: bool = False) -> list[Page]:
        """The pages with these ids, in their order, each once; unknown ids are left out.

        The id of a merged page leads to the page that it was merged into. Retired pages are left
        out too, unless `retired`. They show no link that `verify` warns of.
        """
        found = await self.at_hand.pages(self.db, ids)
        if any(page.merged_into for page in found):
            led = [page.merged_into or page.id for page in found]
            found = await self.at_hand.pages(self.db, led)
        shown = [page for page in found if retired or page.status is not Status.RETIRED]
        return [self.links.as_shown(page) for page in shown]

    async def page(self, page_id: str) -> Page | None:
        """One page, None when there is no such id, or the page is retired."""
        return next(iter(await self.pages([page_id])), None)


async def _updated(
    connection: AsyncConnection, index: Index, changed: set[str], territories: Territories
) -> Index:
    around = index.affected(changed)
    pages = await searched_of(connection, around)
    return await asyncio.to_thread(index.updated, around, pages, territories)


async def _affected(
    connection: AsyncConnection, found: TouchedKeys, territories: Territories
) -> set[str]:
    """The pages that changed, and those whose territory or one above it did."""
    below = {each for number in found.territories for each in territories.subtree(number)}
    return found.pages.union(await records.pages_at(connection, below))
