"""A file that an administrator sends: what it would change, then «Применить» or «Отменить»."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Document, Message
from aiogram.utils.i18n import gettext as _
from sqlalchemy.exc import DBAPIError

from bot.buttons.changes import DecideImport, ReadAs, Reread
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.screens.import_preview import (
    Outcome,
    columns,
    drop,
    look,
    options_after,
    with_column,
)
from bot.talk.kinds import is_file
from bot.talk.notices import NoticeError
from bot.talk.progress import LongAnswer, takes_time
from bot.talk.send import redraw, reply, send
from bot.telegram_limits import LARGEST_FILE
from bot.views.editors import imports as views
from bot.views.editors import imports_ask as questions
from bot.views.view import View
from directory.directory import Directory
from directory.imports import apart
from directory.imports.outcome import Progress
from directory.imports.read import UnreadableError
from directory.imports.sent_file import Consent, End, GoneError, Options
from directory.store import revisions, waiting_files
from directory.store.faults import DatabaseLostError
from directory.store.waiting_files import WaitingFile
from directory.text import clean


async def ask(message: Message) -> None:
    """Tell what to send: /import."""
    await reply(message, views.ask_file())


async def file_sent(message: Message, office: Office) -> None:
    """Show what a file would change."""
    document = message.document
    if document is None:
        return
    if (document.file_size or 0) > LARGEST_FILE:
        await reply(message, views.too_big())
        return
    async with takes_time(message, "typing"):
        file, dropped = await _kept(message, document, office)
    answer = LongAnswer(message, file.told_in, partial(_note, office.directory, file.id))
    async with answer.progress() as progress:
        found = await look(office.directory, office.rights, file, Options(), progress)
    await _show(office, file, answer, message, found)
    if dropped:
        await reply(message, views.dropped(dropped))


async def _kept(message: Message, document: Document, office: Office) -> tuple[WaitingFile, str]:
    """Return the file, and the name of an older one that waits no longer, "" for none.

    It is there when the process ended while the file was read.
    """
    owner = office.person
    async with office.directory.db.read() as connection:
        file = await waiting_files.sent_in(connection, owner, message.message_id)
    if file is not None:
        return file, ""
    data = io.BytesIO()
    await office.bot.download(document, data)
    name = clean(document.file_name or "") or "file"
    async with office.directory.db.write() as connection:
        dropped = await waiting_files.make_room(connection, owner)
        now = await revisions.current(connection)
        number = await waiting_files.keep(
            connection, owner, name, data.getvalue(), now, message.message_id
        )
        file = await waiting_files.get(connection, number, owner)
    assert file is not None  # it was kept just now
    return file, dropped


async def _note(directory: Directory, number: str, message: int) -> None:
    """Note which message tells of the file, best-effort: after a restart it must not stay half-way.

    A database that refuses is told of by what cannot be done without it.
    """
    with suppress(DBAPIError, DatabaseLostError):
        async with directory.db.write() as connection:
            await waiting_files.tell_in(connection, number, message)


async def reread(press: CallbackQuery, callback_data: Reread, office: Office) -> None:
    """The same file taken otherwise: another sheet or column, or as the whole list of something."""
    file = await _waiting(press, office, callback_data.id)
    if callback_data.what in ("columns", "column"):
        await _show_columns(press, file, callback_data.n, office)
        return
    options = options_after(Options.of(file), callback_data)
    if options is None:
        scopes = Options.of(file).scopes
        await redraw(press, questions.choose_scope(file.id, scopes, office.directory.territories))
        return
    await _look_as(press, file, options, office)


async def read_as(press: CallbackQuery, callback_data: ReadAs, office: Office) -> None:
    """The same file with one of its columns read as its sender says."""
    file = await _waiting(press, office, callback_data.id)
    options = with_column(Options.of(file), callback_data.n, callback_data.column)
    await _look_as(press, file, options, office)


async def _look_as(
    press: CallbackQuery, file: WaitingFile, options: Options, office: Office
) -> None:
    answer = LongAnswer(press)
    try:
        with _at_work(file.id):
            async with answer.progress() as progress:
                found = await look(office.directory, office.rights, file, options, progress)
    except GoneError:
        await send(press, View(views.decided_before()))
    else:
        await _show(office, file, answer, press.message, found)


async def _show_columns(press: CallbackQuery, file: WaitingFile, n: int, office: Office) -> None:
    answer = LongAnswer(press)
    try:
        async with answer.progress() as progress:
            view = await columns(office.directory, office.rights, file, progress, n)
    except (GoneError, UnreadableError):
        view = View(views.decided_before())
    await answer.show(view)


async def decide(
    press: CallbackQuery, callback_data: DecideImport, office: Office, resumed: bool = False
) -> None:
    """«Применить» or «Отменить», by whoever sent the file.

    A press is `resumed` when the process ended while it was at work: its message tells of that.
    """
    file = await _file(office, callback_data.id)
    if file is None and resumed:
        await redraw(press, await _decided(office, callback_data.id))
        return
    if file is None or not (callback_data.apply or await drop(office.directory, file)):
        raise NoticeError(views.decided_before())
    if not callback_data.apply:
        await press.answer()
        await redraw(press, views.cancelled())
        return
    _refuse_two(file)
    await press.answer()
    answer = LongAnswer(press)
    try:
        with _at_work(file.id):
            async with answer.progress() as progress:
                view = await _apply(office, file, callback_data, progress)
                await office.directory.refresh()
    except GoneError:
        await send(press, View(views.decided_before()))
    else:
        await answer.show(view)
        await _drop_undecidable(office.directory, file, view)


async def _decided(office: Office, number: str) -> View:
    """Tell what came of a file, as far as it is known."""
    async with office.directory.db.read() as connection:
        applied = await waiting_files.applied(connection, number, office.person)
    return views.applied_before(*applied) if applied else View(views.decided_before())


_AT_WORK: set[str] = set()
"""The files that a press is at work on: another press on the same is only told so."""


@contextmanager
def _at_work(file: str) -> Iterator[None]:
    _AT_WORK.add(file)
    try:
        yield
    finally:
        _AT_WORK.discard(file)


def _refuse_two(file: WaitingFile) -> None:
    """Raise `NoticeError` while another press is at work on the file."""
    if file.id in _AT_WORK:
        raise NoticeError(_("Already at it: the outcome will be here."))


async def _waiting(press: CallbackQuery, office: Office, number: str) -> WaitingFile:
    """Return the file that a press is to look at anew.

    Raises `NoticeError` when that cannot be: the message may show the outcome by now, and stays.
    """
    if (file := await _file(office, number)) is None:
        raise NoticeError(views.decided_before())
    _refuse_two(file)
    await press.answer()
    return file


async def _file(office: Office, number: str) -> WaitingFile | None:
    async with office.directory.db.read() as connection:
        return await waiting_files.get(connection, number, office.person)


async def _show(
    office: Office,
    file: WaitingFile,
    answer: LongAnswer,
    message: Message | object,
    found: Outcome,
) -> None:
    """The files first: the buttons of the preview are then at the end of the chat."""
    if isinstance(message, Message):
        for told in found.files:
            await message.answer_document(told)
    await answer.show(found.view)
    await _drop_undecidable(office.directory, file, found.view)


async def _drop_undecidable(directory: Directory, file: WaitingFile, view: View) -> None:
    """Forget a file when what was shown of it leaves nothing to decide; not before, so that after
    a restart it is shown in the message that waits for it."""
    if view.keyboard is None:
        await drop(directory, file)


async def _apply(
    office: Office, file: WaitingFile, pressed: DecideImport, progress: Progress
) -> View:
    """Apply a file if the directory is as it was at the preview; else show a new one.

    Raises `GoneError` when it was decided on meanwhile.
    """
    consent, tree = Consent(pressed.partial, pressed.retire), office.directory.territories
    try:
        done = await apart.apply(
            office.directory.db, file.id, file.owner, consent, office.rights, progress
        )
    except UnreadableError as error:
        return views.unreadable(file.name, str(error))
    if done.end is End.APPLIED:
        return views.applied(done.summary, done.revision)
    if done.end is End.UNWILLING:
        return questions.consent(done.summary, pressed, tree)
    if done.end is End.REFUSED:
        return views.refused(done.summary, file.id, Options.of(file).sheets, tree)
    async with office.read() as work:  # the directory or the rights have changed: look again
        rights = work.rights
    found = await look(office.directory, rights, file, Options.of(file), progress)
    return views.changed_meanwhile(found.view)


def make() -> Router:
    router = admin_router(__name__)
    # A file with the command as its caption is a file.
    router.message.register(file_sent, is_file)
    router.message.register(ask, Command("import"))
    # They answer before the work itself: a large file takes longer than a press may wait.
    by_itself = {"callback_answer": {"disabled": True}}
    router.callback_query.register(reread, Reread.filter(), flags=by_itself)
    router.callback_query.register(read_as, ReadAs.filter(), flags=by_itself)
    router.callback_query.register(decide, DecideImport.filter(), flags=by_itself)
    return router
