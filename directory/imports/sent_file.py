"""A file that waits for its sender's decision: what it would change, and having it applied.

It is strangers' bytes, and may be a long list: all this is done in a process of its own (`apart`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.imports import apply as applying
from directory.imports import plan as planning
from directory.imports.apply import ConsentError, RefusedRowsError
from directory.imports.listing import listing
from directory.imports.mending import mended
from directory.imports.merge import Mode
from directory.imports.outcome import Plan, Progress, Stage
from directory.imports.read import Book, read
from directory.imports.read.limits import bounded
from directory.imports.reading import labels, read_columns
from directory.imports.summary import Summary
from directory.model import Action, Origin
from directory.rights import Rights, Scope
from directory.store import choices, revisions, staff, waiting_files
from directory.store.database import Database
from directory.store.waiting_files import WaitingFile
from directory.translation import say


class GoneError(Exception):
    """The file was decided on, or waited too long."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen for a waiting file, and from what: `sheets` and `scopes` are the choices.

    `chosen` are the columns by header, `headers` those to choose from; `new_regions` is the consent
    to make or rename regions; `home` is the region in which places are looked for first.
    """

    mode: Mode = Mode.UPDATE
    scope: Scope = field(default_factory=Scope)
    sheet: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    new_regions: bool = False
    home: str = ""
    sheets: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()

    @classmethod
    def of(cls, file: WaitingFile) -> Options:
        """Those that are kept with the file."""
        kept = file.options
        if "chosen" not in kept:  # kept by the version before, or nothing at all
            return cls()
        return cls(
            Mode(kept["mode"]),
            Scope(*kept["scope"]),
            kept["sheet"],
            kept["chosen"],
            kept["new_regions"],
            kept["home"],
            tuple(kept["sheets"]),
            tuple(kept["headers"]),
            tuple(Scope(*scope) for scope in kept["scopes"]),
        )

    def as_json(self) -> dict[str, Any]:
        """As they are kept."""
        return {
            "mode": self.mode.value,
            "scope": _pair(self.scope),
            "sheet": self.sheet,
            "chosen": dict(self.chosen),
            "new_regions": self.new_regions,
            "home": self.home,
            "sheets": list(self.sheets),
            "headers": list(self.headers),
            "scopes": [_pair(scope) for scope in self.scopes],
        }


class Consent(NamedTuple):
    """What the sender agrees to: to leave out bad rows, and to retire just so many pages."""

    partial: bool = False
    retire: int = 0


class Look(NamedTuple):
    """What a file would change, and the files that tell the rest: their names and bytes."""

    summary: Summary
    files: list[tuple[str, bytes]]


class End(StrEnum):
    """The outcome of applying a file.

    `CHANGED`: nothing was done, since the directory has changed after the preview.
    """

    APPLIED = "applied"
    REFUSED = "refused"
    UNWILLING = "unwilling"
    CHANGED = "changed"


class Applied(NamedTuple):
    """How it ended, what the file would change, and the new revision's number (0: none)."""

    end: End
    summary: Summary
    revision: int = 0


_ACTIONS = {Mode.CONFIRM: Action.CONFIRM}


async def look(
    db: Database, number: str, owner: int, options: Options, rights: Rights, progress: Progress
) -> Look:
    """What the owner's file would change when it is taken with these options.

    Raises `GoneError`, and `UnreadableError` (`TitleUnknownError`) as `plan` does.
    """
    plan, book, chosen = await _planned(
        db, await _file(db, number, owner), options, rights, progress
    )
    summary = Summary.of(plan)
    return Look(summary, _files(plan, book, chosen, whole=summary.is_partial))


async def apply(
    db: Database, number: str, owner: int, consent: Consent, rights: Rights, progress: Progress
) -> Applied:
    """Apply the owner's file as it was shown last, if the directory is still as it was then.

    It is planned anew: rights may have changed too. Raises as `look` does.
    """
    file = await _file(db, number, owner)
    plan, *_ = await _planned(db, file, Options.of(file), rights, progress)
    summary = Summary.of(plan)
    if plan.is_empty or plan.base != file.revision:
        await _file(db, number, owner)  # what changed the directory may have been this file
        return Applied(End.CHANGED, summary)

    async def decide(connection: AsyncConnection) -> None:
        if await staff.current(connection, rights) != rights:
            raise revisions.ConflictError
        # With the changes, in one transaction: of two presses at once only one finds the file.
        if not await waiting_files.apply_on(connection, number, owner, plan.base):
            raise GoneError

    try:
        revision = await applying.apply(
            *(db, plan, Origin(_ACTIONS.get(plan.mode, Action.IMPORT), owner)),
            partial=consent.partial,
            retire_many=consent.retire == len(plan.retired),
            progress=progress,
            first=decide,
        )
    except RefusedRowsError:
        return Applied(End.REFUSED, summary)
    except ConsentError:
        return Applied(End.UNWILLING, summary)
    except revisions.ConflictError:
        await _file(db, number, owner)
        return Applied(End.CHANGED, summary)
    assert revision is not None  # a plan with nothing to do was seen above
    return Applied(End.APPLIED, summary, revision)


async def _chosen(
    db: Database, owner: int, chosen: Mapping[str, str], key: str
) -> Mapping[str, str]:
    """What is chosen, which is remembered, or else what was chosen for a table like this."""
    if not chosen:
        async with db.read() as connection:
            return await choices.recall(connection, owner, key)
    async with db.write() as connection:
        await choices.remember(connection, owner, key, chosen)
    return chosen


async def _file(db: Database, number: str, owner: int) -> WaitingFile:
    async with db.read() as connection:
        file = await waiting_files.get(connection, number, owner)
    if file is None:
        raise GoneError
    return file


async def _planned(
    db: Database, file: WaitingFile, options: Options, rights: Rights, progress: Progress
) -> tuple[Plan, Book, Mapping[str, str]]:
    """The plan, what was read, and the columns that were chosen now or for an earlier file."""
    progress(Stage.READ, 0, 1)
    with bounded():
        book = read(file.data, file.name, sheet=options.sheet)
    chosen = options.chosen
    if book.table.header_row:
        # Tables without a header are not known again: all of them have the same numbered columns.
        chosen = await _chosen(db, file.owner, chosen, choices.key_of(labels(book.table)))
    plan = await planning.plan(
        *(db, file.data, file.name),
        book=book,
        mode=options.mode,
        scope=options.scope,
        rights=rights,
        chosen=chosen,
        home=options.home,
        new_regions=options.new_regions,
        progress=progress,
    )
    return plan, book, chosen


def _files(
    plan: Plan, book: Book, chosen: Mapping[str, str], *, whole: bool
) -> list[tuple[str, bytes]]:
    """The file with remarks when rows are refused, and the whole plan when it is wanted."""
    name = PurePath(plan.file).stem[:60]
    files = []
    if plan.refused:
        data, suffix = mended(book, plan.refused, read_columns(book.table, chosen))
        files.append((f"{say('Исправить {name}', name=name)}.{suffix}", data))
    if whole:
        files.append((f"{say('План {name}', name=name)}.xlsx", listing(plan)))
    return files


def _pair(scope: Scope) -> list[Any]:
    return [scope.territory, scope.category]
