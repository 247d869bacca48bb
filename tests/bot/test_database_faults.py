"""A database that takes no changes: people hear the truth, owners once, and it recovers alone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy import event

from bot.jobs import guard_database as guard
from directory.directory import Directory
from directory.store import sqlite
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker, Telegram

LIST = "Название\nВыдуманная школа № 1\n".encode()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a lock, nor the owners five seconds for the word."""
    monkeypatch.setattr(sqlite, "_PRAGMAS", (*sqlite._PRAGMAS, "PRAGMA busy_timeout = 100"))
    monkeypatch.setattr(guard, "LOOK_SECONDS", 0.05)


@pytest.fixture
def owner(people: People) -> Talker:
    """The owner."""
    return people(OWNER)


class ReadOnly:
    """Has SQLite refuse every change, as it does where the file may only be read."""

    def __init__(self, directory: Directory) -> None:
        self._is_on = True
        event.listen(directory.db._engine.sync_engine, "checkout", self._set)

    def _set(self, connection: Any, *_: object) -> None:
        connection.cursor().execute(f"PRAGMA query_only = {int(self._is_on)}")

    def end(self) -> None:
        """Changes are allowed again."""
        self._is_on = False


class Locked:
    """Another program writes and does not come to an end."""

    def __init__(self, directory: Directory) -> None:
        self._other = sqlite3.connect(directory.db.path, isolation_level=None)
        self._other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """It does."""
        with closing(self._other):
            self._other.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("begin", "said_to_people", "said_to_owners"),
    [
        (ReadOnly, "не могу ничего записать", "только для чтения"),
        (Locked, "занят", "Базу держит другая программа"),
    ],
    ids=["read-only", "locked"],
)
async def test_what_cannot_be_kept_is_said_and_is_kept_later(
    owner: Talker,
    citizen: Talker,
    directory: Directory,
    telegram: Telegram,
    begin: Callable[[Directory], ReadOnly | Locked],
    said_to_people: str,
    said_to_owners: str,
) -> None:
    card = await citizen.says("губернатор")
    fault = begin(directory)
    answers = len(telegram.calls)
    with pytest.raises(AssertionError, match="database refuses"):  # it is in the log, too
        await citizen.presses("Сохранить", on=card)
    with pytest.raises(AssertionError, match="database refuses"):
        await owner.sends_file(LIST, "список.csv")
    for person in (citizen.chat.id, OWNER):
        assert [said_to_people in text for text in _texts(telegram, person, answers)] == [True]
    assert not [text for text in _shown(telegram) if text.startswith("Читаю")]
    assert "Губернатор" in (await citizen.says("губернатор")).text  # search goes on

    guarding = asyncio.create_task(
        guard.guard_database(owner.bot, directory, owner.dispatcher["settings"])
    )
    await _until(lambda: _alarms(telegram, said_to_owners) == 1)
    await asyncio.sleep(0.5)
    assert _alarms(telegram, said_to_owners) == 1
    fault.end()
    await _until(lambda: _alarms(telegram, "снова принимает") == 1)
    guarding.cancel()
    await asyncio.gather(guarding, return_exceptions=True)
    await citizen.presses("Сохранить", on=card)
    assert "губернатор" in (await citizen.says("/saved")).text.lower()


def _texts(telegram: Telegram, person: int, since: int) -> list[str]:
    return [
        str(call.text)
        for call in telegram.calls[since:]
        if isinstance(call, SendMessage | EditMessageText) and call.chat_id == person
    ]


def _shown(telegram: Telegram) -> list[str]:
    """What stands in the chats in the end: of each message its last text."""
    last = {(m.chat.id, m.message_id): m.text or "" for m in telegram.shown}
    return list(last.values())


def _alarms(telegram: Telegram, words: str) -> int:
    return sum(
        words in call.text
        for call in telegram.calls
        if isinstance(call, SendMessage) and call.chat_id == OWNER
    )


async def _until(come: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
