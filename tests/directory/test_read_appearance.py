"""What a workbook shows beside its values: struck-out text, hidden columns, comments, pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import segno
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from directory.imports.read import Book, read
from directory.imports.read.book import SkipReason, Unread
from tests.directory.books import ods, workbook, xls, xls_hidden_column, xls_struck

LIST: list[list[Any]] = [
    ["Название", "Ссылка", "ВК"],
    ["Клуб «Ива»", "vk.com/iva_2019", "vk.com/iva"],
    ["Клуб «Ель»", "", "vk.com/el"],
    ["Клуб «Дуб»", "", "vk.com/dub"],
]


def _ods_cell(text: str, style: str = "") -> str:
    about = f' table:style-name="{style}"' if style else ""
    return (
        f"<table:table-cell{about} office:value-type='string'>"
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def _ods_book() -> Book:
    style = (
        '<office:automatic-styles><style:style style:name="{}">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        "</office:automatic-styles>"
    )
    rows = "<table:table-column/><table:table-column table:visibility='collapse'/>"
    for number, row in enumerate(LIST):
        struck = {2: (0, 1, 2), 3: (2,)}.get(number, ())
        texts = list(row)
        if number == 3:
            texts[2] = f'<text:span text:style-name="T1">{row[2]}</text:span> vk.com/dub_2025'
            struck = ()
        cells = [_ods_cell(text, "ce1" if at in struck else "") for at, text in enumerate(texts)]
        rows += f"<table:table-row>{''.join(cells)}</table:table-row>"
    return read(ods(rows, styles=style.format("ce1") + style.format("T1")), "a.ods")


def _xlsx_book() -> Book:
    def strike(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        old = TextBlock(InlineFont(strike=True), "vk.com/dub")
        sheet["C4"] = CellRichText(old, " vk.com/dub_2025")
        sheet.column_dimensions["B"].hidden = True

    return read(workbook(("Лист1", LIST), edit=strike), "a.xlsx")


def _xls_book() -> Book:
    more = xls_hidden_column(1) + xls_struck(
        (2, 0, LIST[2][0]), (2, 2, LIST[2][2]), (3, 2, LIST[3][2])
    )
    return read(xls(("Лист1", LIST), more=more), "a.xls")


@pytest.mark.parametrize("book_of", [_xlsx_book, _xls_book, _ods_book])
def test_what_is_struck_out_or_hidden_is_not_read_and_told(book_of: Callable[[], Book]) -> None:
    book = book_of()
    assert [row.cells for row in book.table.rows] == [
        ["Клуб «Ива»", "", "vk.com/iva"],
        ["Клуб «Дуб»", "", ""],
    ]
    assert [dict(row.unread) for row in book.table.rows] == [
        {1: Unread.HIDDEN},
        {2: Unread.STRUCK},
    ]
    assert (3, SkipReason.STRUCK) in [(one.row, one.why) for one in book.skipped]
    assert any("зачёркнуто название: 3." in note for note in book.notes)
    assert "В файле скрытые столбцы: 1; они прочитаны, кроме ссылок." in book.notes


def test_the_address_behind_a_struck_text_is_not_read() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["C2"] = "страница"
        sheet["C2"].hyperlink = "https://vk.com/iva"
        sheet["C2"].font = Font(strike=True)

    row = read(workbook(("Лист1", LIST), edit=strike), "a.xlsx").table.rows[0]
    assert (row.cells[2], dict(row.addresses)) == ("", {})


def test_comments_and_pictures_are_told_of() -> None:
    def decorate(sheet: Worksheet) -> None:
        sheet["C2"].comment = Comment("закрыта, новая vk.com/iva_2025", "Иванова")
        for row in (2, 3):
            png = io.BytesIO()
            segno.make("https://vk.com/iva").save(png, kind="png")
            sheet.add_image(Image(png), f"D{row}")

    notes = read(workbook(("Лист1", LIST), edit=decorate), "a.xlsx").notes
    assert any("Примечания к ячейкам не читаются (C2)" in note for note in notes)
    assert any("В файле картинки: 2" in note for note in notes)


def test_a_comment_of_opendocument_is_told_of_and_no_part_of_its_cell() -> None:
    said = "<office:annotation><text:p>закрыта</text:p></office:annotation><text:p>Клуб</text:p>"
    rows = "".join(
        f"<table:table-row>{cell}{_ods_cell(link)}</table:table-row>"
        for cell, link in (
            (_ods_cell("Название"), "Ссылка"),
            (f"<table:table-cell office:value-type='string'>{said}</table:table-cell>", "vk.com/k"),
        )
    )
    book = read(ods(rows), "a.ods")
    assert book.table.rows[0].cells == ["Клуб", "vk.com/k"]
    assert any("(A2)" in note for note in book.notes)
