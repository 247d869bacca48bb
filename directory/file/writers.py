"""Tables to bytes: CSV for Excel, and XLSX.

What a reader of this project reads back is exactly what was written, and no spreadsheet runs any of
it as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory.file.escape import guard, unguard

MAX_HYPERLINKS, MAX_ADDRESS = 65_530, 2_079
"""How many addresses behind texts a sheet may have, and their characters: Excel's own limits."""

_PRINTED = 10
"""Columns that can still be read when all of them are printed on one page's width."""

_A4 = 9
"""The number of the paper's size in a workbook."""

_WIDTH = 18
"""The width of a column that nothing is said of, in characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: `widths` in characters by header; the columns in `numbers` hold whole
    numbers, which a spreadsheet then sorts as such. `hyperlinks` are addresses behind texts, by the
    row's place in `rows` and the position in it, both from 0."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: dict[str, int]
    numbers: frozenset[str] = frozenset()
    hyperlinks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as Russian Excel opens it at a double click: BOM, `;`, CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(cell) for cell in header])
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """The sheets as a workbook: header frozen and filtered, cells of the kind "text".

    As text, what somebody types there later stays as typed too: no dates made of «3-4», no lost
    zeros. Rows are written out as they come, so that a long table costs no memory.
    """
    # Imported here: it is not needed to read files.
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        book.set_calc_mode("manual")
        text = book.add_format({"num_format": "@"})
        # Excel's own way to say that «=1» is a text; the apostrophe is no part of it.
        prefixed = book.add_format({"num_format": "@", "quote_prefix": True})
        bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            if len(sheet.header) <= _PRINTED:
                page.set_landscape()
                page.set_paper(_A4)
                page.fit_to_pages(1, 0)
                page.repeat_rows(0)
            for at, name in enumerate(sheet.header):
                number = name in sheet.numbers
                page.set_column(at, at, sheet.widths.get(name, _WIDTH), None if number else text)
                page.write_string(0, at, name, bold)
            last = _write_rows(page, sheet, text, prefixed)
            page.autofilter(0, 0, last, len(sheet.header) - 1)
    return target.getvalue()


def _write_rows(page: Any, sheet: Sheet, text: Any, prefixed: Any) -> int:
    """Write the rows below the header in these formats; return the number of the last one."""
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            if address := sheet.hyperlinks.get((last - 1, at)):
                page.write_url(last, at, address, text, string=guard(cell))
            elif not cell:
                continue
            elif sheet.header[at] in sheet.numbers:
                page.write_number(last, at, int(cell))
            elif unguard(cell) != cell:  # an apostrophe that the reader would take off
                page.write_string(last, at, guard(cell), prefixed)
            else:
                page.write_string(last, at, cell, prefixed if guard(cell) != cell else text)
    return last
