"""The regular tasks as the process runs them: in time, once, and whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage
from sqlalchemy import select, update

from bot.i18n import Catalogues
from bot.jobs import schedule as tasks
from directory.directory import Directory
from directory.store.tables import tasks as table
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY
from tests.bot.person import Talker, Telegram

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def owner(people: People) -> Talker:
    """The owner."""
    return people(OWNER)


@asynccontextmanager
async def _running(owner: Talker, directory: Directory) -> AsyncIterator[None]:
    job = asyncio.create_task(tasks.run(owner.bot, directory, owner.dispatcher["settings"]))
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def _begun(directory: Directory) -> dict[str, datetime]:
    async with directory.db.read() as connection:
        rows = await connection.execute(select(table))
        return {row.name: row.begun_at for row in rows}


async def _soon(reached: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(500):
        if await reached():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to pass")


async def _make_due(directory: Directory) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=8)
    async with directory.db.write() as connection:
        # All but the check of links, which would go out to the Internet.
        others = update(table).where(table.c.name != "links")
        await connection.execute(others.values(begun_at=long_ago))


def _lists(telegram: Telegram) -> list[int | str]:
    return [
        call.chat_id
        for call in telegram.calls
        if isinstance(call, SendMessage) and LIBRARY.title in call.text
    ]


async def test_a_new_installation_sends_nothing_and_an_old_one_once(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    async def sent() -> bool:
        return bool(_lists(telegram))

    async with _running(owner, directory):
        await _soon(partial(_all_begun, directory))
    assert _lists(telegram) == []
    await _make_due(directory)
    for _restart in range(2):
        async with _running(owner, directory):
            await _soon(sent)
            await asyncio.sleep(0.2)
    assert _lists(telegram) == [OWNER]


async def test_one_who_cannot_be_reached_does_not_keep_the_list_from_others(
    people: People, directory: Directory, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = people(OWNER)
    settings = owner.dispatcher["settings"].model_copy(update={"admin_ids": frozenset({5, OWNER})})
    send = telegram.make_request

    async def failing(bot: Bot, method: SendMessage, **rest: Any) -> object:
        if method.chat_id == 5:
            raise TelegramNetworkError(method, "no route")
        return await send(bot, method, **rest)

    monkeypatch.setattr(telegram, "make_request", failing)
    with Catalogues().context():
        await tasks.weekly(owner.bot, directory, settings)
    assert _lists(telegram) == [OWNER]
    assert EDITOR not in _lists(telegram)


async def test_a_task_that_fails_ends_neither_itself_nor_the_others(
    owner: Talker,
    directory: Directory,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failures = []

    async def failing(*_: Any) -> None:
        failures.append(1)
        raise RuntimeError("made up")

    async def failed_twice() -> bool:
        if len(failures) == 1:
            await _make_due(directory)
        return len(failures) == 2

    async def sent() -> bool:
        return bool(_lists(telegram))

    monkeypatch.setattr(tasks, "answers", failing)
    monkeypatch.setattr(tasks, "_LOOK_SECONDS", 0.05)
    async with _running(owner, directory):
        await _soon(partial(_all_begun, directory))
        await _make_due(directory)
        await _soon(failed_twice)
        await _soon(sent)
    assert caplog.text.count("the regular task answers failed") == 2


async def _all_begun(directory: Directory) -> bool:
    return len(await _begun(directory)) == 9
