"""The door to administrators' conversations: there is no other way into their routers."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.people.permitted import Office
from bot.people.reader import Reader
from bot.settings import Settings
from directory.directory import Directory
from directory.rights import Role


class HasRole(Filter):
    """Passes only people with the role or a higher one, and gives the handler their `office`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(
        self,
        event: TelegramObject,
        reader: Reader | None,
        directory: Directory,
        settings: Settings,
        bot: Bot,
    ) -> bool | dict[str, Any]:
        if reader is None or reader.rights.role < self.role:
            return False
        person, rights = reader.person, reader.rights
        return {"office": Office(directory, settings, bot, person, rights, self.role)}


def admin_router(name: str, role: Role = Role.EDITOR) -> Router:
    """Return a router for messages and presses of those who have the role; nothing else enters it.

    Handlers take the `office`, whose transactions judge each page that they are about to change.
    The matrix in tests/bot/test_authorisation.py is made from these routers: a new handler needs
    a row in tests/bot/office_acts.py.
    """
    router = Router(name=name)
    router.message.filter(HasRole(role))
    router.callback_query.filter(HasRole(role))
    return router
