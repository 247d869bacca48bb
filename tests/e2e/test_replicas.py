"""Two processes behind one address, with one PostgreSQL database: they answer as one bot."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import monotonic

import asyncpg
import pytest
import pytest_asyncio
from aiohttp import ClientError, ClientSession, web

from directory.model import Status
from directory.rights import Scope
from directory.store import records, staff
from directory.store.database import Database
from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import ADMIN, Process
from tests.postgres import Server

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOVERNOR = "Губернатор Курганской области"
EDITOR = 1077

SECONDS = 5
"""Within which a change must be seen."""


class Proxy:
    """What stands before the replicas: each request goes to the next one that can be reached."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.url = ""
        self._turn = 0
        self._session: ClientSession
        self._runner: web.AppRunner

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._session = ClientSession()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def stop(self) -> None:
        """Close the port."""
        await self._session.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        self._turn += 1
        first = self._turn % len(self.ports)
        for port in (*self.ports[first:], *self.ports[:first]):
            address = f"http://127.0.0.1:{port}/hook"
            try:
                async with self._session.post(address, data=body, headers=request.headers) as told:
                    return web.Response(status=told.status)
            except ClientError:
                continue
        return web.Response(status=502)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api() -> AsyncIterator[BotApi]:
    """A server of this file's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proxy() -> AsyncIterator[Proxy]:
    """One before no replica yet."""
    one = Proxy()
    await one.start()
    yield one
    await one.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(postgres: Server, seeded: Path) -> AsyncIterator[str]:
    """The address of a database with the pages of a region."""
    name = await postgres.copy_of(seeded)
    yield postgres.url(name)
    await postgres.drop(name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replicas(
    api: BotApi, proxy: Proxy, url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[list[Process]]:
    """Two of them."""
    started = []
    for name in ("one", "other"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        folder = tmp_path_factory.mktemp(name)
        settings = {"DATABASE_URL": url, "WEBHOOK_URL": proxy.url, "WEB_PORT": str(port)}
        started.append(await Process.start(folder, api, **settings))
        proxy.ports.append(port)
    yield started
    for process in started:
        await process.stop()
        assert "password" not in process.log
        assert "Traceback" not in process.log


async def _until(come: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _answers(api: BotApi, since: int) -> Counter[int]:
    """How many answers each person has got."""
    calls = [call for call in api.calls[since:] if call.method == "sendMessage"]
    return Counter(int(c.params["chat_id"]) for c in calls if "message_id" in c.params)


async def test_what_one_changes_the_other_finds_and_what_one_forbids_the_other_refuses(
    api: BotApi, replicas: list[Process], proxy: Proxy, url: str
) -> None:
    one, other = proxy.ports
    owner, citizen = Person(api, ADMIN), Person(api, 5_001)
    proxy.ports = [one]
    preview = await owner.sends_file("школы.csv", "Название\nВыдуманная школа № 77\n".encode())
    await owner.presses(preview, "Применить")
    proxy.ports, begun = [other], monotonic()
    while "Выдуманная школа № 77" not in (await citizen.says("выдуманная школа 77"))["text"]:
        assert monotonic() - begun < SECONDS
        await asyncio.sleep(0.2)  # who asks without a pause is left out after twenty
    db = await Database.open(url)
    async with db.write() as connection:
        await staff.appoint(connection, EDITOR, Scope(), by=ADMIN)
    await asyncio.sleep(2)  # a right that is given may be seen a moment later
    screens = []
    editor = Person(api, EDITOR)
    for port in (one, other):
        proxy.ports = [port]
        screen = await editor.presses(await editor.says("выдуманная школа 77"), "Скрыть…")
        screens.append(await editor.presses(screen, "Скрыть страницу целиком"))
    async with db.write() as connection:  # one that is taken is gone at once
        await staff.dismiss(connection, EDITOR, by=ADMIN)
    for port, screen in zip((one, other), screens, strict=True):
        proxy.ports = [port]
        assert "устарела" in (await editor.presses(screen, "Похоже, страницу взломали"))["text"]
    async with db.read() as connection:
        page, *_ = await records.read_pages(connection, ["vydumannaya-shkola-77"])
    assert page.status is Status.ACTIVE
    await db.close()
    proxy.ports = [one, other]
    async with ClientSession() as session:
        for port in proxy.ports:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as ready:
                assert ready.status == 200, await ready.text()
            async with session.get(f"http://127.0.0.1:{port}/metrics") as metrics:
                assert "bot_backup_age_seconds" in await metrics.text()


async def test_a_server_that_restarts_is_waited_for(
    api: BotApi, replicas: list[Process], proxy: Proxy, url: str
) -> None:
    """All connections break, as when the server is restarted."""
    person = Person(api, 5_003)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    for _ in range(2):
        connection = await asyncpg.connect(url)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.close()
        assert GOVERNOR in (await person.says("губернатор"))["text"]
    await asyncio.sleep(2)
    since = len(api.calls)
    for _ in proxy.ports * 2:
        assert GOVERNOR in (await person.says("губернатор"))["text"]
    await asyncio.sleep(1)
    assert _answers(api, since) == {person.id: 4}


async def test_one_that_is_killed_under_load_leaves_nobody_without_an_answer(
    api: BotApi, replicas: list[Process], url: str
) -> None:
    people = [Person(api, 5_000 + number) for number in range(60)]
    since = len(api.calls)
    api.faults["sendMessage"] += [lambda _params: 0.3] * 120
    sending = [asyncio.create_task(person.writes("губернатор")) for person in people[:40]]
    await _until(lambda: len(_answers(api, since)) >= 5)
    replicas[0].interrupt(signal.SIGKILL)
    at_work = await _at_work(url)
    await replicas[0].ended()
    for person in people[40:]:
        await person.writes("губернатор")
    await asyncio.gather(*sending)
    await _until(lambda: len(_answers(api, since)) == len(people), seconds=30)
    for _look in range(150):  # what the dead one had is taken over once it was silent for a while
        if not await _at_work(url):
            break
        await asyncio.sleep(0.2)
    answers = _answers(api, since)
    doubled = [person for person, count in answers.items() if count > 1]
    assert max(answers.values()) <= 2
    assert len(doubled) <= at_work
    assert await _at_work(url) == 0
    assert "of a replica that is gone are taken over" in replicas[1].log


async def _at_work(url: str) -> int:
    """How many updates nobody has answered yet."""
    connection = await asyncpg.connect(url)
    count: int = await connection.fetchval(
        "SELECT count(*) FROM telegram_424242_updates WHERE person IS NOT NULL"
    )
    await connection.close()
    return count
