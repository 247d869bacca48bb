"""Which pages wait to be confirmed: those that are live and that nobody has checked for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Status
from directory.rights import Scope, Scopes
from directory.staleness import STALE_DAYS
from directory.store.tables import pages
from directory.territories import Territories


async def stale_pages(
    connection: AsyncConnection,
    scope: Scopes,
    territories: Territories,
    today: date,
    *,
    limit: int,
    offset: int = 0,
) -> Sequence[str]:
    """Ids of the stale pages (see `Evidence.stale`) within a scope, the longest unseen first."""
    query = _stale(select(pages.c.id), scope, territories, today)
    query = query.order_by(pages.c.checked_at.asc().nulls_first(), pages.c.title, pages.c.id)
    return (await connection.scalars(query.limit(limit).offset(offset))).all()


async def count_stale(
    connection: AsyncConnection, scope: Scopes, territories: Territories, today: date
) -> int:
    """How many `stale_pages` there are."""
    query = _stale(select(func.count()).select_from(pages), scope, territories, today)
    return await connection.scalar(query) or 0


def unchecked(today: date) -> ColumnElement[bool]:
    """Whether nobody has checked a page for long."""
    checked = pages.c.checked_at
    return or_(checked.is_(None), checked < today - timedelta(days=STALE_DAYS), checked > today)


def _stale(query: Select[Any], scope: Scopes, territories: Territories, today: date) -> Select[Any]:
    within = or_(false(), *(and_(true(), *_part(each, territories)) for each in scope.each))
    return query.where(pages.c.status == Status.ACTIVE.value, unchecked(today), within)


def _part(scope: Scope, territories: Territories) -> list[ColumnElement[bool]]:
    within: list[ColumnElement[bool]] = []
    if scope.territory is not None:
        within.append(pages.c.territory.in_(territories.subtree(scope.territory)))
    if scope.category:
        within.append(pages.c.category == scope.category)
    return within
