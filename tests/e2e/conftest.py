"""One Bot API server and one bot for the tests of a file: a process takes seconds to start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.process.fast_import import import_aiogram
from directory.directory import Directory
from directory.environment import DEFAULT_REGION
from directory.seed import load_seed
from tests.e2e.botapi import BotApi
from tests.e2e.process import Process
from tests.once import database_once

import_aiogram()


@pytest.fixture(scope="session", autouse=True)
def _seed_is_loaded(shared: Path) -> None:
    """Bots begin with what each would load for itself; `test_start` begins with nothing."""

    async def load(url: str) -> None:
        directory = await Directory.open(url, region=DEFAULT_REGION)
        await load_seed(directory.db, DEFAULT_REGION)
        await directory.close()
        await (await Directory.open(url)).close()  # keeps the index of what is there now

    Process.beginning = database_once(shared / "region", load)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api() -> AsyncIterator[BotApi]:
    """The server. In the end nothing was sent that Telegram refuses, and no query is unanswered."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []
    assert server.open_queries == set()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Process]:
    """A bot with a database of its own, polling."""
    process = await Process.start(tmp_path_factory.mktemp("bot"), api)
    yield process
    assert await process.stop() == 0
