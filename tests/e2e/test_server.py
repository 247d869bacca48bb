"""The real process with PostgreSQL: a server that is not there yet, goes, and comes back."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from directory.store import records, revisions
from directory.store.database import Database
from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import ADMIN, Process
from tests.postgres import Server

GOVERNOR = "Губернатор Курганской области"
PASSWORD = "s3cret"


class Relay:
    """The network between a bot and the server: it may break at any time."""

    def __init__(self, address: str) -> None:
        parts = make_url(address)
        self._socket = f"{parts.query['host']}/.s.PGSQL.5432"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self._port}/{parts.database}"
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._port)

    async def stop(self) -> None:
        """Break all connections and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._open:
            writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_unix_connection(self._socket)
        self._open |= {writer, there[1]}
        await asyncio.gather(self._copy(reader, there[1]), self._copy(there[0], writer))
        self._open -= {writer, there[1]}

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server of the test's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


@pytest.fixture
def name(postgres: Server, seeded: Path) -> Iterator[str]:
    """A database with the pages of a region."""
    made = asyncio.run(postgres.copy_of(seeded))
    yield made
    asyncio.run(postgres.drop(made))


async def _until(come: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _told(api: BotApi, words: str) -> None:
    """Wait until the owner has been told this."""
    await api.wait(
        lambda call: (
            call.params.get("chat_id") == str(ADMIN) and words in call.params.get("text", "")
        ),
        0,
        seconds=30,
    )


async def test_a_server_out_of_reach_is_waited_for(
    api: BotApi, postgres: Server, name: str, tmp_path: Path
) -> None:
    relay, person = Relay(postgres.url(name)), Person(api, 5_001)
    bot = Process(tmp_path, api)
    starting = asyncio.create_task(bot.begin(DATABASE_URL=relay.url))
    await _until(lambda: (tmp_path / "log.txt").exists() and "База недоступна" in bot.log)
    await relay.start()
    await starting
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    await relay.stop()
    assert "не читается" in (await person.says("/saved"))["text"]
    await _told(api, "Сервер базы данных не отвечает")
    await relay.start()
    await _told(api, "снова отвечает")
    assert "не читается" not in (await person.says("/saved"))["text"]
    await bot.stop()
    await relay.stop()
    assert bot.log.count("cannot be reached") == 1
    assert bot.log.count("cannot be shared") == 1
    assert "Traceback" not in bot.log
    assert PASSWORD not in bot.log


async def test_two_that_start_together_fill_an_empty_database_once(
    api: BotApi, postgres: Server, tmp_path: Path
) -> None:
    name = await postgres.create()
    bots, starting = list[Process](), []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        bots.append(Process(tmp_path / folder, api))
    hook = "http://127.0.0.1:9/hook"
    settings = {"DATABASE_URL": postgres.url(name), "WEBHOOK_URL": hook}
    for bot in bots:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        starting.append(asyncio.create_task(bot.begin(**settings, WEB_PORT=port)))
    await asyncio.gather(*starting)
    await _until(lambda: all("The webhook is set" in bot.log for bot in bots))
    db = await Database.open(postgres.url(name))
    async with db.read() as connection:
        pages = {page.id for page in await records.read_pages(connection)}
        history = await revisions.history(connection, limit=9)
    await db.close()
    for bot in bots:
        assert await bot.stop() == 0
    assert len({revision.origin.file for revision in history}) == len(history) > 1
    assert len(pages) > 100
    await postgres.drop(name)
