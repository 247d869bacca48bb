"""The real process on a disk that becomes full: it says so, and goes on when there is room."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.person import Person, buttons
from tests.e2e.process import ADMIN, Process

GOVERNOR = "Губернатор Курганской области"
SIZE = 24 * 2**20


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = await asyncio.create_subprocess_exec(
        *("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)),
        stderr=asyncio.subprocess.DEVNULL,
    )
    if await mounted.wait():
        pytest.skip("needs the right to mount a disk")
    yield folder
    await (await asyncio.create_subprocess_exec("umount", "-l", str(folder))).wait()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server of the test's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


def _fill(folder: Path) -> None:
    with (folder / "filling").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (2**20, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size) == size:
                    pass


async def test_a_full_disk_is_told_and_outlived(api: BotApi, tmp_path: Path, disk: Path) -> None:
    url = f"sqlite:///{disk / 'directory.sqlite3'}"
    bot = await Process.start(tmp_path, api, DATABASE_URL=url)
    person, owner = Person(api, 5_001), Person(api, ADMIN)
    card = await person.says("губернатор")
    _fill(disk)
    since = len(api.calls)
    (save,) = [b for b in buttons(card) if b["text"] == "Сохранить"]
    said = await person.presses(card, save["text"])
    assert "не могу ничего записать" in said["text"]
    said = await owner.sends_file("список.csv", "Название\nВыдуманная школа\n".encode())
    assert "не могу ничего записать" in said["text"]
    assert GOVERNOR in (await Person(api, 5_002).says("губернатор"))["text"]
    await api.wait(
        lambda c: c.params.get("chat_id") == str(ADMIN) and "Диск заполнен" in str(c.params), since
    )
    assert "SQLITE_FULL" in bot.log
    os.truncate(disk / "filling", 0)
    await api.wait(
        lambda c: c.params.get("chat_id") == str(ADMIN) and "снова принимает" in str(c.params),
        since,
        seconds=30,
    )
    card = await person.says("губернатор")
    assert "не могу" not in (await person.presses(card, save["text"]))["text"]
    told = [c for c in api.calls[since:] if "Диск заполнен" in str(c.params.get("text"))]
    assert len(told) == 1
    started = r"Official pages \S+: database \S+, \d+ pages, revision \d, region Курганская"
    assert re.search(started, bot.log)
    at = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00"
    assert re.search(rf"(?m)^{at} (?:DEBUG|INFO) .*message: handled, \d+ ms$", bot.log)
    assert await bot.stop() == 0
