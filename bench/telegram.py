"""A Bot API on loopback that costs as little as it can, and people who use a bot through it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import ClientSession, TCPConnector, web

TOKEN = "424242:made-up-key-of-the-benchmark"
_ME = {"id": 424242, "is_bot": True, "first_name": "Bench", "username": "made_up_bench_bot"}
_BATCH = 100
_DELIVERED_AT_ONCE = 40
"""Requests to a webhook at a time: what Telegram makes when it is not told otherwise."""

Update = dict[str, Any]
Turn = tuple[str, Update]
"""What the answer to an update is known by, and the update."""


@dataclass
class Load:
    """What a bot did under a load: answers, seconds, and how long each update waited."""

    answered: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    def waited(self, share: float) -> float:
        """Milliseconds within which this share of the updates was answered."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)]


class Telegram:
    """The server. A message is answered by any `sendMessage` to its chat, a press and an inline
    query by their own methods. A bot that has set a webhook is sent its updates, any other asks."""

    def __init__(self) -> None:
        self.url = ""
        self.began = 0
        """How often a bot asked for updates, or set a webhook."""
        self.said = ""
        """The text or the results of the last answer."""
        self._waiting: list[Update] = []
        self._more = asyncio.Event()
        self._asked: dict[str, float] = {}
        self._answered: Callable[[float], None] = lambda _waited: None
        # Above the numbers of every server before: a bot answers each number once.
        self._number = time.time_ns() // 1_000
        self._runner: web.ServerRunner | None = None
        self._webhook, self._secret = "", ""
        self._client: ClientSession | None = None
        self._deliveries: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a free port of the loopback."""
        self._runner = web.ServerRunner(web.Server(self._answer, access_log=None))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close the port."""
        if self._client is not None:
            await self._client.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def saturate(self, turns: Iterator[Turn], seconds: float, at_once: int = 64) -> Load:
        """Keep so many updates unanswered for so long."""
        load = Load()

        def answered(waited: float) -> None:
            load.answered += 1
            load.waits.append(waited)
            self._put(*next(turns))

        self._answered = answered
        for _ in range(at_once):
            self._put(*next(turns))
        begun = time.perf_counter()
        await asyncio.sleep(seconds)
        load.seconds = time.perf_counter() - begun
        self._answered = lambda _waited: None
        await self._settle()
        return load

    async def steadily(self, turns: Iterator[Turn], seconds: float, rate: float) -> Load:
        """Send so many updates a second, evenly; then wait for the last answers."""
        load = Load()

        def answered(waited: float) -> None:
            load.answered += 1
            load.waits.append(waited)

        self._answered = answered
        begun = time.perf_counter()
        for n in range(int(seconds * rate)):
            await asyncio.sleep(max(0.0, begun + n / rate - time.perf_counter()))
            self._put(*next(turns))
        await self._settle()
        load.seconds = time.perf_counter() - begun
        return load

    async def ask(self, turn: Turn, seconds: float) -> str:
        """Send one update; return the text or the results it is answered with."""
        answered = asyncio.Event()
        self._answered = lambda _waited: answered.set()
        self._put(*turn)
        async with asyncio.timeout(seconds):
            await answered.wait()
        return self.said

    async def _settle(self) -> None:
        async with asyncio.timeout(60):
            while self._asked:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def _put(self, key: str, update: Update) -> None:
        self._number += 1
        self._asked[key] = time.perf_counter()
        numbered = {"update_id": self._number, **update}
        if self._client is not None:
            delivery = asyncio.create_task(self._deliver(self._client, numbered))
            self._deliveries.add(delivery)
            delivery.add_done_callback(self._deliveries.discard)
            return
        self._waiting.append(numbered)
        self._more.set()

    async def _deliver(self, client: ClientSession, update: Update) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret}
        async with client.post(self._webhook, json=update, headers=headers) as answer:
            answer.raise_for_status()

    def _done(self, key: str, said: str) -> None:
        since = self._asked.pop(key, None)
        if since is not None:
            self.said = said
            self._answered(time.perf_counter() - since)

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2]
        body = await request.read()
        if method == "getUpdates":
            result: Any = await self._updates(parse_qs(body.decode()))
        elif method == "getMe":
            result = _ME
        elif method == "getWebhookInfo":
            result = {"url": self._webhook, "has_custom_certificate": False}
            result["pending_update_count"] = 0
        elif method == "setWebhook":
            result = self._set_webhook(parse_qs(body.decode()))
        elif request.content_type.startswith("multipart/"):
            result = True
        else:
            result = self._call(method, parse_qs(body.decode()))
        text = json.dumps({"ok": True, "result": result}, ensure_ascii=False)
        return web.Response(text=text, content_type="application/json")

    async def _updates(self, call: dict[str, list[str]]) -> list[Update]:
        self.began += 1
        if not self._waiting:
            self._more.clear()
            try:
                async with asyncio.timeout(int(call.get("timeout", ["0"])[0])):
                    await self._more.wait()
            except TimeoutError:
                return []
        given, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
        return given

    def _set_webhook(self, call: dict[str, list[str]]) -> bool:
        self._webhook, self._secret = call["url"][0], call["secret_token"][0]
        self._client = ClientSession(connector=TCPConnector(limit=_DELIVERED_AT_ONCE))
        self.began += 1
        return True

    def _call(self, method: str, call: dict[str, list[str]]) -> Any:
        if method == "answerCallbackQuery":
            self._done(call["callback_query_id"][0], "")
        elif method == "answerInlineQuery":
            self._done(call["inline_query_id"][0], call["results"][0])
        elif method == "sendMessage":
            chat, text = call["chat_id"][0], call["text"][0]
            self._done(chat, text)
            message = _message(int(chat), text) | {"from": _ME}
            if "reply_markup" in call:
                message["reply_markup"] = json.loads(call["reply_markup"][0])
            return message
        return True


def _message(chat: int, text: str) -> Update:
    return {
        "message_id": 5,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Имя"},
        "text": text,
    }


def _user(number: int) -> Update:
    return {"id": number, "is_bot": False, "first_name": "Имя", "language_code": "ru"}


def message(number: int, text: str) -> Turn:
    """Somebody writes."""
    return str(number), {"message": _message(number, text) | {"from": _user(number)}}


def inline(number: int, text: str) -> Turn:
    """Somebody types an inline query."""
    asked = {"id": f"i{number}", "from": _user(number), "query": text, "offset": ""}
    return f"i{number}", {"inline_query": asked}


def press(number: int, data: str) -> Turn:
    """Somebody presses a button."""
    below = _message(number, "Список") | {"from": _ME}
    query = {"id": f"p{number}", "from": _user(number), "chat_instance": "1", "message": below}
    return f"p{number}", {"callback_query": query | {"data": data}}
