"""Owners read the audit log, and take it away as a file."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.editors import AuditFile, AuditLog
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.progress import BEFOREHAND
from bot.talk.send import send_book, show
from bot.views.owners.audit import audit_log, sheet
from bot.views.view import SCREEN, screen
from directory.directory import Directory
from directory.rights import Role
from directory.store import audit
from directory.store.audit import Act, Detail


async def log(
    event: Message | CallbackQuery, directory: Directory, callback_data: AuditLog | None = None
) -> None:
    """Show the newest acts, or another screen of them: /audit."""
    async with directory.db.read() as connection:
        total = await audit.count(connection)
        at = screen(callback_data.n if callback_data else 0, total)
        entries = await audit.entries(connection, limit=SCREEN, offset=at.start)
    await show(event, audit_log(entries, at, total, directory.territories))


async def send_file(press: CallbackQuery, office: Office) -> None:
    """Send the whole log as a workbook; that it was taken away is an act too."""
    async with office.write() as work:
        detail = Detail.AUDIT_LOG
        await audit.record(work.connection, office.person, Act.EXPORT, detail=detail)
        entries = await audit.entries(work.connection)
    await send_book(press, office, _("audit log.xlsx"), sheet(entries, work.territories))


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.message.register(log, Command("audit"))
    router.callback_query.register(log, AuditLog.filter())
    router.callback_query.register(send_file, AuditFile.filter(), flags=BEFOREHAND)
    return router
