"""All pages of a topic or a place, for everybody: the list, narrower lists, the file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from bot.buttons.citizens import AllPages, PagesFile
from bot.screens import all_pages as screen
from bot.talk.seldom import Seldom
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.file.columns import PAGES, PUBLIC
from directory.model import Action, Origin
from directory.store import records, revisions
from tests.bot.conftest import People
from tests.bot.person import Reply, Talker

SCHOOLS = "Образование — 11"


@pytest.fixture(autouse=True)
def _nobody_has_taken_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "FILES", Seldom(times=5, seconds=3600))


async def _schools(citizen: Talker) -> Reply:
    await citizen.says("/browse")
    await citizen.presses("По темам")
    return await citizen.presses(SCHOOLS)


def _titles(shown: Reply) -> list[str]:
    return [line.split(". ", 1)[1] for line in shown.text.splitlines() if line[:1].isdigit()][:8]


async def test_all_pages_of_a_topic_are_paged_through_both_ways(citizen: Talker) -> None:
    first = await _schools(citizen)
    assert first.text.startswith("Курганская область · Образование\n\n11 страниц")
    assert "1–8 из 11" in first.text
    second = await citizen.presses("Дальше", on=first)
    assert "9–11 из 11" in second.text
    opened = await citizen.says("10")
    assert f"10. {opened.text.splitlines()[0]}" in second.text
    back = await citizen.presses("← Назад", on=second)
    assert back.text == first.text
    assert back.message.message_id == first.message.message_id


async def test_the_list_narrows_by_place_and_by_topic_with_counts(citizen: Talker) -> None:
    schools = await _schools(citizen)
    places = await citizen.presses("Территории ниже: 5", on=schools)
    assert "Кетовский муниципальный округ — 2" in places.labels
    narrow = await citizen.presses("Кетовский муниципальный округ — 2", on=places)
    assert narrow.text.startswith("Кетовский муниципальный округ · Образование\n\n2 страницы")
    topics = await citizen.presses("По темам", on=narrow)
    assert "Суды — 5" in topics.labels


async def test_all_pages_of_a_place_of_every_topic(citizen: Talker) -> None:
    await citizen.says("/browse")
    everything = await citizen.presses("Все страницы: список и файл")
    assert "1–8 из 118" in everything.text


async def test_the_file_has_what_cards_show_and_nothing_else(
    citizen: Talker, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        (before,) = await records.read_pages(connection, await _id_of(directory, "Кетовская СОШ"))
        link = replace(before.links[0], hidden="подмена")
        after = replace(before, links=(link, *before.links[1:]), aliases=("тайное имя",))
        await revisions.apply(connection, [page_change(before, after)], Origin(Action.EDIT))
    await directory.refresh()
    await citizen.says("/browse")
    await citizen.presses("По темам")
    await citizen.presses("Образование — ")
    await citizen.presses("Файл CSV")
    rows = list(csv.reader(io.StringIO(citizen.file.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [PAGES[name].header for name in PUBLIC]
    assert not {"Код", "Синонимы", "Источник", "Учредитель", "Преемник"} & set(rows[0])
    titles = [row[0] for row in rows[1:]]
    assert "Детский сад № 55 «Полянка»" in titles
    told = citizen.file.decode("utf-8-sig")
    assert "тайное имя" not in told
    assert link.link.account not in told
    assert f"{len(titles)} страниц" in citizen.reply.text
    assert "Скрытых и закрытых в файле нет" in citizen.reply.text

    await citizen.presses("Файл Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(citizen.file)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == titles


async def _id_of(directory: Directory, title: str) -> list[str]:
    return [directory.search(title).hits[0].id]


async def test_a_hidden_page_is_in_no_list_and_in_no_file(
    citizen: Talker, directory: Directory
) -> None:
    (school,) = await _id_of(directory, "Кетовская СОШ")
    async with directory.db.write() as connection:
        await hide(connection, school, "взломана", None)
    await directory.refresh()
    await citizen.says("Кетово")
    schools = await citizen.presses("Образование — 1")
    assert "Кетовская СОШ" not in schools.text
    await citizen.presses("Файл CSV")
    assert "Кетовская СОШ" not in citizen.file.decode("utf-8-sig")


async def test_files_are_few_an_hour_for_each(citizen: Talker, people: People) -> None:
    await _schools(citizen)
    for _n in range(5):
        await citizen.presses("Файл CSV")
        assert citizen.notice == ""
    await citizen.presses("Файл CSV")
    assert "следующий через 60 минут" in citizen.notice
    assert citizen.replies == []
    other = people(1001)
    await _schools(other)
    await other.presses("Файл CSV")
    assert other.notice == ""


async def test_a_list_too_long_for_a_file_is_to_be_narrowed(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "MOST", 10)
    await _schools(citizen)
    await citizen.presses("Файл Excel")
    assert "11 страниц: для файла много" in citizen.notice
    assert citizen.replies == []


async def test_buttons_of_what_is_no_more_say_so(citizen: Talker) -> None:
    first = await citizen.says("/browse")
    for gone in (
        AllPages(territory=9999),
        AllPages(category="00000000"),
        PagesFile(territory=9999, category="", form="csv"),
    ):
        await citizen.sends_press(first.message, gone.pack())
        assert citizen.notice.startswith("Кнопка устарела")


def test_how_seldom_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("bot.talk.seldom.time.monotonic", lambda: now[0])
    twice = Seldom(times=2, seconds=600)
    assert [twice.minutes_to_wait(1) for _n in range(3)] == [0, 0, 10]
    now[0] += 541
    assert twice.minutes_to_wait(1) == 1
    now[0] += 60
    assert twice.minutes_to_wait(1) == 0


async def test_the_number_of_an_entry_opens_it_but_112_stays_a_call_for_help(
    citizen: Talker,
) -> None:
    shelf = await citizen.says("/browse")
    await citizen.sends_press(shelf.message, AllPages(n=13).pack())
    shown = citizen.reply
    assert "105–112 из" in shown.text
    opened = await citizen.says("106")
    assert f"106. {opened.text.splitlines()[0]}" in shown.text
    assert "единый номер экстренных служб" in (await citizen.says("112")).text
