"""The structure of office files: headers, headings, totals, notes, further tables, sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from directory.imports.read import Book, read
from directory.imports.read.book import SkipReason, Unread
from directory.imports.read.headings import heading_of, territories_of_sheets
from tests.directory.books import workbook


def of_text(*lines: str) -> Book:
    return read("\r\n".join(lines).encode(), "список.csv")


def pages(book: Book) -> list[list[str]]:
    return [row.cells for row in book.table.rows]


def skipped(book: Book) -> list[tuple[int, SkipReason]]:
    return [(one.row, one.why) for one in book.skipped if one.why is not SkipReason.HEADER]


A, B, C = "Гимназия № 91;vk.com/gimn91", "Лицей № 92;vk.com/lic92", "Ясли № 93;vk.com/yasli93"
PAGES = [A.split(";"), B.split(";"), C.split(";")]

HEADERS = {
    "a host in brackets": "Наименование;Ссылка на сообщество (vk.com)",
    "a host": "Наименование;Сообщество на vk.com",
    "an address without an account": "Наименование;Группа ВК https://vk.com/",
    "a form of address": "Наименование;Госпаблик (в виде https://vk.com/…)",
    "an example": "Наименование;Госпаблик (например, https://vk.com/primer1)",
    "www": "Наименование;Сайт (www.…)",
    "a nick": "Наименование;Телеграм (@ник)",
    "a mail address": "Наименование;Ссылка или e-mail (name@example.ru)",
    "a law": "Наименование;Ссылка на страницу (статья 10 Федерального закона от 09.02.2009 № 8-ФЗ)",
    "over a hundred characters": f"Наименование {'без сокращений ' * 9};Ссылка",
    "unknown words": "Объект учёта;Где искать",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_is_found_whatever_it_explains(header: str) -> None:
    book = of_text(header, A, "Клуб сельский (учреждение культуры);нет", B, C)
    assert book.table.header_row == 1
    assert book.table.header == [" ".join(cell.split()) for cell in header.split(";")]
    assert [row.number for row in book.table.rows] == [2, 3, 4, 5]


ABOVE: dict[str, list[str]] = {
    "a title": ["Реестр учреждений;"],
    "words of columns in a title": ["Список организаций и их сайтов;", ";"],
    "an annex": [";Приложение № 4", "к письму от 02.03.2025;", "Перечень;"],
    "a long preface": [f"Абзац {n} пояснений;" for n in range(25)],
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE.keys())
def test_what_stands_above_the_header_is_counted(above: list[str]) -> None:
    book = of_text(*above, "Наименование;ВКонтакте", A, B)
    assert book.table.header_row == len(above) + 1
    assert pages(book) == PAGES[:2]
    assert {why for _row, why in skipped(book)} == {SkipReason.TITLE}


TWO_ROWS: dict[str, tuple[list[str], list[str]]] = {
    "over three columns": (
        ["№;Учреждение;Соцсети;;;Телефон", ";;ВК;ОК;ТГ;"],
        ["№", "Учреждение", "Соцсети: ВК", "Соцсети: ОК", "Соцсети: ТГ", "Телефон"],
    ),
    "two groups": (
        ["№;Учреждение;Контакты;;Ссылки;", ";;Адрес;Телефон;ВК;Сайт"],
        ["№", "Учреждение", "Контакты: Адрес", "Контакты: Телефон", "Ссылки: ВК", "Ссылки: Сайт"],
    ),
    "a group of one": (
        ["Учреждение;Сведения;ВКонтакте;;;", ";Телефон;;;;"],
        ["Учреждение", "Сведения: Телефон", "ВКонтакте"],
    ),
    "three rows": (
        ["№;Учреждение;Страницы;;;", ";;Соцсети;;Прочее;", ";;ВК;ОК;Сайт;MAX"],
        [
            "№",
            "Учреждение",
            "Страницы: Соцсети: ВК",
            "Страницы: Соцсети: ОК",
            "Страницы: Прочее: Сайт",
            "Страницы: Прочее: MAX",
        ],
    ),
}


@pytest.mark.parametrize(("above", "joined"), TWO_ROWS.values(), ids=TWO_ROWS.keys())
def test_headers_of_several_rows_are_joined(above: list[str], joined: list[str]) -> None:
    title = joined.index("Учреждение")
    cells = ["", "", "", "", "", ""]
    cells[title], cells[title + 1], cells[title + 2] = "Гимназия № 91", "ул. Мира, 1", "vk.com/g91"
    book = of_text(*above, ";".join(cells))
    assert book.table.header == joined
    assert [row.number for row in book.table.rows] == [len(above) + 1]


def test_merged_groups_above_columns_are_joined_with_them() -> None:
    rows: list[list[Any]] = [
        ["№", "Учреждение", "Госпаблики", None, "Телефон"],
        [None, None, "ВК", "Telegram", None],
        [1, "Гимназия № 91", "vk.com/gimn91", "t.me/gimn91_tg", "2-11-15"],
    ]

    def merge(sheet: Worksheet) -> None:
        for span in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(span)

    table = read(workbook(("Лист1", rows), edit=merge), "a.xlsx").table
    assert table.header == ["№", "Учреждение", "Госпаблики: ВК", "Госпаблики: Telegram", "Телефон"]
    assert [row.number for row in table.rows] == [3]


def test_a_list_without_a_header_is_read_with_numbered_columns() -> None:
    book = of_text(A, B)
    assert (book.table.header_row, book.table.header) == (0, ["Столбец 1", "Столбец 2"])
    assert pages(book) == PAGES[:2]
    book = of_text("Гимназия № 91 — https://vk.com/gimn91", "Лицей № 92: vk.com/lic92")
    assert book.table.header_row == 0
    assert pages(book) == [["Гимназия № 91", "https://vk.com/gimn91"], PAGES[1]]


NO_PAGES: dict[str, tuple[list[str], list[tuple[int, SkipReason]]]] = {
    "column numbers": (["1;2", A, B], [(2, SkipReason.NUMBERS)]),
    "column numbers with a letter": (["А;1", A, B], [(2, SkipReason.NUMBERS)]),
    "a total": ([A, B, "Итого;2"], [(4, SkipReason.TOTAL)]),
    "a total in words": ([A, B, "ВСЕГО: 2 учреждения;"], [(4, SkipReason.TOTAL)]),
    "a repeated header": ([A, "Наименование;ВКонтакте", B], [(3, SkipReason.REPEATED_HEADER)]),
    "a repeated header with a number sign": (
        [A, "Наименование;ВКонтакте;№", B],
        [(3, SkipReason.REPEATED_HEADER)],
    ),
    "a part without a meaning": (["Раздел 2. Прочее;", A, B], [(2, SkipReason.SECTION)]),
    "who made the list": ([A, B, "Исп. Кротова Н.П., 8(3522)11-22-33;"], [(4, SkipReason.NOTE)]),
    "a remark": ([A, B, "* страница на проверке;"], [(4, SkipReason.NOTE)]),
    "a line to sign on": ([A, B, "Начальник отдела __________;Р.Ф. Ильин"], [(4, SkipReason.NOTE)]),
    "an example": (["Пример: Школа № 1;vk.com/primer_shkola", A, B], [(2, SkipReason.NOTE)]),
    "numbers alone": ([A, B, ";17"], [(4, SkipReason.NUMBERS)]),
}


@pytest.mark.parametrize(("rows", "why"), NO_PAGES.values(), ids=NO_PAGES.keys())
def test_rows_that_are_no_pages_are_counted(
    rows: list[str], why: list[tuple[int, SkipReason]]
) -> None:
    book = of_text("Наименование;ВКонтакте", *rows)
    assert [cells[:2] for cells in pages(book)] == PAGES[:2]
    assert skipped(book) == why


def test_numbered_headings_and_numbered_pages_are_told_apart() -> None:
    lines = ["1;Лесной район;", "1;Гимназия № 91;vk.com/gimn91", "2;Полевой округ;"]
    lines += ["3;Лицей № 92;vk.com/lic92", "2;Приозёрский район;", "1;Ясли № 93;vk.com/yasli93"]
    book = of_text("№;Наименование;ВКонтакте", *lines)
    assert [cells[1] for cells in pages(book)] == [
        *("Гимназия № 91", "Полевой округ", "Лицей № 92", "Ясли № 93"),
    ]
    assert [cells[3] for cells in pages(book)][::3] == ["Лесной район", "Приозёрский район"]


def test_what_follows_a_note_explains_too() -> None:
    notes = ["Примечания:;", "1) Страницы проверены в ноябре;", "2) Прочие закрыты;"]
    book = of_text("Наименование;ВКонтакте", A, B, "", *notes)
    assert skipped(book) == [(5, SkipReason.NOTE), (6, SkipReason.NOTE), (7, SkipReason.NOTE)]


def test_column_numbers_are_no_codes() -> None:
    book = of_text("Код;Наименование;ВКонтакте", "1;2;3", "shkola-1;Школа;vk.com/shkola1")
    assert skipped(book) == [(2, SkipReason.NUMBERS)]


NAMES_ALONE = ["Музей имени П. П. Кротова", "Администрация Лесного района", "Школа-интернат № 5"]


@pytest.mark.parametrize("name", NAMES_ALONE)
def test_a_body_without_links_is_a_page(name: str) -> None:
    for lines in ([A, f"{name};", B], [A, B, f"{name};"]):
        assert [name, ""] in pages(of_text("Наименование;ВКонтакте", *lines))


def test_headings_say_where_the_rows_below_belong() -> None:
    book = of_text(
        *("Наименование;ВКонтакте", "1. г. Лесной (2 учреждения);", A, "Детские сады;", C),
        *("Полевой муниципальный округ;", "Детские сады;", "Ясли № 94;vk.com/yasli94", "Всего: 1;"),
        *("Раздел 3;", B),
    )
    assert book.table.header[2:] == ["Территория (раздел)", "Сфера (раздел)"]
    assert [cells[2:] for cells in pages(book)] == [
        ["г. Лесной", ""],
        ["г. Лесной", "Образование"],
        ["Полевой муниципальный округ", "Образование"],
        # What such a heading means is not guessed.
        ["", ""],
    ]


def test_an_unknown_heading_ends_what_was_above_it_and_is_named() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A4:B4")

    rows: list[list[Any]] = [["Наименование", "ВКонтакте"], ["Лесной район"], PAGES[0]]
    rows.append(["Особый список"])
    book = read(workbook(("Лист1", [*rows, PAGES[1]]), edit=merge), "a.xlsx")
    assert [cells[2] for cells in pages(book)] == ["Лесной район", ""]
    assert any("территории и сферы не видно: «Особый список»" in note for note in book.notes)


def test_a_bare_word_in_a_row_of_its_own_is_a_heading_or_a_name() -> None:
    rows = [f"Ясли № {n};vk.com/yasli{n}" for n in range(5)]
    book = of_text("Наименование;ВКонтакте", "Полевое;", *rows)
    assert len(pages(book)) == 5
    assert any("«Полевое»" in note for note in book.notes)
    bare = [f"{name};vk.com/bare{n}" for n, name in enumerate(["Заря", "Маяк", "Искра", "Луч"])]
    assert len(pages(of_text("Наименование;ВКонтакте", "Полевое;", *bare, A))) == 6


def test_a_column_of_places_is_not_overruled_by_headings() -> None:
    book = of_text(
        *("Наименование;Район;ВКонтакте", "Лесной район;;", "Гимназия № 91;Полевой;vk.com/gimn91"),
        "Лицей № 92;;vk.com/lic92",
    )
    assert [cells[1] for cells in pages(book)] == ["Полевой", "Лесной район"]


def test_a_heading_in_the_column_of_places_holds_below() -> None:
    rows = ["Лесной;;", ";Гимназия № 91;vk.com/gimn91", ";Лицей № 92;vk.com/lic92", "Полевой;;"]
    book = of_text("Территория;Организация;Ссылка", *rows, ";Ясли № 93;vk.com/yasli93")
    assert [cells[0] for cells in pages(book)] == ["Лесной", "Лесной", "Полевой"]
    assert len(book.table.header) == 3


def test_links_labelled_by_network_belong_to_the_row_above() -> None:
    rows = ["1;Гимназия № 91;ВКонтакте;vk.com/gimn91", ";;Одноклассники;ok.ru/gimn91"]
    book = of_text("№;Наименование;Сеть;Ссылка", *rows, ";;Telegram;нет", "2;Лицей № 92;;")
    assert [cells[3] for cells in pages(book)] == ["vk.com/gimn91\nok.ru/gimn91", ""]
    assert skipped(book) == [(3, SkipReason.CONTINUATION), (4, SkipReason.CONTINUATION)]


def test_a_list_of_territories_keeps_its_rows() -> None:
    book = of_text("Муниципалитет;ВКонтакте", "Лесной район;", "Полевой округ;vk.com/polevoy_mo")
    assert [cells[0] for cells in pages(book)] == ["Лесной район", "Полевой округ"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("г. Лесной", {"territory": "г. Лесной"}),
        ("II. Лесной м.о.", {"territory": "Лесной м.о."}),
        ("МО «Лесной район»", {"territory": "МО «Лесной район»"}),
        ("село Полевое", {"settlement": "село Полевое"}),
        ("Приозёрская область", {"region": "Приозёрская область"}),
        (
            "Школы Приозёрского района",
            {"territory": "Приозёрского района", "sphere": "Образование"},
        ),
        ("Учреждения культуры", {"sphere": "Культура"}),
        ("Раздел 7", {}),
        ("Блок А. Прочее", {}),
        ("Часть II", {}),
        ("Перечень прочих", {}),
        ("по Лесному муниципальному округу", {"territory": "Лесного муниципального округа"}),
        (
            "Лесной муниципальный округ Приозёрской области",
            {"region": "Приозёрская область", "territory": "Лесной муниципальный округ"},
        ),
        ("Лесной район, 5 учреждений", {"territory": "Лесной район"}),
        ("Муниципальные образования", {}),
    ],
)
def test_what_a_heading_says(text: str, said: dict[str, str]) -> None:
    found = heading_of(text)
    assert found is not None
    texts = {name: getattr(found, name) for name in ("region", "territory", "settlement", "sphere")}
    assert {name: text for name, text in texts.items() if text} == said


@pytest.mark.parametrize(
    "text",
    [
        *("Дворец спорта", "Сельская школа искусств", "Городские округа", "Районная газета", "Мир"),
        *("Приозёрский отдел ЗАГС Управления ЗАГС края", "Библиотека поселения Полевое"),
        *("Отдел Министерства внутренних дел по Лесному району", "Музей истории больницы"),
        *("Глава Лесного района", "Общество охотников", "Группа здоровья «Бодрость»"),
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert heading_of(text) is None


def test_a_row_without_a_name_goes_to_the_row_above() -> None:
    book = of_text(
        *("№;Наименование;ВКонтакте;ОК", "1;Гимназия № 91;vk.com/gimn91;", ";;;ok.ru/gimn91"),
        *(";;;", "2;;vk.com/lic92;", ";;vk.com/lic93;"),
    )
    # A row of its own number lacks its name, and nobody knows whose a second link of the kind is.
    assert pages(book) == [
        ["1", "Гимназия № 91", "vk.com/gimn91", "ok.ru/gimn91"],
        ["2", "", "vk.com/lic92", ""],
        ["", "", "vk.com/lic93", ""],
    ]
    assert skipped(book) == [(3, SkipReason.CONTINUATION)]


def test_tables_beside_each_other_are_one_list() -> None:
    header = ["Наименование", "ВКонтакте"]
    side: list[list[Any]] = [[*header, None, *header], [*PAGES[0], None, *PAGES[1]], [*PAGES[2]]]
    assert pages(read(workbook(("Лист1", side)), "a.xlsx")) == [PAGES[0], PAGES[2], PAGES[1]]
    close: list[list[Any]] = [[*header, *header], [*PAGES[0], *PAGES[1]]]
    assert pages(read(workbook(("Лист1", close)), "a.xlsx")) == PAGES[:2]


def test_links_of_another_table_are_nobodys() -> None:
    side: list[list[Any]] = [
        ["Наименование", "ВКонтакте", None, "ФИО", "ВКонтакте"],
        [*PAGES[0], None, "Кротов Глеб", "vk.com/krotov_lichnaya"],
    ]
    book = read(workbook(("Лист1", side)), "a.xlsx")
    assert pages(book) == PAGES[:1]
    assert (2, SkipReason.OTHER_TABLE) in skipped(book)
    below = of_text("Наименование;ВКонтакте", A, "", "ФИО;Должность", "Кротов Глеб;vk.com/krotov")
    assert pages(below) == PAGES[:1]
    assert skipped(below) == [(5, SkipReason.OTHER_TABLE)]
    assert any("Другая таблица в строке 4" in note for note in below.notes)


def test_a_table_below_with_its_own_order_of_columns_is_read() -> None:
    book = of_text(
        "Наименование;ВКонтакте", A, "", "ВКонтакте;Наименование", "vk.com/lic92;Лицей 92"
    )
    assert pages(book) == [PAGES[0], ["Лицей 92", "vk.com/lic92"]]


def test_sheets_that_list_alike_are_read_together() -> None:
    header = ["Наименование", "Ссылка"]
    data = workbook(
        ("Свод", [["Район", "Страниц"], ["Лесной район", 9], ["Итого", 29]]),
        ("Закрытые", [header, PAGES[2]]),
        ("Лесной МО", [header, PAGES[0]]),
        ("Приозёрский", [["Список"], header, PAGES[1]]),
        ("Пояснения", [["Код", "Описание"], ["vk", "ВКонтакте"]]),
    )
    book = read(data, "a.xlsx")
    assert [(row.sheet, row.number, row.cells) for row in book.table.rows] == [
        ("Лесной МО", 2, [*PAGES[0], "Лесной МО"]),
        ("Приозёрский", 3, [*PAGES[1], "Приозёрский"]),
    ]
    assert book.sheets == ["Лесной МО", "Приозёрский"]
    assert book.notes[1] == (
        "Прочитано листов: 2 из 5; не прочитаны «Свод», «Закрытые», «Пояснения»."
    )


def test_a_sheet_without_a_header_goes_on_in_the_columns_of_the_first() -> None:
    data = workbook(
        ("Лесной МО", [["№", "Наименование", "Ссылка"], [1, *PAGES[0]]]),
        ("Полевой МО", [[1, *PAGES[1]], [2, *PAGES[2]]]),
        ("Другое", [["vk.com/drugoe_1", "Лицей", "ok.ru/drugoe"]]),
    )
    book = read(data, "a.xlsx")
    assert [(row.sheet, row.cells[1]) for row in book.table.rows] == [
        ("Лесной МО", PAGES[0][0]),
        ("Полевой МО", PAGES[1][0]),
        ("Полевой МО", PAGES[2][0]),
    ]
    assert book.others == ["Другое"]


def test_what_the_names_of_sheets_say() -> None:
    names = ["Лист1", "Свод по районам", "Прочее", "2025"]
    assert not any(territories_of_sheets(names).values())
    found = territories_of_sheets(["1. Лесной р-н", "Приозёрский", "Полевое", "Лист4", "Свод"])
    assert [heading.territory for heading in found.values()] == [
        *("Лесной р-н", "Приозёрский", "Полевое", "", ""),
    ]


def test_hidden_rows_are_read_and_told() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    book = read(workbook(("Лист1", [["Наименование", "ВК"], *PAGES]), edit=hide), "a.xlsx")
    assert pages(book) == PAGES
    assert "В файле скрытые строки: 1, они прочитаны." in book.notes


# Rows of every kind, each filled; whatever stands among them, none may be lost.
LINES = st.sampled_from(
    [
        *(A, B, C, "Итого;3", "г. Лесной;", "Наименование;ВКонтакте", "1;2", ";vk.com/eshchyo"),
        *("Исп. Кротова Н.П.;", "Школы;", "Раздел 2;", "ФИО;Должность", "Кротов Глеб;директор"),
        *("Просто слово;", ";;лишнее", '"Кавычка;vk.com/odna', "#Н/Д;vk.com/oshibka", "-;-", ";5"),
    ]
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(LINES, st.just("")), max_size=14))
def test_every_filled_row_is_read_or_named(lines: Sequence[str]) -> None:
    book = of_text("Наименование;ВКонтакте", *lines)
    filled = [1, *(number for number, line in enumerate(lines, 2) if line.strip(";"))]
    read_rows = [row.number for row in book.table.rows]
    assert sorted([*read_rows, *(one.row for one in book.skipped)]) == filled


@pytest.mark.parametrize(
    ("formula", "address"),
    [
        ('=HYPERLINK("https://vk.com/gimn91","ВК")', "https://vk.com/gimn91"),
        ('=HYPERLINK("https://vk.com/"&"gimn"&91,"ВК")', "https://vk.com/gimn91"),
        ('=HYPERLINK(CONCATENATE("https://vk.com/",C2),"ВК")', "https://vk.com/gimn91"),
        ('=HYPERLINK("https://vk.com/"&$C$2)', "https://vk.com/gimn91"),
        ('=HYPERLINK("https://vk.com/"&LOWER(C2),"ВК")', None),
        ('=IF(A2="","",HYPERLINK("https://vk.com/gimn91","ВК"))', None),
        ('=HYPERLINK("https://vk.com/"&Лист2!A1,"ВК")', None),
        ('=HYPERLINK("https://vk.com/gimn91","a")&"b"', None),
    ],
)
def test_an_address_is_computed_wholly_or_not_at_all(formula: str, address: str | None) -> None:
    rows: list[list[Any]] = [["Наименование", "ВК", "Ник"], ["Гимназия № 91", formula, "gimn91"]]
    (row,) = read(workbook(("Лист1", rows)), "a.xlsx").table.rows
    assert row.addresses.get(1) == address
    if address is None:
        assert row.cells[1] == ""
        assert "по файлу его не узнать" in row.unread[1]


def test_formulas_without_stored_values_are_computed_or_named() -> None:
    rows: list[list[Any]] = [
        ["Наименование", "ВК"],
        ['="Гимназия № "&91', '="vk.com/"&"gimn91"'],
        ["=VLOOKUP(1,A1:B2,1)", "vk.com/lic92"],
        ["=TODAY()", None],
    ]
    table = read(workbook(("Лист1", rows)), "a.xlsx").table
    assert table.rows[0].cells == PAGES[0]
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert all("откройте файл в Excel" in row.unread[0] for row in table.rows[1:])


def test_excels_own_links_say_nothing_new() -> None:
    rows: list[list[Any]] = [
        ["Наименование", "Сайт"],
        ["А", "www.a-primer.ru"],
        ["Б", "b-primer.ru"],
    ]

    def link(sheet: Worksheet) -> None:
        sheet["B2"].hyperlink = "http://www.a-primer.ru/"
        sheet["B3"].hyperlink = "mailto:b@b-primer.ru"

    table = read(workbook(("Лист1", rows), edit=link), "a.xlsx").table
    assert [dict(row.addresses) for row in table.rows] == [{}, {}]


def test_errors_zeros_and_long_cells() -> None:
    rows: list[list[Any]] = [
        ["Код", "Наименование", "ВК"],
        [45, "#N/A", "#ССЫЛКА!"],
        [7, "Б", None],
    ]

    def pad(sheet: Worksheet) -> None:
        sheet["A2"].number_format = "000000"
        sheet["B2"].data_type = "e"
        sheet["C3"] = "x" * 32_000

    table = read(workbook(("Лист1", rows), edit=pad), "a.xlsx").table
    assert table.rows[0].cells == ["000045", "", ""]
    assert table.rows[0].unread == {1: Unread.ERROR, 2: Unread.ERROR}
    long = of_text("Наименование;ВК;Примечание", f"Гимназия;vk.com/gimn91;{'я' * 40_000}", B)
    assert [row.cells[0] for row in long.table.rows] == ["Гимназия", "Лицей № 92"]
    assert long.table.rows[0].unread == {2: Unread.TOO_LONG}


def test_the_first_table_goes_on_below_another() -> None:
    rows = [A, "", "Начальники;", "ФИО;ВКонтакте", "Кротов Глеб;vk.com/krotov_gleb", ""]
    book = of_text("Наименование;ВКонтакте", *rows, "Наименование;ВКонтакте", B)
    assert pages(book) == PAGES[:2]
    assert skipped(book) == [
        (4, SkipReason.SECTION),
        (6, SkipReason.OTHER_TABLE),
        (8, SkipReason.REPEATED_HEADER),
    ]


def test_the_first_of_several_headings_may_stand_above_the_header() -> None:
    rows = ["Наименование;ВКонтакте", A, "Учреждения культуры;", "Наименование;ВКонтакте", B]
    book = of_text("Школы;", *rows)
    assert [cells[2] for cells in pages(book)] == ["Образование", "Культура"]
    assert len(of_text("Школы;", *rows[:2]).table.header) == 2


def test_totals_go_on_in_further_rows() -> None:
    book = of_text("Наименование;ВКонтакте", A, "Всего;2", "Закрытых страниц;1", "Без метки:;1")
    assert [why for _row, why in skipped(book)] == [SkipReason.TOTAL] * 3
