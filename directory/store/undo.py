"""Taking a revision back: exactly the fields that it changed, as a revision of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, difference, fields_of, record_of
from directory.model import Action, Change, Entity, Origin, Revision
from directory.store import homes, records, staff
from directory.store.revisions import BATCH, Recorder, get, numbered
from directory.store.tables import changes, revisions

Key = tuple[Entity, str]
Why = Literal["changed", "gone", "back", "needed", "lacking", "taken"]
"""Why something is not taken back: it was changed since; the record is gone, or is back already;
others need it; what it refers to is gone; another has its name."""

_REFERENCES: dict[str, Entity] = {
    "category": "category",
    "territory": "territory",
    "parent": "page",
    "successor": "page",
}
_ENTITIES: tuple[Entity, ...] = ("category", "territory", "page")
_OBSERVED = "on_site "
"""Prefix of the fields that the daily link check writes: they do not count as changes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What of one record is not taken back, and why; no `fields`: the record as a whole."""

    entity: Entity
    key: str
    title: str
    fields: tuple[str, ...]
    why: Why


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


class ThinnedError(Exception):
    """What the revision changed is no longer kept: it cannot be taken back."""


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
    """Take revision `number` back, but for what was changed since.

    A field is put back when it is still as the revision left it, whatever was done to the others. A
    page that the revision created goes when nothing of it was changed and no other page needs it.
    Revisions that are listed with it are taken back with it.
    Territories and categories that it created stay while anything uses them. What was entrusted of
    a merged territory is entrusted as before. Raises `KeyError` for
    a revision that does not exist, `AlreadyUndoneError`, `ThinnedError`, and `NothingLeftError`
    when nothing can be taken back; the caller's transaction must end then.
    """
    if (known := await get(connection, number)) is None:
        raise KeyError(number)
    if known.undone_by is not None:
        raise AlreadyUndoneError(number, known.undone_by)
    # Known before this undo is one of the revisions, after which they count as taken back.
    together = await _listed_with(connection, known)
    kept = await _conflicts(connection, together)
    recorder = await Recorder.begin(connection, origin)
    places: list[Change] = []
    async for batch in _back(connection, together, kept):
        places += [change for change in batch if _removes_place(change)]
        rest = [change for change in batch if not _removes_place(change)]
        try:
            await recorder.add_checked(rest)
        except IntegrityError as error:  # of two places with one name
            taken = [
                Conflict(change.entity, change.key, _title(change, None), (), "taken")
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
    conflicts = tuple(kept[key] for key in sorted(kept))
    if conflicts and not recorder.done:
        raise NothingLeftError(conflicts)
    await recorder.add_checked(await _removable(connection, places))
    if not recorder.done:
        used = [Conflict(c.entity, c.key, _title(c, None), (), "needed") for c in places]
        raise NothingLeftError(used)
    pages = sum(revision.size for revision in together)
    of = pages or recorder.done + len(conflicts)
    untaken = sum(1 for conflict in conflicts if conflict.entity == "page" or not pages)
    return Undone(await recorder.finish(), of - untaken, of, conflicts)


async def back(connection: AsyncConnection, number: int) -> list[Change]:
    """All changes that taking revision `number` back would make."""
    if (known := await get(connection, number)) is None:
        return []
    together = await _listed_with(connection, known)
    kept = await _conflicts(connection, together)
    return [change async for batch in _back(connection, together, kept) for change in batch]


async def _back(
    connection: AsyncConnection, together: Sequence[Revision], kept: Mapping[Key, Conflict]
) -> AsyncIterator[list[Change]]:
    """The changes that take revisions back but for the conflicts, in batches, the last first."""
    async for batch, found in _stored(connection, together):
        made = (_inverse(old, found.get((old.entity, old.key)), kept) for old in batch)
        yield [change for change in made if change is not None]


def _inverse(old: Change, now: Record | None, kept: Mapping[Key, Conflict]) -> Change | None:
    conflict = kept.get((old.entity, old.key))
    if conflict and not conflict.fields:
        return None
    if old.before is None:
        # A place that was changed since is kept without a conflict, like one that is in use.
        gone = now is None or (old.entity != "page" and _changed_since(old, now))
        return None if gone else Change(old.entity, old.key, now, None)
    if old.after is None:
        whole = record_of(old.entity, fields_of(old.entity, old.before))
        return Change(old.entity, old.key, None, whole)
    assert now is not None
    fields = fields_of(old.entity, now)
    for name in _names(old).difference(conflict.fields if conflict else ()):
        fields.pop(name, None)
        if name in old.before:
            fields[name] = old.before[name]
    after = record_of(old.entity, fields)
    return Change(old.entity, old.key, now, after) if after != now else None


async def _stored(
    connection: AsyncConnection, together: Sequence[Revision]
) -> AsyncIterator[tuple[list[Change], dict[Key, Record]]]:
    """What is kept of the changes of revisions, in batches, the last one first, and the records
    now.

    Updates have only the altered fields on both sides.
    """
    for revision in together:
        async for batch in _stored_of(connection, revision.id):
            yield batch


async def _listed_with(connection: AsyncConnection, known: Revision) -> list[Revision]:
    """The revision and those that are listed with it and not taken back, the last first."""
    parts = await connection.scalars(select(revisions.c.id).where(revisions.c.part_of == known.id))
    found = (await numbered(connection, parts.all())).values()
    standing = [known, *(part for part in found if part.undone_by is None)]
    return sorted(standing, key=lambda revision: -revision.id)


async def _stored_of(
    connection: AsyncConnection, number: int
) -> AsyncIterator[tuple[list[Change], dict[Key, Record]]]:
    mine = changes.c.revision == number
    last = await connection.scalar(select(func.max(changes.c.position)).where(mine))
    for top in range(-1 if last is None else last, -1, -BATCH):
        rows = await connection.execute(
            select(changes)
            .where(mine, changes.c.position.between(top - BATCH + 1, top))
            .order_by(changes.c.position.desc())
        )
        batch = [Change(row.entity, row.key, row.before, row.after) for row in rows]
        found: dict[Key, Record] = {}
        for entity in _ENTITIES:
            keys = [change.key for change in batch if change.entity == entity]
            now = await records.read_records(connection, entity, keys)
            found.update({(entity, key): record for key, record in now.items()})
        yield batch, found


async def _conflicts(
    connection: AsyncConnection, together: Sequence[Revision]
) -> dict[Key, Conflict]:
    """What of revisions cannot be taken back, by the record."""
    kept: dict[Key, Conflict] = {}
    gone: dict[str, str] = {}
    released: set[tuple[str, str]] = set()
    restored: set[Key] = set()
    needed: list[tuple[Conflict, Key]] = []
    async for batch, found in _stored(connection, together):
        for old in batch:
            key = (old.entity, old.key)
            conflict = _conflict(old, found.get(key))
            if conflict:
                kept[key] = conflict
            if old.after is None:
                restored.add(key)
            if old.entity != "page":
                continue
            if old.before is None:
                gone[old.key] = _title(old, found.get(key))
                continue
            whole = old.after is None
            for name, entity, other in _references(old.before):
                only = () if whole else (name,)
                lacking = Conflict("page", old.key, _title(old, found.get(key)), only, "lacking")
                needed.append((lacking, (entity, other)))
            if not whole:
                altered = _names(old).difference(conflict.fields if conflict else ())
                released.update((old.key, name) for name in altered & _REFERENCES.keys())
    for lacking in await _lacking(connection, needed, restored):
        known = kept.get((lacking.entity, lacking.key))
        if known is None or (known.fields and not lacking.fields):
            kept[lacking.entity, lacking.key] = lacking
        elif known.fields:
            fields = (*known.fields, *lacking.fields)
            kept[lacking.entity, lacking.key] = Conflict(
                known.entity, known.key, known.title, fields, known.why
            )
    await _keep_needed(connection, kept, gone, released)
    return kept


def _conflict(old: Change, now: Record | None) -> Conflict | None:
    """What of a change cannot be taken back because of what the record is now."""
    if not old.before and not old.after:
        raise ThinnedError

    def conflict(why: Why, fields: Sequence[str] = ()) -> Conflict:
        return Conflict(old.entity, old.key, _title(old, now), tuple(fields), why)

    if old.after is None:
        return conflict("back") if now is not None else None
    if old.entity != "page" and old.before is None:
        return None
    if now is None:
        return conflict("gone")
    if old.before is None:
        return conflict("changed") if _changed_since(old, now) else None
    fields = fields_of(old.entity, now)
    changed = {name for name in _names(old) if fields.get(name) != old.after.get(name)}
    return conflict("changed", sorted(changed)) if changed else None


def _changed_since(old: Change, now: Record) -> bool:
    """Whether a record that a change created was changed later, the check of links aside."""
    assert old.after is not None
    sides = difference(old.entity, old.after, now)
    return any(not name.startswith(_OBSERVED) for side in sides for name in side)


async def _lacking(
    connection: AsyncConnection, needed: Sequence[tuple[Conflict, Key]], restored: set[Key]
) -> list[Conflict]:
    """Those that would refer to what is neither there nor put back."""
    there: set[Key] = set(restored)
    for entity in _ENTITIES:
        wanted = {key for _, (of, key) in needed if of == entity}
        there.update(
            (entity, key) for key in await records.read_records(connection, entity, wanted)
        )
    return [conflict for conflict, other in needed if other not in there]


async def _keep_needed(
    connection: AsyncConnection,
    kept: dict[Key, Conflict],
    gone: Mapping[str, str],
    released: set[tuple[str, str]],
) -> None:
    """Keep the pages that others still refer to, and those that these refer to themselves."""
    users = await records.referring(connection, gone)
    staying = [(user, used) for user, column, used in users if (user, column) not in released]

    def stays(user: str) -> bool:
        return user not in gone or ("page", user) in kept

    while more := {u for user, u in staying if ("page", u) not in kept and stays(user)}:
        for used in more:
            kept["page", used] = Conflict("page", used, gone[used], (), "needed")


async def _removable(connection: AsyncConnection, made: Sequence[Change]) -> list[Change]:
    """Of the removals of territories and categories those of unused, unchanged ones."""
    going = {change.key for change in made if change.entity == "territory"}
    used = await records.used_places(connection, going)
    return [change for change in made if (change.entity, change.key) not in used]


def _removes_place(change: Change) -> bool:
    return change.entity != "page" and change.after is None


def _names(old: Change) -> set[str]:
    """The fields that an update altered."""
    return {*(old.before or ()), *(old.after or ())}


def _references(record: Mapping[str, Any]) -> Iterator[tuple[str, Entity, str]]:
    for name, entity in _REFERENCES.items():
        if record.get(name) is not None:
            yield name, entity, str(record[name])


def _title(old: Change, now: Record | None) -> str:
    for record in (now, old.after, old.before):
        for name in ("title", "name"):
            if record and name in record:
                return str(record[name])
    return old.key
