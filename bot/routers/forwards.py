"""What is forwarded to the bot: judged, and never taken for the reader's own word.

Asked before all other conversations: a forwarded «/forget» is no command, and a forwarded text is
no query.
"""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.screens.link_verdicts import judge
from bot.talk.kinds import is_forwarded
from bot.talk.message_links import sent_in
from bot.talk.send import reply
from bot.views import hello
from bot.views.view import View
from directory.directory import Directory


async def forwarded(message: Message, verdict: View) -> None:
    """The verdict on a forwarded message."""
    await reply(message, verdict)


async def _verdict(message: Message, directory: Directory) -> dict[str, View] | bool:
    judged = await judge(await sent_in(message), directory)
    # A file and a place are answered for themselves.
    if (message.document or message.location) and not judged.links and not judged.is_bad:
        return False
    return {"verdict": judged.view(private=True) if judged else hello.forwarded()}


def make() -> Router:
    """The router of these handlers, for private chats."""
    router = Router(name=__name__)
    router.message.filter(is_forwarded)
    router.message.register(forwarded, _verdict)
    return router
