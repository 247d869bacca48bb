"""Whether a message in a group is meant for the bot, and what it then asks."""

from __future__ import annotations

import re

from aiogram.types import Message

from bot.talk.own_name import own_username


def without_mention(message: Message) -> str | None:
    """Return what is asked of the bot: the text without its name; None when it does not name the
    bot."""
    text = message.text or message.caption or ""
    if "@" not in text:
        return None
    own = re.escape(f"@{own_username()}")
    asked, named = re.subn(rf"(?<!\w){own}\b", " ", text, flags=re.I)
    return asked.strip(" ,:\n") if named else None


async def from_itself(message: Message) -> bool:
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


def in_topic_of_reply(message: Message) -> bool:
    """Whether it only stands below a post or in a topic: Telegram makes that a reply, too."""
    replied = message.reply_to_message
    return replied is not None and replied.message_id == message.message_thread_id
