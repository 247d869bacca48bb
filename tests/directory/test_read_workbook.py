"""XLSX: values, sheets, addresses behind texts; foreign kinds; bombs."""

from __future__ import annotations

import datetime as dt
import io
import random
import tracemalloc
import zipfile
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from directory.imports.read import UnreadableError, read
from directory.imports.read.limits import MAX_COLUMNS
from directory.imports.read.merged import downwards
from tests.directory.books import (
    PAGES,
    archive,
    ods,
    with_parts,
    with_sheet,
    workbook,
    xls,
    xls_cell,
    xls_link,
)


def inline(reference: str, text: str) -> bytes:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


HEADER = b"<row>" + inline("A1", "Название") + inline("B1", "Ссылка") + b"</row>"


def refused(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name)
    return str(caught.value)


def test_values_read_as_they_are_shown() -> None:
    row: list[object] = [
        "Школа", 1.0, 55.4443883, 7736050000.0, 0.1 + 0.2, True, dt.date(2025, 11, 1),
        dt.datetime(2025, 11, 1, 10, 30),  # noqa: DTZ001
        " \u00a0007 ", "'+7", None,
    ]  # fmt: skip
    header: list[object] = ["Название", *[f"столбец {n}" for n in range(len(row) - 1)]]
    table = read(workbook(("Лист1", [header, row])), "a.xlsx").table
    assert table.rows[0].cells == [
        "Школа", "1", "55.4443883", "7736050000", "0.3", "да", "01.11.2025",
        "01.11.2025 10:30", "007", "+7", "",
    ]  # fmt: skip


def test_cells_merged_downwards_hold_for_each_of_their_rows() -> None:
    rows: list[list[object]] = [
        ["Район", "Учреждение", "Ссылка"],
        ["Первый район", "Школа № 1", "vk.com/example_1"],
        [None, "Школа № 2", "vk.com/example_2"],
        [None, None, "vk.com/example_3"],
        ["Второй район", "Сад", "vk.com/example_4"],
        [None, None, None],
    ]

    def merge(sheet: Worksheet) -> None:
        for span in ("A2:A4", "A5:A9", "B3:B4"):
            sheet.merge_cells(span)

    book = read(workbook(("Лист1", rows), edit=merge), "a.xlsx")
    assert [row.cells for row in book.table.rows] == [
        ["Первый район", "Школа № 1", "vk.com/example_1"],
        # A name over two rows is one page with two links.
        ["Первый район", "Школа № 2", "vk.com/example_2\nvk.com/example_3"],
        ["Второй район", "Сад", "vk.com/example_4"],
    ]
    assert "Объединённые ячейки прочитаны в каждой их строке (добавлено: 2)." in book.notes


def test_overlapping_merged_cells_are_gone_through_once() -> None:
    crafted = [((top, 0), (300, 0)) for top in range(300)]
    assert list(downwards([*crafted, ((7, 2), (9, 3))], {0, 2})) == [(1, 301, 0), (8, 10, 2)]


def test_the_best_sheet_comes_first_and_the_others_are_offered() -> None:
    wide = [[*row, note] for row, note in zip(PAGES, ["Кол-во месяцев", 1, 2], strict=True)]

    def hide(*sheets: Worksheet) -> None:
        sheets[3].sheet_state = "hidden"

    data = workbook(
        ("ТЗ", [["Цель", "Сводка публикаций"]]),
        ("Широкий", wide),
        ("Узкий", PAGES),
        ("Скрытый", PAGES),
        ("Только названия", [["Название", "Сумма"], ["Школа", 1]]),
        ("Пустой", []),
        edit=hide,
    )
    book = read(data, "a.xlsx")
    assert book.sheets == ["Узкий"]
    # «Широкий» lists the same pages, «Скрытый» nobody sees, «Только названия» has no links.
    assert book.others == ["Широкий", "Скрытый", "Только названия"]
    assert book.notes == [
        "Книга Excel (XLSX), лист «Узкий», 2 строки.",
        "Прочитано листов: 1 из 5; не прочитаны «Широкий», «Скрытый», «Только названия», «ТЗ».",
    ]
    assert read(data, "a.xlsx", sheet="Скрытый").sheets == ["Скрытый"]
    assert (book.encoding, book.delimiter) == (None, None)


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet() -> None:
    rows: list[list[Any]] = [[], [None, "Реестр"], [], *[[None, *row] for row in PAGES], []]
    table = read(workbook(("Лист1", rows)), "a.xlsx").table
    assert (table.header, table.header_row) == (["", "Название", "Ссылка"], 4)
    assert [row.number for row in table.rows] == [5, 6]
    assert table.rows[0].cells == ["", "Школа № 1", "vk.com/example_1"]


def test_the_addresses_behind_texts_are_found() -> None:
    def link(sheet: Worksheet, other: Worksheet) -> None:
        sheet["B2"].hyperlink = "https://vk.com/behind"
        sheet["B3"] = '=HYPERLINK("https://vk.com/of_formula","vk")'
        other["A2"].hyperlink = "https://vk.com/other#anchor"

    data = workbook(("Первый", PAGES), ("Второй", PAGES), edit=link)
    first, second = (read(data, "a.xlsx", sheet=name).table for name in ("Первый", "Второй"))
    assert [dict(row.addresses) for row in first.rows] == [
        {1: "https://vk.com/behind"},
        {1: "https://vk.com/of_formula"},
    ]
    # An address behind a name has a column of its own.
    assert second.header[-1] == "Ссылка из названия"
    assert second.rows[0].cells[-1].startswith("https://vk.com/other")
    assert first.rows[0].cells[1] == "vk.com/example_1"


def test_a_column_of_equal_texts_with_addresses_is_one_of_links() -> None:
    rows = [["Наименование", "Официальная страница"], ["Школа", "открыть"], ["Сад", "открыть"]]

    def link(sheet: Worksheet) -> None:
        for at in (2, 3):
            sheet[f"B{at}"].hyperlink = f"https://vk.com/example_{at}"

    table = read(workbook(("Лист1", rows), edit=link), "a.xlsx").table
    assert [len(row.addresses) for row in table.rows] == [1, 1]


def test_a_wrong_suffix_is_seen_through() -> None:
    book = read(workbook(("Лист1", PAGES)), "реестр.csv")
    assert "Файл назван «.csv», но это книга Excel (XLSX)." in book.notes


HTML = "<html><table><tr><td>Название</td></tr></table></html>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Файл пуст"),
        (b"\r\n\x00 ", "Файл пуст"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "повреждена"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "OpenDocument повреждена",
        ),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (archive(xl__workbook_bin=b""), "XLSB"),
        (archive(word__document_xml=b""), "Word"),
        (archive(pages_csv="Название;Сайт".encode()), "ZIP: распакуйте"),
        (workbook(("Лист1", PAGES))[:-700], "повреждён"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a\x07\x00", "RAR: распакуйте"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip: распакуйте"),
        (b"\x1f\x8b\x08", "GZIP: распакуйте"),
        (b"\x89PNG\r\n", "картинка"),
        (b"\xff\xd8\xff\xe0", "картинка"),
        (b"SQLite format 3\0" + b"\0" * 100, "SQLite"),
        (HTML.encode(), "HTML"),
        (b"\xef\xbb\xbf  <!-- x -->\n<!DOCTYPE HTML>" + HTML.encode("cp1251"), "HTML"),
        (HTML.encode("utf-16"), "HTML"),
        (b'<?xml version="1.0"?><?mso-application x?><Workbook xmlns="x">', "XML .Excel 2003"),
        (b'<?xml version="1.0"?><rows/>', "файл XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        (random.Random(1).randbytes(5000), "не таблица"),
    ],
)
def test_foreign_kinds_get_a_clear_word(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read(data, "реестр.csv")


@pytest.mark.parametrize(
    "data",
    [
        workbook(("Лист1", [])),
        workbook(("Лист1", []), ("Лист2", [[" ", None], [None]])),
        xls(("Лист1", [])),
        ods(""),
        b"\xef\xbb\xbf",
        b";;;\r\n;;;\r\n",
        b'"","",""\n',
    ],
)
def test_where_no_cell_is_filled_no_header_is_asked_for(data: bytes) -> None:
    assert refused(data).startswith("В файле нет ни одной заполненной ячейки.")


def test_of_an_empty_sheet_beside_one_without_a_header_the_header_is_missed() -> None:
    data = workbook(("Лист1", []), ("Лист2", [["просто слово"]]))
    assert "строка заголовков" in refused(data)


def bomb(size: int) -> bytes:
    blanks = b'<row><c r="A2" s="1"/></row>' * (size // 28)
    return with_sheet(HEADER + blanks)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb(24 << 20)
    assert len(data) < 160_000
    tracemalloc.start()
    assert "распаковывается в 24 МБ" in refused(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20


def test_a_lie_about_the_unpacked_size_is_found_out() -> None:
    data = bytearray(bomb(1 << 20))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        size = made.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert data.count(size) == 2
    assert "повреждена" in refused(bytes(data.replace(size, (5000).to_bytes(4, "little"))))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (b"<row>" + inline("XFD1", "x") + b"</row>", "ячейка в столбце 16384"),
        (b"<row>" + inline("B1048576", "x") + b"</row>", "ячейка в строке 1048576"),
        (b"<row>" + inline("IV250000", "x") + b"</row>", "ячейка в строке 250000"),
        (b"<row>" + b"<c><v>1</v></c>" * (MAX_COLUMNS + 1) + b"</row>", "ячейка в столбце 257"),
        (b"<row>" + inline("AAAAAAAAAAAA1", "x") + b"</row>", "ячейка в столбце"),
    ],
)
def test_a_crafted_sheet_is_refused(cells: bytes, why: str) -> None:
    assert why in refused(with_sheet(cells))


def test_far_cells_without_a_value_do_no_harm() -> None:
    far = (
        HEADER + b"<row>" + inline("A2", "x") + b'</row><row r="1048576"><c r="XFD1048576"/></row>'
    )
    assert len(read(with_sheet(far), "a.xlsx").table.rows) == 1


def test_a_text_repeated_by_many_cells_is_weighed() -> None:
    cell = b'<c t="s"><v>1</v></c>'
    strings = f"<sst><si><t>x</t></si><si><t>{'x' * 32_000}</t></si></sst>".encode()
    sheet = with_sheet(HEADER + (b"<row>" + cell + cell + b"</row>") * 3_000)
    data = with_parts(sheet, {"xl/sharedStrings.xml": strings})
    assert len(data) < 20_000
    assert "слишком много текста" in refused(data)
    few = with_sheet(HEADER + (b"<row>" + cell.replace(b"1", b"0") + b"</row>") * 6_000)
    table = read(with_parts(few, {"xl/sharedStrings.xml": strings}), "a.xlsx").table
    assert len(table.rows) == 6_000


def test_a_formula_shared_by_many_cells_is_computed_for_each() -> None:
    formula = 'HYPERLINK("https://vk.com/"&amp;C2,"ВК")'.encode()
    rows = HEADER
    for row, about in ((2, b'ref="B2:B4" si="0">' + formula), (3, b'si="0">'), (4, b'si="0">')):
        link = b'<c r="B%d" t="str"><f t="shared" %b</f><v>vk</v></c>' % (row, about)
        cells_of_row = inline(f"A{row}", f"Школа № {row}") + link + inline(f"C{row}", f"sh_{row}")
        rows += b'<row r="%d">%b</row>' % (row, cells_of_row)
    table = read(with_sheet(rows), "a.xlsx").table
    assert [row.addresses.get(1) for row in table.rows] == [
        *("https://vk.com/sh_2", "https://vk.com/sh_3", "https://vk.com/sh_4"),
    ]


def test_old_excel_is_read_with_the_addresses_behind_its_texts() -> None:
    data = xls(("Лист1", [*PAGES, ["Клуб", "перейти"]]), more=xls_link(3, 1, "https://vk.com/klub"))
    book = read(data, "a.xls")
    assert [row.cells for row in book.table.rows] == [*PAGES[1:], ["Клуб", "перейти"]]
    assert book.table.rows[2].addresses == {1: "https://vk.com/klub"}
    assert book.notes == ["Книга Excel (XLS), лист «Лист1», 3 строки."]
    assert "Файл назван «.csv», но это книга Excel (XLS)." in read(data, "a.csv").notes


def test_far_cells_of_old_excel_are_refused() -> None:
    assert "строке 65536, столбце 256" in refused(xls(("Л", PAGES), more=xls_cell(65535, 255, "x")))


def test_opendocument_is_read_with_addresses_merged_cells_and_hidden_rows() -> None:
    rows = (
        cells("Район", "Название", "Ссылка")
        + cells("Лесной", "Школа", '<text:a xlink:href="https://vk.com/sh">vk</text:a>', down=2)
        + cells("", "Сад", "vk.com/sad", about=' table:visibility="collapse"')
        + "<table:table-row table:number-rows-repeated='1000000'><table:table-cell"
        " table:number-columns-repeated='16384'/></table:table-row>"
    )
    book = read(ods(rows), "a.ods")
    assert [row.cells for row in book.table.rows] == [
        ["Лесной", "Школа", "vk"],
        ["Лесной", "Сад", "vk.com/sad"],
    ]
    assert book.table.rows[0].addresses == {2: "https://vk.com/sh"}
    assert "В файле скрытые строки: 1, они прочитаны." in book.notes


def cells(first: str, *others: str, down: int = 1, about: str = "") -> str:
    """A row of an ODS file; the first cell is merged with so many below."""
    span = f' table:number-rows-spanned="{down}"' if down > 1 else ""
    texts = [f"<text:p>{text}</text:p>" if text else "" for text in (first, *others)]
    kinds = [f"{span} office:value-type='string'", *[" office:value-type='string'"] * len(others)]
    made = (
        f"<table:table-cell{k}>{t}</table:table-cell>" for k, t in zip(kinds, texts, strict=True)
    )
    return f"<table:table-row{about}>{''.join(made)}</table:table-row>"


@pytest.mark.parametrize(
    ("repeated", "why"),
    [
        ("table:number-rows-repeated='1000000'", "ячейка в строке"),
        ("", "ячейка в столбце"),
    ],
)
def test_a_cell_that_stands_for_millions_is_refused(repeated: str, why: str) -> None:
    columns = "" if repeated else " table:number-columns-repeated='16000'"
    cell = f"<table:table-cell{columns} office:value-type='string'><text:p>x</text:p>"
    row = f"<table:table-row {repeated}>{cell}</table:table-cell></table:table-row>"
    assert why in refused(ods(cells("Название", "Сайт") + row))


@pytest.mark.parametrize("make", ["xls", "ods"])
def test_damage_of_other_workbooks_is_read_or_refused(make: str) -> None:
    rows = cells("Название", "Ссылка") + cells("Школа", "vk.com/sh")
    whole = ods(rows) if make == "ods" else xls(("Л", PAGES), more=xls_link(1, 1, "https://a.ru"))
    chance = random.Random(9)
    outcomes = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            outcomes.add(bool(read(bytes(data), "a.xls").table))
        except UnreadableError:
            outcomes.add(False)
    assert outcomes == {True, False}


ENTITIES = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>"""
)


@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/a.xml"],
)
def test_entities_are_refused(part: str) -> None:
    data = workbook(("Лист1", PAGES))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        old = made.read(part) if part in made.namelist() else b"<x/>"
    crafted = ENTITIES + old.split(b"?>", 1)[-1]
    assert "описание типа документа" in refused(with_parts(data, {part: crafted}))


def test_a_flood_of_addresses_is_refused() -> None:
    relation = (
        b'<Relationships><Relationship Id="r" Target="http://a.ru" TargetMode="External"/>'
        b"</Relationships>"
    )
    rows = b"".join(b"<row>" + inline(f"IV{row}", "x") + b"</row>" for row in range(1, 3001))
    data = with_sheet(
        HEADER
        + rows
        + b"</sheetData><hyperlinks>"
        + (b'<hyperlink ref="A1:IV3000" id="r"/></hyperlinks><sheetData>')
    )
    data = with_parts(data, {"xl/worksheets/_rels/sheet1.xml.rels": relation})
    assert "больше 500000 ссылок" in refused(data)


def test_damage_at_any_place_is_read_or_refused() -> None:
    whole = workbook(("Лист1", PAGES), ("Лист2", PAGES))
    chance = random.Random(7)
    outcomes = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            outcomes.add(bool(read(bytes(data), "a.xlsx").table))
        except UnreadableError:
            outcomes.add(False)
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="2"'),
        ("xl/worksheets/sheet1.xml", b"</row>", b""),
        ("xl/workbook.xml", b"<sheet ", b"<sheeet "),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"../../../etc/passwd"),
    ],
)
def test_crooked_xml_is_read_or_refused(part: str, old: bytes, new: bytes) -> None:
    data = workbook(("Лист1", PAGES))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        content = made.read(part)
    assert old in content
    assert refused(with_parts(data, {part: content.replace(old, new)}))
