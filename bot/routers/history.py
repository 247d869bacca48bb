"""/history: what was changed, and taking it back."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.buttons import History, PageHistory, RevisionCard, Undo
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, target
from bot.talk.progress import LongAnswer
from bot.talk.send import redraw, reply, send
from bot.views import history as views
from bot.views import quarantine as refusals
from bot.views.history import FEW
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.imports.outcome import Progress, Stage
from directory.page_history import changes_of_page
from directory.rights import Rights
from directory.store import revisions
from directory.store.undo import AlreadyUndoneError, NothingLeftError, ThinnedError
from directory.undoing import NotYoursError, take_back


async def history(message: Message, directory: Directory) -> None:
    """The newest revisions."""
    await reply(message, await _history(directory, 0))


async def turn(press: CallbackQuery, callback_data: History, directory: Directory) -> None:
    """Another screen of revisions."""
    await redraw(press, await _history(directory, callback_data.n))


async def revision(press: CallbackQuery, callback_data: RevisionCard, directory: Directory) -> None:
    """One revision."""
    number = callback_data.revision
    async with directory.db.read() as connection:
        found = await revisions.get(connection, number)
        first = await revisions.first_of(connection, found, FEW) if found else []
    await send(press, views.revision_card(found, first) if found else views.no_revision(number))


async def page_history(
    press: CallbackQuery, callback_data: PageHistory, directory: Directory, rights: Rights
) -> None:
    """What was changed on a page."""
    try:
        async with directory.db.read() as connection:
            page, _ = await target(connection, directory.territories, rights, callback_data.page)
            at = screen(callback_data.n, await revisions.count_of_page(connection, page.id), FEW)
            shown = await changes_of_page(
                connection, page.id, directory.territories, limit=FEW, offset=at.start
            )
    except NotPermittedError as refused:
        await send(press, refusals.refused(refused))
    else:
        await send(press, views.page_history(page, shown, at))


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


async def _history(directory: Directory, n: int) -> View:
    async with directory.db.read() as connection:
        at = screen(n, await revisions.current(connection))
        shown = await revisions.history(connection, limit=SCREEN, offset=at.start)
    return views.history(shown, at)


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
        return views.not_yours(number, error.reasons)
    except AlreadyUndoneError as error:
        return views.undone_before(number, error.by)
    except ThinnedError:
        return views.thinned(number)
    except NothingLeftError as error:
        return views.cannot_undo(number, error.conflicts)
    return views.undone(number, undone)


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(history, Command("history"))
    router.callback_query.register(turn, History.filter())
    router.callback_query.register(revision, RevisionCard.filter())
    router.callback_query.register(page_history, PageHistory.filter())
    # Before the work itself: a long list takes longer than a press may stay unanswered.
    router.callback_query.register(undo, Undo.filter(), flags={"callback_answer": {"pre": True}})
    return router
