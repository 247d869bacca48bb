"""XLSX: the values of the sheets, and the addresses behind them.

Everything is surveyed before calamine sees it: it unpacks what it finds and keeps a sheet as a full
rectangle, and so would take a crafted file of a few hundred bytes for gigabytes of cells.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from directory.imports.read.book import UnreadableError
from directory.imports.read.cells import text_of
from directory.imports.read.merged import Span
from directory.imports.read.survey import Addresses, survey


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows` yields every row from the first, blank ones too; `merged` are its spans."""

    name: str
    visible: bool
    rows: Iterator[list[str]]
    hyperlinks: Addresses
    merged: list[Span]


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in its order; charts and macros are left out.

    Raises UnreadableError for whatever is broken, dangerous or beyond the limits.
    """
    with _damage_refused():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            addresses = survey(archive)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for about in book.sheets_metadata:
                if about.typ is SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(about.name)
                    yield Sheet(
                        about.name,
                        about.visible is SheetVisibleEnum.Visible,
                        _rows(sheet),
                        addresses.get(about.name, {}),
                        sheet.merged_cell_ranges or [],
                    )


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    # Rows come from the first of the sheet on, cells from the first filled column only.
    blank = [""] * sheet.start[1] if sheet.start else []
    with _damage_refused():
        for row in sheet.iter_rows():
            yield blank + [text_of(value) for value in row]


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except (UnreadableError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        raise UnreadableError(
            "Книга Excel повреждена: откройте её в Excel, сохраните и отправьте снова."
        ) from error
