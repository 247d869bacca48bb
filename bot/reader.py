"""Who reads in a private chat: whose saved pages count, and what they may change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.access import author, rights_of
from directory.rights import Rights


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, by their numeric Telegram id, in their private chat with the bot."""

    person: int
    rights: Rights


class Reading(BaseMiddleware):
    """Gives handlers `reader`: None in a group, where all see the same."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Look up what the person may do, and handle the event."""
        data["reader"] = None
        message = event.message if isinstance(event, CallbackQuery) else event
        if isinstance(message, Message) and message.chat.type == "private":
            own = author(event)
            rights = await rights_of(own, data["directory"], data["settings"]) if own else Rights()
            data["reader"] = Reader(message.chat.id, rights)
        return await handler(event, data)
