"""Fair turns for the updates that come from Telegram, and one word for whoever sends too many."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from contextlib import suppress
from time import monotonic
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import TelegramObject, Update, User
from aiogram.types.update import UpdateTypeLookupError

from bot.i18n import Catalogues, language_of
from bot.process.turns import Pace, Speed, Turns
from bot.views.citizens.hello import too_fast

log = logging.getLogger(__name__)


class FairTurns(BaseMiddleware):
    """Handles an update when it is its sender's turn. What comes too fast is not handled at all.

    Updates that could not be read (see `bot.process.unreadable_answers`) end here.
    """

    def __init__(self) -> None:
        self._turns = Turns()
        self._pace = Pace()
        self._catalogues = Catalogues()

    async def __call__(
        self, handler: NextMiddlewareType[Any], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Wait for the turn, then handle the update."""
        assert isinstance(event, Update)
        try:
            kind = event.event_type
        except UpdateTypeLookupError:
            return None
        person = _sender(data) or event.update_id
        speed = self._pace.speed(person, kind, monotonic())
        if speed is Speed.FINE:
            async with self._turns.turn(person):
                return await handler(event, data)
        if speed is Speed.TOO_FAST:
            log.warning("somebody sends too many updates (%s): they are left out for now", kind)
            await self._tell(event, data["bot"], data.get("event_from_user"))
        return None

    async def _tell(self, update: Update, bot: Bot, user: User | None) -> None:
        """Say so in the private chat or below the pressed button, and nowhere else."""
        with (
            self._catalogues.context(),
            self._catalogues.use_locale(language_of(user)),
            suppress(TelegramAPIError),
        ):
            if update.message is not None and update.message.chat.type == "private":
                await bot.send_message(update.message.chat.id, too_fast())
            elif update.callback_query is not None:
                await bot.answer_callback_query(update.callback_query.id, too_fast())


def _sender(data: dict[str, Any]) -> Hashable:
    """Whose update it is: a person's, else that of the chat, as posts of channels are."""
    origin = data.get("event_from_user") or data.get("event_chat")
    return origin.id if origin is not None else None
