"""Answers of the Bot API that aiogram cannot read, and what can still be done with them.

Telegram adds fields and kinds all the time, and other servers of the Bot API write some of them in
their own way. One unreadable update must not keep the others from being read, and a message that
the server has sent must not be reported as a failure.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Any

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import GetUpdates, Response
from aiogram.types import Chat, Message, Update
from aiohttp import FormData
from pydantic import ValidationError

from bot.metrics import UNREADABLE
from bot.process.call_form import CallForms, dumps

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

log = logging.getLogger(__name__)


class ForgivingSession(AiohttpSession):
    """A session that reads what it can of an answer.

    - An update that cannot be read is replaced by one with nothing but its number: it is confirmed
      with the others, and handled by nobody.
    - A call that the server has done counts as done, whatever its answer looks like. Of a message
      that was sent only its number is read: nothing else of it is used.
    - An answer without the result that was asked for raises `ClientDecodeError`, and a bad gateway
      `TelegramServerError`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(json_dumps=dumps, **options)
        self._forms = CallForms(self)
        self._kinds: set[type[Response[Any]]] = set()

    def check_response(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        status_code: int,
        content: str,
    ) -> Response[TelegramType]:
        """The answer to a call. Raises what aiogram raises for a refusal."""
        if not _asks(method):
            data = self._done(content) if status_code == HTTPStatus.OK else None
            if data is not None:
                sent = _sent(bot, method, data.get("result"))
                return _Answer(ok=True, result=sent)
        # pydantic forgets a kind that nobody holds; to make that of updates anew takes a second.
        self._kinds.add(kind := Response[method.__returning__])  # type: ignore[name-defined]
        if status_code == HTTPStatus.OK:
            with suppress(ValidationError):  # most answers are read at once
                whole = kind.model_validate_json(content, context={"bot": bot})
                if whole.ok and whole.result is not None:
                    return whole
        try:
            response = super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise TelegramServerError(method, "Bad Gateway") from error
            return self._read_apart(bot, method, error)
        if response.result is None:
            problem = ValueError("the answer has no result")
            raise ClientDecodeError("Failed to deserialize object", problem, None)
        return response

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        """The fields and files of a call."""
        return self._forms.form(bot, method)

    def _done(self, content: str) -> dict[str, Any] | None:
        """The answer to a call that the server has done."""
        try:
            data = self.json_loads(content)
        except ValueError:
            return None
        return data if isinstance(data, dict) and data.get("ok") is True else None

    def _read_apart(
        self, bot: Bot, method: TelegramMethod[TelegramType], error: ClientDecodeError
    ) -> Response[Any]:
        data = error.data
        found = data.get("result") if isinstance(data, dict) and data.get("ok") is True else None
        if not isinstance(method, GetUpdates) or not isinstance(found, list):
            raise error
        updates = list(read_updates(bot, found))
        if found and not updates:
            raise error  # nothing that could be confirmed: it would be asked for forever
        return _Answer(ok=True, result=updates)


def read_update(bot: Bot, posted: bytes) -> Update | None:
    """The update that Telegram has posted, as far as it can be read; None for one without a number.

    Raises `ValueError` for what is no JSON.
    """
    try:
        return Update.model_validate_json(posted, context={"bot": bot})
    except ValidationError:
        return next(read_updates(bot, [json.loads(posted)]), None)


def read_updates(bot: Bot, found: list[Any]) -> Iterator[Update]:
    """Each update as far as it can be read; see `ForgivingSession`."""
    for raw in found:
        try:
            yield Update.model_validate(raw, context={"bot": bot})
        except ValidationError as error:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            log.error(
                "update %s cannot be read and is skipped, the %d. since the start: %s",
                number if isinstance(number, int) else "without a number",
                next(_unreadable),
                _first_problem(error),
            )
            UNREADABLE.inc()
            if isinstance(number, int):
                yield Update(update_id=number)


_unreadable = count(1)
_Answer = Response[Any]

_UNKNOWN = datetime.fromtimestamp(0, UTC)


def _asks(method: TelegramMethod[Any]) -> bool:
    """Whether the call is made for its result: there is no going on without it."""
    return method.__api_method__.startswith("get")


def _sent(bot: Bot, method: TelegramMethod[Any], result: Any) -> Message | bool | None:
    """The result of a call that was done: a message that can be edited, True for what is none, None
    for a message without a number."""
    if method.__returning__ is bool or result is True:
        return True
    number = result.get("message_id") if isinstance(result, dict) else None
    chat = getattr(method, "chat_id", None)
    if not isinstance(number, int) or not isinstance(chat, int):
        return None
    there = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
    blank = _blank()  # a copy takes a third of the time that a message takes to make
    chat_of = blank.chat.model_copy(update=there)
    return blank.model_copy(update={"message_id": number, "chat": chat_of}).as_(bot)


@cache
def _blank() -> Message:
    return Message(message_id=0, date=_UNKNOWN, chat=Chat(id=0, type="private"))


def _first_problem(error: ValidationError) -> str:
    """The first of pydantic's complaints: the field and the kind of fault, without any value."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['type']}"
