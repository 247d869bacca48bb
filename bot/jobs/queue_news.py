"""Telling editors and owners of new reports: grouped, at most once an hour, each report once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aiogram import Bot

from bot.people.staff import staff, try_to_tell
from bot.screens.report_queue import waiting
from bot.settings import Settings
from bot.views.editors.queue import news
from directory.directory import Directory
from directory.store import reports

_SELDOM = timedelta(hours=1)

_SETTLED = timedelta(minutes=1)
"""Later reports wait for the next time: others of their date may not be committed yet."""


async def tell_news(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Tell each of the reports that came since they were told last, and are theirs.

    Until when each was told is kept: a restart tells nothing twice, and what Telegram did not take
    is told the next time.
    """
    now = datetime.now(UTC)
    until = now - _SETTLED
    async with directory.db.read() as connection:
        told = await reports.told_until(connection)
    for person, rights in await staff(directory, settings):
        since = told.get(person)
        if since is not None and since > until - _SELDOM:
            continue
        queue = [each.report for each in await waiting(directory, rights)]
        new = [r for r in queue if r.at <= until and (since is None or r.at > since)]
        if not new:
            continue
        if await try_to_tell(bot, person, news(queue, len(new), now)):
            async with directory.db.write() as connection:
                await reports.keep_told(connection, person, until)
