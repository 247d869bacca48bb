"""/backup: a copy of the database for the owner who asks."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import FSInputFile, Message

from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.send import reply
from bot.views.editors.office import too_large_to_send
from bot.views.owners.alarms import not_backed_up
from directory.backing_up import back_up_dated
from directory.rights import Role
from directory.store import audit, copies

MOST_BYTES = 49 * 2**20
"""Telegram takes files of up to 50 MB from bots."""


async def backup(message: Message, office: Office) -> None:
    """Make a verified copy beside the database, and send it."""
    try:
        copy = await back_up_dated(office.directory)
    except (OSError, copies.DamagedError):
        await reply(message, not_backed_up())
        return
    async with office.write() as work:
        detail = audit.Detail.BACKUP
        await audit.record(work.connection, office.person, audit.Act.EXPORT, detail=detail)
    if copy.stat().st_size <= MOST_BYTES:
        await message.answer_document(FSInputFile(copy))
    else:
        await reply(message, too_large_to_send(str(copy)))


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.message.register(backup, Command("backup"))
    return router
