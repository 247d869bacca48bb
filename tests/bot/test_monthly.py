"""The report of the month: one press from /admin, in words, as a picture and as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from aiogram.methods import SendDocument, SendPhoto

from bot.i18n import Catalogues
from bot.pictures import drawing
from bot.screens.monthly import keep_figures, month_report
from bot.views.editors import monthly, monthly_pictures
from bot.views.editors.monthly_figures import month_name
from bot.views.text import utf16
from directory.changes import page_change
from directory.directory import Directory
from directory.figures import Cut, month_before
from directory.links.outcome import Checked, CheckOutcome
from directory.model import Action, Level, Link, Origin, Page, PageLink
from directory.store import checks, figures, revisions
from tests.bot.conftest import People
from tests.bot.made_up import EDITOR, LIBRARY, OKRUG, SCHOOL, VK
from tests.bot.person import Talker, Telegram
from tests.telegram_limits import CAPTION_UNITS, visible

pytestmark = pytest.mark.both

TODAY = datetime.now(UTC).date()


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
async def filled(directory: Directory) -> Directory:
    """With a page without links, one without the mark, one link on two pages, one broken link."""
    directory.home = directory.territories.get(1)
    both = Link("telegram", "name", "skazochny_kanal")
    made = [
        Page("bare", "Клуб без ссылок", territory=3, category="Культура"),
        *(
            Page(f"twin-{n}", f"Близнец {n}", territory=3, links=(PageLink("telegram", both),))
            for n in range(2)
        ),
        Page("country", "Портал страны", links=(PageLink("site", Link("site", "https", "a.ru")),)),
    ]
    school = replace(SCHOOL, level=Level.MUNICIPAL, subscribers=1500, checked_at=TODAY)
    library = replace(LIBRARY, official_mark=False)
    changes = [page_change(None, page) for page in made]
    changes += [page_change(SCHOOL, school), page_change(LIBRARY, library)]
    async with directory.db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
        for day in range(1, 4):
            found = [Checked(VK, CheckOutcome.GONE)]
            await checks.save(connection, found, date(2026, 11, day))
    await directory.refresh()
    directory.home = directory.territories.get(1)
    return directory


def _words(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def _rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


async def test_one_press_brings_figures_a_picture_and_a_workbook(
    owner: Talker, filled: Directory, telegram: Telegram
) -> None:
    await owner.says("/admin")
    calls = len(telegram.calls)
    await owner.presses("Отчёт за месяц")
    sent = [type(call) for call in telegram.calls[calls:]]
    assert SendPhoto in sent
    assert SendDocument in sent
    told = _words(owner.replies[0].text)
    for line in (
        "Выдуманная область",
        "Страницы: 5\n",
        "Со ссылкой: 4 (80%)",
        "С отметкой «Госорганизация»: 1 (50% из 2, где она бывает; не записано: 0)",
        "Подписчики: 1 500",
        "Проверено за 30 дней: 1 (20%)",
        "Битых ссылок: 1",
        "Двойники: 1",
        "Сравнить не с чем",
    ):
        assert line in told, line
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    sheets = {sheet.title: _rows(sheet) for sheet in book.worksheets}
    book.close()
    assert list(sheets) == [
        *("Итоги", "По сферам", "По уровням", "По территориям", "По сетям"),
        *("Территория × сфера", "Без ссылок", "Давно не проверены", "Без отметки"),
        *("Битые ссылки", "Двойники", "Искали и не нашли"),
    ]
    assert sheets["Итоги"][1] == ["Страницы", 5, None, None]
    assert [row[0] for row in sheets["Без ссылок"][1:]] == ["Клуб без ссылок"]
    assert [row[0] for row in sheets["Без отметки"][1:]] == [LIBRARY.title]
    assert [row[0] for row in sheets["Битые ссылки"][1:]] == [SCHOOL.title]
    assert [row[:2] for row in sheets["Двойники"][1:]] == [["Близнец 0", "Близнец 1"]]
    assert len(sheets["Давно не проверены"]) == 5
    by_network = {row[0]: row[1] for row in sheets["По сетям"][1:]}
    assert by_network["ВКонтакте"] == 2
    assert by_network["Telegram"] == 2
    header, *matrix = sheets["Территория × сфера"]
    assert matrix[1][header.index("Образование")] == 0
    named = {row[0]: row for row in matrix}
    assert named[OKRUG.name][header.index("Образование")] == 1


async def test_the_difference_to_the_end_of_the_month_before_is_told(
    owner: Talker, filled: Directory
) -> None:
    report = await month_report(filled, TODAY, whole=False)
    before = dict(report.now)
    whole = before[Cut.ALL, ""]
    before[Cut.ALL, ""] = replace(whole, pages=3, with_link=5, followers=1500)
    async with filled.db.write() as connection:
        await figures.keep(connection, month_before(TODAY), 1, before)
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    told = _words(owner.replies[0].text)
    assert "Страницы: 5 (+2)" in told
    assert "Со ссылкой: 4 (80%, −1)" in told
    assert "Подписчики: 1 500 (±0)" in told
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    assert _rows(book["Итоги"])[1] == ["Страницы", 5, 3, 2]
    assert _rows(book["По сферам"])[1][:5] == ["Все страницы", 5, 2, 4, -1]
    book.close()


async def test_each_month_keeps_the_figures_of_its_last_day(filled: Directory) -> None:
    with Catalogues().context():
        await keep_figures(filled)
        report = await month_report(filled, TODAY, whole=False)
        everything = await month_report(filled, TODAY, whole=True)
    async with filled.db.read() as connection:
        assert await figures.kept(connection, TODAY.replace(day=1), 1) == report.now
        assert await figures.kept(connection, TODAY.replace(day=1), None) == everything.now
    assert everything.now[Cut.ALL, ""].pages == 6


async def test_a_past_month_is_asked_for_again(owner: Talker, filled: Directory) -> None:
    """Figures with the difference to the month before it, and which pages they were is not said."""
    now = (await month_report(filled, TODAY, whole=False)).now
    last, first = month_before(TODAY), month_before(month_before(TODAY))
    with Catalogues().context():
        of_last, of_first = month_name(last), month_name(first)
    all_pages = now[Cut.ALL, ""]
    async with filled.db.write() as connection:
        for month, pages in ((TODAY.replace(day=1), 5), (last, 4), (first, 7)):
            found = {**now, (Cut.ALL, ""): replace(all_pages, pages=pages, with_link=3)}
            await figures.keep(connection, month, 1, found)
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    listed = await owner.presses("Прошлые месяцы", on=owner.replies[0])
    assert [label for label in listed.labels if label[-4:].isdigit()] == [
        of_last,
        of_first,
    ], "this month is no past one"
    await owner.presses(of_last, on=listed)
    told = _words(owner.replies[0].text)
    assert told.startswith(f"На конец месяца: {of_last}. ")
    assert "Страницы: 4 (−3)" in told
    assert "Хранятся только цифры" in told
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    assert book.sheetnames == ["Итоги", "По сферам", "По уровням", "По территориям", "По сетям"]
    assert _rows(book["Итоги"])[1] == ["Страницы", 4, 7, -3]
    assert len(_rows(book["Итоги"])) == 11
    assert f"На конец месяца: {of_last}" in _rows(book["Итоги"])[0][1]
    book.close()
    await owner.presses(of_first, on=listed)
    told = _words(owner.replies[0].text)
    assert "Страницы: 7\n" in told
    assert "Сравнить не с чем" in told


async def test_lists_and_cuts_are_a_press_from_the_report(
    owner: Talker, people: People, filled: Directory
) -> None:
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    bare = await owner.presses("Без ссылок: 1")
    assert "Клуб без ссылок" in bare.text
    card = await owner.presses("1. Клуб без ссылок")
    assert "Клуб без ссылок" in card.text
    marks = await owner.presses("По сферам")
    assert "Образование\nСтраницы: 1\n" in marks.text
    assert "С отметкой «Госорганизация»: 1 (100% из 1" in _words(marks.text)
    unmarked = await owner.presses("Без отметки: 1")
    assert f"{LIBRARY.title}, Былинный муниципальный округ — отметки нет" in unmarked.text
    editor = people(EDITOR)
    await editor.says("/admin")
    await editor.presses("Отчёт за месяц")
    assert "Страницы: 5" in editor.replies[0].text


async def test_what_is_missing_where_is_told_and_drawn(
    owner: Talker, filled: Directory, telegram: Telegram
) -> None:
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    calls = len(telegram.calls)
    missing = await owner.presses("Чего где не хватает")
    assert SendPhoto in [type(call) for call in telegram.calls[calls:]]
    assert "Образование: 1 из 2" in missing.text
    assert "Культура: 1 из 2" in missing.text


async def test_the_whole_directory_has_a_report_of_its_own(
    owner: Talker, filled: Directory
) -> None:
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    await owner.presses("Весь справочник")
    told = owner.replies[0]
    assert "весь справочник" in told.text
    assert "Страницы: 6" in told.text
    assert "Выдуманная область" in told.labels


async def test_figures_fit_below_the_picture_however_large_they_are(filled: Directory) -> None:
    with Catalogues().context():
        report = await month_report(filled, TODAY, whole=False)
        huge = {part: type(found)(*([10**9] * 8)) for part, found in report.now.items()}
        shown = monthly.month(replace(report, now=huge, before=report.now))
    assert utf16(visible(shown.text)) <= CAPTION_UNITS


async def test_the_pictures_are_opaque_with_dark_ink(filled: Directory) -> None:
    """So they read in Telegram's light theme and in its dark one."""
    with Catalogues().context():
        report = await month_report(filled, TODAY, whole=False)
        heat = monthly_pictures.lacking_picture(report)
        shares = monthly_pictures.picture(report)
    assert heat is not None
    assert heat.charts[0].values == ((0, 1), (0, 0)) or heat.charts[0].values  # type: ignore[union-attr]
    for picture in (heat, shares):
        assert drawing.png(picture)[:4] == b"\x89PNG"
