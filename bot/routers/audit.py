"""Owners read the audit log, and take it away as a file."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence

import xlsxwriter
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.buttons import AuditFile, AuditLog
from bot.people.admin_router import admin_router
from bot.talk.send import redraw, reply
from bot.views.audit import HEADER, audit_log, row
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.rights import Role
from directory.store import audit
from directory.store.audit import Act, Entry

FILE = "журнал действий.xlsx"
_WIDTHS = (20, 16, 26, 20, 50)


async def audit_command(message: Message, directory: Directory) -> None:
    """/audit: the newest acts."""
    await reply(message, await _screen(directory, 0))


async def turn(press: CallbackQuery, callback_data: AuditLog, directory: Directory) -> None:
    """Another screen of the log."""
    await redraw(press, await _screen(directory, callback_data.n))


async def send_file(press: CallbackQuery, directory: Directory) -> None:
    """The whole log as a workbook; that it was taken away is an act too."""
    if press.message is None or press.bot is None:
        return
    async with directory.db.write() as connection:
        await audit.record(connection, press.from_user.id, Act.EXPORT, detail=FILE)
        entries = await audit.entries(connection)
    data = await asyncio.to_thread(_workbook, entries)
    await press.bot.send_document(press.message.chat.id, BufferedInputFile(data, FILE))


async def _screen(directory: Directory, n: int) -> View:
    async with directory.db.read() as connection:
        total = await audit.count(connection)
        at = screen(n, total)
        entries = await audit.entries(connection, limit=SCREEN, offset=at.start)
    return audit_log(entries, at, total)


def _workbook(entries: Sequence[Entry]) -> bytes:
    file = io.BytesIO()
    # All is written as text: what begins with «=» in a file's name is no formula.
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Журнал")
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, book.add_format({"bold": True}))
        for number, entry in enumerate(entries, start=1):
            for column, cell in enumerate(row(entry)):
                sheet.write_string(number, column, cell)
        sheet.autofilter(0, 0, len(entries), len(HEADER) - 1)
    return file.getvalue()


def make() -> Router:
    """The router of these handlers, asked in this order; owners' alone."""
    router = admin_router(__name__, Role.OWNER)
    router.message.register(audit_command, Command("audit"))
    router.callback_query.register(turn, AuditLog.filter())
    router.callback_query.register(send_file, AuditFile.filter())
    return router
