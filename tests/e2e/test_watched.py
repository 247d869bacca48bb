"""What watches the real process: Prometheus, systemd, and an address that it asks for."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.process import intake as intakes
from bot.process import watchdog
from bot.process.intake import Intake
from bot.process.taken import Taken
from directory.directory import Directory
from directory.store.database import Database
from tests.e2e.botapi import TOKEN, BotApi
from tests.e2e.person import Person
from tests.e2e.process import Process

DEPLOY = Path(__file__).parents[2] / "deploy"
_METRIC = re.compile(r"\b(?:bot|process)_[a-z_]+\b")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server of the test's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def port() -> str:
    """A free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


class ServiceManager:
    """Listens as systemd does."""

    def __init__(self, address: str) -> None:
        self.heard: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def _read(self) -> None:
        self.heard += self._socket.recv(4096).decode().splitlines()

    def close(self) -> None:
        """Listen no more."""
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()


@pytest.fixture
async def systemd(tmp_path: Path) -> AsyncIterator[ServiceManager]:
    """One whose socket is `notify` in the test's folder."""
    manager = ServiceManager(str(tmp_path / "notify"))
    yield manager
    manager.close()


@pytest.fixture
async def intake(tmp_path: Path) -> AsyncIterator[Intake]:
    """One that takes no updates."""
    taken = Taken(tmp_path / "taken")
    async with Bot(TOKEN) as bot:
        yield Intake(bot, Dispatcher(disable_fsm=True), taken)
    taken.close()


async def _until(come: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _watched_metrics() -> set[str]:
    """The metrics that the alerts and the dashboard ask for."""
    dashboard = json.loads((DEPLOY / "grafana" / "official-pages.json").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked.append((DEPLOY / "prometheus" / "alerts.yml").read_text())
    return set(_METRIC.findall("\n".join(asked)))


async def test_every_metric_that_is_watched_is_there(
    api: BotApi, tmp_path: Path, port: str
) -> None:
    bot = await Process.start(tmp_path, api, WEB_PORT=port)
    person = Person(api, 5_001)
    await person.says("губернатор")
    await person.asks_inline("школа")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        families = text_string_to_metric_families(await answer.text())
        scraped = {sample.name: sample for family in families for sample in family.samples}
    watched = _watched_metrics()
    assert len(watched) > 15
    # Errors have no kinds until the first one.
    assert watched - scraped.keys() == {"bot_failures_total"}
    assert scraped["bot_pages"].value > 100
    assert scraped["bot_disk_free_bytes"].value > 0
    assert scraped["bot_backup_age_seconds"].value == float("inf")
    assert scraped["bot_telegram_silence_seconds"].value < 60
    await bot.stop()


async def test_systemd_is_told_of_the_start_the_life_and_the_end(
    api: BotApi, tmp_path: Path, systemd: ServiceManager
) -> None:
    settings = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "300000"}
    bot = await Process.start(tmp_path, api, **settings)
    assert systemd.heard[0] == "READY=1"
    await _until(lambda: systemd.heard.count("WATCHDOG=1") > 3)
    bot.interrupt(signal.SIGSTOP)
    await asyncio.sleep(0.2)
    heard = len(systemd.heard)
    await asyncio.sleep(0.5)
    assert len(systemd.heard) == heard
    bot.interrupt(signal.SIGCONT)
    assert await bot.stop() == 0
    await _until(lambda: "STOPPING=1" in systemd.heard)


async def test_a_bot_that_takes_no_step_is_not_called_alive(
    intake: Intake, tmp_path: Path, systemd: ServiceManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    feeding = asyncio.create_task(watchdog.feed_watchdog(intake))
    await _until(lambda: len(systemd.heard) > 2)  # before there is anything to receive
    monkeypatch.setattr(intakes, "STUCK_SECONDS", 0.1)
    intake.moved(pause=0.2)
    heard = len(systemd.heard)
    await _until(lambda: len(systemd.heard) > heard + 2)
    await asyncio.sleep(0.4)
    heard = len(systemd.heard)
    await asyncio.sleep(0.2)
    assert len(systemd.heard) == heard
    intake.moved()
    await _until(lambda: len(systemd.heard) > heard)
    feeding.cancel()


async def test_the_address_is_asked_for_while_people_can_be_answered(
    intake: Intake,
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(watchdog, "PING_SECONDS", 0.02)
    monkeypatch.setattr(watchdog, "_SOON_SECONDS", 0.02)
    statuses, asked = [500, 200], 0

    async def answer(_request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=statuses[min(asked, len(statuses)) - 1])

    app = web.Application()
    app.router.add_get("/secret", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    directory = Directory(db)
    await directory.refresh()
    caplog.set_level("INFO")
    pinging = asyncio.create_task(watchdog.ping(f"http://{host}:{port}/secret", directory, intake))
    await asyncio.sleep(0.2)
    assert asked == 0  # Telegram was not heard yet
    intake.heard()
    await _until(lambda: asked > 3)
    assert "PING_URL cannot be reached (status 500)" in caplog.text
    assert "PING_URL can be reached again" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.setattr("bot.process.health.SILENT_SECONDS", -1)
    await asyncio.sleep(0.1)
    before = asked
    await asyncio.sleep(0.2)
    assert asked == before
    pinging.cancel()
    await asyncio.gather(pinging, return_exceptions=True)
    await runner.cleanup()
