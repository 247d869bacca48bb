"""Revisions: the only way in which the directory changes, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Action, Change, Entity, Origin, Revision
from directory.store import records
from directory.store.tables import changes, revisions

# A record is created after those it refers to, and removed before them.
_ORDER: tuple[Entity, ...] = ("category", "territory", "page")


class ConflictError(Exception):
    """The directory is no longer in the state that the changes start from.

    `keys` are the (entity, key) pairs of the records that differ, empty when the revision does.
    """

    def __init__(self, keys: Sequence[tuple[Entity, str]] = ()) -> None:
        super().__init__("the directory has changed meanwhile")
        self.keys = tuple(keys)


async def current(connection: AsyncConnection) -> int:
    """The number of the last revision, 0 before the first: it tells one state from another."""
    return await connection.scalar(select(func.max(revisions.c.id))) or 0


async def apply(
    connection: AsyncConnection,
    made: Sequence[Change],
    origin: Origin,
    *,
    base: int | None = None,
) -> int:
    """Do the changes as one revision within the caller's transaction; return its number.

    `base` is the revision on which the changes were planned, when they may not be applied on any
    other. Raises `ConflictError` when it is not the last one, or when a record is not as the
    `before` of its change says.
    """
    last = await current(connection)
    if base is not None and base != last:
        raise ConflictError
    await _check(connection, made)
    number = last + 1
    await connection.execute(
        insert(revisions),
        {
            "id": number,
            "at": datetime.now(UTC),
            "action": origin.action.value,
            "actor": origin.actor,
            "file": origin.file,
            "sha256": origin.sha256,
            "note": origin.note,
            "undoes": origin.undoes,
        },
    )
    if made:
        await connection.execute(
            insert(changes),
            [
                {
                    "revision": number,
                    "position": position,
                    "entity": change.entity,
                    "key": change.key,
                    "before": change.before,
                    "after": change.after,
                }
                for position, change in enumerate(made)
            ],
        )
    await _write(connection, made)
    return number


async def undo(connection: AsyncConnection, number: int, origin: Origin) -> int:
    """Take revision `number` back as a new revision; return the new one's number.

    Raises `KeyError` for a revision that does not exist, and `ConflictError` with the records that
    were changed since, in which case nothing is done.
    """
    if await get(connection, number) is None:
        raise KeyError(number)
    inverse = [change.inverse() for change in reversed(await changes_of(connection, number))]
    return await apply(connection, inverse, origin)


async def changes_of(connection: AsyncConnection, number: int) -> list[Change]:
    """What a revision changed, in the order in which it did."""
    rows = await connection.execute(
        select(changes).where(changes.c.revision == number).order_by(changes.c.position)
    )
    return [Change(row.entity, row.key, row.before, row.after) for row in rows]


async def touched_since(connection: AsyncConnection, number: int) -> list[tuple[Entity, str]]:
    """The (entity, key) pairs of all records that revisions after `number` changed."""
    rows = await connection.execute(
        select(changes.c.entity, changes.c.key).where(changes.c.revision > number).distinct()
    )
    return [(row.entity, row.key) for row in rows]


async def get(connection: AsyncConnection, number: int) -> Revision | None:
    """One revision, None when there is no such number."""
    rows = (await connection.execute(_history().where(revisions.c.id == number))).all()
    return _revision(rows[0]) if rows else None


async def history(connection: AsyncConnection, *, limit: int, offset: int = 0) -> list[Revision]:
    """Revisions, the newest first."""
    rows = await connection.execute(
        _history().order_by(revisions.c.id.desc()).limit(limit).offset(offset)
    )
    return [_revision(row) for row in rows]


def _history() -> Any:
    def pages(condition: Any) -> Any:
        return (
            select(func.coalesce(func.sum(case((condition, 1), else_=0)), 0))
            .where(changes.c.revision == revisions.c.id, changes.c.entity == "page")
            .scalar_subquery()
        )

    later = revisions.alias()
    return select(
        revisions,
        pages(changes.c.before.is_(None)).label("created"),
        pages(changes.c.before.is_not(None) & changes.c.after.is_not(None)).label("changed"),
        pages(changes.c.after.is_(None)).label("removed"),
        select(func.max(later.c.id))
        .where(later.c.undoes == revisions.c.id)
        .scalar_subquery()
        .label("undone_by"),
    )


def _revision(row: Row[Any]) -> Revision:
    # SQLite keeps no time zone: what was written is UTC.
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    origin = Origin(Action(row.action), row.actor, row.file, row.sha256, row.note, row.undoes)
    return Revision(row.id, at, origin, row.created, row.changed, row.removed, row.undone_by)


async def _check(connection: AsyncConnection, made: Sequence[Change]) -> None:
    differing: list[tuple[Entity, str]] = []
    for entity in _ORDER:
        mine = [change for change in made if change.entity == entity]
        found = await records.read_records(connection, entity, [c.key for c in mine])
        differing += [(entity, c.key) for c in mine if found.get(c.key) != c.before]
    if differing:
        raise ConflictError(differing)


async def _write(connection: AsyncConnection, made: Sequence[Change]) -> None:
    for entity in reversed(_ORDER):
        gone = [c.key for c in made if c.entity == entity and c.after is None]
        await records.delete_records(connection, entity, gone)
    for entity in _ORDER:
        new = [c.after for c in _of(made, entity) if c.before is None and c.after is not None]
        await records.write_records(connection, entity, new)
    for entity, replace in (
        ("territory", records.replace_territories),
        ("page", records.replace_pages),
    ):
        altered = [
            c.after for c in _of(made, entity) if c.before is not None and c.after is not None
        ]
        await replace(connection, altered)


def _of(made: Iterable[Change], entity: str) -> list[Change]:
    return [change for change in made if change.entity == entity]
