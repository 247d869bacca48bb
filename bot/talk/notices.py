"""A few words instead of an answer: above the chat after a press, else as a message."""

from __future__ import annotations

from html import escape
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import CallbackQuery, TelegramObject
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.talk.send import send
from bot.views.view import View


class NoticeError(Exception):
    """What the person is told, in plain text, instead of what they asked for.

    Handlers let it pass, and nothing of the transaction that it ends is kept. After a press
    `Notices` tells it, after a message `bot.routers.stale`.
    """

    @property
    def view(self) -> View:
        """The same as a message."""
        return View(escape(str(self), quote=False))


def out_of_date() -> NoticeError:
    """Return the notice that what a button names is no more."""
    return NoticeError(_("This button is out of date. Send your query again."))


class Notices(BaseMiddleware):
    """Answers a press with the notice that its handler raised."""

    async def __call__(
        self, handler: NextMiddlewareType[Any], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Handle the press; when it was answered before, the notice is a message."""
        try:
            return await handler(event, data)
        except NoticeError as notice:
            answer: CallbackAnswer = data["callback_answer"]
            assert isinstance(event, CallbackQuery)
            if answer.answered:
                await send(event, notice.view)
            else:
                answer.disabled = True
                await event.answer(str(notice))
