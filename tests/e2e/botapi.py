"""A Bot API server on loopback, strict where Telegram's is, for the tests of the real process.

It keeps chats as Telegram does: messages with numbers, their keyboards, edits. Whatever Telegram
would refuse is refused with Telegram's words and noted in `violations`, and so is what Telegram
lets pass and people suffer from: a callback or an inline query answered twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from aiohttp import BodyPartReader, ClientSession, MultipartReader, web

from tests.telegram_limits import DOWNLOAD_BYTES, UPLOAD_BYTES, violations, visible

TOKEN = "424242:made-up-key-of-the-tests"
ME = {"id": 424242, "is_bot": True, "first_name": "Справочник", "username": "made_up_bot"}

Params = dict[str, Any]


class RefusedError(Exception):
    """An answer of Telegram's that is not ok."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class Call:
    """A call that the bot made: `at` is monotonic seconds, `refused` the answer if it was none."""

    method: str
    params: Params
    at: float
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    refused: str = ""


class BotApi:
    """The server. `url` is what BOT_API_URL must be; `calls` all that the bot has called."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.polls = 0
        """How often the bot has asked for updates."""
        self.open_queries: set[str] = set()
        """Callback and inline queries that wait for their answer."""
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Callable[[Params], RefusedError | float | None]]] = defaultdict(
            list
        )
        """By method: what to try before the next calls. Each is used up by the call for which it
        gives a refusal, or seconds to wait before the answer; None lets the call pass."""
        self.garbled: dict[str, list[Callable[[Params], Params]]] = defaultdict(list)
        """By method: what the answers to the next calls are made into, once the call is done."""
        self.pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
        """By method: status and text of what a gateway answers to the next calls by itself."""
        self.resets: dict[str, int] = {}
        """By method: how many of the next calls end with a broken connection."""
        self.changed = asyncio.Condition()
        self.webhook = ""
        """The address that was set before, which keeps everybody from polling."""
        self.webhook_failure = ""
        """What Telegram says of its last delivery there, which has just failed."""
        self.webhook_secret, self.webhook_kinds, self.refuse_webhook = "", [""], ""
        self.token = TOKEN
        """The token that is known; another one once it was revoked."""
        self.met: set[int] = set()
        """Those who have opened the bot, by their numbers."""
        self._messages: dict[tuple[int, int], Params] = {}
        self._updates: list[Params] = []
        self._numbers = iter(range(1, 1_000_000))
        self._poll: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of the loopback."""
        app = web.Application(client_max_size=UPLOAD_BYTES + 1_000_000)
        app.router.add_post("/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close the port."""
        assert self._runner is not None
        await self._runner.cleanup()

    async def deliver(self, **update: Any) -> None:
        """Queue an update for the bot."""
        update = {"update_id": self.number(), **update}
        if self.webhook_secret and self.webhook:
            assert await self.post(update, self.webhook_secret) == 200
            return
        self._updates.append(update)
        if self._poll is not None:
            self._poll.set()

    async def post(self, update: Params, secret: str) -> int:
        """Send an update to the webhook; the status of the answer."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with (
            ClientSession() as session,
            session.post(self.webhook, json=update, headers=headers) as answer,
        ):
            return answer.status

    @property
    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._updates)

    def number(self) -> int:
        """A number that was not used before."""
        return next(self._numbers)

    def message(self, chat: int, **content: Any) -> Params:
        """A new message in a chat, as Telegram would tell of it."""
        number = self.number()
        kind = "private" if chat > 0 else "supergroup"
        message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": kind}, **content}
        self._messages[chat, number] = message
        return message

    def shown(self, chat: int, number: int) -> Params:
        """The message as it stands now."""
        return self._messages[chat, number]

    async def wait(self, found: Callable[[Call], bool], since: int, seconds: float = 30) -> Call:
        """The first call from `calls[since]` on that `found` takes, once it has been answered."""
        async with asyncio.timeout(seconds), self.changed:
            while True:
                for call in self.calls[since:]:
                    if found(call):
                        return call
                await self.changed.wait()

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if self.resets.get(method):
            self.resets[method] -= 1
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.pages[method]:
            status, text = self.pages[method].pop(0)
            return web.Response(status=status, text=text, content_type="text/html")
        call = Call(method, {}, monotonic())
        try:
            if request.match_info["token"] != self.token:
                raise RefusedError(401, "Unauthorized")
            call.params, call.files = await _form(request)
            result = await self._do(call)
        except RefusedError as refused:
            call.refused = refused.description
            body = {"ok": False, "error_code": refused.status, "description": refused.description}
            body |= {"parameters": refused.parameters} if refused.parameters else {}
            return web.json_response(body, status=refused.status)
        else:
            body = {"ok": True, "result": result}
            if self.garbled[method]:
                body = self.garbled[method].pop(0)(body)
            return web.json_response(body)
        finally:
            if method != "getUpdates":
                async with self.changed:
                    self.calls.append(call)
                    self.changed.notify_all()

    async def _do(self, call: Call) -> Any:
        found = violations(call.method, call.params)
        if found:
            self.violations += found
            raise RefusedError(400, f"Bad Request: {found[0]}")
        for fault in self.faults[call.method]:
            what = fault(call.params)
            if what is None:
                continue
            self.faults[call.method].remove(fault)
            if isinstance(what, RefusedError):
                raise what
            await asyncio.sleep(what)
            break
        return await getattr(self, _snake(call.method), self._done)(call)

    async def _done(self, _call: Call) -> Any:
        return True

    async def get_me(self, _call: Call) -> Any:
        """Who the bot is."""
        return ME | {"supports_inline_queries": True}

    async def get_my_name(self, _call: Call) -> Any:
        """The bot's name in its profile."""
        return {"name": "Bot"}

    async def get_webhook_info(self, _call: Call) -> Any:
        """Where updates are sent; nowhere, unless a test says so."""
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
        failed = {"last_error_date": int(time()), "last_error_message": self.webhook_failure}
        return info | failed if self.webhook_failure else info

    async def set_webhook(self, call: Call) -> Any:
        """Updates are to be sent there."""
        if self.refuse_webhook:
            raise RefusedError(400, self.refuse_webhook)
        self.webhook, self.webhook_secret = call.params["url"], call.params["secret_token"]
        self.webhook_kinds = json.loads(call.params["allowed_updates"])
        return True

    async def delete_webhook(self, _call: Call) -> Any:
        """Updates are to be asked for again."""
        self.webhook = ""
        return True

    async def get_chat(self, call: Call) -> Any:
        """A person's chat, when they have opened the bot."""
        number = int(call.params["chat_id"])
        if number not in self.met:
            raise RefusedError(400, "Bad Request: chat not found")
        return {"id": number, "type": "private", "accent_color_id": 0, "max_reaction_count": 0} | {
            "accepted_gift_types": dict.fromkeys(
                (
                    *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
                    "gifts_from_channels",
                ),
                False,
            )
        }

    async def get_updates(self, call: Call) -> Any:
        """Long polling: a newer poll ends the older one, and what `offset` passes is forgotten."""
        self.polls += 1
        if self.webhook:
            raise RefusedError(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        if self._poll is not None:
            self._poll.set()
        poll = self._poll = asyncio.Event()
        offset = int(call.params.get("offset", 0))
        allowed = set(json.loads(call.params.get("allowed_updates", "[]")))
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._asked(allowed):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(int(call.params.get("timeout", 0))):
                    await poll.wait()
        if self._poll is not poll:
            raise RefusedError(
                409,
                "Conflict: terminated by other getUpdates request;"
                " make sure that only one bot instance is running",
            )
        self._poll = None
        return self._asked(allowed)[: int(call.params.get("limit", 100))]

    def _asked(self, allowed: set[str]) -> list[Params]:
        """The updates that wait, of the kinds that were asked for; others are not kept."""
        self._updates = [u for u in self._updates if not allowed or u.keys() & allowed]
        return self._updates

    async def send_message(self, call: Call) -> Any:
        """A message of the bot's."""
        return self._sent(call, text=visible(call.params["text"]))

    async def send_document(self, call: Call) -> Any:
        """A file of the bot's."""
        name = self._uploaded(call, "document")
        document = {"file_id": name, "file_unique_id": name, "file_name": name}
        return self._sent(call, document=document, caption=visible(call.params.get("caption", "")))

    async def send_photo(self, call: Call) -> Any:
        """A picture of the bot's."""
        name = self._uploaded(call, "photo")
        size = {"file_id": name, "file_unique_id": name, "width": 9, "height": 9}
        return self._sent(call, photo=[size], caption=visible(call.params.get("caption", "")))

    def _uploaded(self, call: Call, field: str) -> str:
        """The name of the file in this field of the call."""
        name, data = call.files[call.params[field].removeprefix("attach://")]
        if not data:
            raise self._violation("file must be non-empty")
        if len(data) > UPLOAD_BYTES:
            raise self._violation("Request Entity Too Large")
        return name

    async def edit_message_text(self, call: Call) -> Any:
        """Another text and keyboard for a message."""
        return self._edited(call, text=visible(call.params["text"]))

    async def edit_message_reply_markup(self, call: Call) -> Any:
        """Another keyboard for a message."""
        return self._edited(call)

    async def answer_callback_query(self, call: Call) -> Any:
        """The end of a press."""
        return self._closed(call.params["callback_query_id"])

    async def answer_inline_query(self, call: Call) -> Any:
        """The results of an inline query."""
        return self._closed(call.params["inline_query_id"])

    async def get_file(self, call: Call) -> Any:
        """Where a file may be fetched."""
        file = call.params["file_id"]
        if file not in self.files:
            raise self._violation("invalid file_id")
        if len(self.files[file]) > DOWNLOAD_BYTES:
            raise RefusedError(400, "Bad Request: file is too big")
        return {"file_id": file, "file_unique_id": file, "file_path": f"documents/{file}"}

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return web.Response(status=401)
        return web.Response(body=self.files[request.match_info["path"].removeprefix("documents/")])

    def _sent(self, call: Call, **content: Any) -> Params:
        chat = int(call.params["chat_id"])
        reply = json.loads(call.params.get("reply_parameters", "{}"))
        if "message_id" in reply and (chat, reply["message_id"]) not in self._messages:
            raise self._violation("message to be replied not found")
        keyboard = json.loads(call.params.get("reply_markup", "{}"))
        if "inline_keyboard" in keyboard:
            content["reply_markup"] = keyboard
        message = self.message(chat, **content, **{"from": ME})
        call.params["message_id"] = message["message_id"]
        return message

    def _edited(self, call: Call, **content: Any) -> Any:
        if "inline_message_id" in call.params:
            return True
        key = (int(call.params["chat_id"]), int(call.params["message_id"]))
        if key not in self._messages:
            raise self._violation("message to edit not found")
        old = self._messages[key]
        new = {name: value for name, value in old.items() if name != "reply_markup"} | content
        if "reply_markup" in call.params:
            new["reply_markup"] = json.loads(call.params["reply_markup"])
        if new == old:
            raise RefusedError(
                400,
                "Bad Request: message is not modified: specified new message content and reply"
                " markup are exactly the same as a current content and reply markup of the message",
            )
        self._messages[key] = new
        return new

    def _closed(self, query: str) -> bool:
        if query not in self.open_queries:
            raise self._violation("query is too old or was answered before")
        self.open_queries.remove(query)
        return True

    def _violation(self, text: str) -> RefusedError:
        self.violations.append(text)
        return RefusedError(400, f"Bad Request: {text}")


async def _form(request: web.Request) -> tuple[Params, dict[str, tuple[str, bytes]]]:
    """The fields and the files of a call."""
    if not request.content_type.startswith("multipart/"):
        return dict(await request.post()), {}
    params: Params = {}
    files = {}
    reader: MultipartReader = await request.multipart()
    while (part := await reader.next()) is not None:
        assert isinstance(part, BodyPartReader)
        assert part.name is not None
        if part.filename is None:
            params[part.name] = await part.text()
        else:
            files[part.name] = (part.filename, bytes(await part.read()))
    return params, files


def _snake(method: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower()
