"""Revisions: the only way in which the directory changes, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, difference, filled
from directory.model import Action, Change, Entity, Origin, Revision, Status
from directory.store import keepers, numbers, records
from directory.store.bulk import insert_many
from directory.store.tables import changes, pages, revisions

# A record is created after those it refers to, and removed before them.
_ORDER: tuple[Entity, ...] = ("category", "territory", "page")

ChangeKind = Literal["created", "changed", "removed"]

BATCH = 500
"""Changes made at once: enough to be quick, few enough for the event loop to turn in between."""


class ConflictError(Exception):
    """The directory is no longer in the state that the changes start from.

    `keys` are the (entity, key) pairs of the records that differ, empty when the revision does.
    """

    def __init__(self, keys: Sequence[tuple[Entity, str]] = ()) -> None:
        super().__init__("the directory has changed meanwhile")
        self.keys = tuple(keys)


async def current(connection: AsyncConnection) -> int:
    """The number of the last revision or restore, 0 before the first: it tells one state from
    another."""
    return await connection.run_sync(numbers.last, "revision")


async def stamp(connection: AsyncConnection, number: int) -> str:
    """A text that only the state right after revision `number` of this very database has.

    A database that was put in the place of another may have a revision of the same number.
    """
    at = await connection.scalar(select(func.max(revisions.c.at)).where(revisions.c.id <= number))
    return f"{number} {at.isoformat() if at else ''}"


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
    other; what they say of the records before is then taken for true. Raises `ConflictError` when
    it is not the last one, or, without a base, when a record is not as its change says.
    """
    if base is not None and base != await current(connection):
        raise ConflictError
    recorder = await Recorder.begin(connection, origin)
    rest = iter(made)
    while batch := list(islice(rest, BATCH)):
        # What was planned on this very revision need not be compared once more.
        await (recorder.add(batch) if base is None else recorder.add_checked(batch))
        if progress:
            progress(recorder.done)
    return await recorder.finish()


class Recorder:
    """Makes changes and notes them, batch by batch, as one revision."""

    def __init__(self, connection: AsyncConnection, number: int, at: datetime) -> None:
        self._connection = connection
        self._number = number
        self.at = at
        self._counts = Counter[ChangeKind]()
        self.done = 0

    @classmethod
    async def begin(cls, connection: AsyncConnection, origin: Origin) -> Recorder:
        """Open a new revision."""
        number, now = await current(connection) + 1, datetime.now(UTC)
        row = {"id": number, "at": now, **asdict(origin)}
        await connection.execute(insert(revisions), row)
        return cls(connection, number, now)

    async def add(self, batch: Sequence[Change]) -> None:
        """Make some changes. Raises `ConflictError` when a record is not as it should be before."""
        if differing := await _differing(self._connection, batch):
            raise ConflictError(differing)
        await self.add_checked(batch)

    async def add_checked(self, batch: Sequence[Change]) -> None:
        """Make changes whose records are known to be as they should be before."""
        rows: list[dict[str, Any]] = []
        made: list[Change] = []
        for change in batch:
            before, after = _kept(change)
            if before or after:  # else no field differs
                rows.append(
                    {
                        "revision": self._number,
                        "position": self.done + len(rows),
                        "entity": change.entity,
                        "key": change.key,
                        "before": before,
                        "after": after,
                    }
                )
                made.append(change)
        if not made:
            return
        await insert_many(self._connection, changes, rows)
        await _write(self._connection, made)
        if withdrawn := [change.key for change in made if _withdraws(change)]:
            await keepers.end(self._connection, withdrawn)
        self._counts.update(kind_of(change) for change in made if change.entity == "page")
        self.done += len(made)

    async def finish(self) -> int:
        """Note how many pages there were; return the revision's number."""
        if self._counts:
            mine = revisions.update().where(revisions.c.id == self._number)
            await self._connection.execute(mine.values({**self._counts}))
        return self._number


def _kept(change: Change) -> tuple[Record | None, Record | None]:
    """What is kept of a change: of an update the fields that it altered, else the whole record."""
    before, after = change.before, change.after
    if before is not None and after is not None:
        return difference(change.entity, before, after)
    return before and filled(before), after and filled(after)


def _withdraws(change: Change) -> bool:
    """Whether the change hides a page, or a link of it, or takes a link away."""
    if change.entity != "page" or change.before is None or change.after is None:
        return False
    hides = Status.HIDDEN.value == change.after["status"] != change.before["status"]
    return hides or not _shown(change.before) <= _shown(change.after)


def _shown(page: Record) -> set[tuple[str, str]]:
    """The accounts that are not hidden themselves."""
    return {(link[1], link[3]) for link in page["links"] if not link[4]}


def kind_of(change: Change) -> ChangeKind:
    """What a change does to its record."""
    if change.before is None:
        return "created"
    return "removed" if change.after is None else "changed"


async def thin(connection: AsyncConnection, until: datetime) -> int:
    """Forget what revisions before `until` changed; return of how many records.

    Who changed which record and when stays. So do the changes of pages that are hidden or were
    taken out: what they were before is needed to bring them back.
    """
    old = select(revisions.c.id).where(revisions.c.at < until)
    unseen = [Status.HIDDEN.value, Status.RETIRED.value]
    hidden = select(pages.c.id).where(pages.c.status.in_(unseen))
    nothing: ColumnElement[Any] = literal({}, changes.c.before.type)
    thinned = [
        (side, case((side.is_(None), null()), else_=nothing))
        for side in (changes.c.before, changes.c.after)
    ]
    empty = [func.coalesce(cast(side, Text), "{}") == "{}" for side, _ in thinned]
    query = (
        changes.update()
        .where(changes.c.revision.in_(old), ~and_(*empty))
        .where(~and_(changes.c.entity == "page", changes.c.key.in_(hidden)))
        .values(dict(thinned))
    )
    return (await connection.execute(query)).rowcount


async def get(connection: AsyncConnection, number: int) -> Revision | None:
    """One revision, None when there is no such number."""
    return (await numbered(connection, [number])).get(number)


async def numbered(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, Revision]:
    """The revisions with these numbers, by number."""
    found = await _read(connection, select(revisions).where(revisions.c.id.in_(numbers)))
    return {revision.id: revision for revision in found}


async def history(
    connection: AsyncConnection, *, limit: int, offset: int = 0, together: bool = False
) -> list[Revision]:
    """Revisions, the newest first; `together` leaves out those that are listed with another."""
    query = select(revisions).order_by(revisions.c.id.desc()).limit(limit).offset(offset)
    return await _read(
        connection, query.where(revisions.c.part_of.is_(None)) if together else query
    )


async def count_together(connection: AsyncConnection) -> int:
    """How many revisions there are, without those that are listed with another."""
    query = select(func.count()).select_from(revisions).where(revisions.c.part_of.is_(None))
    return await connection.scalar(query) or 0


async def _read(connection: AsyncConnection, query: Select[Any]) -> list[Revision]:
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
    # What is listed with another is taken back with it.
    parts = select(revisions.c.id, revisions.c.part_of).where(
        revisions.c.part_of.in_(select(revisions.c.undoes).where(revisions.c.undoes.is_not(None)))
    )
    for number, first in await connection.execute(parts):
        if first in undone:
            undone.setdefault(number, undone[first])
    return undone


def _revision(row: Row[Any], undone: dict[int, int]) -> Revision:
    origin = Origin(
        *(Action(row.action), row.actor, row.file, row.sha256, row.note),
        *(row.undoes, row.part_of),
    )
    counts = (row.created, row.changed, row.removed)
    return Revision(row.id, row.at, origin, *counts, undone.get(row.id))


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
