"""What is said of each link of a message."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import Message

from bot.screens.page_entries import load_one
from bot.talk.message_links import MOST
from bot.talk.send import reply
from bot.views.verdict import too_many, verdict
from bot.views.words import today
from directory.directory import Directory


async def tell_verdicts(message: Message, links: Sequence[str], directory: Directory) -> None:
    """One answer a link, for the first few."""
    for text in links[:MOST]:
        judged = directory.verify(text)
        entry = await load_one(directory, judged.page) if judged.page else None
        private = message.chat.type == "private"
        await reply(message, verdict(text, judged, entry, today(), private=private))
    if len(links) > MOST:
        await reply(message, too_many(len(links) - MOST))
