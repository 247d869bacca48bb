"""/history: what was changed, and taking it back."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.changes import ChangeFile, History, PageHistory, RevisionCard, RevisionScreen, Undo
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.notices import NoticeError
from bot.talk.progress import BEFOREHAND, LongAnswer
from bot.talk.send import redraw, send, send_book, show
from bot.views.editors import change_sheet as sheet
from bot.views.editors import history as views
from bot.views.editors import undo as outcomes
from bot.views.editors.history import FEW
from bot.views.view import SCREEN, View, screen
from directory.change_history import changes_of_page, changes_of_revision
from directory.editing.undoing import NotYoursError, take_back
from directory.imports.outcome import Progress, Stage
from directory.model import Revision
from directory.store import change_log, revisions
from directory.store.undo import AlreadyUndoneError, NothingLeftError
from directory.store.undo_conflicts import ThinnedError

_BATCH = 500
"""Records of a change that are read at once: others are answered in between."""


async def history(
    event: Message | CallbackQuery,
    office: Office,
    callback_data: History | None = None,
) -> None:
    """List the newest changes, or another screen of them."""
    async with office.read() as work:
        n = callback_data.n if callback_data else 0
        at = screen(n, await revisions.count_together(work.connection))
        found = await revisions.history(
            work.connection, limit=SCREEN, offset=at.start, together=True
        )
        shown = await change_log.with_counts(work.connection, found)
        only = await change_log.only_pages(work.connection, shown)
    names = await office.names([each.origin.actor for each in shown])
    await show(event, views.history(shown, at, names, only))


async def revision(press: CallbackQuery, callback_data: RevisionCard, office: Office) -> None:
    """Show one change."""
    await send(press, await _revision(office, callback_data.revision, 0))


async def turn_revision(
    press: CallbackQuery, callback_data: RevisionScreen, office: Office
) -> None:
    """Show another screen of what it did."""
    await redraw(press, await _revision(office, callback_data.revision, callback_data.n))


async def _revision(office: Office, number: int, n: int) -> View:
    async with office.read() as work:
        found = await _counted(work.connection, number)
        at = screen(n, await change_log.count_of_revision(work.connection, number), FEW)
        done = await changes_of_revision(
            *(work.connection, number, work.territories, work.rights), limit=FEW, offset=at.start
        )
    names = await office.names([found.origin.actor])
    return views.revision_card(found, done, at, names)


async def send_file(press: CallbackQuery, callback_data: ChangeFile, office: Office) -> None:
    """Send all that it did as a workbook."""
    number = callback_data.revision
    async with office.read() as work:
        found = await _counted(work.connection, number)
        total = await change_log.count_of_revision(work.connection, number)
        rows = [
            row
            for start in range(0, total, _BATCH)
            for each in await changes_of_revision(
                *(work.connection, number, work.territories, work.rights),
                limit=_BATCH,
                offset=start,
            )
            for row in sheet.rows_of(each, whole=total <= sheet.WHOLE)
        ]
    names = await office.names([found.origin.actor])
    await send_book(press, office, sheet.file_name(found), *sheet.sheets(found, rows, names))


async def page_history(press: CallbackQuery, callback_data: PageHistory, office: Office) -> None:
    """List what was changed on a page."""
    async with office.read() as work:
        page = await work.page(callback_data.page)
        count = await change_log.count_of_page(work.connection, page.id)
        at = screen(callback_data.n, count, FEW)
        shown = await changes_of_page(
            work.connection, page.id, work.territories, limit=FEW, offset=at.start
        )
    names = await office.names([each.revision.origin.actor for each in shown])
    await send(press, views.page_history(page, shown, at, names))


async def undo(press: CallbackQuery, callback_data: Undo, office: Office) -> None:
    """Take a revision back: once, however often it is pressed."""
    async with office.read() as work:
        found = await _found(work.connection, callback_data.revision)
    # In a new message: what is taken back stays to be seen.
    answer = LongAnswer(press.message if isinstance(press.message, Message) else press)
    async with answer.progress() as progress:
        view = await _undo(office, found, progress)
        await office.directory.refresh()
    await answer.show(view)


async def _undo(office: Office, revision: Revision, progress: Progress) -> View:
    number, total = revision.id, revision.created + revision.changed + revision.removed
    try:
        undone = await take_back(
            *(office.directory.db, number, office.person, office.rights),
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


async def _counted(connection: AsyncConnection, number: int) -> Revision:
    found = await _found(connection, number)
    return (await change_log.with_counts(connection, [found]))[0]


async def _found(connection: AsyncConnection, number: int) -> Revision:
    """Return the revision. Raises `NoticeError` when there is none."""
    if (found := await revisions.get(connection, number)) is None:
        text = _(
            "There is no change {n} here: perhaps an earlier copy of the directory was put back."
            " See /history."
        )
        raise NoticeError(text.format(n=number))
    return found


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(history, Command("history"))
    router.callback_query.register(history, History.filter())
    router.callback_query.register(revision, RevisionCard.filter())
    router.callback_query.register(turn_revision, RevisionScreen.filter())
    router.callback_query.register(send_file, ChangeFile.filter(), flags=BEFOREHAND)
    router.callback_query.register(page_history, PageHistory.filter())
    router.callback_query.register(undo, Undo.filter(), flags=BEFOREHAND)
    return router
