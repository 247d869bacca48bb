"""What was asked for and not found; see `directory.unfound`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import unfound
from directory.unfound import PEOPLE, UnfoundQuery

_KEPT_DAYS = 400
"""How long the words of a month are kept, so that a year can be compared with the one before."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """Words that at least so many `people` typed in a month, and that no page answers."""

    month: date
    words: str
    people: int


async def add(connection: AsyncConnection, asked: Iterable[UnfoundQuery], today: date) -> None:
    """Count queries; forget what no longer counts."""
    for each in asked:
        own = unfound.c.month == each.month, unfound.c.key == each.key
        row = (await connection.execute(select(unfound).where(*own))).first()
        marks = each.mark | (row.marks if row else 0)
        known = marks.bit_count() >= PEOPLE
        values = {"marks": marks, "words": each.words if known else ""}
        if row is None:
            key = {"month": each.month, "key": each.key}
            await connection.execute(insert(unfound), {**key, **values})
        elif marks != row.marks:
            await connection.execute(update(unfound).where(*own).values(values))
    month = today.replace(day=1)
    await connection.execute(delete(unfound).where(unfound.c.month < month, unfound.c.words == ""))
    old = date.fromordinal(today.toordinal() - _KEPT_DAYS)
    await connection.execute(delete(unfound).where(unfound.c.month < old))


async def most_asked(connection: AsyncConnection, since: date) -> list[Unfound]:
    """What was asked for since the first day of a month, the latest month and the most people
    first."""
    rows = await connection.execute(
        select(unfound).where(unfound.c.words != "", unfound.c.month >= since)
    )
    found = [Unfound(row.month, row.words, row.marks.bit_count()) for row in rows]
    return sorted(found, key=lambda each: (-each.month.toordinal(), -each.people, each.words))
