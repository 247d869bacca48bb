"""Owners read the audit log, and take it away as a file."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.buttons.editors import AuditFile, AuditLog
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw, reply
from bot.views.owners.audit import audit_log, file_name, sheet
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.file.writers import xlsx_bytes
from directory.rights import Rights, Role
from directory.store import audit
from directory.store.audit import Act, Detail


async def audit_command(message: Message, directory: Directory) -> None:
    """/audit: the newest acts."""
    await reply(message, await _screen(directory, 0))


async def turn(press: CallbackQuery, callback_data: AuditLog, directory: Directory) -> None:
    """Another screen of the log."""
    await redraw(press, await _screen(directory, callback_data.n))


async def send_file(press: CallbackQuery, directory: Directory, rights: Rights, bot: Bot) -> None:
    """The whole log as a workbook; that it was taken away is an act too."""
    if press.message is None:
        return
    async with directory.db.write() as connection:
        await still(connection, rights, Role.OWNER)
        detail = Detail.AUDIT_LOG
        await audit.record(connection, press.from_user.id, Act.EXPORT, detail=detail)
        entries = await audit.entries(connection)
    data = await asyncio.to_thread(xlsx_bytes, sheet(entries, directory.territories))
    await bot.send_document(press.message.chat.id, BufferedInputFile(data, file_name()))


async def _screen(directory: Directory, n: int) -> View:
    async with directory.db.read() as connection:
        total = await audit.count(connection)
        at = screen(n, total)
        entries = await audit.entries(connection, limit=SCREEN, offset=at.start)
    return audit_log(entries, at, total, directory.territories)


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.message.register(audit_command, Command("audit"))
    router.callback_query.register(turn, AuditLog.filter())
    router.callback_query.register(send_file, AuditFile.filter(), flags=BEFOREHAND)
    return router
