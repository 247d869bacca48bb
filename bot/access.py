"""Who is at the other end, and what they may do: the only way into administrators' conversations.

Rights go by the numeric id of whoever writes or presses, in their private chat with the bot, and
are looked up anew at every message and every press. What was not written by that person here and
now has none: forwarded and edited messages, posts of channels, anonymous administrators of groups,
messages through other bots, and buttons in a chat that is not the person's own.
"""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.settings import Settings
from directory.directory import Directory
from directory.rights import Rights, Role
from directory.store import editors


async def rights_of(person: int, directory: Directory, settings: Settings) -> Rights:
    """What the person with this numeric id may do."""
    if person in settings.admin_ids:
        return Rights(Role.OWNER)
    async with directory.db.read() as connection:
        editor = await editors.get(connection, person)
    return Rights(Role.EDITOR, editor.scope) if editor else Rights()


def author(event: TelegramObject) -> int | None:
    """Whose own word a message or a press is, None when it is nobody's (see above)."""
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


class Needs(Filter):
    """Passes only those who have the role, and gives the handler their `rights`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(
        self, event: TelegramObject, directory: Directory, settings: Settings
    ) -> bool | dict[str, Any]:
        person = author(event)
        if person is None:
            return False
        rights = await rights_of(person, directory, settings)
        return {"rights": rights} if rights.role >= self.role else False


def admin_router(name: str, role: Role = Role.EDITOR) -> Router:
    """A router for messages and presses of those who have the role; nothing else enters it.

    Handlers take `rights`, and ask it of each page that they are about to change. The matrix in
    tests/bot/test_authorisation.py is made from these routers: a new handler needs its row there.
    """
    router = Router(name=name)
    router.message.filter(Needs(role))
    router.callback_query.filter(Needs(role))
    return router
