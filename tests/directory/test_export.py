"""Export: what is written reads back as it was, and no spreadsheet runs any of it."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.changes import page_change, territory_change
from directory.directory import Directory
from directory.export import FORMATS, Format, export, file_of
from directory.file.columns import PAGE_COLUMNS, PAGES
from directory.file.escape import guard, unguard
from directory.file.rows import row_of, text_of
from directory.file.template import template
from directory.file.writers import Sheet, csv_bytes, xlsx_bytes
from directory.imports.columns import recognise
from directory.imports.plan import plan
from directory.imports.read import read
from directory.imports.read.cells import EDGES
from directory.model import (
    SETTLEMENT,
    Action,
    Change,
    Level,
    Link,
    Origin,
    Page,
    PageLink,
    Status,
    Territory,
)
from directory.rights import Scope, Scopes
from directory.store.revisions import apply
from directory.territories import Territories

TERRITORIES = Territories(
    [
        Territory(1, "Примерная область"),
        Territory(2, "Примерный муниципальный округ", 1),
        Territory(3, "с. Примерное", 2, SETTLEMENT),
        Territory(4, "с. Отдельное", 1, SETTLEMENT),
    ]
)

FULL = Page(
    id="shkola",
    title='@школа «Радуга»; "Лицей" № 1',
    full_name="=Муниципальное учреждение",
    category="Образование",
    level=Level.MUNICIPAL,
    territory=3,
    person="Примеров Пример",
    post="Директор",
    address="ул. Примерная, 1",
    phone="+7 (000) 000-00-00",
    hours="8:00–17:00",
    lat=55.4443883,
    lon=-65.000001,
    links=(
        PageLink("vk", Link("vk", "name", "example_one")),
        PageLink("vk", Link("vk", "name", "example_two")),
        PageLink("telegram", Link("telegram", "name", "example"), hidden="подделка"),
        PageLink("site", Link("site", "https", "example.gosuslugi.ru/a")),
    ),
    official_mark=True,
    flagship=False,
    subscribers=0,
    aliases=("Первая школа", "-1"),
    parent="uprava",
    successor="drugaya",
    status=Status.CLOSED,
    source="'=письмо",
    checked_at=date(2025, 12, 31),
)


def test_a_row_says_all_that_the_file_can() -> None:
    row = row_of(FULL, TERRITORIES)
    assert row == {
        "id": "shkola",
        "title": '@школа «Радуга»; "Лицей" № 1',
        "full_name": "=Муниципальное учреждение",
        "category": "Образование",
        "level": "municipal",
        "region": "Примерная область",
        "territory": "Примерный муниципальный округ",
        "settlement": "с. Примерное",
        "person": "Примеров Пример",
        "post": "Директор",
        "address": "ул. Примерная, 1",
        "phone": "+7 (000) 000-00-00",
        "hours": "8:00–17:00",
        "lat": "55.4443883",
        "lon": "-65.000001",
        "vk": "https://vk.com/example_one https://vk.com/example_two",
        "ok": "",
        "telegram": "",
        "max": "",
        "site": "https://example.gosuslugi.ru/a",
        "doctor": "",
        "club": "",
        "feedback": "",
        "official_mark": "yes",
        "flagship": "no",
        "subscribers": "0",
        "aliases": "Первая школа | -1",
        "parent": "uprava",
        "successor": "drugaya",
        "status": "closed",
        "source": "'=письмо",
        "checked_at": "2025-12-31",
    }
    russian = row_of(FULL, TERRITORIES, russian=True)
    assert list(row) == list(russian) == list(PAGE_COLUMNS)
    words = ("level", "lat", "lon", "official_mark", "flagship", "status", "checked_at")
    assert [russian[name] for name in words] == [
        "муниципальный", "55,4443883", "-65,000001", "да", "нет", "закрыта", "31.12.2025",
    ]  # fmt: skip


def test_a_cell_reads_the_same_wherever_it_is_shown() -> None:
    row = row_of(FULL, TERRITORIES, russian=True)
    assert {name: text_of(FULL, PAGES[name], TERRITORIES) for name in PAGES} == row


def test_a_row_of_a_bare_page_is_empty() -> None:
    row = row_of(Page("a", "Б", territory=4), TERRITORIES)
    filled = {name: text for name, text in row.items() if text}
    assert filled == {
        "id": "a",
        "title": "Б",
        "region": "Примерная область",
        "settlement": "с. Отдельное",
        "status": "active",
    }


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_reads_back(form: Format) -> None:
    pages = [Page("b", "Яблоко", territory=2), FULL, Page("a", "Арбуз")]
    table = read(file_of(pages, TERRITORIES, form), f"a.{form}").table
    russian = form != "json"
    rows = [row_of(page, TERRITORIES, russian=russian) for page in (pages[2], pages[0], FULL)]
    names = list(PAGE_COLUMNS.values() if russian else PAGE_COLUMNS)
    expected = [dict(zip(names, row.values(), strict=True)) for row in rows]
    assert [dict(zip(table.header, row.cells, strict=True)) for row in table.rows] == expected
    assert recognise(table.header).unknown == {}
    assert table.header_row == 1


CELLS = st.text(
    st.one_of(
        st.sampled_from("'=+-@\t;,|\"\n\r＝_x0041"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    max_size=12,
).map(lambda text: text.strip(EDGES))


def _lines(text: str) -> str:
    """The text with line ends of one kind, as which they are read."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12))
def test_any_cells_read_back_from_csv_and_xlsx(rows: list[tuple[str, ...]]) -> None:
    header = ["Код", "Название", "Адрес", "Источник"]
    # A row with an id is a page, whatever its other cells look like.
    filled = [(f"a{at}", *row) for at, row in enumerate(rows)]
    for data in (csv_bytes(header, filled), xlsx_bytes(Sheet("Лист", header, filled, {}))):
        table = read(data, "a.csv").table
        assert [tuple(map(_lines, row.cells)) for row in table.rows] == [
            tuple(map(_lines, row)) for row in filled
        ]


@given(st.text(st.sampled_from("'=+-@\tаБ1 ")))
def test_the_guard_is_taken_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r\n")


def test_csv_opens_in_excel() -> None:
    data = csv_bytes(["Название", "Телефон"], [["Школа; сад", "+7"], ["а\nб", "@nick"]])
    assert data == '\ufeffНазвание;Телефон\r\n"Школа; сад";\'+7\r\n"а\nб";\'@nick\r\n'.encode()


def test_xlsx_is_frozen_filtered_and_free_of_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file_of([FULL], TERRITORIES, "xlsx")))
    sheet = book["Страницы"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AF2"
    assert sheet.column_dimensions["B"].width > 40
    cells = {cell.value: cell for cell in sheet[2]}
    formula = cells["=Муниципальное учреждение"]
    # Kept as text by Excel's own mark, also when somebody edits the cell.
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert (cells["+7 (000) 000-00-00"].quotePrefix, cells["Директор"].quotePrefix) == (True, False)
    assert cells[0].data_type == "n"
    assert {cell.number_format for cell in sheet[2] if cell.value != 0 and cell.value} == {"@"}
    book.close()


async def test_the_whole_directory_or_a_part_of_it(tmp_path: object) -> None:
    directory = await Directory.open(f"sqlite:///{tmp_path}/directory.sqlite3")
    try:
        empty = await export(directory, "json")
        assert json.loads(empty) == []
        assert (await plan(directory.db, empty, "directory.json")).is_empty
        await fill(directory)

        async def ids(*each: Scope) -> list[str]:
            data = await export(directory, "json", Scopes(each) if each else None)
            return [row["id"] for row in json.loads(data)]

        assert await ids() == ["none", "region", "okrug", "village"]
        assert await ids(Scope(2)) == ["okrug", "village"]
        assert await ids(Scope(1, "Власть")) == ["region", "village"]
        assert await ids(Scope(3), Scope(None, "Культура")) == ["okrug", "village"]
        assert await ids(Scope(None, "Спорт")) == []
    finally:
        await directory.close()


async def fill(directory: Directory) -> None:
    pages = [
        Page("none", "Ничья"),
        Page("region", "Область", category="Власть", territory=1),
        Page("okrug", "Округ", category="Культура", territory=2),
        Page("village", "Село", category="Власть", territory=3),
    ]
    changes = [
        *(Change("category", name, None, {"name": name}) for name in ("Власть", "Культура")),
        *(territory_change(None, t) for t in TERRITORIES),
        *(page_change(None, page) for page in pages),
    ]
    async with directory.db.write() as connection:
        await apply(connection, changes, Origin(Action.IMPORT))
    await directory.refresh()


def test_the_template_is_empty_and_its_explanation_no_table() -> None:
    data = template()
    table = read(data, "a.xlsx").table
    assert table.header == list(PAGE_COLUMNS.values())
    assert table.rows == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    explained = [row[0] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
    assert explained == table.header
    book.close()
