"""Answers of the Bot API that aiogram cannot read, and what can still be done with them.

Telegram adds fields and kinds all the time, and other servers of the Bot API write some of them in
their own way. One unreadable update must not keep the others from being read, and a message that
the server has sent must not be reported as a failure.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import GetUpdates, Response
from aiogram.types import Message, Update
from pydantic import ValidationError

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import TelegramMethod
    from aiogram.methods.base import TelegramType

log = logging.getLogger(__name__)


class ForgivingSession(AiohttpSession):
    """A session that reads what it can of an answer.

    - An update that cannot be read is replaced by one with nothing but its number: it is confirmed
      with the others, and handled by nobody. `unreadable` counts these.
    - A call that the server has done counts as done, whatever its answer looks like: its result is
      what could be read of it, else None.
    - An answer without the result that was asked for raises `ClientDecodeError`, and a bad gateway
      `TelegramServerError`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.unreadable = 0

    def check_response(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        status_code: int,
        content: str,
    ) -> Response[TelegramType]:
        """The answer to a call. Raises what aiogram raises for a refusal."""
        try:
            response = super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise TelegramServerError(method, "Bad Gateway") from error
            return self._read_leniently(bot, method, error)
        if response.result is None and _asks(method):
            problem = ValueError("the answer has no result")
            raise ClientDecodeError("Failed to deserialize object", problem, None)
        return response

    def _read_leniently(
        self, bot: Bot, method: TelegramMethod[TelegramType], error: ClientDecodeError
    ) -> Response[Any]:
        data = error.data
        if not isinstance(data, dict) or data.get("ok") is not True:
            raise error
        if isinstance(method, GetUpdates) and isinstance(data.get("result"), list):
            updates = list(self._each_update(bot, data["result"]))
            if data["result"] and not updates:
                raise error  # nothing that could be confirmed: it would be asked for forever
            return Response[Any](ok=True, result=updates)
        if _asks(method):
            raise error
        log.warning("%s: done, but the answer cannot be read", method.__api_method__)
        return Response[Any](ok=True, result=_sent(bot, method, data.get("result")))

    def _each_update(self, bot: Bot, found: list[Any]) -> Iterator[Update]:
        for raw in found:
            try:
                yield Update.model_validate(raw, context={"bot": bot})
            except ValidationError as error:
                self.unreadable += 1
                number = raw.get("update_id") if isinstance(raw, dict) else None
                log.error(
                    "update %s cannot be read and is skipped, the %d. since the start: %s",
                    number if isinstance(number, int) else "without a number",
                    self.unreadable,
                    _first_problem(error),
                )
                if isinstance(number, int):
                    yield Update(update_id=number)


def _asks(method: TelegramMethod[Any]) -> bool:
    """Whether the call is made for its result: there is no going on without it."""
    return method.__api_method__.startswith("get")


def _sent(bot: Bot, method: TelegramMethod[Any], result: Any) -> Message | bool | None:
    """The result of a call that was done: a message with its number and chat, so that it can be
    edited later; True for what returns nothing else; None when not even that can be told."""
    if method.__returning__ is bool:
        return True
    number = result.get("message_id") if isinstance(result, dict) else None
    chat = getattr(method, "chat_id", None)
    if not isinstance(number, int) or not isinstance(chat, int):
        return None
    kind = "private" if chat > 0 else "supergroup"
    known = {"message_id": number, "date": 0, "chat": {"id": chat, "type": kind}}
    return Message.model_validate(known, context={"bot": bot})


def _first_problem(error: ValidationError) -> str:
    """The first of pydantic's complaints: the field and the kind of fault, without any value."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['type']}"
