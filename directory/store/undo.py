"""Taking a revision back: exactly the fields that it changed, as a revision of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, fields_of, record_of
from directory.model import Action, Change, Origin, Revision
from directory.store import homes, records, staff
from directory.store.revisions import Recorder, get, numbered
from directory.store.tables import revisions
from directory.store.undo_conflicts import (
    Conflict,
    Key,
    altered_fields,
    changed_since,
    conflicts,
    stored,
    title_of,
)


@dataclass(frozen=True, slots=True)
class Undone:
    """The new revision, and how many of how many records it took back, `conflicts` aside."""

    revision: int
    done: int
    of: int
    conflicts: tuple[Conflict, ...]


class AlreadyUndoneError(Exception):
    """The revision `number` is taken back already, by the revision `by`."""

    def __init__(self, number: int, by: int) -> None:
        super().__init__(number, by)
        self.number = number
        self.by = by


class NothingLeftError(Exception):
    """Nothing of a revision can be taken back, for the `conflicts`."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(conflicts)
        self.conflicts = tuple(conflicts)


async def undo(
    connection: AsyncConnection,
    number: int,
    origin: Origin,
    *,
    progress: Callable[[int], object] | None = None,
) -> Undone:
    """Take revision `number` back, with those listed with it, except what was changed since.

    A field is restored when it is still as the revision left it, whatever was done to other fields.
    A page that the revision created is removed when it is unchanged and no other page needs it;
    territories and categories that it created stay while anything uses them. Editors get back
    their scopes of a merged territory. Raises `KeyError` for a revision that does not exist,
    `AlreadyUndoneError`, `ThinnedError`, and `NothingLeftError` when nothing can be taken back; the
    caller's transaction must end then.
    """
    if (known := await get(connection, number)) is None:
        raise KeyError(number)
    if known.undone_by is not None:
        raise AlreadyUndoneError(number, known.undone_by)
    # Known before this undo is one of the revisions, after which they count as taken back.
    together = await _listed_with(connection, known)
    kept = await conflicts(connection, together)
    recorder = await Recorder.begin(connection, origin)
    places: list[Change] = []
    async for batch in _back(connection, together, kept):
        places += [change for change in batch if _removes_place(change)]
        rest = [change for change in batch if not _removes_place(change)]
        try:
            await recorder.add_checked(rest)
        except IntegrityError as error:  # of two places with one name
            taken = [
                Conflict(change.entity, change.key, title_of(change, None), (), "taken")
                for change in rest
                if change.entity == "territory"
            ]
            raise NothingLeftError(taken) from error
        if progress:
            progress(recorder.done)
    if known.origin.action in (Action.MERGE, Action.UNDO):
        # What came back is there already, and what goes is there still.
        await staff.move_back(connection, known.at, by=origin.actor, at=recorder.at)
        await homes.forget_moved(connection, known.at)
    left = tuple(kept[key] for key in sorted(kept))
    if left and not recorder.done:
        raise NothingLeftError(left)
    await recorder.add_checked(await _removable(connection, places))
    if not recorder.done:
        used = [Conflict(c.entity, c.key, title_of(c, None), (), "needed") for c in places]
        raise NothingLeftError(used)
    pages = sum(revision.size for revision in together)
    of = pages or recorder.done + len(left)
    untaken = sum(1 for conflict in left if conflict.entity == "page" or not pages)
    return Undone(await recorder.finish(), of - untaken, of, left)


async def back(connection: AsyncConnection, number: int) -> list[Change]:
    """All changes that taking revision `number` back would make."""
    if (known := await get(connection, number)) is None:
        return []
    together = await _listed_with(connection, known)
    kept = await conflicts(connection, together)
    return [change async for batch in _back(connection, together, kept) for change in batch]


async def _back(
    connection: AsyncConnection, together: Sequence[Revision], kept: Mapping[Key, Conflict]
) -> AsyncIterator[list[Change]]:
    """The changes that take revisions back but for the conflicts, in batches, the last first."""
    async for batch, found in stored(connection, together):
        made = (_inverse(old, found.get((old.entity, old.key)), kept) for old in batch)
        yield [change for change in made if change is not None]


def _inverse(old: Change, now: Record | None, kept: Mapping[Key, Conflict]) -> Change | None:
    conflict = kept.get((old.entity, old.key))
    if conflict and not conflict.fields:
        return None
    if old.before is None:
        # A place that was changed since is kept without a conflict, like one that is in use.
        gone = now is None or (old.entity != "page" and changed_since(old, now))
        return None if gone else Change(old.entity, old.key, now, None)
    if old.after is None:
        whole = record_of(old.entity, fields_of(old.entity, old.before))
        return Change(old.entity, old.key, None, whole)
    assert now is not None
    fields = fields_of(old.entity, now)
    for name in altered_fields(old).difference(conflict.fields if conflict else ()):
        fields.pop(name, None)
        if name in old.before:
            fields[name] = old.before[name]
    after = record_of(old.entity, fields)
    return Change(old.entity, old.key, now, after) if after != now else None


async def _listed_with(connection: AsyncConnection, known: Revision) -> list[Revision]:
    """The revision and those that are listed with it and not taken back, the last first."""
    parts = await connection.scalars(select(revisions.c.id).where(revisions.c.part_of == known.id))
    found = (await numbered(connection, parts.all())).values()
    standing = [known, *(part for part in found if part.undone_by is None)]
    return sorted(standing, key=lambda revision: -revision.id)


async def _removable(connection: AsyncConnection, made: Sequence[Change]) -> list[Change]:
    """Of the removals of territories and categories those of unused, unchanged ones."""
    going = {change.key for change in made if change.entity == "territory"}
    used = await records.used_places(connection, going)
    return [change for change in made if (change.entity, change.key) not in used]


def _removes_place(change: Change) -> bool:
    return change.entity != "page" and change.after is None
