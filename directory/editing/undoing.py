"""Undoing a revision on somebody's behalf; large ones in a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from directory import aside
from directory.model import Action, Origin
from directory.rights import Rights
from directory.store import records, revisions, staff
from directory.store.database import Database
from directory.store.precaution import copy_before
from directory.store.undo import Undone, back, undo

MOST_HERE = 200
"""Pages of the largest revision that is undone in this process."""

Progress = Callable[[int], object]


class NotYoursError(Exception):
    """The revision touches what the person may not change, for these reasons in Russian."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(reasons)
        self.reasons = tuple(reasons)


async def take_back(
    db: Database, number: int, person: int, rights: Rights, progress: Progress
) -> Undone:
    """Undo revision `number` for the person with these rights.

    `progress` gets the number of pages done. Raises `NotYoursError` and what `store.undo.undo`
    raises; then nothing is changed.
    """
    async with db.read() as connection:
        known = await revisions.get(connection, number)
    if known is None:
        raise KeyError(number)
    await copy_before(db, "undo", known.size)
    if known.size <= MOST_HERE:
        return await _take_back(db, number, person, rights, progress)
    done: Undone = await aside.run(_apart, db.url, number, person, rights, progress=progress)
    return done


async def _apart(url: str, number: int, person: int, rights: Rights, progress: Progress) -> Undone:
    async with await Database.open(url) as db:
        return await _take_back(db, number, person, rights, progress)


async def _take_back(
    db: Database, number: int, person: int, rights: Rights, progress: Progress
) -> Undone:
    async with db.write() as connection:
        rights = await staff.current(connection, rights)
        if not rights.may_all:
            territories = await records.read_tree(connection)
            reasons = rights.refusals(await back(connection, number), territories)
            if reasons:
                raise NotYoursError(reasons)
        origin = Origin(Action.UNDO, person, undoes=number)
        return await undo(connection, number, origin, progress=progress)
