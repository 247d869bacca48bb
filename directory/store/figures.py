"""Reading what is counted, and keeping the figures of each month's end: numbers only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.figures import FIGURES, CountedPage, Cut, Figures, Parts
from directory.model import Level, Link, Status
from directory.store.tables import links, month_figures, pages


async def counted_pages(
    connection: AsyncConnection, within: Collection[int] | None
) -> list[CountedPage]:
    """The active pages at these territories (None: everywhere), by title."""
    here = true() if within is None else pages.c.territory.in_(within)
    active = pages.c.status == Status.ACTIVE.value
    shown = await connection.execute(
        select(links.c.page, links.c.slot, links.c.platform, links.c.kind, links.c.account)
        .join(pages, pages.c.id == links.c.page)
        .where(active, here, links.c.hidden == "")
        .order_by(links.c.page, links.c.slot, links.c.position)
    )
    columns = ("id", "title", "category", "level", "territory", "official_mark", "subscribers")
    rows = await connection.execute(
        select(*(pages.c[name] for name in columns), pages.c.checked_at)
        .where(active, here)
        .order_by(pages.c.title, pages.c.id)
    )
    return await asyncio.to_thread(_counted, rows.all(), shown.all())


def _counted(rows: Sequence[Any], shown: Sequence[Any]) -> list[CountedPage]:
    by_page = defaultdict(list)
    for page, slot, platform, kind, account in shown:
        by_page[page].append((slot, Link(platform, kind, account)))
    return [
        CountedPage(
            row.id,
            row.title,
            row.category or "",
            Level(row.level) if row.level else None,
            row.territory,
            row.official_mark,
            row.subscribers or 0,
            row.checked_at,
            tuple(by_page[row.id]),
        )
        for row in rows
    ]


async def keep(connection: AsyncConnection, month: date, extent: int | None, found: Parts) -> None:
    """Keep the figures of the month, in the place of what was counted earlier in it."""
    number = extent or 0
    same = month_figures.c.month == month, month_figures.c.extent == number
    await connection.execute(delete(month_figures).where(*same))
    rows = [
        {
            "month": month,
            "extent": number,
            "cut": cut.value,
            "part": part,
            **{name: getattr(figures, name) for name in FIGURES},
        }
        for (cut, part), figures in found.items()
    ]
    if rows:
        await connection.execute(insert(month_figures), rows)


async def kept_months(connection: AsyncConnection, extent: int | None) -> list[date]:
    """The months of which figures were kept, the latest first."""
    query = select(month_figures.c.month).where(month_figures.c.extent == (extent or 0)).distinct()
    return [*await connection.scalars(query.order_by(month_figures.c.month.desc()))]


async def kept(connection: AsyncConnection, month: date, extent: int | None) -> Parts:
    """The figures at the end of the month; {} when none were kept."""
    rows = await connection.execute(
        select(month_figures).where(
            month_figures.c.month == month, month_figures.c.extent == (extent or 0)
        )
    )
    return {
        (Cut(row.cut), row.part): Figures(*(getattr(row, name) for name in FIGURES)) for row in rows
    }
