"""What is forwarded to the bot: judged, and never taken for the reader's own word.

Asked before all other conversations: a forwarded «/forget» is no command, and a forwarded text is
no query.
"""

from __future__ import annotations

from collections import OrderedDict

from aiogram import Router
from aiogram.types import Message

from bot.screens.link_verdicts import judge
from bot.talk.kinds import is_forwarded
from bot.talk.message_links import sent_in
from bot.talk.send import reply
from bot.views.citizens import hello
from bot.views.view import View
from directory.directory import Directory

_ALBUMS = 1000


class Forwards:
    """Answers what is forwarded; of an album each picture is a message of its own.

    The last albums are remembered so that each gets one answer: after a restart, or in another
    replica, an answer may come twice, which does no harm.
    """

    def __init__(self) -> None:
        self._answered: OrderedDict[tuple[int, str], None] = OrderedDict()

    async def verdict(
        self, message: Message, directory: Directory
    ) -> dict[str, View | None] | bool:
        """Show the filter: what to answer, None when the album has been answered."""
        judged = await judge(await sent_in(message), directory)
        # A file and a place are answered for themselves.
        if (message.document or message.location) and not judged.links and not judged.is_bad:
            return False
        if self._is_answered(message) and not judged.links:
            return {"verdict": None}
        return {"verdict": judged.view(private=True) if judged else hello.forwarded()}

    def _is_answered(self, message: Message) -> bool:
        """Whether another message of the album came before; the album is noted."""
        if message.media_group_id is None:
            return False
        album = (message.chat.id, message.media_group_id)
        before = album in self._answered
        self._answered[album] = None
        if len(self._answered) > _ALBUMS:
            self._answered.popitem(last=False)
        return before


async def answer(message: Message, verdict: View | None) -> None:
    """Answer a forwarded message with the verdict."""
    if verdict is not None:
        await reply(message, verdict)


def make() -> Router:
    """Return the router of these handlers, for private chats."""
    router = Router(name=__name__)
    router.message.filter(is_forwarded)
    router.message.register(answer, Forwards().verdict)
    return router
