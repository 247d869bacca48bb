"""The links of a message, wherever they stand."""

from __future__ import annotations

from aiogram.types import Message

from bot.talk.mentions import own_name
from directory import links

MOST = 5
"""Links of one message that get a verdict."""


async def links_in(message: Message) -> list[str]:
    """The links in the text or caption, behind words, and on buttons, each once, in this order.

    The bot's own name is none of them.
    """
    text = message.text or message.caption or ""
    found = []
    for entity in message.entities or message.caption_entities or []:
        if entity.type == "text_link" and entity.url:
            found.append(entity.url)
        elif entity.type in ("url", "mention"):
            found.append(entity.extract_from(text))
    found += links.find_links(text)
    if message.reply_markup is not None:
        rows = message.reply_markup.inline_keyboard
        found += [button.url for row in rows for button in row if button.url]
    own = await own_name(message)
    return list(
        {link.casefold(): link for link in reversed(found) if link.casefold() != own}.values()
    )[::-1]
