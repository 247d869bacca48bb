"""Questions that are answered by a reply.

What an answer is about stands in the question itself, as code: nothing is remembered in the
process, so a question may be answered after a restart, and two questions do not get mixed up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ForceReply, Message

from bot.talk.mentions import replies_to_bot
from bot.views.text import code
from bot.views.view import paragraphs


async def ask(event: CallbackQuery | Message, question: str, *hints: str, about: str = "") -> None:
    """Ask in the chat of the press or message; `question` is plain text, `about` for `answered`."""
    message = event if isinstance(event, Message) else event.message
    if message is None or event.bot is None:
        return
    text = paragraphs(f"<b>{question}</b>", *hints, code(about) if about else "")
    await event.bot.send_message(message.chat.id, text, reply_markup=ForceReply())


def answered(message: Message, question: str) -> str | None:
    """Return what the question was about that this message replies to; None when it replies to none
    such.

    Whoever types on without a reply has changed their mind: that is a search like any other.
    """
    asked = message.reply_to_message
    if asked is None or not replies_to_bot(message) or not message.text:
        return None
    if message.text.startswith("/"):
        return None  # Telegram makes a reply of a command too.
    text = asked.text or ""
    if not text.startswith(question):
        return None
    found = [e.extract_from(text) for e in asked.entities or [] if e.type == "code"]
    return found[-1] if found else ""


class Replies(Filter):
    """Passes replies to a question; the handler gets what it was `about`, and what is `given`.

    `like` is a regular expression for what the question can have been about.
    """

    def __init__(self, question: Callable[[], str], like: str = ".+", **given: object) -> None:
        self._question, self._like, self._given = question, re.compile(like, re.S), given

    async def __call__(self, message: Message) -> dict[str, Any] | bool:
        about = answered(message, self._question())
        if about is None or not self._like.fullmatch(about):
            return False
        return {"about": about, **self._given}


NUMBER = r"[0-9]+"
"""Of a question about something with a number."""
