"""The bot's own username, for links that open cards in the chat with it."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import TelegramObject

_NAME: ContextVar[str] = ContextVar("own_name", default="")


def own_username() -> str:
    """Return the username of the bot that handles this update; "" while Telegram has not told
    it."""
    return _NAME.get()


class OwnName(BaseMiddleware):
    """Makes the bot's username known to whatever handles the update."""

    async def __call__(
        self, handler: NextMiddlewareType[Any], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Ask Telegram once in the process: `Bot.me` keeps the answer."""
        bot: Bot = data["bot"]
        with suppress(TelegramAPIError):
            _NAME.set((await bot.me()).username or "")
        return await handler(event, data)
