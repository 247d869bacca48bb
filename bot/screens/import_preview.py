"""A waiting file in the chat: what it would change, or what must be asked first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aiogram.types import BufferedInputFile, Message

from bot.buttons.changes import Reread
from bot.talk.progress import LongAnswer
from bot.views.editors import imports as views
from bot.views.editors import imports_ask as questions
from bot.views.editors.import_preview import preview
from bot.views.view import View
from directory.directory import Directory
from directory.file.columns import HEADERS, LINK_COLUMNS
from directory.imports import apart
from directory.imports.merge import Mode
from directory.imports.outcome import Progress
from directory.imports.plan import TitleUnknownError
from directory.imports.read import UnreadableError
from directory.imports.reading import OFF, Reading
from directory.imports.sent_file import Options
from directory.rights import Rights, Scope
from directory.store import waiting_files
from directory.store.waiting_files import WaitingFile
from directory.territories import Territories


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to show of a file: the view, and the files that go before it."""

    view: View
    files: list[BufferedInputFile] = field(default_factory=list)


async def look(
    directory: Directory, rights: Rights, file: WaitingFile, options: Options, progress: Progress
) -> Outcome:
    """Return what the file would change, or a question.

    The file is kept with these options. Raises `GoneError` when it was decided on meanwhile.
    """
    options = replace(options, home=directory.region)
    try:
        found = await apart.look(directory.db, file.id, file.owner, options, rights, progress)
    except TitleUnknownError as error:
        headers = tuple(one.header for one in error.readings)
        options = replace(options, sheets=options.sheets or error.sheets, headers=headers)
        await _keep(directory, file, options, file.revision)
        return Outcome(questions.choose_title(file.id, error.readings, options.sheets))
    except UnreadableError as error:
        return Outcome(views.unreadable(file.name, str(error)))
    summary = found.summary
    options = replace(
        options,
        sheets=options.sheets or tuple(summary.sheets),
        headers=tuple(one.header for one in summary.readings),
    )
    if options.mode is Mode.UPDATE:
        scopes = scopes_for(summary.extent, rights, directory.territories)
        options = replace(options, scopes=tuple(scopes))
    view = preview(summary, file.id, options.sheets, directory.territories)
    await _keep(directory, file, options, summary.base)
    return Outcome(view, [BufferedInputFile(data, name) for name, data in found.files])


async def columns(
    directory: Directory, rights: Rights, file: WaitingFile, progress: Progress, n: int = -1
) -> View:
    """Tell how the columns of the file are read; or, for the column with the number `n`, what it
    may be read as."""
    try:
        options = Options.of(file)
        found = await apart.look(directory.db, file.id, file.owner, options, rights, progress)
        readings: Sequence[Reading] = found.summary.readings
    except TitleUnknownError as error:
        readings = error.readings
    if n in range(len(readings)):
        return questions.choose_column(file.id, n, readings[n])
    return questions.columns(file.id, readings)


def options_after(before: Options, press: Reread) -> Options | None:
    """Return options after a press; None if it must be asked first of what the list is whole."""
    if press.what == "sheet" and press.n in range(len(before.sheets)):
        return Options(sheet=before.sheets[press.n], sheets=before.sheets)
    if press.what == "title":
        return with_column(before, press.n, "title")
    if press.what == "regions":
        return replace(before, new_regions=True)
    if press.what == "replace" and press.n in range(len(before.scopes)):
        return replace(before, mode=Mode.REPLACE, scope=before.scopes[press.n])
    if press.what == "replace":
        return None
    if press.what == "confirm":
        return replace(before, mode=Mode.CONFIRM, scope=Scope())
    return replace(before, mode=Mode.UPDATE, scope=Scope())


def with_column(before: Options, n: int, column: str) -> Options:
    """Return options with the column of the number `n` read as `column`, and no other one so."""
    if n not in range(len(before.headers)) or not (column in HEADERS or column == OFF):
        return before
    others = {h: c for h, c in before.chosen.items() if c != column or c in {OFF, *LINK_COLUMNS}}
    return replace(before, chosen={**others, before.headers[n]: column})


def scopes_for(extent: Scope, rights: Rights, territories: Territories) -> list[Scope]:
    """Return what a file with this extent may be the whole list of, the narrowest first.

    Nothing beyond what its sender may change.
    """
    wanted = (extent, Scope(extent.territory), Scope(None, extent.category), Scope())
    scopes = dict.fromkeys(
        Scope(own.territory if w.territory is None else w.territory, w.category or own.category)
        for w in wanted
        for own in rights.scope.each
    )
    return [
        scope
        for scope in scopes
        if any(
            territories.within(scope.territory, own.territory)
            and own.category in ("", scope.category)
            for own in rights.scope.each
        )
    ]


async def give_up(message: Message, directory: Directory) -> None:
    """Forget the file that came in a message; what told of its progress says that it stopped."""
    async with directory.db.write() as connection:
        file = await waiting_files.sent_in(connection, message.chat.id, message.message_id)
        if file is not None:
            await waiting_files.drop(connection, file.id, file.owner)
    if file is not None and file.told_in is not None:
        await LongAnswer(message, file.told_in).show(questions.stopped())


async def drop(directory: Directory, file: WaitingFile) -> bool:
    """Forget a file; return False when it is gone already."""
    async with directory.db.write() as connection:
        return await waiting_files.drop(connection, file.id, file.owner)


async def _keep(directory: Directory, file: WaitingFile, options: Options, revision: int) -> None:
    async with directory.db.write() as connection:
        await waiting_files.preview_again(connection, file.id, revision, options.as_json())
