"""What kind of message it is: the questions that routers ask of each message.

They are coroutines: aiogram hands any other filter, an `F` too, to a thread, which takes longer
than all the rest of finding a handler.
"""

from __future__ import annotations

from aiogram.types import Message

from directory.links import find_links, put_together

_NOT_TEXT = {
    *("document", "photo", "video", "voice", "video_note", "audio", "sticker", "animation"),
    *("contact", "poll", "dice", "story", "venue", "paid_media", "checklist"),
}
"""What people send besides text; service messages are not among it."""


_ONLY_WORDS = {"message_id", "date", "chat", "from_user", "text"}
"""The fields of a message that is nothing but words: neither forwarded nor a reply, without
formatting and all that Telegram may yet think of."""


async def is_only_words(message: Message) -> bool:
    """Whether it is nothing but words, in a person's own chat with the bot: the usual query. It is
    no command and holds no link."""
    text = message.text or ""
    return (
        message.model_fields_set == _ONLY_WORDS
        and message.chat.type == "private"
        and not text.startswith("/")
        and not find_links(put_together(text))
    )


async def in_private(message: Message) -> bool:
    """Whether it stands in a person's own chat with the bot."""
    return message.chat.type == "private"


async def in_group(message: Message) -> bool:
    """Whether it stands in a group."""
    return message.chat.type in ("group", "supergroup")


async def is_command(message: Message) -> bool:
    """Whether its text begins as a command does."""
    return (message.text or "").startswith("/")


async def has_command(message: Message) -> bool:
    """Whether its text, or the caption of what it is, begins as a command does."""
    return (message.text or message.caption or "").startswith("/")


async def has_words(message: Message) -> bool:
    """Whether it has a text or a caption."""
    return bool(message.text or message.caption)


async def has_own_words(message: Message) -> bool:
    """Whether it has a text or a caption that nobody else wrote."""
    return bool(message.text or message.caption) and message.forward_origin is None


async def is_not_forwarded(message: Message) -> bool:
    """Whether nobody else sent it first."""
    return message.forward_origin is None


async def is_forwarded(message: Message) -> bool:
    """Whether somebody else sent it first."""
    return message.forward_origin is not None


async def is_reply(message: Message) -> bool:
    """Whether it answers another message."""
    return message.reply_to_message is not None


async def is_place(message: Message) -> bool:
    """Whether it is somebody's place."""
    return message.location is not None


async def is_file(message: Message) -> bool:
    """Whether it is a file."""
    return message.document is not None


async def is_forwarded_file(message: Message) -> bool:
    """Whether it is a file that somebody else sent."""
    return message.document is not None and message.forward_origin is not None


async def is_not_text(message: Message) -> bool:
    """Whether it is a sticker, a voice message and the like."""
    return message.content_type in _NOT_TEXT
