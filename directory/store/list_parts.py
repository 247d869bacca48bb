"""Parts of a list that an office works on: of a level, on a network, without links, unchecked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import NETWORKS, Level, Status
from directory.store.confirmation import unchecked
from directory.store.listing import BEST_KNOWN, listed_at
from directory.store.tables import links, pages

LEVELS = {f"l{level.value[0]}": level for level in Level}
ON = {f"n{network[0]}": network for network in NETWORKS}
WITHOUT_LINKS, UNCHECKED, CLOSED = "wl", "un", "cl"
PARTS = (WITHOUT_LINKS, UNCHECKED, *LEVELS, *ON, CLOSED)
"""The parts by short names, as buttons carry them; all but the last are of active pages."""


async def count_parts(
    connection: AsyncConnection,
    numbers: Collection[int | None] | None,
    category: str | None,
    today: date,
) -> dict[str, int]:
    """How many pages each part of a list has; the list is as for `listing.at_territories`."""
    sums = (func.sum(case((_is_of(part, today), 1), else_=0)).label(part) for part in PARTS)
    row = (await connection.execute(select(*sums).where(*listed_at(numbers, category)))).one()
    return {part: row._mapping[part] or 0 for part in PARTS}


async def ids_of_part(
    connection: AsyncConnection,
    numbers: Collection[int | None] | None,
    category: str | None,
    part: str,
    today: date,
    *,
    limit: int,
) -> Sequence[str]:
    """Ids of the pages of a part of a list, best known first."""
    of = listed_at(numbers, category)
    query = select(pages.c.id).where(*of, _is_of(part, today)).order_by(*BEST_KNOWN)
    return (await connection.scalars(query.limit(limit))).all()


def _is_of(part: str, today: date) -> ColumnElement[bool]:
    active = pages.c.status == Status.ACTIVE
    shown = exists().where(links.c.page == pages.c.id, links.c.hidden == "")
    if part == CLOSED:
        return pages.c.status == Status.CLOSED
    if part == WITHOUT_LINKS:
        return active & ~shown
    if part == UNCHECKED:
        return active & unchecked(today)
    if part in LEVELS:
        return active & (pages.c.level == LEVELS[part])
    return active & shown.where(links.c.slot == ON[part])
