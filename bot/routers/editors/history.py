"""/history: what was changed, and taking it back."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.changes import ChangeFile, History, PageHistory, RevisionCard, RevisionScreen, Undo
from bot.people.admin_router import admin_router
from bot.people.names import names_of
from bot.people.permitted import target
from bot.talk.progress import BEFOREHAND, LongAnswer
from bot.talk.send import redraw, reply, send
from bot.views.editors import change_sheet as sheet
from bot.views.editors import history as views
from bot.views.editors import undo as outcomes
from bot.views.editors.history import FEW
from bot.views.view import SCREEN, View, screen
from directory.change_history import changes_of_page, changes_of_revision
from directory.directory import Directory
from directory.editing.undoing import NotYoursError, take_back
from directory.file.writers import xlsx_bytes
from directory.imports.outcome import Progress, Stage
from directory.model import Revision
from directory.rights import Rights
from directory.store import change_log, revisions
from directory.store.undo import AlreadyUndoneError, NothingLeftError, ThinnedError

_BATCH = 500
"""Records of a change that are read at once: others are answered in between."""


async def history(message: Message, directory: Directory, rights: Rights, bot: Bot) -> None:
    """The newest changes."""
    await reply(message, await _history(directory, rights, bot, 0))


async def turn(
    press: CallbackQuery, callback_data: History, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """Another screen of changes."""
    await redraw(press, await _history(directory, rights, bot, callback_data.n))


async def revision(
    press: CallbackQuery,
    callback_data: RevisionCard,
    directory: Directory,
    rights: Rights,
    bot: Bot,
) -> None:
    """One change."""
    await send(press, await _revision(directory, rights, bot, callback_data.revision, 0))


async def turn_revision(
    press: CallbackQuery,
    callback_data: RevisionScreen,
    directory: Directory,
    rights: Rights,
    bot: Bot,
) -> None:
    """Another screen of what it did."""
    n = callback_data.n
    await redraw(press, await _revision(directory, rights, bot, callback_data.revision, n))


async def send_file(
    press: CallbackQuery, callback_data: ChangeFile, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """All that it did, as a workbook."""
    number = callback_data.revision
    async with directory.db.read() as connection:
        found = await _counted(connection, number)
        total = await change_log.count_of_revision(connection, number)
        rows = [
            row
            for start in range(0, total, _BATCH)
            for each in await changes_of_revision(
                *(connection, number, directory.territories, rights), limit=_BATCH, offset=start
            )
            for row in sheet.rows_of(each, whole=total <= sheet.WHOLE)
        ]
    if found is None:
        await send(press, views.no_revision(number))
    elif press.message is not None:
        names = await names_of(bot, rights, [found.origin.actor])
        data = await asyncio.to_thread(xlsx_bytes, *sheet.sheets(found, rows, names))
        file = BufferedInputFile(data, sheet.file_name(found))
        await bot.send_document(press.message.chat.id, file)


async def page_history(
    press: CallbackQuery, callback_data: PageHistory, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """What was changed on a page."""
    async with directory.db.read() as connection:
        page, _ = await target(connection, directory.territories, rights, callback_data.page)
        at = screen(callback_data.n, await change_log.count_of_page(connection, page.id), FEW)
        shown = await changes_of_page(
            connection, page.id, directory.territories, limit=FEW, offset=at.start
        )
    names = await names_of(bot, rights, [each.revision.origin.actor for each in shown])
    await send(press, views.page_history(page, shown, at, names))


async def undo(
    press: CallbackQuery, callback_data: Undo, directory: Directory, rights: Rights
) -> None:
    """Take a revision back: once, however often it is pressed."""
    # In a new message: what is taken back stays to be seen.
    answer = LongAnswer(press.message if isinstance(press.message, Message) else press)
    async with answer.progress() as progress:
        view = await _undo(directory, callback_data.revision, press.from_user.id, rights, progress)
        await directory.refresh()
    await answer.show(view)


async def _history(directory: Directory, rights: Rights, bot: Bot, n: int) -> View:
    async with directory.db.read() as connection:
        at = screen(n, await revisions.count_together(connection))
        found = await revisions.history(connection, limit=SCREEN, offset=at.start, together=True)
        shown = await change_log.with_counts(connection, found)
        only = await change_log.only_pages(connection, shown)
    names = await names_of(bot, rights, [each.origin.actor for each in shown])
    return views.history(shown, at, names, only)


async def _revision(directory: Directory, rights: Rights, bot: Bot, number: int, n: int) -> View:
    async with directory.db.read() as connection:
        found = await _counted(connection, number)
        if found is None:
            return views.no_revision(number)
        at = screen(n, await change_log.count_of_revision(connection, number), FEW)
        done = await changes_of_revision(
            *(connection, number, directory.territories, rights), limit=FEW, offset=at.start
        )
    names = await names_of(bot, rights, [found.origin.actor])
    return views.revision_card(found, done, at, names)


async def _counted(connection: AsyncConnection, number: int) -> Revision | None:
    found = await revisions.get(connection, number)
    return (await change_log.with_counts(connection, [found]))[0] if found else None


async def _undo(
    directory: Directory, number: int, actor: int, rights: Rights, progress: Progress
) -> View:
    async with directory.db.read() as connection:
        found = await revisions.get(connection, number)
    if found is None:
        return views.no_revision(number)
    total = found.created + found.changed + found.removed
    try:
        undone = await take_back(
            *(directory.db, number, actor, rights),
            lambda done: progress(Stage.APPLY, min(done, total), total),
        )
    except NotYoursError as error:
        return outcomes.not_yours(number, error.reasons)
    except AlreadyUndoneError as error:
        return outcomes.undone_before(number, error.by)
    except ThinnedError:
        return outcomes.thinned(number)
    except NothingLeftError as error:
        return outcomes.cannot_undo(number, error.conflicts)
    return outcomes.undone(number, undone)


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(history, Command("history"))
    router.callback_query.register(turn, History.filter())
    router.callback_query.register(revision, RevisionCard.filter())
    router.callback_query.register(turn_revision, RevisionScreen.filter())
    router.callback_query.register(send_file, ChangeFile.filter(), flags=BEFOREHAND)
    router.callback_query.register(page_history, PageHistory.filter())
    router.callback_query.register(undo, Undo.filter(), flags=BEFOREHAND)
    return router
