"""Whether a message in a group is meant for the bot, and what it then asks."""

from __future__ import annotations

import re

from aiogram.types import Message


async def without_mention(message: Message) -> str | None:
    """What is asked of the bot: the text without its name; None when it does not name the bot."""
    if message.bot is None:
        return None
    me = await message.bot.me()
    text = message.text or message.caption or ""
    asked, named = re.subn(rf"(?<!\w)@{re.escape(me.username or '')}\b", " ", text, flags=re.I)
    return asked.strip(" ,:\n") if named else None


def from_itself(message: Message) -> bool:
    """Whether the message is the bot's own card, sent inline by a person."""
    return (
        message.via_bot is not None
        and message.bot is not None
        and message.via_bot.id == message.bot.id
    )


def replies_to_bot(message: Message) -> bool:
    """Whether the message answers one of the bot's own, other than a topic's first message."""
    replied = message.reply_to_message
    return (
        replied is not None
        and replied.from_user is not None
        and message.bot is not None
        and replied.from_user.id == message.bot.id
    )
