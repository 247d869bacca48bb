"""The list of owners and editors, and the card of one."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Bot

from bot.people.staff import unreached
from bot.settings import Settings
from bot.views.owners import staff as views
from bot.views.view import SCREEN, View, screen
from bot.views.words import today
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
    return views.editors(shown, at, directory.territories, silent, fixed)


async def staff_card(
    person: int, directory: Directory, settings: Settings, bot: Bot | None
) -> View:
    """The card of one of the staff."""
    if person in settings.admin_ids:
        return views.is_owner(person)
    async with directory.db.read() as connection:
        member = await staff.get(connection, person)
    if member is None:
        return View(views.no_member())
    silent = bool(bot and await unreached(bot, [person]))
    return views.member(member, directory.territories, today(), silent=silent)
