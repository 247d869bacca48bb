"""The list of owners and editors, and the card of one."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.people.permitted import Office
from bot.people.staff import unreached
from bot.views.owners import staff as views
from bot.views.view import View, screen
from bot.views.words import today
from directory.rights import Role, Scopes
from directory.store import staff
from directory.store.staff import Member


async def staff_list(office: Office, n: int = 0) -> View:
    """Show screen `n` of it; whom the bot cannot write to is found out now."""
    async with office.directory.db.read() as connection:
        members = await staff.everyone(connection)
    fixed = office.settings.admin_ids
    by_settings = [
        Member(person, Role.OWNER, Scopes(), "", person, datetime.now(UTC))
        for person in sorted(fixed)
    ]
    everyone = by_settings + [member for member in members if member.person not in fixed]
    at = screen(n, len(everyone))
    shown = at.shown(everyone)
    silent = await unreached(office.bot, [member.person for member in shown])
    return views.editors(shown, at, office.directory.territories, silent, fixed)


async def staff_card(office: Office, person: int) -> View:
    """Show the card of one of the staff."""
    if person in office.settings.admin_ids:
        return views.is_owner(person)
    async with office.directory.db.read() as connection:
        member = await staff.get(connection, person)
    if member is None:
        return View(views.no_member())
    silent = bool(await unreached(office.bot, [person]))
    return views.member(member, office.directory.territories, today(), silent=silent)
