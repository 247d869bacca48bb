"""The report of the month: what is counted now, beside the end of the month before."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.screens.broken_links import broken_links
from bot.screens.page_lists import within
from bot.views.editors.month_report import MonthReport
from bot.views.words import today
from directory.directory import Directory
from directory.editing.doubles import doubles, read_for_doubles
from directory.figures import count, first_of_month, last_of_month, month_before
from directory.rights import Rights, Role
from directory.store import figures, unfound


async def month_report(directory: Directory, day: date, *, whole: bool) -> MonthReport:
    """Count what the bot's region has, or the `whole` directory; read what was kept of the month
    before."""
    extent = None if whole else directory.home
    number = extent.id if extent else None
    tree = directory.territories
    async with directory.db.read() as connection:
        pages = await figures.counted_pages(connection, within(tree, extent))
        before = await figures.kept(connection, month_before(day), number)
        compared, shared, apart = await read_for_doubles(connection)
        asked = await unfound.most_asked(connection, month_before(day))
    inside = [page for page in compared if tree.within(page.territory, number)]
    broken = await broken_links(directory, Rights(Role.OWNER))
    return MonthReport(
        extent,
        directory.home,
        day,
        tree,
        tuple(directory.categories),
        pages,
        await asyncio.to_thread(count, pages, tree, number, day),
        before,
        [each for each in broken if tree.within(each[0].territory, number)],
        await asyncio.to_thread(doubles, inside, shared, tree, apart),
        asked,
    )


async def past_months(directory: Directory, *, whole: bool) -> list[date]:
    """The first days of the months before this one whose figures were kept, the latest first."""
    extent = None if whole else directory.home
    async with directory.db.read() as connection:
        found = await figures.kept_months(connection, extent.id if extent else None)
    return [month for month in found if month < first_of_month(today())]


async def past_report(directory: Directory, month: date, *, whole: bool) -> MonthReport:
    """What was kept of a past month, beside the month before it."""
    extent = None if whole else directory.home
    number = extent.id if extent else None
    async with directory.db.read() as connection:
        now = await figures.kept(connection, month, number)
        before = await figures.kept(connection, month_before(month), number)
    return MonthReport(
        extent,
        directory.home,
        last_of_month(month),
        directory.territories,
        tuple(directory.categories),
        [],
        now,
        before,
        [],
        [],
        [],
        past=True,
    )


async def keep_figures(directory: Directory) -> None:
    """Keep the figures of the current month; what its last day finds is its end."""
    tree, day = directory.territories, today()
    for extent in dict.fromkeys((None, directory.home)):
        number = extent.id if extent else None
        async with directory.db.read() as connection:
            pages = await figures.counted_pages(connection, within(tree, extent))
        found = await asyncio.to_thread(count, pages, tree, number, day)
        async with directory.db.write() as connection:
            await figures.keep(connection, first_of_month(day), number, found)
