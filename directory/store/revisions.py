"""Revisions: the only way in which the directory changes, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Action, Change, Entity, Origin, Revision
from directory.store import records
from directory.store.bulk import execute_many
from directory.store.tables import changes, revisions

# A record is created after those it refers to, and removed before them.
_ORDER: tuple[Entity, ...] = ("category", "territory", "page")

BATCH = 500
"""Changes made at once: enough to be quick, few enough for the event loop to turn in between."""


class ConflictError(Exception):
    """The directory is no longer in the state that the changes start from.

    `keys` are the (entity, key) pairs of the records that differ, empty when the revision does.
    """

    def __init__(self, keys: Sequence[tuple[Entity, str]] = ()) -> None:
        super().__init__("the directory has changed meanwhile")
        self.keys = tuple(keys)


class AlreadyUndoneError(Exception):
    """The revision `number` is taken back already, by the revision `by`."""

    def __init__(self, number: int, by: int) -> None:
        super().__init__(f"revision {number} was undone by revision {by}")
        self.number = number
        self.by = by


async def current(connection: AsyncConnection) -> int:
    """The number of the last revision, 0 before the first: it tells one state from another."""
    return await connection.scalar(select(func.max(revisions.c.id))) or 0


async def stamp(connection: AsyncConnection, number: int) -> str:
    """A text that only the state right after revision `number` of this very database has.

    A database that was put in the place of another may have a revision of the same number.
    """
    at = await connection.scalar(select(revisions.c.at).where(revisions.c.id == number))
    return f"{number} {at.replace(tzinfo=UTC).isoformat() if at else ''}"


async def apply(
    connection: AsyncConnection,
    made: Iterable[Change],
    origin: Origin,
    *,
    base: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Do the changes as one revision within the caller's transaction; return its number.

    They are taken a few hundred at a time, so that those of a large file need not all be in memory;
    `progress` is told after each such batch how many are done.

    `base` is the revision on which the changes were planned, when they may not be applied on any
    other. Raises `ConflictError` when it is not the last one, or when a record is not as the
    `before` of its change says.
    """
    if base is not None and base != await current(connection):
        raise ConflictError
    recorder = await _Recorder.begin(connection, origin)
    rest = iter(made)
    while batch := list(islice(rest, BATCH)):
        await recorder.add(batch)
        if progress:
            progress(recorder.done)
    return await recorder.finish()


class _Recorder:
    """Makes changes and notes them, batch by batch, as one revision."""

    def __init__(self, connection: AsyncConnection, number: int) -> None:
        self._connection = connection
        self._number = number
        self._counts = Counter[str]()
        self.done = 0

    @classmethod
    async def begin(cls, connection: AsyncConnection, origin: Origin) -> _Recorder:
        """Open a new revision."""
        number = await current(connection) + 1
        row = {
            "id": number,
            "at": datetime.now(UTC),
            "action": origin.action.value,
            "actor": origin.actor,
            "file": origin.file,
            "sha256": origin.sha256,
            "note": origin.note,
            "undoes": origin.undoes,
        }
        await connection.execute(insert(revisions), row)
        return cls(connection, number)

    async def add(self, batch: Sequence[Change]) -> None:
        """Make some changes. Raises `ConflictError` when a record is not as it should be before."""
        if not batch:
            return
        if differing := await _differing(self._connection, batch):
            raise ConflictError(differing)
        rows = [
            {
                "revision": self._number,
                "position": position,
                "entity": change.entity,
                "key": change.key,
                "before": change.before,
                "after": change.after,
            }
            for position, change in enumerate(batch, self.done)
        ]
        await execute_many(self._connection, insert(changes), rows)
        await _write(self._connection, batch)
        self._counts.update(_kind(change) for change in batch if change.entity == "page")
        self.done += len(batch)

    async def finish(self) -> int:
        """Note how many pages there were; return the revision's number."""
        if self._counts:
            mine = revisions.update().where(revisions.c.id == self._number)
            await self._connection.execute(mine.values(dict(self._counts)))
        return self._number


def _kind(change: Change) -> str:
    if change.before is None:
        return "created"
    return "removed" if change.after is None else "changed"


async def undo(
    connection: AsyncConnection,
    number: int,
    origin: Origin,
    *,
    skip_conflicts: bool = False,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Take revision `number` back as a new revision; return the new one's number.

    Territories and categories that the revision created stay while anything else uses them, or
    when they were changed since. Raises `KeyError` for a revision that does not exist,
    `AlreadyUndoneError` for one that is taken back, and `ConflictError` with the records that were
    changed since or that others depend on; then nothing is done. With `skip_conflicts` all but
    those are taken back, and the error is raised only when nothing is left.
    """
    if (known := await get(connection, number)) is None:
        raise KeyError(number)
    if known.undone_by is not None:
        raise AlreadyUndoneError(number, known.undone_by)
    kept = await _untakeable(connection, number)
    if kept and not skip_conflicts:
        raise ConflictError(sorted(kept))
    recorder = await _Recorder.begin(connection, origin)
    unused: list[Change] = []
    async for batch in _inverse(connection, number):
        unused += [c for c in batch if _removes_place(c)]
        batch = [c for c in batch if (c.entity, c.key) not in kept and not _removes_place(c)]
        await recorder.add(batch)
        if progress:
            progress(recorder.done)
    await recorder.add(await _removable(connection, unused))
    if kept and not recorder.done:
        raise ConflictError(sorted(kept))
    return await recorder.finish()


def _removes_place(change: Change) -> bool:
    return change.entity != "page" and change.after is None


async def _inverse(connection: AsyncConnection, number: int) -> AsyncIterator[list[Change]]:
    """The changes that take a revision back, in batches, the last one first."""
    last = await connection.scalar(
        select(func.max(changes.c.position)).where(changes.c.revision == number)
    )
    for top in range(-1 if last is None else last, -1, -BATCH):
        rows = await connection.execute(
            select(changes)
            .where(changes.c.revision == number)
            .where(changes.c.position.between(top - BATCH + 1, top))
            .order_by(changes.c.position.desc())
        )
        yield [Change(row.entity, row.key, row.after, row.before) for row in rows]


async def _untakeable(connection: AsyncConnection, number: int) -> set[tuple[Entity, str]]:
    """The records of a revision that cannot be put back as they were before it."""
    kept: set[tuple[Entity, str]] = set()
    gone: set[str] = set()
    altered: set[str] = set()
    restored: set[tuple[Entity, str]] = set()
    needed: list[tuple[str, Entity, str]] = []
    async for batch in _inverse(connection, number):
        kept |= set(await _differing(connection, [c for c in batch if not _removes_place(c)]))
        for change in batch:
            if change.before is None:
                restored.add((change.entity, change.key))
            if change.entity == "page" and change.after is None:
                gone.add(change.key)
            elif change.entity == "page" and change.after is not None:
                altered.add(change.key)
                needed += [(change.key, *used) for used in _uses(change.after)]
    there: dict[Entity, set[str]] = {}
    for entity in _ORDER:
        wanted = {key for _page, of, key in needed if of == entity}
        there[entity] = set(await records.read_records(connection, entity, wanted))
    kept |= {
        ("page", page)
        for page, of, key in needed
        if key not in there[of] and (of, key) not in restored
    }
    # A page that others still refer to cannot go, and what it refers to itself cannot either.
    users = await records.referring(connection, gone)
    staying = [
        (user, used) for user, used in users if user not in altered or ("page", user) in kept
    ]
    while more := {
        used
        for user, used in staying
        if ("page", used) not in kept and (user not in gone or ("page", user) in kept)
    }:
        kept |= {("page", used) for used in more}
    return kept


def _uses(page: dict[str, Any]) -> Iterator[tuple[Entity, str]]:
    """What a page's record refers to."""
    if page["category"] is not None:
        yield "category", page["category"]
    if page["territory"] is not None:
        yield "territory", str(page["territory"])
    for name in ("parent", "successor"):
        if page[name] is not None:
            yield "page", page[name]


async def _removable(connection: AsyncConnection, made: Sequence[Change]) -> list[Change]:
    """Of the removals of territories and categories those of unused, unchanged ones."""
    touched = set(await _differing(connection, made))
    made = [change for change in made if (change.entity, change.key) not in touched]
    going = {change.key for change in made if change.entity == "territory"}
    used = await records.used_places(connection, going)
    return [change for change in made if (change.entity, change.key) not in used]


async def first_of(connection: AsyncConnection, known: Revision, few: int) -> list[Change]:
    """The first `few` new, changed and removed pages of a revision: it may have 175 000."""
    before, after = changes.c.before.is_not(None), changes.c.after.is_not(None)
    found: list[Change] = []
    for count, which in (
        (known.created, ~before & after),
        (known.changed, before & after),
        (known.removed, before & ~after),
    ):
        if count:
            query = select(changes).where(changes.c.revision == known.id).where(which)
            query = query.where(changes.c.entity == "page").order_by(changes.c.position).limit(few)
            rows = await connection.execute(query)
            found += [Change(row.entity, row.key, row.before, row.after) for row in rows]
    return found


async def changes_of(connection: AsyncConnection, number: int) -> list[Change]:
    """What a revision changed, in the order in which it did."""
    rows = await connection.execute(
        select(changes).where(changes.c.revision == number).order_by(changes.c.position)
    )
    return [Change(row.entity, row.key, row.before, row.after) for row in rows]


async def get(connection: AsyncConnection, number: int) -> Revision | None:
    """One revision, None when there is no such number."""
    row = (await connection.execute(select(revisions).where(revisions.c.id == number))).first()
    return _revision(row, await _undone(connection)) if row else None


async def history(connection: AsyncConnection, *, limit: int, offset: int = 0) -> list[Revision]:
    """Revisions, the newest first."""
    query = select(revisions).order_by(revisions.c.id.desc()).limit(limit).offset(offset)
    undone = await _undone(connection)
    return [_revision(row, undone) for row in await connection.execute(query)]


async def _undone(connection: AsyncConnection) -> dict[int, int]:
    """The revisions that are taken back, to those that did it. A taken back undo does not count."""
    query = select(revisions.c.id, revisions.c.undoes).where(revisions.c.undoes.is_not(None))
    undone: dict[int, int] = {}
    # The newest first: whether an undo stands is known before what it undoes is asked about.
    for number, of in await connection.execute(query.order_by(revisions.c.id.desc())):
        if number not in undone:
            undone[of] = number
    return undone


def _revision(row: Row[Any], undone: dict[int, int]) -> Revision:
    # SQLite keeps no time zone: what was written is UTC.
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    origin = Origin(Action(row.action), row.actor, row.file, row.sha256, row.note, row.undoes)
    counts = (row.created, row.changed, row.removed)
    return Revision(row.id, at, origin, *counts, undone.get(row.id))


async def _differing(
    connection: AsyncConnection, made: Sequence[Change]
) -> list[tuple[Entity, str]]:
    """The records that are not as the changes say they are before."""
    differing: list[tuple[Entity, str]] = []
    for entity in _ORDER:
        mine = [change for change in made if change.entity == entity]
        found = await records.read_records(connection, entity, [c.key for c in mine])
        differing += [(entity, c.key) for c in mine if found.get(c.key) != c.before]
    return differing


async def _write(connection: AsyncConnection, made: Sequence[Change]) -> None:
    for entity in _ORDER:
        mine = [change for change in made if change.entity == entity]
        gone = [c.key for c in mine if c.after is None]
        new = [c.after for c in mine if c.before is None and c.after is not None]
        altered = [c.after for c in mine if c.before is not None and c.after is not None]
        await records.delete_records(connection, entity, gone)
        await records.write_records(connection, entity, new)
        await records.replace_records(connection, entity, altered)
