"""A file that an administrator sends: what it would change, then «Применить» or «Отменить»."""

from __future__ import annotations

import io

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.access import admin_router
from bot.callbacks import Pending
from bot.sending import redraw, reply
from bot.views import imports as views
from bot.views.view import View
from directory.directory import Directory
from directory.imports.outcome import Plan
from directory.imports.plan import plan
from directory.imports.read import UnreadableError
from directory.model import Action, Origin
from directory.rights import Rights
from directory.store import pending, revisions

LARGEST = 20 * 1024 * 1024
"""Bytes: Telegram gives bots no larger file."""


async def ask(message: Message) -> None:
    """/import: what to send."""
    await reply(message, views.ask_file())


async def file_sent(message: Message, directory: Directory, rights: Rights) -> None:
    """A file: what it would change."""
    document = message.document
    if document is None or message.bot is None:
        return
    if (document.file_size or 0) > LARGEST:
        await reply(message, views.too_big())
        return
    data = io.BytesIO()
    await message.bot.download(document, data)
    name = document.file_name or "file"
    await reply(message, await _look(directory, rights, message.chat.id, name, data.getvalue()))


async def decide(
    press: CallbackQuery, callback_data: Pending, directory: Directory, rights: Rights
) -> None:
    """«Применить» or «Отменить», by whoever sent the file."""
    number, person = callback_data.id, press.from_user.id
    if callback_data.apply:
        view = await _apply(directory, rights, person, number)
        await directory.refresh()
    else:
        async with directory.db.write() as connection:
            dropped = await pending.drop(connection, number, person)
        view = views.cancelled() if dropped else views.decided_before()
    await redraw(press, view)


async def _look(directory: Directory, rights: Rights, person: int, name: str, data: bytes) -> View:
    """The preview; a file that would change something is kept for the decision."""
    try:
        made = await plan(directory.db, data, name, rights=rights)
    except UnreadableError as error:
        return views.unreadable(name, str(error))
    if made.is_empty:
        return views.changes_nothing(made)
    async with directory.db.write() as connection:
        number = await pending.keep(connection, person, name, data, made.base)
    return views.preview(made, number)


async def _apply(directory: Directory, rights: Rights, person: int, number: str) -> View:
    """Apply a file if the directory is as it was at the preview; else show a new one.

    It is planned anew: rights may have changed too.
    """
    async with directory.db.read() as connection:
        file = await pending.get(connection, number, person)
    if file is None:
        return views.decided_before()
    made = await plan(directory.db, file.data, file.name, rights=rights)
    if made.is_empty or made.base != file.revision:
        return await _look_again(directory, made, file)
    origin = Origin(Action.IMPORT, person, made.file, made.sha256)
    try:
        async with directory.db.write() as connection:
            # With the changes, in one transaction: of two presses at once only one finds the file.
            if not await pending.drop(connection, number, person):
                return views.decided_before()
            revision = await revisions.apply(connection, made.changes(), origin, base=made.base)
    except revisions.ConflictError:
        return await _apply(directory, rights, person, number)
    return views.applied(made, revision)


async def _look_again(directory: Directory, made: Plan, file: pending.Pending) -> View:
    """A new preview, when the directory has changed since the last one."""
    async with directory.db.write() as connection:
        if made.is_empty:
            await pending.drop(connection, file.id, file.owner)
            return views.nothing_to_apply()
        await pending.preview_again(connection, file.id, made.base)
    return views.changed_meanwhile(views.preview(made, file.id))


def make() -> Router:
    """The router of these handlers, for administrators."""
    router = admin_router(__name__)
    # A file with the command as its caption is a file.
    router.message.register(file_sent, F.document)
    router.message.register(ask, Command("import"))
    # Before the work itself: a large file takes longer than a press may stay unanswered.
    router.callback_query.register(
        decide, Pending.filter(), flags={"callback_answer": {"pre": True}}
    )
    return router
