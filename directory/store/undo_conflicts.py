"""What of a revision cannot be taken back, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, difference, fields_of
from directory.model import Change, Entity, Revision
from directory.store import records
from directory.store.revisions import BATCH
from directory.store.tables import changes

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


class ThinnedError(Exception):
    """What the revision changed is no longer kept: it cannot be taken back."""


async def stored(
    connection: AsyncConnection, together: Sequence[Revision]
) -> AsyncIterator[tuple[list[Change], dict[Key, Record]]]:
    """What is kept of the changes of revisions, in batches, the last one first, and the records
    now.

    Updates have only the altered fields on both sides.
    """
    for revision in together:
        async for batch in _stored_of(connection, revision.id):
            yield batch


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


async def conflicts(
    connection: AsyncConnection, together: Sequence[Revision]
) -> dict[Key, Conflict]:
    """What of revisions cannot be taken back, by the record."""
    kept: dict[Key, Conflict] = {}
    gone: dict[str, str] = {}
    released: set[tuple[str, str]] = set()
    restored: set[Key] = set()
    needed: list[tuple[Conflict, Key]] = []
    async for batch, found in stored(connection, together):
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
                gone[old.key] = title_of(old, found.get(key))
                continue
            whole = old.after is None
            for name, entity, other in _references(old.before):
                only = () if whole else (name,)
                lacking = Conflict("page", old.key, title_of(old, found.get(key)), only, "lacking")
                needed.append((lacking, (entity, other)))
            if not whole:
                altered = altered_fields(old).difference(conflict.fields if conflict else ())
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
        return Conflict(old.entity, old.key, title_of(old, now), tuple(fields), why)

    if old.after is None:
        return conflict("back") if now is not None else None
    if old.entity != "page" and old.before is None:
        return None
    if now is None:
        return conflict("gone")
    if old.before is None:
        return conflict("changed") if changed_since(old, now) else None
    fields = fields_of(old.entity, now)
    changed = {name for name in altered_fields(old) if fields.get(name) != old.after.get(name)}
    return conflict("changed", sorted(changed)) if changed else None


def changed_since(old: Change, now: Record) -> bool:
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


def altered_fields(old: Change) -> set[str]:
    """The fields that an update altered."""
    return {*(old.before or ()), *(old.after or ())}


def _references(record: Mapping[str, Any]) -> Iterator[tuple[str, Entity, str]]:
    for name, entity in _REFERENCES.items():
        if record.get(name) is not None:
            yield name, entity, str(record[name])


def title_of(old: Change, now: Record | None) -> str:
    for record in (now, old.after, old.before):
        for name in ("title", "name"):
            if record and name in record:
                return str(record[name])
    return old.key
