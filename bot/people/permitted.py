"""What editors and owners may do: judged in the database, in the transaction that does it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple

from aiogram import Bot
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.fields import link_by
from bot.people.names import names_of
from bot.settings import Settings
from directory.directory import Directory
from directory.model import Link, Page, Status
from directory.rights import Rights, Role
from directory.store import records, staff
from directory.territories import Territories


class NotPermittedError(Exception):
    """Why it cannot be done, to stand after “It cannot be done:”.

    Handlers let it pass: the person is told in one place (`bot.routers.stale`), and nothing of the
    transaction that it ends is kept.
    """


class Work(NamedTuple):
    """A transaction of one of the staff, and their rights as it sees them."""

    connection: AsyncConnection
    rights: Rights
    territories: Territories

    async def page(self, page: str, *, retired: bool = False) -> Page:
        """Return the page, which is theirs to change; see `target`."""
        return (await self.target(page, retired=retired))[0]

    async def target(
        self, page: str, key: str = "", *, retired: bool = False
    ) -> tuple[Page, Link | None]:
        """Return the page, and the link that `key` names unless it is "".

        A page that left the directory counts only when `retired`. Raises `NotPermittedError` when
        there is none such any more, or it is not this person's to change.
        """
        found = await records.read_pages(self.connection, [page])
        link = link_by(found[0], key) if found and key else None
        left = bool(found) and found[0].status is Status.RETIRED and not retired
        if not found or left or (key and link is None):
            raise NotPermittedError(
                _("this page or link is in the directory no longer, the list has changed")
            )
        if not self.rights.may(found[0], self.territories):
            text = _("the page “{title}” is outside your rights; you are entrusted with: {scope}")
            scope = self.rights.scope.words(self.territories)
            raise NotPermittedError(text.format(title=found[0].title, scope=scope))
        return found[0], link


@dataclass(frozen=True, slots=True)
class Office:
    """The directory as one of the staff works on it, who came with these `rights`."""

    directory: Directory
    settings: Settings
    bot: Bot
    person: int
    rights: Rights
    role: Role
    """What the conversation needs."""

    def may(self, page: Page) -> bool:
        """Whether the page is theirs to change, by the rights with which they came."""
        return self.rights.may(page, self.directory.territories)

    async def names(self, people: Iterable[int | None]) -> dict[int, str]:
        """Return what people are called, by their numeric ids: see `names_of`."""
        return await names_of(self.bot, self.rights, people)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """A transaction that only reads. Raises `NotPermittedError` when they have the role no
        longer."""
        async with self.directory.db.read() as connection:
            yield await self._work(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        """A transaction, after which the directory in memory is brought up to date; else as `read`.

        Handlers write by somebody's right in no other way. An import and an undo, which take long,
        judge rights by themselves.
        """
        async with self.directory.db.write() as connection:
            yield await self._work(connection)
        await self.directory.refresh()

    async def _work(self, connection: AsyncConnection) -> Work:
        now = await staff.current(connection, self.rights)
        if now.role < self.role:
            raise NotPermittedError(_("your rights were taken away meanwhile"))
        return Work(connection, now, self.directory.territories)
