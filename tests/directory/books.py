"""Workbooks made for the tests, sound and crafted."""

from __future__ import annotations

import io
import struct
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


def ods(rows: str, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet whose only sheet has these rows, as XML; so are its styles."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "table", "text")
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'{styles}<office:body><office:spreadsheet><table:table table:name="Лист1">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
    )
    members = {
        "mimetype": kind,
        "content_xml": content.encode(),
        "META-INF__manifest_xml": manifest,
    }
    return archive(**members)


def xls(*sheets: tuple[str, Sequence[Sequence[str]]], more: bytes = b"") -> bytes:
    """A workbook of Excel 97, of texts: a compound file with a stream of BIFF8 records.

    `more` are records that each sheet has in addition.
    """
    names = [_short_text(name, ">B") for name, _rows in sheets]
    parts = [_biff_sheet(rows, more) for _name, rows in sheets]
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    head += _record(0x0042, struct.pack("<H", 1200))
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for name, part in zip(names, parts, strict=True):
        head += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
        start += len(part)
    return _compound("Workbook", head + _record(0x000A) + b"".join(parts))


def xls_link(row: int, column: int, address: str) -> bytes:
    """The record of a hyperlink; row and column count from 0."""
    url = address.encode("utf-16-le") + b"\0\0"
    place = struct.pack("<HHHH", row, row, column, column)
    standard = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
    about = standard + struct.pack("<II", 2, 3) + moniker + struct.pack("<I", len(url)) + url
    return _record(0x01B8, place + about)


def xls_cell(row: int, column: int, text: str) -> bytes:
    """The record of a cell; row and column count from 0."""
    return _record(0x0204, struct.pack("<HHH", row, column, 0) + _short_text(text, "<H"))


def xls_struck(*cells: tuple[int, int, str]) -> bytes:
    """Records of cells whose text is struck out, and before them of that style."""
    font = _record(0x0031, struct.pack("<HH", 200, 0x0008) + b"\0" * 10 + _short_text("F", ">B"))
    style = _record(0x00E0, b"\0" * 20)
    return font + style + b"".join(xls_cell(*cell) for cell in cells)


def xls_hidden_column(at: int) -> bytes:
    """The record of a hidden column; it counts from 0."""
    return _record(0x007D, struct.pack("<HHHHHH", at, at, 2000, 0, 1, 0))


def _biff_sheet(rows: Sequence[Sequence[str]], more: bytes) -> bytes:
    data = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            if text:
                data += xls_cell(number, at, text)
    return data + more + _record(0x000A)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _short_text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, which is made long enough to stand in sectors of its own."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    # Sector 0 is the allocation table, 1 the directory, the stream follows.
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    assert len(table) <= 128, "one sector of the table is enough for tests"
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096,
                          0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(
        name, 2, 0xFFFFFFFF, 2, len(stream)
    )
    return header + struct.pack("<128I", *table) + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    data = text.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(text), kind, 1, *[0xFFFFFFFF] * 2, child
    )
    return data + b"\0" * 36 + struct.pack("<IQ", start, size)
