"""Everybody who may try something at the office's door, and what there is to try it on.

An *attempt* is a message's fields or a button's data, made for one person; a *persona* delivers it
as the genuine person would, or as somebody who is not that person here and now.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Chat, Message, MessageOriginHiddenUser, User
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.terminal.loopback import BOT
from directory.changes import page_record, territory_change
from directory.directory import Directory
from directory.editing.quarantine import hide, remove
from directory.model import Action, Change, Link, Origin, Page, PageLink, Territory
from directory.reports import ReportKind
from directory.rights import Scope
from directory.store import drafts, keepers, reports, revisions, staff, waiting_files
from tests.bot.person import Telegram

OWNER, COLLEAGUE, EDITOR, FOREIGN, APPOINTED, EXPIRED, CITIZEN = 7, 8, 21, 22, 23, 24, 1000
OWNERS = frozenset({OWNER, COLLEAGUE})
REGION, NORTH, SOUTH = 1, 2, 3
CATEGORY = "Образование"
_PERSONAL = ("drafts", "pending_imports")
_GROUP, _CHANNEL, _ANONYMOUS = -100, -200, 1087968824

_NOW = datetime.now(UTC)
_NUMBERS = count(10_000)
# Beyond those that Telegram gives out itself.


@dataclass(frozen=True)
class Attempt:
    """A message's fields, or the data of a pressed button on a message with these fields."""

    fields: dict[str, Any] = field(default_factory=dict)
    data: CallbackData | None = None


def says(text: str, **fields: Any) -> Attempt:
    """The attempt of a message."""
    return Attempt({"text": text, **fields})


def presses(data: CallbackData) -> Attempt:
    """The attempt of a press."""
    return Attempt(data=data)


@dataclass(frozen=True)
class Persona:
    """Who delivers an attempt that was made for the person `of`, and how.

    `by` and `chat` are whose update it is and where, those of the person when None. `fields` are
    added to a message, `kind` is the update's for messages; `presses` and `writes` tell which
    attempts can be delivered so.
    """

    name: str
    of: int = OWNER
    by: User | None = None
    chat: Chat | None = None
    kind: str = "message"
    fields: dict[str, Any] = field(default_factory=dict)
    presses: bool = True
    writes: bool = True

    def can(self, attempt: Attempt) -> bool:
        """Whether the attempt can be delivered so."""
        return self.presses if attempt.data else self.writes

    def update(self, attempt: Attempt) -> dict[str, Any]:
        """The attempt as an update's event."""
        by = self.by or User(id=self.of, is_bot=False, first_name="Имя", language_code="ru")
        chat = self.chat or Chat(id=self.of, type="private")
        number = next(_NUMBERS)
        if attempt.data is None:
            message = Message(
                message_id=number,
                date=_NOW,
                chat=chat,
                from_user=by,
                **{**attempt.fields, **self.fields},
            )
            return {self.kind: message}
        shown = {"text": "…", **attempt.fields}
        pressed = Message(message_id=number, date=_NOW, chat=chat, from_user=BOT, **shown)
        data = attempt.data.pack()
        press = CallbackQuery(
            id=str(number), from_user=by, chat_instance="1", message=pressed, data=data
        )
        return {"callback_query": press}


def _user(number: int, *, is_bot: bool = False) -> User:
    return User(id=number, is_bot=is_bot, first_name="Имя", language_code="ru")


GENUINE = (
    Persona("owner"),
    Persona("appointed owner", APPOINTED),
    Persona("editor", EDITOR),
    Persona("expired editor", EXPIRED),
    Persona("foreign editor", FOREIGN),
    Persona("citizen", CITIZEN),
)
"""Everybody in their own chat."""

FORGED = (
    Persona(
        "anonymous group administrator",
        by=_user(_ANONYMOUS, is_bot=True),
        chat=Chat(id=_GROUP, type="supergroup"),
        fields={"sender_chat": Chat(id=_GROUP, type="supergroup")},
    ),
    Persona("owner in a group", by=_user(OWNER), chat=Chat(id=_GROUP, type="supergroup")),
    Persona(
        "owner forwarding",
        fields={"forward_origin": MessageOriginHiddenUser(date=_NOW, sender_user_name="Кто-то")},
        presses=False,
    ),
    Persona("owner through a bot", fields={"via_bot": BOT}, presses=False),
    Persona("owner editing", fields={"edit_date": 1}, kind="edited_message", presses=False),
    Persona(
        "channel post", kind="channel_post", chat=Chat(id=_CHANNEL, type="channel"), presses=False
    ),
    Persona("another's button", by=_user(CITIZEN), chat=Chat(id=OWNER, type="private")),
    Persona(
        "a colleague in the owner's chat", by=_user(COLLEAGUE), chat=Chat(id=OWNER, type="private")
    ),
)
"""Those who are not who they seem; what they try was made for the owner."""

BORROWING = Persona("colleague", by=_user(COLLEAGUE), chat=Chat(id=COLLEAGUE, type="private"))
"""Another owner in their own chat, with what was made for the owner: a draft, a file."""


@dataclass
class Scene:
    """A small made-up directory, and fresh things in it to try an act on."""

    directory: Directory
    bot: Bot
    telegram: Telegram

    def __post_init__(self) -> None:
        self._watcher = sqlite3.connect(self.directory.db.path)
        self._version = -1
        self._kept: dict[str, list[Any]] = {}

    async def set_up(self) -> None:
        """Two okrugs of a region with an editor each, an owner in the database, a former editor."""
        okrugs = {NORTH: "Северный муниципальный округ", SOUTH: "Южный муниципальный округ"}
        tree = [Territory(REGION, "Выдуманная область")]
        tree += [Territory(number, name, REGION) for number, name in okrugs.items()]
        made = [territory_change(None, t) for t in tree]
        made.append(Change("category", CATEGORY, None, {"name": CATEGORY}))
        async with self.directory.db.write() as connection:
            await revisions.apply(connection, made, Origin(Action.SEED))
        await self.directory.refresh()
        for person, number in ((EDITOR, NORTH), (FOREIGN, SOUTH)):
            await self.appoint(person, Scope(territory=number))
        await self.appoint(EXPIRED, Scope())
        async with self.directory.db.write() as connection:
            await staff.limit(connection, EXPIRED, date(2026, 1, 1), by=OWNER)
            await self._make_owner(connection, APPOINTED)

    async def _make_owner(self, connection: AsyncConnection, person: int) -> None:
        await staff.join(connection, person, "", by=OWNER)
        await staff.offer(connection, person, by=OWNER)
        member = await staff.get(connection, person)
        assert member is not None
        assert await staff.answer_offer(connection, member, date(2026, 1, 1), accepted=True)

    async def appoint(self, person: int, scope: Scope) -> None:
        """Make somebody an editor."""
        async with self.directory.db.write() as connection:
            await staff.appoint(*(connection, person, scope), by=OWNER)

    def newcomer(self) -> int:
        """Somebody who is nobody yet."""
        return 5_000_000 + next(_NUMBERS)

    async def someone(self) -> int:
        """A new editor of everything."""
        person = self.newcomer()
        await self.appoint(person, Scope())
        return person

    async def page(self) -> str:
        """A new page of the northern okrug."""
        return (await self.made())[0]

    async def made(self) -> tuple[str, int]:
        """A new page of the northern okrug, and the revision that made it."""
        key = f"page-{next(_NUMBERS)}"
        link = Link("vk", "name", f"made_up_{key.replace('-', '_')}")
        page = Page(key, f"Школа {key}", territory=NORTH, links=(PageLink("vk", link),))
        change = Change("page", key, None, page_record(page))
        async with self.directory.db.write() as connection:
            return key, await revisions.apply(connection, [change], Origin(Action.IMPORT))

    async def kept(self) -> tuple[str, int]:
        """A new page of the northern okrug, and who runs it."""
        page, person = await self.page(), self.newcomer()
        async with self.directory.db.write() as connection:
            await keepers.add(connection, person, page, _NOW)
        return page, person

    async def land(self) -> int:
        """A new okrug without pages."""
        number = 1_000 + next(_NUMBERS)
        place = Territory(number, f"Новый-{number} муниципальный округ", REGION)
        async with self.directory.db.write() as connection:
            made = [territory_change(None, place)]
            await revisions.apply(connection, made, Origin(Action.SEED))
        await self.directory.refresh()
        return number

    async def hidden(self) -> str:
        """A new page of the northern okrug, hidden."""
        page = await self.page()
        async with self.directory.db.write() as connection:
            await hide(connection, page, "проба", OWNER)
        return page

    async def gone(self) -> str:
        """A new page of the northern okrug, taken out."""
        page = await self.page()
        async with self.directory.db.write() as connection:
            await remove(connection, page, "проба", OWNER)
        return page

    async def report(self) -> int:
        """A report of a new page of the northern okrug."""
        page = await self.page()
        async with self.directory.db.write() as connection:
            _, number = await reports.add(
                connection, ReportKind.DEAD, 10_000 + next(_NUMBERS), "ru", _NOW, page=page
            )
        return number

    async def draft(self, person: int, **cells: str) -> str:
        """The person's edit of a new page of the northern okrug."""
        page = await self.page()
        async with self.directory.db.write() as connection:
            draft = await drafts.begin(connection, person, page, cells)
            now = await revisions.current(connection)
            await drafts.keep(connection, replace(draft, revision=now))
        return draft.id

    async def file(self, person: int) -> str:
        """A file of the person's with a new page of the northern okrug."""
        async with self.directory.db.write() as connection:
            now = await revisions.current(connection)
            return await waiting_files.keep(connection, person, "проба.csv", self.csv(), now)

    def csv(self) -> bytes:
        """A list with one new page of the northern okrug."""
        row = f"Клуб {next(_NUMBERS)};Выдуманная область;Северный муниципальный округ"
        return f"Название;Регион;Территория\r\n{row}\r\n".encode()

    async def asked(self, person: int, question: str, about: str) -> Message:
        """A question of the bot's."""
        text = f"<b>{question}</b>\n\n<code>{about}</code>"
        sent: Message = await self.bot(SendMessage(chat_id=person, text=text))
        return sent

    def state(self, actor: int) -> dict[str, list[Any]]:
        """All that is kept, but for the actor's own drafts and files: what an act may not touch."""
        (version,) = self._watcher.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            names = self._watcher.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in names.fetchall():
                self._kept[name] = self._watcher.execute(f"SELECT * FROM {name}").fetchall()
            self._version = version
        own = {name: [row for row in self._kept[name] if actor not in row] for name in _PERSONAL}
        return {**self._kept, **own}

    def close(self) -> None:
        """Look no more."""
        self._watcher.close()
