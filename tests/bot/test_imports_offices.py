"""Conversations with an administrator, from an office's file to pages that people find.

No more than three presses besides «Применить».
"""

from __future__ import annotations

import io

import openpyxl

from directory.directory import Directory
from tests.bot.person import Talker


def _csv(*lines: str) -> bytes:
    return "\r\n".join([*lines, ""]).encode("cp1251")


async def test_a_list_with_sections_totals_and_a_letter_above(
    owner: Talker, citizen: Talker
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Приложение к письму от 01.11.2025"],
        ["№ п/п", "Наименование учреждения", "Руководитель", "Ссылка на госпаблик"],
        [1, 2, 3, 4],
        ["Кетовский муниципальный округ"],
        [1, "МКОУ «Выдуманная школа № 701»", "Иванова И. И.", "https://vk.com/made_up_701"],
        [2, "МКОУ «Выдуманная школа № 702»", "вакансия", "страницы нет"],
        ["Всего", 2],
        ["Исп. Петрова А. А., тел. 00-00-00"],
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    preview = await owner.sends_file(data.getvalue(), "приложение.xlsx")
    assert preview.text.startswith("Список страниц: 2 организации, со ссылкой 1")
    assert "— Наименование учреждения → Название: МКОУ «Выдуманная школа № 701»" in preview.text
    assert "Не читаются: «№ п/п»" in preview.text
    assert "название раздела — 1" in preview.text
    await owner.presses("Применить", on=preview)
    card = await citizen.says("выдуманная школа 701")
    assert "https://vk.com/made_up_701" in card.urls
    assert "Кетовский" in card.text


async def test_a_column_is_read_as_its_sender_says_and_so_is_the_next_file(
    owner: Talker, citizen: Talker
) -> None:
    head = "Песня;Кто поёт;ВКонтакте"
    asked = await owner.sends_file(_csv(head, "Берёзы;Выдуманный хор 703;made_up_703"), "хор.csv")
    assert "в каком столбце названия" in asked.text
    preview = await owner.presses("Кто поёт", on=asked)
    assert "— Кто поёт → Название: Выдуманный хор 703" in preview.text
    await owner.presses("Применить", on=preview)
    assert "https://vk.com/made_up_703" in (await citizen.says("выдуманный хор 703")).urls
    again = await owner.sends_file(_csv(head, "Рябины;Выдуманный хор 704;made_up_704"), "ещё.csv")
    assert "— Кто поёт → Название: Выдуманный хор 704" in again.text


async def test_a_column_is_switched_off(owner: Talker, citizen: Talker) -> None:
    rows = _csv("Учреждение;Группа;Страница ВК", "Клуб 705;vk.com/made_705_fans;vk.com/made_705")
    preview = await owner.sends_file(rows, "клуб.csv")
    columns = await owner.presses("Столбцы", on=preview)
    choice = await owner.presses("Группа → Ссылки", on=columns)
    assert "vk.com/made_705_fans" in choice.text
    without = await owner.presses("Не читать", on=choice)
    assert "Не читаются: «Группа»" in without.text
    await owner.presses("Применить", on=without)
    assert (await citizen.says("клуб 705")).urls[0] == "https://vk.com/made_705"


async def test_codes_of_another_list_are_switched_off_in_one_press(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    head = "Код;Наименование;ВКонтакте"
    await owner.sends_file(_csv(head, "1;Выдуманный лицей № 706;made_up_706"), "лицеи.csv")
    await owner.presses("Применить")
    preview = await owner.sends_file(
        _csv(head, "1;Выдуманная больница № 707;made_up_707"), "больницы.csv"
    )
    assert "код 1 — это «Выдуманный лицей № 706»" in preview.text
    assert "Применить" not in " ".join(preview.labels)
    again = await owner.presses("Коды другие: не читать их", on=preview)
    await owner.presses("Применить", on=again)
    assert "https://vk.com/made_up_707" in (await citizen.says("выдуманная больница 707")).urls
    assert "https://vk.com/made_up_706" in (await citizen.says("выдуманный лицей 706")).urls


async def test_the_good_rows_are_applied_in_one_press(owner: Talker, citizen: Talker) -> None:
    rows = _csv(
        "Наименование;Статус;Сайт;Телеграм",
        "Выдуманный музей № 708;в порядке;нет сайта;@made_up_708",
        "Выдуманный музей № 709;в порядке;;t.me/+made_up_chat",
    )
    preview = await owner.sends_file(rows, "музеи.csv")
    assert "столбец не прочитан: в нём не то, что бывает в столбце «Статус»" in preview.text
    await owner.presses("Применить 1 без 1", on=preview)
    assert "https://t.me/made_up_708" in (await citizen.says("выдуманный музей 708")).urls


async def test_a_new_region_needs_a_yes_of_its_own(owner: Talker, directory: Directory) -> None:
    rows = _csv("Название;Тип;Регион", "Заречная сторона;область;", "Тихий округ;округ;Тихий край")
    preview = await owner.sends_file(rows, "территории.csv")
    assert preview.text.startswith("Список территорий: 2")
    assert not any(label.startswith("Применить") for label in preview.labels)
    agreed = await owner.presses("Да, регионы верны", on=preview)
    await owner.presses("Применить", on=agreed)
    assert directory.territories.find("Заречная сторона", None)


async def test_empty_cells_erase_nothing_and_it_is_said(owner: Talker) -> None:
    head = "Название;Телефон;Адрес"
    await owner.sends_file(_csv(head, "Выдуманный парк № 710;112;ул. Мира, 1"), "парк.csv")
    await owner.presses("Применить")
    preview = await owner.sends_file(_csv(head, "Выдуманный парк № 710;;ул. Мира, 2"), "парк.csv")
    assert "Пустых ячеек: 1, они ничего не стирают" in preview.text
