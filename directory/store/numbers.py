"""Numbers of revisions and territories, none of which is given twice.

Buttons and people name them for years: «Undo 7» must not come to mean another change because a copy
that knows only 5 was put in the place of the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    cast,
    delete,
    func,
    insert,
    select,
    union_all,
)
from sqlalchemy.exc import DBAPIError

from directory.store.tables import changes, numbers_passed, revisions, territories

NumberKind = Literal["revision", "territory"]

LEAP = 100_000
"""How many numbers are left out when it is not known how far the database got that a copy replaces:
more than a region's editors give while a copy is kept (`store.backups`), and few enough that there
is room for thousands of restores."""

_GIVEN: Mapping[NumberKind, tuple[Select[Any], ...]] = {
    "revision": (select(func.max(revisions.c.id).label("n")),),
    # Undoing a change brings its territory back, by the number that it had.
    "territory": (
        select(func.max(territories.c.id).label("n")),
        select(func.max(cast(changes.c.key, Integer)).label("n")).where(
            changes.c.entity == "territory"
        ),
    ),
}


def last(connection: Connection, kind: NumberKind) -> int:
    """The greatest number of this kind that was ever given, 0 when none was."""
    passed = select(numbers_passed.c.last.label("n")).where(numbers_passed.c.kind == kind)
    every = union_all(*_GIVEN[kind], passed).subquery()
    return connection.scalar(select(func.max(every.c.n))) or 0


def pass_over(connection: Connection, replaced: Engine | None = None) -> None:
    """Let the numbers of a copy that becomes the database go on above all that were ever given.

    They are known when it takes the place of the very database that it was copied from. The restore
    takes a number of each kind itself: no state shown before it is the present one.
    """
    numbers_passed.create(connection, checkfirst=True)  # a copy of an earlier version lacks it
    mine = _reached(connection)
    theirs, is_its_own = dict[NumberKind, int](), False
    if replaced:
        with suppress(DBAPIError), replaced.connect() as other:  # damaged, or without the table
            theirs, is_its_own = _reached(other), _goes_on(other, connection)
    for kind, n in mine.items():
        most = max(n, theirs.get(kind, 0))
        if not most:
            continue  # an empty directory stays one, which a bot fills at its start
        step = 1 if is_its_own and most == theirs[kind] else LEAP
        connection.execute(delete(numbers_passed).where(numbers_passed.c.kind == kind))
        connection.execute(insert(numbers_passed), {"kind": kind, "last": most + step})


def _reached(connection: Connection) -> dict[NumberKind, int]:
    return {kind: last(connection, kind) for kind in _GIVEN}


def _goes_on(database: Connection, copy: Connection) -> bool:
    """Whether the database has the copy's newest revision, and not another of its number."""
    newest = select(revisions.c.id, revisions.c.at).order_by(revisions.c.id.desc()).limit(1)
    row = copy.execute(newest).one_or_none()
    return row is not None and row.at == database.scalar(
        select(revisions.c.at).where(revisions.c.id == row.id)
    )
