"""Writing to people of changes of the pages that they follow.

Once a day each and by day, in one message; only the alarm of a hijacked page comes at once. Who is
told of what is decided and kept before it is sent (`directory.store.news`).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.utils.i18n import get_i18n

from bot.settings import Settings
from bot.views.citizens import news as views
from bot.views.view import View
from directory.directory import Directory
from directory.links.registry import HIJACKS
from directory.model import Status
from directory.page_news import NewsKind, PageNews, page_news
from directory.store import keepers, news, revisions, saving
from directory.store.news import NewsReader

log = logging.getLogger(__name__)

FIRST_HOUR, LAST_HOUR = 9, 20
"""Hours of the bot's clock within which people are written to."""

BATCH = 200
"""People who are looked at before others have the database."""

_PAUSE = 0.05
"""Seconds between two messages: Telegram takes some thirty a second, answers to people included."""

_SETTLED = timedelta(minutes=1)
"""Later reports wait for the next time: others of their date may not be committed yet."""


async def tell_page_news(
    bot: Bot, directory: Directory, settings: Settings, now: datetime | None = None
) -> None:
    """Tell each what has happened since they were told last, if they were not today."""
    now = now or datetime.now(UTC)
    local = now.astimezone(settings.zone)
    if not FIRST_HOUR <= local.hour <= LAST_HOUR:
        return
    day = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    async with directory.db.write() as connection:
        await news.expire(connection, now)
    while True:
        async with directory.db.read() as connection:
            readers = await news.due(connection, day, now - _SETTLED, BATCH)
        for reader in readers:
            if not await _tell(bot, directory, reader, now):
                return
        if len(readers) < BATCH:
            return


async def _tell(bot: Bot, directory: Directory, reader: NewsReader, now: datetime) -> bool:
    """Tell one reader; return False when Telegram takes nothing for now."""
    person = reader.person
    async with directory.db.write() as connection:
        last = await revisions.current(connection)
        found: list[PageNews] = []
        if reader.saved:
            ids = await saving.saved_pages(connection, person, limit=saving.MOST_SAVED)
            new = map(_without_alarms, await page_news(connection, ids, reader.seen))
            found = [each for each in new if each.kinds]
        back = await news.returned(connection, person)
        reported = await keepers.reports_for(connection, person, now - _SETTLED)
        told = {"told": now} if found or back or reported else {}
        if not await news.claim(connection, reader, seen=last, **told):
            return True
        await news.stop_waiting(connection, person, back)
        before = await keepers.told_until(connection, person) if reported else {}
        until = dict.fromkeys(reported, now - _SETTLED)
        await keepers.keep_told(connection, person, until)
    if not told:
        return True
    await directory.refresh()
    pages = await directory.pages(back)
    kept = [(page, reported[page.id]) for page in await directory.pages(list(reported))]
    found = [each for each in found if each.page.id not in back]
    with get_i18n().use_locale(reader.language):
        view = views.digest(found, pages, kept)
    if await _send(bot, directory, person, view):
        return True
    async with directory.db.write() as connection:
        if await news.get(connection, person) is None:
            return False  # they have turned all off meanwhile, and are forgotten
        await news.put_back(connection, reader)
        await keepers.keep_told(connection, person, {page: before[page] for page in reported})
        for page in back:
            await news.wait_for(connection, person, page, reader.language, now)
    return False


def _without_alarms(found: PageNews) -> PageNews:
    """Return the news without what the person was told of by the alarm."""
    page, told = found.page, set[NewsKind]()
    if page.hidden.startswith(HIJACKS):
        told.add(NewsKind.HIDDEN)
    if any(x.hidden.startswith(HIJACKS) for x in page.links):
        told.add(NewsKind.WITHDRAWN)
    return replace(found, kinds=tuple(kind for kind in found.kinds if kind not in told))


async def tell_hijacks(bot: Bot, directory: Directory) -> None:
    """Warn at once, by night too, of saved pages that were hidden as hijacked and still are."""
    async with directory.db.read() as connection:
        readers = await news.to_alarm(connection, HIJACKS, BATCH)
    for reader in readers:
        person = reader.person
        async with directory.db.write() as connection:
            last = await revisions.current(connection)
            since = reader.alarmed
            ids = await news.hidden_since(connection, person, since, HIJACKS)
            if not await news.claim(connection, reader, alarmed=last):
                continue
        await directory.refresh()
        pages = [
            page
            for page in await directory.pages(ids)
            if page.status is Status.HIDDEN or any(x.hidden.startswith(HIJACKS) for x in page.links)
        ]
        if not pages:
            continue
        with get_i18n().use_locale(reader.language):
            view = views.hijacked(pages)
        if not await _send(bot, directory, person, view):
            async with directory.db.write() as connection:
                await news.put_back(connection, reader)
            return


async def _send(bot: Bot, directory: Directory, person: int, view: View) -> bool:
    """Write to the person; False when it is worth trying again. Who blocked the bot wants none."""
    await asyncio.sleep(_PAUSE)
    try:
        await bot.send_message(person, view.text, reply_markup=view.keyboard)
    except TelegramForbiddenError:
        async with directory.db.write() as connection:
            await news.turn_off(connection, person)
    except TelegramBadRequest:
        log.warning("news could not be written to one of their readers")
    except TelegramAPIError:
        log.warning("news wait: Telegram takes nothing for now")
        return False
    return True
