"""The report of the month: what is counted now, beside the end of the month before."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.screens.broken_links import broken_links
from bot.views.editors.month_report import MonthReport
from directory.directory import Directory
from directory.editing.doubles import doubles, read_for_doubles
from directory.figures import (
    count,
    first_of_month,
    month_before,
)
from directory.model import Territory
from directory.rights import Rights, Role
from directory.store import figures, unfound


def extent_of(directory: Directory, *, whole: bool) -> Territory | None:
    """Of what the report is: the bot's region, or the `whole` directory."""
    return None if whole else directory.home


async def month_report(directory: Directory, today: date, *, whole: bool) -> MonthReport:
    """Count, and read what was kept of the month before."""
    extent = extent_of(directory, whole=whole)
    number = extent.id if extent else None
    tree = directory.territories
    within = tree.subtree(number) if number is not None else None
    async with directory.db.read() as connection:
        pages = await figures.counted_pages(connection, within)
        before = await figures.kept(connection, month_before(today), number)
        compared, shared, apart = await read_for_doubles(connection)
        asked = await unfound.most_asked(connection, month_before(today))
    inside = [page for page in compared if tree.within(page.territory, number)]
    broken = await broken_links(directory, Rights(Role.OWNER))
    return MonthReport(
        extent,
        directory.home,
        today,
        tree,
        tuple(directory.categories),
        pages,
        await asyncio.to_thread(count, pages, tree, number, today),
        before,
        [each for each in broken if tree.within(each[0].territory, number)],
        await asyncio.to_thread(doubles, inside, shared, tree, apart),
        asked,
    )


async def keep_figures(directory: Directory, today: date) -> None:
    """Keep the figures of the current month; what its last day finds is its end."""
    tree = directory.territories
    for whole in (True, False) if directory.home else (True,):
        extent = extent_of(directory, whole=whole)
        number = extent.id if extent else None
        within = tree.subtree(number) if number is not None else None
        async with directory.db.read() as connection:
            pages = await figures.counted_pages(connection, within)
        found = await asyncio.to_thread(count, pages, tree, number, today)
        async with directory.db.write() as connection:
            await figures.keep(connection, first_of_month(today), number, found)
