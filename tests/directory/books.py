"""Workbooks made for the tests, sound and crafted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

PAGES = [["Название", "Ссылка"], ["Школа № 1", "vk.com/example_1"], ["Сад", "vk.com/example_2"]]


def workbook(
    *sheets: tuple[str, Sequence[Sequence[object]]], edit: Callable[..., None] | None = None
) -> bytes:
    """A workbook of the sheets; `edit` is given its openpyxl sheets before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    made: list[Worksheet] = []
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        made.append(sheet)
    if edit:
        edit(*made)
    target = io.BytesIO()
    book.save(target)
    book.close()
    return target.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The ZIP file with these members put in place of its own, or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def with_sheet(cells: bytes) -> bytes:
    """A workbook whose only sheet has this XML within its `sheetData`."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )
    return with_parts(workbook(("Лист1", [])), {"xl/worksheets/sheet1.xml": sheet})


def archive(**members: bytes) -> bytes:
    """A ZIP file; a double underscore in a name stands for a slash, a single one for a dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()
