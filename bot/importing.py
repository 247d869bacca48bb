"""A waiting file: how it is to be taken, what it would change, and the files that tell the rest."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from aiogram.types import BufferedInputFile

from bot.views import imports as views
from bot.views import imports_ask as questions
from bot.views.view import View
from directory.directory import Directory
from directory.imports.listing import listing
from directory.imports.mending import mended
from directory.imports.merge import Mode
from directory.imports.outcome import Plan, Progress, Stage
from directory.imports.plan import TitleUnknownError, plan_of
from directory.imports.read import Book, UnreadableError, read_safely
from directory.rights import Rights, Scope
from directory.store import pending
from directory.store.pending import Pending
from directory.territories import Territories


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen for a waiting file, and from what: `sheets` and `scopes` are the choices."""

    mode: Mode = Mode.UPDATE
    scope: Scope = field(default_factory=Scope)
    sheet: str | None = None
    title: int | None = None
    sheets: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()

    @classmethod
    def of(cls, file: Pending) -> Options:
        """Those that are kept with the file."""
        kept = file.options
        if not kept:
            return cls()
        return cls(
            Mode(kept["mode"]),
            Scope(*kept["scope"]),
            kept["sheet"],
            kept["title"],
            tuple(kept["sheets"]),
            tuple(Scope(*scope) for scope in kept["scopes"]),
        )

    def as_json(self) -> dict[str, Any]:
        """As they are kept."""
        return {
            "mode": self.mode.value,
            "scope": _pair(self.scope),
            "sheet": self.sheet,
            "title": self.title,
            "sheets": list(self.sheets),
            "scopes": [_pair(scope) for scope in self.scopes],
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to show of a file: the view, and the files that go before it."""

    view: View
    files: list[BufferedInputFile] = field(default_factory=list)


async def look(
    directory: Directory, rights: Rights, file: Pending, options: Options, progress: Progress
) -> Outcome:
    """What the file would change, or the question without which nobody can tell.

    The file is kept with these options while there is anything to decide on.
    """
    try:
        made, book = await planned(directory, rights, file, options, progress)
    except TitleUnknownError as error:
        options = replace(options, sheets=options.sheets or error.sheets)
        await _keep(directory, file, options, file.revision)
        return Outcome(questions.choose_title(file.id, error.headers, options.sheets))
    except UnreadableError as error:
        await drop(directory, file)
        return Outcome(views.unreadable(file.name, str(error)))
    options = replace(options, sheets=options.sheets or made.sheets)
    if options.mode is Mode.UPDATE:
        scopes = scopes_for(made.extent, rights, directory.territories)
        options = replace(options, scopes=tuple(scopes))
    view = views.preview(made, file.id, options.sheets)
    if view.keyboard is None:
        await drop(directory, file)
    else:
        await _keep(directory, file, options, made.base)
    return Outcome(view, await asyncio.to_thread(_files, made, book))


async def planned(
    directory: Directory, rights: Rights, file: Pending, options: Options, progress: Progress
) -> tuple[Plan, Book]:
    """The plan of a file and the file as read. Raises `UnreadableError`."""
    progress(Stage.READ, 0, 1)
    book = await read_safely(file.data, file.name, sheet=options.sheet)
    made = await plan_of(
        *(directory.db, book, file.data, file.name),
        mode=options.mode,
        scope=options.scope,
        rights=rights,
        title=options.title,
        progress=progress,
    )
    return made, book


def scopes_for(extent: Scope, rights: Rights, territories: Territories) -> list[Scope]:
    """What a file with this extent may be the whole list of, the narrowest first.

    Nothing beyond what its sender may change.
    """
    own = Scope() if rights.may_all else rights.scope
    wanted = (extent, Scope(extent.territory), Scope(None, extent.category), Scope())
    scopes = dict.fromkeys(
        Scope(own.territory if w.territory is None else w.territory, w.category or own.category)
        for w in wanted
    )
    return [
        scope
        for scope in scopes
        if territories.within(scope.territory, own.territory)
        and own.category in ("", scope.category)
    ]


async def drop(directory: Directory, file: Pending) -> bool:
    """Forget a file; return False when it is gone already."""
    async with directory.db.write() as connection:
        return await pending.drop(connection, file.id, file.owner)


async def _keep(directory: Directory, file: Pending, options: Options, revision: int) -> None:
    async with directory.db.write() as connection:
        await pending.preview_again(connection, file.id, revision, options.as_json())


def _files(plan: Plan, book: Book) -> list[BufferedInputFile]:
    """The file with remarks when rows are refused, the whole plan when the preview is a part."""
    name = PurePath(plan.file).stem[:60]
    files = []
    if plan.refused:
        data, suffix = mended(book, plan.refused)
        files.append(BufferedInputFile(data, f"Исправить {name}.{suffix}"))
    if views.is_long(plan):
        files.append(BufferedInputFile(listing(plan), f"План {name}.xlsx"))
    return files


def _pair(scope: Scope) -> list[Any]:
    return [scope.territory, scope.category]
