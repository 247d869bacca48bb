"""Lists of pages that no search asked for: by territory and category, the nearest, the leading.

Only active pages are listed; a closed one is found by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Final

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import NETWORKS, Level, Status
from directory.store.tables import links, pages, territories

KILOMETRES_A_DEGREE = 111.2
"""Of latitude, on a sphere of the Earth's mean radius (6371 km)."""

_ACTIVE = pages.c.status == Status.ACTIVE
_ON_NETWORKS = (
    select(func.count())
    .where(links.c.page == pages.c.id, links.c.slot.in_(NETWORKS))
    .scalar_subquery()
)
BEST_KNOWN: Final = (
    func.coalesce(pages.c.flagship, False).desc(),
    func.coalesce(pages.c.subscribers, 0).desc(),
    _ON_NETWORKS.desc(),
    pages.c.title,
    pages.c.id,
)
"""Flagships first, then those with most followers, then those on most networks, then by title."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page's id and how far it is.

    `exact` tells whether it is the distance to the page's own place, not to its territory's centre.
    """

    id: str
    kilometres: float
    exact: bool


async def counts(connection: AsyncConnection) -> Counter[tuple[int | None, str]]:
    """How many pages stand right at each territory in each category ("": in none)."""
    query = (
        select(pages.c.territory, pages.c.category, func.count())
        .where(_ACTIVE)
        .group_by(pages.c.territory, pages.c.category)
    )
    rows = await connection.execute(query)
    return Counter({(territory, category or ""): n for territory, category, n in rows})


async def at_territories(
    connection: AsyncConnection,
    numbers: Collection[int | None] | None,
    category: str | None,
    *,
    limit: int,
    offset: int,
) -> Sequence[str]:
    """Ids of the pages right at these territories, best known first.

    Among `numbers` None is the country itself; `numbers` None: wherever they are. `category` None:
    of every category.
    """
    query = select(pages.c.id).where(_ACTIVE, *listed_at(numbers, category))
    query = query.order_by(*BEST_KNOWN).limit(limit).offset(offset)
    return (await connection.scalars(query)).all()


def listed_at(
    numbers: Collection[int | None] | None, category: str | None
) -> list[ColumnElement[bool]]:
    """What holds of a page at these territories and of this category; see `at_territories`."""
    conditions: list[ColumnElement[bool]] = []
    if numbers is not None:
        # The country is no territory: its pages have none, which IN (…) would never find.
        here: ColumnElement[bool] = pages.c.territory.in_([n for n in numbers if n is not None])
        conditions.append(here | pages.c.territory.is_(None) if None in numbers else here)
    if category is not None:
        conditions.append(func.coalesce(pages.c.category, "") == category)
    return conditions


async def leading(
    connection: AsyncConnection, home: Collection[int], *, limit: int, offset: int
) -> Sequence[str]:
    """Ids of pages for someone who has not asked yet: federal and regional, best known first.

    Those at the territories `home`, if there are any, go first, and none of other places follow.
    """
    query = select(pages.c.id).where(_ACTIVE, pages.c.level.in_([Level.FEDERAL, Level.REGIONAL]))
    # The whole country's pages have no territory: what is unknown would come first on PostgreSQL.
    at_home = func.coalesce(pages.c.territory.in_(home), False)
    if home:
        query = query.where(or_(at_home, pages.c.territory.is_(None)))
    query = query.order_by(at_home.desc(), *BEST_KNOWN)
    return (await connection.scalars(query.limit(limit).offset(offset))).all()


async def short_titles(
    connection: AsyncConnection, within: Collection[int] | None, longest: int
) -> list[list[str]]:
    """Titles of at most `longest` characters, shortest first, a list for each category.

    Of pages that have a link and stand at one of the territories `within` (None: anywhere). The
    categories with most of them go first.
    """
    query = (
        select(pages.c.category, pages.c.title)
        .where(_ACTIVE, func.length(pages.c.title) <= longest, pages.c.category.is_not(None))
        .where(_ON_NETWORKS > 0)
        .order_by(func.length(pages.c.title), pages.c.title)
    )
    if within is not None:
        query = query.where(pages.c.territory.in_(within))
    titles: dict[str, list[str]] = {}
    for category, title in await connection.execute(query):
        titles.setdefault(category, []).append(title)
    return sorted(titles.values(), key=len, reverse=True)


async def nearest(
    connection: AsyncConnection, lat: float, lon: float, *, limit: int
) -> list[Place]:
    """The pages nearest to a point (decimal degrees), the nearest first.

    A page without a place of its own stands at the centre of its territory, or of the nearest one
    above that has a centre. Distances are reckoned on a plane: right to a per cent or so within a
    region.
    """
    placed = _placed(lat, lon).subquery()
    query = select(placed).order_by(placed.c.square, placed.c.title, placed.c.id)
    rows = await connection.execute(query.limit(limit))
    return [Place(row.id, row.square**0.5 * KILOMETRES_A_DEGREE, row.exact) for row in rows]


def _placed(lat: float, lon: float) -> Select[tuple[str, str, bool, float]]:
    # Three joins: a settlement, its okrug, its region.
    above = [territories.alias(f"t{depth}") for depth in range(3)]
    joined = pages.outerjoin(above[0], above[0].c.id == pages.c.territory)
    for lower, upper in pairwise(above):
        joined = joined.outerjoin(upper, upper.c.id == lower.c.parent)
    # A latitude and a longitude go together: one of the page, one of the okrug is no place.
    exact = pages.c.lat.is_not(None) & pages.c.lon.is_not(None)
    known = [(exact, pages)] + [(t.c.lat.is_not(None) & t.c.lon.is_not(None), t) for t in above]
    at_lat: ColumnElement[float] = case(*[(where, table.c.lat) for where, table in known])
    at_lon: ColumnElement[float] = case(*[(where, table.c.lon) for where, table in known])
    straight = func.abs(at_lon - lon)
    across = case((straight > 180, 360 - straight), else_=straight) * cos(radians(lat))
    up = at_lat - lat
    return (
        select(
            pages.c.id,
            pages.c.title,
            exact.label("exact"),
            (up * up + across * across).label("square"),
        )
        .select_from(joined)
        .where(_ACTIVE, at_lat.is_not(None))
    )
