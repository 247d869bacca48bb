"""The real process behind a webhook, and what watches it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import Process

GOVERNOR = "Губернатор Курганской области"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server of the test's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


@pytest.fixture
def port() -> str:
    """A free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture
def settings(port: str) -> dict[str, str]:
    """Those of a bot behind a webhook."""
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/made/up", "WEB_PORT": port}


async def _get(port: str, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_webhook_answers_watches_and_gives_way_to_polling(
    api: BotApi, tmp_path: Path, port: str, settings: dict[str, str]
) -> None:
    bot = await Process.start(tmp_path, api, **settings)
    person = Person(api, 5_001)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    assert api.polls == 0
    assert api.webhook == settings["WEBHOOK_URL"]
    assert {"message", "callback_query", "inline_query"} <= set(api.webhook_kinds)

    since = len(api.calls)
    forged = {"update_id": 900_001, "message": api.message(5_002, text="губернатор")}
    for secret in ("", "wrong", "ключ"):
        assert await api.post(forged, secret) == 401
    assert (
        await api.post({"update_id": 900_002, "message": {"date": "never"}}, api.webhook_secret)
        == 200
    )
    again = {
        "update_id": 900_003,
        "message": api.message(5_003, text="губернатор", **{"from": person.user}),
    }
    for _ in range(2):
        assert await api.post(again, api.webhook_secret) == 200
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    sent = [c.params["chat_id"] for c in api.calls[since:] if c.method == "sendMessage"]
    assert sorted(sent) == ["5001", "5003"]

    assert await _get(port, "healthz") == (200, "ok\n")
    status, ready = await _get(port, "readyz")
    assert (status, "false" in ready) == (200, False)
    _, metrics = await _get(port, "metrics")
    assert 'bot_updates_total{kind="message",outcome="handled"} 3.0' in metrics
    assert 'bot_answers_total{surface="message",verdict="found"} 3.0' in metrics
    assert 'bot_api_calls_total{method="sendMessage",outcome="done"} 3.0' in metrics
    for name in ("bot_search_seconds_count", "bot_handling_seconds_count"):
        assert name in metrics
    assert "bot_index_age_revisions 0.0" in metrics
    assert "губернатор" not in metrics

    secret = api.webhook_secret
    bot.interrupt(signal.SIGTERM)
    assert await bot.ended() == 0
    assert api.webhook  # what comes meanwhile waits at Telegram
    await bot.begin(**settings)
    assert api.webhook_secret == secret
    await bot.stop()

    await bot.begin()  # without WEBHOOK_URL
    assert api.webhook == ""
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    assert await bot.stop() == 0
    assert secret not in bot.log


async def test_a_polling_bot_is_watched_where_a_port_is_given(
    api: BotApi, tmp_path: Path, port: str
) -> None:
    bot = await Process.start(tmp_path, api, WEB_PORT=port)
    assert (await Person(api, 5_001).says("губернатор"))["text"]
    assert (await _get(port, "readyz"))[0] == 200
    other = await asyncio.create_subprocess_exec(
        *bot.command,
        cwd=tmp_path,
        env=bot.environment(WEB_PORT=port),
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await other.communicate()
    assert other.returncode == 2
    assert "WEB_PORT" in errors.decode().splitlines()[-1]
    (tmp_path / "data" / "directory.sqlite3").unlink()
    async with asyncio.timeout(20):
        while (await _get(port, "readyz"))[0] != 503:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    assert '"database": false' in (await _get(port, "readyz"))[1]
    assert (await _get(port, "healthz"))[0] == 200
    await bot.stop()


async def test_an_address_that_telegram_refuses_is_told(
    api: BotApi, tmp_path: Path, settings: dict[str, str]
) -> None:
    api.refuse_webhook = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    with pytest.raises(AssertionError, match=r"WEBHOOK_URL: .*HTTPS URL"):
        await Process.start(tmp_path, api, **settings)
