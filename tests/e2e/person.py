"""A person in front of Telegram: writes, presses buttons, asks inline, sends files."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.botapi import BotApi, Call, Params

_PROGRESS = ("Читаю…", "Проверяю…", "Записываю…")
"""How the words on long work begin, which the answer comes to replace."""

_SHOWING = ("sendMessage", "sendDocument", "editMessageText")
FIRST_NAME, LAST_NAME = "Аполлинарий", "Выдуманный"


class Person:
    """Someone with a private chat. Every way to act returns what the bot answered."""

    def __init__(self, api: BotApi, number: int, language: str = "ru") -> None:
        self.api = api
        self.id = number
        self.user = {
            "id": number,
            "is_bot": False,
            "language_code": language,
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
        }

    async def writes(self, text: str) -> None:
        """Write to the bot without waiting for its answer."""
        command = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        await self._send(text=text, entities=[command] if text.startswith("/") else [])

    async def says(self, text: str) -> Params:
        """Write to the bot; the message that it answers with."""
        since = len(self.api.calls)
        await self.writes(text)
        return await self._answer(since)

    async def says_in_group(self, group: int, text: str) -> Params:
        """Write a command in a group of this number, which is below zero; the bot's reply."""
        since = len(self.api.calls)
        command = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        told = self.api.message(group, text=text, entities=[command], **{"from": self.user})
        await self.api.deliver(message=told)
        answer = await self.api.wait(
            lambda call: call.method == "sendMessage" and call.params["chat_id"] == str(group),
            since,
        )
        return self.api.shown(group, int(answer.params["message_id"]))

    async def sends_file(self, name: str, data: bytes) -> Params:
        """Send a file to the bot; the message that it answers with."""
        since = len(self.api.calls)
        file = f"file{self.api.number()}"
        self.api.files[file] = data
        document = {"file_id": file, "file_unique_id": file, "file_name": name}
        await self._send(document=document | {"file_size": len(data)})
        return await self._answer(since)

    async def sends_place(self, lat: float, lon: float) -> Params:
        """Send a place to the bot; the message that it answers with after its thanks."""
        since = len(self.api.calls)
        await self._send(location={"latitude": lat, "longitude": lon})
        answer = await self.api.wait(
            lambda call: self._shows(call) and "remove_keyboard" not in str(call.params), since
        )
        return self.api.shown(self.id, int(answer.params["message_id"]))

    async def presses(self, message: Params, label: str) -> Params:
        """Press the button whose label begins with `label`; what was said to it, or came of it."""
        found = [b for b in buttons(message) if b["text"].startswith(label)]
        assert found, f"no button «{label}» below: {message['text']}"
        query = str(self.api.number())
        self.api.open_queries.add(query)
        since = len(self.api.calls)
        press = {"id": query, "from": self.user, "chat_instance": "1", "message": message}
        await self.api.deliver(callback_query=press | {"data": found[0]["callback_data"]})
        answer = await self.api.wait(
            lambda call: call.params.get("callback_query_id") == query, since
        )
        if answer.params.get("text"):
            return {"text": answer.params["text"]}
        return await self._answer(since)

    async def asks_inline(self, query: str, offset: str = "") -> Params:
        """Type `@bot query` in some chat; the answer with its results decoded."""
        number = str(self.api.number())
        self.api.open_queries.add(number)
        since = len(self.api.calls)
        asked = {"id": number, "from": self.user, "query": query, "offset": offset}
        await self.api.deliver(inline_query=asked)
        answer = await self.api.wait(
            lambda call: call.params.get("inline_query_id") == number, since
        )
        return answer.params | {"results": json.loads(answer.params["results"])}

    async def _send(self, **content: Any) -> None:
        message = self.api.message(self.id, **content, **{"from": self.user})
        await self.api.deliver(message=message)

    async def _answer(self, since: int) -> Params:
        answer = await self.api.wait(lambda call: self._shows(call) and not call.refused, since)
        return self.api.shown(self.id, int(answer.params["message_id"]))

    def _shows(self, call: Call) -> bool:
        said = str(call.params.get("text", ""))
        mine = call.params.get("chat_id") == str(self.id)
        return mine and call.method in _SHOWING and not said.startswith(_PROGRESS)


def buttons(message: Params) -> list[dict[str, Any]]:
    """The buttons below a message, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
