"""What is chosen for a file: its sheet, its column of names, and of what it is the whole list."""

from __future__ import annotations

import asyncio
import io

import openpyxl
import pytest

from bot.talk import progress
from directory.directory import Directory
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker


def _book(**sheets: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


async def test_the_sheet_is_chosen_and_the_choice_outlives_a_restart(
    owner: Talker, people: People
) -> None:
    header = ["Название", "ВКонтакте"]
    data = _book(
        Школы=[header, ["Выдуманная школа № 77", "made_up_77"], ["Выдуманная школа № 78", ""]],
        # A list that is out of date by its name is not read with the other.
        Архив=[header, ["Выдуманный клуб № 79", "made_up_79"]],
    )
    preview = await owner.sends_file(data, "книга.xlsx")
    assert "школа № 77" in preview.text
    clubs = await owner.presses("Лист «Архив»", on=preview)
    assert "клуб № 79" in clubs.text
    assert "школа № 77" not in clubs.text
    assert "Лист «Школы»" in clubs.labels
    assert "Применено" in (await people(OWNER).presses("Применить", on=clubs)).text
    assert "made_up_79" in (await owner.says("выдуманный клуб 79")).urls[0]


async def test_the_column_of_names_is_asked_for(owner: Talker) -> None:
    rows = "Колонка;Ещё;ВКонтакте\r\nА1;Песни и танцы;vk.com/made_up_77\r\n"
    asked = await owner.sends_file(rows.encode(), "список.csv")
    assert "в каком столбце названия" in asked.text
    preview = await owner.presses("Ещё", on=asked)
    assert "— Песни и танцы" in preview.text
    assert "Применено" in (await owner.presses("Применить", on=preview)).text


async def test_the_whole_list_is_replaced_with_a_second_consent(
    owner: Talker, directory: Directory
) -> None:
    rows = [f"Выдуманный приют № {n};Приюты;Курганская область;vk.com/m_{n}" for n in range(9)]
    head = "Название;Сфера;Регион;ВКонтакте"
    await owner.sends_file("\r\n".join([head, *rows]).encode(), "список.csv")
    await owner.presses("Применить")

    preview = await owner.sends_file("\r\n".join([head, rows[0]]).encode(), "список.csv")
    confirming = "Только подтвердить эти страницы"
    assert preview.labels == ["Заменить список целиком", confirming, "Отменить"]
    asked = await owner.presses("Заменить список целиком", on=preview)
    assert asked.labels[0] == "сфера «Приюты», территория «Курганская область»"
    assert "весь справочник" in asked.labels
    shown = await owner.presses(asked.labels[0], on=asked)
    assert "уйдут из справочника: 8 из 9" in shown.text
    assert "Уйдут из справочника (8)" in shown.text
    before = directory.revision

    consent = await owner.presses("Применить", on=shown)
    assert "уберёт из справочника 8 страниц" in consent.text
    assert directory.revision == before
    assert "Применено" in (await owner.presses("Да, убрать 8 страниц", on=consent)).text
    (left,) = await directory.pages(_ids(9))
    assert left.title == "Выдуманный приют № 0"


def _ids(count: int) -> list[str]:
    return [f"vydumannyy-priyut-{n}" for n in range(count)]


async def test_others_are_answered_while_a_big_file_is_read_and_shown(
    owner: Talker, citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "FIRST", 0.05)
    rows = [
        f"Выдуманный клуб № {n};Курганская область;vk.com/made_up_club_{n}" for n in range(6000)
    ]
    data = "\r\n".join(["Название;Регион;ВКонтакте", *rows]).encode()
    importing = asyncio.create_task(owner.sends_file(data, "клубы.csv"))
    answered = 0
    while not importing.done():
        await citizen.says("губернатор")
        answered += 1
        await asyncio.sleep(0.02)
    preview = await importing
    assert "Новых: 6000" in preview.text
    told = [getattr(call, "text", None) or "" for call in owner.session.calls]
    assert any(text.startswith(("Читаю…", "Проверяю…")) for text in told)
    assert answered > 3
