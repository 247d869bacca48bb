"""The real process when the file of its database is deleted or replaced."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from directory.store import copies
from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import ADMIN, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOVERNOR = "Губернатор Курганской области"


@pytest.fixture
def database(bot: Process) -> Path:
    """The database's file."""
    return bot.folder / "data" / "directory.sqlite3"


async def _told_owner(api: BotApi, words: str, since: int) -> None:
    """Wait until the owner is told, within a minute."""
    await api.wait(
        lambda c: c.params.get("chat_id") == str(ADMIN) and words in c.params.get("text", ""),
        since,
        seconds=60,
    )


async def test_a_deleted_file_is_said_and_taken_up_again(
    api: BotApi, bot: Process, database: Path, tmp_path: Path
) -> None:
    person = Person(api, 5_001)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    copies.backup(database, tmp_path / "copy.sqlite3")
    since = len(api.calls)
    await asyncio.to_thread(database.unlink)
    await _told_owner(api, "Файл базы удалён", since)
    assert "was deleted" in bot.log
    said = await person.says("/saved")
    assert "не читается" in said["text"]
    shutil.copy(tmp_path / "copy.sqlite3", database)
    await _told_owner(api, "снова на месте", since)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    told = [call for call in api.calls[since:] if call.params.get("chat_id") == str(ADMIN)]
    assert len(told) == 2
    assert bot.log.count("ERROR") == 1


async def test_a_replaced_file_is_said_and_read(
    api: BotApi, bot: Process, database: Path, tmp_path: Path
) -> None:
    copies.backup(database, tmp_path / "copy.sqlite3")
    (tmp_path / "copy.sqlite3").replace(database)
    async with asyncio.timeout(60):
        while "another database file was put in place" not in bot.log:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert GOVERNOR in (await Person(api, 5_002).says("губернатор"))["text"]


async def test_an_owner_gets_a_sound_copy_and_nobody_else_does(
    api: BotApi, bot: Process, database: Path, tmp_path: Path
) -> None:
    since = len(api.calls)
    await Person(api, ADMIN).writes("/backup")
    sent = await api.wait(lambda call: call.method == "sendDocument", since)
    ((name, data),) = sent.files.values()
    (tmp_path / name).write_bytes(data)
    copies.verify(tmp_path / name)
    assert (database.parent / "directory.sqlite3.backups" / name).read_bytes() == data
    since = len(api.calls)
    await Person(api, 5_003).says("/backup")
    assert not [call for call in api.calls[since:] if call.method == "sendDocument"]
