"""The report of the month: one press, a message with a picture and a workbook."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.monthly import (
    LackingMap,
    MonthCut,
    MonthPages,
    MonthReportOf,
    PastMonth,
    PastMonths,
    UnfoundList,
)
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.pictures.apart import png
from bot.screens.monthly import month_report, past_months, past_report
from bot.talk.notices import out_of_date
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw, send, send_book
from bot.views.editors import monthly as views
from bot.views.editors import monthly_pictures as pictures
from bot.views.editors.monthly_sheets import file_name, sheets
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.figures import Cut, month_before
from directory.store import unfound


async def report(press: CallbackQuery, callback_data: MonthReportOf, office: Office) -> None:
    """Send the figures with their picture, and the workbook."""
    directory = office.directory
    found = await month_report(directory, today(), whole=callback_data.whole)
    await send(press, views.month(found), await png(pictures.picture(found), directory.kept.state))
    await send_book(press, office, file_name(found), *sheets(found))


async def past(press: CallbackQuery, callback_data: PastMonths, directory: Directory) -> None:
    """List the months whose figures were kept."""
    whole = callback_data.whole
    months = await past_months(directory, whole=whole)
    await _show(press, views.past_months(months, callback_data.n, whole=whole))


async def past_month(press: CallbackQuery, callback_data: PastMonth, office: Office) -> None:
    """Send the figures of a past month, and their workbook."""
    months = await past_months(office.directory, whole=callback_data.whole)
    asked = divmod(callback_data.month, 100)
    month = next((one for one in months if (one.year, one.month) == asked), None)
    if month is None:
        raise out_of_date()
    found = await past_report(office.directory, month, whole=callback_data.whole)
    await send(press, views.past_month(found))
    await send_book(press, office, file_name(found), *sheets(found))


async def cut(press: CallbackQuery, callback_data: MonthCut, directory: Directory) -> None:
    """Show the figures by topic, level, territory or network."""
    found = await month_report(directory, today(), whole=callback_data.whole)
    await _show(press, views.cut_view(found, callback_data.cut, callback_data.n))


async def pages(press: CallbackQuery, callback_data: MonthPages, directory: Directory) -> None:
    """Show a list behind a figure."""
    found = await month_report(directory, today(), whole=callback_data.whole)
    await _show(press, views.pages_view(found, callback_data.kind, callback_data.n))


async def lacking(press: CallbackQuery, callback_data: LackingMap, directory: Directory) -> None:
    """Show what is missing where, drawn and in words."""
    found = await month_report(directory, today(), whole=callback_data.whole)
    picture = pictures.lacking_picture(found)
    drawn = await png(picture, directory.kept.state) if picture else None
    await send(press, pictures.lacking_view(found), drawn)


async def _show(press: CallbackQuery, view: View) -> None:
    """In the place of a text; below a picture, whose words stay."""
    if isinstance(press.message, Message) and press.message.photo:
        await send(press, view)
    else:
        await redraw(press, view)


async def not_found(press: CallbackQuery, callback_data: UnfoundList, directory: Directory) -> None:
    """List what people ask for that is not there."""
    async with directory.db.read() as connection:
        found = await unfound.most_asked(connection, month_before(today()))
    await _show(press, views.unfound_view(found, callback_data.n))


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(report, MonthReportOf.filter(), flags=BEFOREHAND)
    router.callback_query.register(cut, MonthCut.filter(F.cut != Cut.ALL), flags=BEFOREHAND)
    router.callback_query.register(past, PastMonths.filter())
    router.callback_query.register(past_month, PastMonth.filter(), flags=BEFOREHAND)
    router.callback_query.register(pages, MonthPages.filter(), flags=BEFOREHAND)
    router.callback_query.register(not_found, UnfoundList.filter())
    router.callback_query.register(lacking, LackingMap.filter(), flags=BEFOREHAND)
    return router
