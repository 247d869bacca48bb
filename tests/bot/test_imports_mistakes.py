"""Files with mistakes: what is wrong, the file to mend, and applying the rest on purpose only."""

from __future__ import annotations

import csv
import io

import openpyxl
from aiogram.types import Document

from bot.buttons.changes import DecideImport
from directory.directory import Directory
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker

SCHOOL = "Выдуманная школа № 77"
HEADER = "Название;Сфера;Регион;ВКонтакте"
GOOD = f"{SCHOOL};Образование;Курганская область;vk.com/made_up_school_77"


def _csv(*lines: str) -> bytes:
    return "\r\n".join([HEADER, *lines, ""]).encode("cp1251")


def _bad(count: int) -> list[str]:
    return [f"Плохая {n};Культура;Курганская область;https://vк.com/evil_{n}" for n in range(count)]


def _documents(person: Talker) -> list[Document]:
    """The files of the last turn."""
    return [r.message.document for r in person.replies if r.message.document]


async def test_good_rows_are_applied_only_on_purpose(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    preview = await owner.sends_file(_csv(GOOD, *_bad(30)), "список.csv")
    assert "Строки с ошибками (30)" in preview.text
    assert "Строк 30 (3, 4, 5, 6, 7, …), «ВКонтакте»" in preview.text
    assert preview.links == []
    assert preview.labels[:2] == ["Применить 1 без 30", "Отменить"]
    before = directory.revision

    # As a button of a message from before the file had mistakes would.
    data = DecideImport.unpack(preview.button("Применить 1 без 30").callback_data or "")
    await owner.sends_press(preview.message, data.model_copy(update={"partial": False}).pack())
    told = owner.reply
    assert "Ничего не изменено" in told.text
    assert told.labels[:2] == ["Применить 1 без 30", "Отменить"]
    assert directory.revision == before

    applied = await owner.presses("Применить 1 без 30", on=told)
    assert "Применено" in applied.text
    assert SCHOOL in (await citizen.says("выдуманная школа 77")).text


async def test_a_csv_comes_back_to_be_mended(owner: Talker) -> None:
    await owner.sends_file(_csv(GOOD, *_bad(30)), "список.csv")
    document = _documents(owner)[0]
    assert document.file_name == "Исправить список.csv"
    data = owner.session.files[document.file_id]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Название"] for row in rows] == [SCHOOL, *(f"Плохая {n}" for n in range(30))]
    assert rows[0]["Что исправить"] == ""
    assert all(row["Что исправить"].startswith("«ВКонтакте»: ") for row in rows[1:])

    again = await owner.sends_file(data, "список.csv")
    assert "Строки с ошибками (30)" in again.text
    assert "столбец не прочитан" not in again.text
    mended = data.decode("utf-8-sig").replace("vк.com/evil", "vk.com/made_up_club")
    healed = await owner.sends_file(mended.encode(), "список.csv")
    assert "Строки с ошибками" not in healed.text
    assert "Применено" in (await owner.presses("Применить", on=healed)).text


async def test_a_workbook_comes_back_with_the_addresses_behind_its_texts(owner: Talker) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Список на сегодня"])
    sheet.append(["Название", "ВКонтакте", "Telegram"])
    sheet.append([SCHOOL, "страница школы", "t.me/+made_up"])
    sheet["B3"].hyperlink = "https://vk.com/made_up_school_77"
    data = io.BytesIO()
    book.save(data)
    await owner.sends_file(data.getvalue(), "школы.xlsx")

    mended = openpyxl.load_workbook(io.BytesIO(owner.file)).active
    assert mended is not None
    assert [cell.value for cell in mended[1]] == [
        "Что исправить",
        "Название",
        "ВКонтакте",
        "Telegram",
    ]
    remark, title, link, telegram = mended[2]
    assert str(remark.value).startswith("«Telegram»: t.me/+made_up — ")
    assert (title.value, telegram.value) == (SCHOOL, "t.me/+made_up")
    assert link.hyperlink is not None
    assert link.hyperlink.target == "https://vk.com/made_up_school_77"

    again = await owner.sends_file(owner.file, "школы.xlsx")
    assert "Строки с ошибками (1)" in again.text


async def test_rows_of_several_sheets_are_told_apart(owner: Talker) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, link in (
        ("Кетовский МО", "https://vk.com/made_up_81"),
        ("Каргапольский МО", "vk.com/feed"),
    ):
        sheet = book.create_sheet(name)
        sheet.append(["Наименование", "Ссылка ВК"])
        sheet.append([f"Выдуманная школа, {name}", link])
    data = io.BytesIO()
    book.save(data)
    preview = await owner.sends_file(data.getvalue(), "округа.xlsx")
    assert "Лист «Каргапольский МО», строка 2, «ВКонтакте»: " in preview.text
    mended = openpyxl.load_workbook(io.BytesIO(owner.session.files[_documents(owner)[0].file_id]))
    assert mended.active is not None
    remarks = [row[0].value for row in mended.active.iter_rows(min_row=2)]
    assert remarks[0] is None
    assert str(remarks[1]).startswith("«ВКонтакте»: vk.com/feed")


async def test_the_plan_comes_as_a_workbook_when_it_is_long(owner: Talker) -> None:
    rows = [
        f"Выдуманный клуб № {n};Культура;Курганская область;vk.com/made_up_{n}" for n in range(9)
    ]
    await owner.sends_file(_csv(*rows[:5]), "пять.csv")
    assert _documents(owner) == []
    await owner.presses("Применить")
    changed = [row.replace("made_up", "changed") for row in rows[:2]]
    await owner.sends_file(_csv(*changed, *rows[2:], *_bad(1)), "все.csv")
    assert [document.file_name for document in _documents(owner)] == ["Исправить все.csv"]
    await owner.sends_file(_csv(*changed, *rows[2:], *_rows(6), *_bad(1)), "все.csv")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    assert book.sheetnames == ["Новые", "Изменятся", "Ошибки"]
    assert book["Новые"].max_row == 11
    assert [cell.value for cell in book["Изменятся"][2]][2:] == [
        "Выдуманный клуб № 0",
        "ВКонтакте",
        "https://vk.com/made_up_0",
        "https://vk.com/changed_0",
    ]


def _rows(count: int) -> list[str]:
    return [
        f"Выдуманный театр № {n};Культура;Курганская область;vk.com/t_{n}" for n in range(count)
    ]


async def test_a_forwarded_file_is_to_be_sent(owner: Talker, people: People) -> None:
    for number, words in ((OWNER, "Пересланные файлы"), (1000, "только от администраторов")):
        person = people(number)
        document = person.session.keep(_csv(GOOD), "список.csv")
        assert words in (await person.forwards("", document=document)).text


async def test_an_empty_workbook_is_said_to_be_empty(owner: Talker) -> None:
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    told = await owner.sends_file(empty.getvalue(), "пустая.xlsx")
    assert "В файле нет ни одной заполненной ячейки" in told.text
    assert "Применить" not in told.labels
