"""Laid out sheets to the bytes that an office would send: CSV in many encodings, XLSX, ODS."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from bench.offices.habits import Shown
from bench.offices.layout import Laid

_LOST = str.maketrans({"«": '"', "»": '"', "№": "N", "—": "-", "…": ".", "\u00a0": " "})
_ENCODINGS = (
    *(("cp1251", ";"), ("cp1251", ";"), ("utf-8-sig", ";"), ("utf-8", ","), ("utf-8", "\t")),
    *(("utf-16", "\t"), ("utf-8", ";"), ("koi8-r", ";"), ("cp866", ";"), ("mac-cyrillic", ";")),
)


def csv_of(chance: Random, sheet: Laid) -> tuple[bytes, bool]:
    """The first sheet as a text, and whether the encoding lacks signs that names have."""
    encoding, delimiter = chance.choice(_ENCODINGS)
    end = chance.choice(("\r\n", "\r\n", "\n"))
    lacks = encoding in ("koi8-r", "cp866")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    for row in sheet.rows:
        writer.writerow([plain(cell.text) if lacks else cell.text for cell in row])
    lines = text.getvalue()
    if delimiter == ";" and chance.random() < 0.15:
        lines = _with_stray_quotes(chance, lines, end)
    if delimiter == ";" and chance.random() < 0.1:
        lines = f"sep=;{end}{lines}"
    return lines.encode(encoding, "replace"), lacks


def _with_stray_quotes(chance: Random, text: str, end: str) -> str:
    """The text with a quotation mark at the beginning of one cell, and one at the end of another.

    They stand in rows that have none, so that they make whatever lies between one cell.
    """
    lines = text.split(end)
    clean = [
        at for at, line in enumerate(lines[5:-1], 5) if '"' not in line and line.count(";") > 1
    ]
    if len(clean) < 2:
        return text
    first, last = sorted(chance.sample(clean, 2))
    lines[first] = f'"{lines[first]}'
    cell, _, rest = lines[last].partition(";")
    lines[last] = f'{cell}";{rest}' if cell else lines[last]
    return end.join(lines)


def plain(text: str) -> str:
    """A name as an encoding without its signs has it."""
    return text.translate(_LOST)


def xlsx_of(sheets: Sequence[Laid]) -> bytes:
    """A workbook, with formulas that have their values stored."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_urls": False}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.rows):
                for at, cell in enumerate(row):
                    if cell.formula:
                        page.write_formula(number, at, cell.formula, None, cell.text)
                    elif cell.address:
                        page.write_url(number, at, cell.address, None, cell.text)
                    elif cell.text.isdigit() and len(cell.text) < 9:
                        page.write_number(number, at, int(cell.text))
                    elif cell.text:
                        page.write_string(number, at, cell.text)
            for top, left, bottom, right in sheet.merged:
                # Writing over the first cell would lose the address behind it.
                page.merge_range(top - 1, left, bottom - 1, right, "")
                first = sheet.rows[top - 1][left]
                if first.address:
                    page.write_url(top - 1, left, first.address, None, first.text)
                else:
                    page.write(top - 1, left, first.text)
            for number in sheet.hidden:
                page.set_row(number - 1, None, None, {"hidden": True})
    return data.getvalue()


def ods_of(sheets: Sequence[Laid]) -> bytes:
    """An OpenDocument spreadsheet as small as one may be."""
    body = "".join(
        f"<table:table table:name={quoteattr(sheet.name)}>"
        + "".join(_ods_row(sheet, number) for number in range(1, len(sheet.rows) + 1))
        + "</table:table>"
        for sheet in sheets
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest"
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    return data.getvalue()


def _ods_line(cell: Shown, line: str) -> str:
    text = escape(line)
    if cell.address:
        text = f"<text:a xlink:href={quoteattr(cell.address)}>{text}</text:a>"
    return f"<text:p>{text}</text:p>"


def _ods_row(sheet: Laid, number: int) -> str:
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    cells = []
    for at, cell in enumerate(sheet.rows[number - 1]):
        merged = ""
        if (number, at) in spans:
            bottom, right = spans[number, at]
            merged = (
                f' table:number-rows-spanned="{bottom - number + 1}"'
                f' table:number-columns-spanned="{right - at + 1}"'
            )
        formula = f" table:formula={quoteattr('of:' + cell.formula)}" if cell.formula else ""
        lines = "".join(_ods_line(cell, line) for line in cell.text.split("\n") if line)
        kind = ' office:value-type="string"' if cell.text else ""
        cells.append(f"<table:table-cell{merged}{formula}{kind}>{lines}</table:table-cell>")
    hidden = ' table:visibility="collapse"' if number in sheet.hidden else ""
    return f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>"
