"""What keeps the bot running, and what lets it stop: the parts that need no process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from aiogram.types import Update

from bot.process import run as running
from bot.process.run import Running, keep_fresh
from directory.directory import Directory
from directory.model import Action, Change, Origin
from directory.store import revisions

UPDATE = Update(update_id=1)


async def test_running_handlers_are_waited_for() -> None:
    finished = []

    async def handler(_event: Any, _data: dict[str, Any]) -> None:
        await asyncio.sleep(0.05)
        finished.append("handled")

    kept = Running()
    task = asyncio.create_task(kept(handler, UPDATE, {}))
    await kept.finish()
    assert finished == ["handled"]
    assert task.done()


async def test_a_handler_that_hangs_does_not_hold_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(running, "SHUTDOWN_SECONDS", 0.05)

    async def handler(_event: Any, _data: dict[str, Any]) -> None:
        await asyncio.sleep(60)

    kept = Running()
    task = asyncio.create_task(kept(handler, UPDATE, {}))
    async with asyncio.timeout(5):
        await kept.finish()
    assert "did not finish" in caplog.text
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_failed_look_at_the_database_is_repeated(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(running, "_WATCH_PAUSE", 0)
    monkeypatch.setattr("directory.directory.REFRESH_SECONDS", 0.01)
    directory = await Directory.open(database_url)
    refresh, failures = directory.refresh, iter([OSError("disk")])

    async def refresh_after_a_failure() -> bool:
        for failure in failures:
            raise failure
        return await refresh()

    monkeypatch.setattr(directory, "refresh", refresh_after_a_failure)
    watch = asyncio.create_task(keep_fresh(directory))
    async with directory.db.write() as connection:
        made = [Change("category", "Выдуманная", None, {"name": "Выдуманная"})]
        number = await revisions.apply(connection, made, Origin(Action.EDIT))
    async with asyncio.timeout(5):
        while directory.revision != number:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch
    await directory.close()
    assert "could not be brought up to date" in caplog.text
    assert directory.categories == ("Выдуманная",)
