"""A cache of what almost every answer needs, to avoid database queries.

Only `Directory.refresh` invalidates it. Nothing here grants rights: that somebody is no editor or
has saved no page saves a query, the opposite is checked in the database.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Page
from directory.store import homes, listing, records, saving, staff
from directory.store.database import Database
from directory.store.statistics import Statistics, statistics

Counted = TypeVar("Counted")

MOST = 4_000
"""Pages that are kept, about 10 MB: the directory of a region as a whole."""

_SLACK = timedelta(minutes=2)
"""How long after its timestamp a row may be committed: writers may wait."""

_ReadPeople = Callable[
    [AsyncConnection, datetime | None], Awaitable[tuple[set[int], datetime | None]]
]
"""Who is in a table since a moment, or at all; and the last moment of these."""


class _People:
    """Those who were seen in a table that keeps when, read from where the last reading ended."""

    def __init__(self, read: _ReadPeople) -> None:
        self._read = read
        self._until: datetime | None = None
        self.seen: set[int] = set()

    async def follow(self, connection: AsyncConnection, *, anew: bool) -> None:
        """Learn who is new, or (`anew`) who there is."""
        if anew:
            self.seen, self._until = set(), None
        new, last = await self._read(connection, self._until and self._until - _SLACK)
        self.seen |= new
        self._until = last or self._until


class AtHand:
    """Pages that were read lately, figures of the directory, and who may be of the staff, may have
    saved pages or named a territory.

    `owners` are those of the database, for alarms: they are told even when it is out of reach.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._figures: dict[Hashable, Any] = {}
        self._times_forgotten = 0
        self._staff = frozenset[int]()
        self.owners = frozenset[int]()
        self._savers = _People(saving.savers)
        self._housed = _People(homes.persons)

    def may_be_staff(self, person: int) -> bool:
        """Whether the person may be an owner or editor; False is certain."""
        return person in self._staff

    def may_have_saved(self, person: int) -> bool:
        """Whether the person may have saved a page; False is certain."""
        return person in self._savers.seen

    def may_have_home(self, person: int) -> bool:
        """Whether the person may have chosen a territory or been asked; False is certain."""
        return person in self._housed.seen

    async def pages(self, db: Database, ids: Sequence[str]) -> list[Page]:
        """The pages with these ids, in their order, each once; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = {key: page for key in wanted if (page := self._pages.get(key))}
        if len(found) < len(wanted):
            found |= await self._read(db, [key for key in wanted if key not in found])
        for key in found.keys() & self._pages.keys():
            self._pages.move_to_end(key)
        return [found[key] for key in wanted if key in found]

    async def counts(self, db: Database) -> Counter[tuple[int | None, str]]:
        """How many pages there are by territory and category, see `listing.counts`."""
        return await self._once("counts", db, listing.counts)

    async def statistics(
        self, db: Database, today: date, within: Collection[int] | None = None
    ) -> Statistics:
        """What the directory has and what it lacks."""

        async def count(connection: AsyncConnection) -> Statistics:
            return await statistics(connection, today, within)

        where = None if within is None else tuple(within)
        return await self._once(("statistics", today, where), db, count)

    async def _once(
        self, name: Hashable, db: Database, count: Callable[[AsyncConnection], Awaitable[Counted]]
    ) -> Counted:
        """A result that is computed once per revision."""
        if name in self._figures:
            found: Counted = self._figures[name]
            return found
        times_forgotten = self._times_forgotten
        async with db.read() as connection:
            found = await count(connection)
        if times_forgotten == self._times_forgotten:
            self._figures[name] = found
        return found

    async def _read(self, db: Database, ids: Sequence[str]) -> dict[str, Page]:
        """These pages and those that they refer to, which a card names."""
        times_forgotten = self._times_forgotten
        read: dict[str, Page] = {}
        async with db.read() as connection:
            wanted: Iterable[str] = ids
            while wanted:
                pages = await records.read_pages(connection, sorted(wanted))
                read |= {page.id: page for page in pages}
                near = {other for page in pages for other in (page.parent, page.successor)}
                wanted = near - read.keys() - self._pages.keys() - {""}
        if times_forgotten == self._times_forgotten:  # else it may be older than what was forgotten
            self._pages |= read
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return read

    def forget(self, changed: Iterable[str] | None) -> None:
        """Invalidate these pages (None: all), and all counts."""
        self._times_forgotten += 1
        self._figures.clear()
        if changed is None:
            self._pages.clear()
        else:
            for key in changed:
                self._pages.pop(key, None)

    async def follow_people(self, connection: AsyncConnection, *, anew: bool) -> None:
        """Update who is on the staff, and who has saved pages or chosen a territory; `anew` reads
        all of them again."""
        members, owners = await staff.persons(connection)
        self._staff, self.owners = frozenset(members), frozenset(owners)
        for people in (self._savers, self._housed):
            await people.follow(connection, anew=anew)
