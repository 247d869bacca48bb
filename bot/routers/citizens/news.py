"""Asking to be written to of changes of pages, or not to be."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import get_i18n
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Await, News
from bot.people.reader import Reader
from bot.screens.page_card import page_card
from bot.screens.page_lists import saved
from bot.talk.send import redraw
from directory.directory import Directory
from directory.model import Status
from directory.store import news


async def turn(
    press: CallbackQuery,
    callback_data: News,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """Send news of the saved pages, or none."""
    person, language = press.from_user.id, get_i18n().current_locale
    async with directory.db.write() as connection:
        await news.turn(connection, person, language, on=callback_data.on)
    on, off = _("News are on: once a day at most."), _("News are off.")
    callback_answer.text = on if callback_data.on else off
    await redraw(press, await saved(directory, person, 0))


async def wait(
    press: CallbackQuery,
    callback_data: Await,
    callback_answer: CallbackAnswer,
    directory: Directory,
    reader: Reader | None,
) -> None:
    """Write when a hidden page returns, or not."""
    person, language = press.from_user.id, get_i18n().current_locale
    page = await directory.page(callback_data.page)
    if page is not None and page.status is Status.HIDDEN:
        async with directory.db.write() as connection:
            if callback_data.on:
                now = datetime.now(UTC)
                await news.wait_for(connection, person, page.id, language, now)
            else:
                await news.stop_waiting(connection, person, [page.id])
        yes, no = _("I shall write once, when it is back."), _("I shall not write.")
        callback_answer.text = yes if callback_data.on else no
    await redraw(press, await page_card(directory, callback_data.page, reader))


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(turn, News.filter())
    router.callback_query.register(wait, Await.filter())
    return router
