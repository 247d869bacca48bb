"""Workbooks, XLSX, XLS and ODS: the values of the sheets, and what is marked beside them.

All are surveyed before calamine sees them: it unpacks what it finds and keeps a sheet as a full
rectangle, and so would take a crafted file of a few hundred bytes for gigabytes of cells.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from directory.imports.read.book import UnreadableError
from directory.imports.read.cells import text_of
from directory.imports.read.grid import Grid, Numbered, grid_of
from directory.imports.read.merged import Span
from directory.imports.read.oldexcel import survey_xls
from directory.imports.read.opendocument import survey_ods
from directory.imports.read.parts import Marks
from directory.imports.read.survey import survey

Make = Literal["xlsx", "xls", "ods"]


def grids(data: bytes, make: Make) -> Iterator[Grid]:
    """The sheets of a workbook in its order; charts and macros are left out.

    Raises UnreadableError for whatever is broken, dangerous or beyond the limits.
    """
    with _damage_refused():
        marks: dict[str, Marks] = {}
        spans: dict[str, list[Span]] = {}
        hidden: set[str] = set()
        if make == "xls":
            marks = survey_xls(data)
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if make == "xlsx":
                    marks = survey(archive)
                else:
                    for one in survey_ods(archive):
                        marks[one.name], spans[one.name] = one.marks, one.spans
                        hidden |= set() if one.visible else {one.name}
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for about in book.sheets_metadata:
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                yield grid_of(
                    _records(sheet),
                    about.name,
                    marks.get(about.name),
                    spans.get(about.name) or sheet.merged_cell_ranges or [],
                    visible=about.visible is SheetVisibleEnum.Visible and about.name not in hidden,
                )


def _records(sheet: CalamineSheet) -> Iterator[Numbered]:
    # Rows come from the first of the sheet on, cells from the first filled column only.
    blank = [""] * sheet.start[1] if sheet.start else []
    with _damage_refused():
        for number, row in enumerate(sheet.iter_rows(), 1):
            yield number, blank + [text_of(value) for value in row]


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
