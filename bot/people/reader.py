"""Who reads in a private chat: whose saved pages count, and what they may change.

Rights go by the numeric id of whoever writes or presses, in their private chat with the bot, and
are looked up anew at every command, file, answer and press. What was not written by that person
here and now has none: forwarded and edited messages, posts of channels, anonymous administrators of
groups, messages through other bots, and buttons in a chat that is not the person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeGuard

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import NextMiddlewareType
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject

from bot.settings import Settings
from bot.views.words import today
from directory.directory import Directory
from directory.rights import Rights, Role
from directory.store import staff


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, by their numeric Telegram id, in their private chat with the bot."""

    person: int
    rights: Rights


def is_staff(reader: Reader | None) -> TypeGuard[Reader]:
    """Whether an editor or an owner reads, in their private chat."""
    return reader is not None and reader.rights.role > Role.CITIZEN


class ReaderMiddleware(BaseMiddleware):
    """Gives filters and handlers `reader`: None in a group, where all see the same."""

    async def __call__(
        self, handler: NextMiddlewareType[Any], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Look up what the person may do, and handle the event."""
        data["reader"] = None
        message = event.message if isinstance(event, CallbackQuery) else event
        # A button may be on a message that is too old for Telegram to show.
        if isinstance(message, Message | InaccessibleMessage) and message.chat.type == "private":
            own = author(event)
            try:
                rights = await _rights(own, event, data["directory"], data["settings"])
            except Exception:
                if isinstance(event, CallbackQuery):
                    await event.answer()  # no handler will do it
                raise
            data["reader"] = Reader(message.chat.id, rights)
        return await handler(event, data)


async def _rights(
    own: int | None, event: TelegramObject, directory: Directory, settings: Settings
) -> Rights:
    if own is None:
        return Rights()
    is_staff = own in settings.admin_ids or directory.at_hand.may_be_staff(own)
    if _is_query(event) and not is_staff:
        return Rights()  # a query does nothing, and what its answer offers is judged at the press
    return await rights_of(own, directory, settings)


def _is_query(event: TelegramObject) -> bool:
    """Whether a message can only be searched for: no command, no file, no answer to a question."""
    return (
        isinstance(event, Message)
        and event.text is not None
        and not event.text.startswith("/")
        and event.reply_to_message is None
    )


async def rights_of(person: int, directory: Directory, settings: Settings) -> Rights:
    """Return what the person with this numeric id may do."""
    if person in settings.admin_ids:
        return Rights(Role.OWNER)
    async with directory.db.read() as connection:
        member = await staff.get(connection, person)
    return member.rights(today()) if member else Rights()


def author(event: TelegramObject) -> int | None:
    """Return whose own word a message or a press is, None when it is nobody's (see above)."""
    if isinstance(event, Message):
        own = not (
            event.sender_chat
            or event.forward_origin
            or event.via_bot
            or event.edit_date
            or event.is_automatic_forward
            or event.sender_business_bot
        )
        chat, person = event.chat, event.from_user
    elif isinstance(event, CallbackQuery) and event.message is not None:
        own, chat, person = True, event.message.chat, event.from_user
    else:
        return None
    if not own or person is None or person.is_bot:
        return None
    return person.id if chat.type == "private" and chat.id == person.id else None
