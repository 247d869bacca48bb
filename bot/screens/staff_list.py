"""The list of owners and editors."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Bot

from bot.people.staff import unreached
from bot.settings import Settings
from bot.views.editors import editors
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.rights import Role, Scopes
from directory.store import staff
from directory.store.staff import Member


async def staff_list(bot: Bot, directory: Directory, settings: Settings, n: int = 0) -> View:
    """Screen `n` of it; whom the bot cannot write to is found out now."""
    async with directory.db.read() as connection:
        members = await staff.everyone(connection)
    fixed = settings.admin_ids
    by_settings = [
        Member(person, Role.OWNER, Scopes(), "", person, datetime.now(UTC))
        for person in sorted(fixed)
    ]
    everyone = by_settings + [member for member in members if member.person not in fixed]
    at = screen(n, len(everyone))
    shown = everyone[at.start : at.start + SCREEN]
    silent = await unreached(bot, [member.person for member in shown])
    return editors(shown, at, directory.territories, silent, fixed)
