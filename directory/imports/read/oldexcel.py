"""A first walk through an XLS file: refuse what is too large, note what calamine does not tell.

An XLS is a compound file ([MS-CFB]) with a stream of records ([MS-XLS]); what is read here of both
is no more than that takes. Whatever does not fit raises ValueError, IndexError or struct.error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from directory.imports.read.book import UnreadableError
from directory.imports.read.limits import MAX_CELLS, MAX_LINKS
from directory.imports.read.parts import Marks, reference

_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_LAST = 0xFFFFFFFA
"""Numbers of sectors from here on are marks: the end of a chain, a free sector."""

_BEGIN, _SHEET, _LINK = 0x0809, 0x0085, 0x01B8
_FONT, _STYLE, _ROW, _COLUMNS = 0x0031, 0x00E0, 0x0208, 0x007D
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMN = 0x0008, 0x0020, 0x0001
_TEXTS = frozenset({0x00FD, 0x0204})
_COMMENT = 0x001C
_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_WORKSHEET = 0x0010
_URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


def survey_xls(data: bytes) -> dict[str, Marks]:
    """The marks of the sheets by their names. Raises UnreadableError for one beyond the limits."""
    names: list[str] = []
    found: list[Marks] = []
    fonts: list[bool] = []
    struck: list[bool] = []
    last_row = last_column = 0
    for kind, record in _records(_stream(data)):
        if kind == _SHEET and record[5] == 0:
            names.append(_name(record))
        elif kind == _BEGIN:
            last_row = last_column = 0
            if struct.unpack_from("<H", record, 2)[0] == _WORKSHEET:
                found.append(Marks())
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", record)
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            if last_row * last_column > MAX_CELLS:
                raise UnreadableError(
                    "В книге Excel есть ячейка в строке {row}, столбце {column}: такой большой"
                    " лист не читается. Скопируйте одну таблицу в новую книгу и отправьте её.",
                    row=row + 1,
                    column=column + 1,
                )
            if kind in _TEXTS and found and _is_struck(record, struck):
                found[-1].struck.add((row + 1, column))
        elif kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", record, 2)[0] & _STRUCK))
            if len(fonts) == 4:
                fonts.append(False)  # there is no font of this number
        elif kind == _STYLE:
            font = struct.unpack_from("<H", record)[0]
            struck.append(font < len(fonts) and fonts[font])
        elif kind == _LINK and found:
            _note_link(found[-1], record)
        elif found:
            _note_layout(found[-1], kind, record)
    return dict(zip(names, found, strict=False))


def _is_struck(record: bytes, styles: list[bool]) -> bool:
    """Whether the cell of a record has a style of struck-out text."""
    (style,) = struct.unpack_from("<H", record, 4)
    return any(styles[style : style + 1])


def _note_layout(marks: Marks, kind: int, record: bytes) -> None:
    """Note what a record says of hidden rows and columns, and of comments."""
    if kind == _ROW:
        if struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW:
            marks.hidden.add(struct.unpack_from("<H", record)[0] + 1)
    elif kind == _COLUMNS:
        if struct.unpack_from("<H", record, 8)[0] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", record)
            marks.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == _COMMENT:
        row, column = struct.unpack_from("<HH", record)
        marks.comments.append(reference(row + 1, column))


def _note_link(marks: Marks, record: bytes) -> None:
    first_row, last_row, first, last = struct.unpack_from("<HHHH", record)
    at = record.find(_URL_MONIKER)
    if at < 0:
        return
    (length,) = struct.unpack_from("<I", record, at + 16)
    address = record[at + 20 : at + 20 + length].decode("utf-16-le", "replace").partition("\0")[0]
    for row in range(first_row, min(last_row, first_row + 1000) + 1):
        for column in range(first, min(last, first + 255) + 1):
            marks.addresses[row + 1, column] = address
    if len(marks.addresses) > MAX_LINKS:
        raise UnreadableError(
            "В книге Excel больше {n} ссылок. Разделите таблицу на несколько файлов.", n=MAX_LINKS
        )


def _name(record: bytes) -> str:
    length, wide = record[6], record[7] & 1
    return record[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _stream(data: bytes) -> bytes:
    """The bytes of the workbook's stream; a short one stands in the mini stream of the root."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_directory, cutoff, first_mini = struct.unpack_from("<I4xII", data, 48)
    if size not in (512, 4096):
        raise ValueError("no sector of this size")

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table = _table(data, size)
    directory = b"".join(map(sector, _chain(table, first_directory)))
    root = _entry(directory, 0)
    for at in range(0, len(directory) - 127, 128):
        name = directory[at : at + struct.unpack_from("<H", directory, at + 64)[0]].rstrip(b"\0")
        if name.ljust(len(name) + len(name) % 2, b"\0") in _STREAMS:
            start, length = _entry(directory, at)
            if length >= cutoff:
                return b"".join(map(sector, _chain(table, start)))[:length]
            mini = b"".join(map(sector, _chain(table, root[0])))
            parts = b"".join(map(sector, _chain(table, first_mini)))
            mini_table = struct.unpack(f"<{len(parts) // 4}I", parts)
            pieces = (mini[n * 64 : n * 64 + 64] for n in _chain(mini_table, start))
            return b"".join(pieces)[:length]
    raise ValueError("no workbook in the file")


def _entry(directory: bytes, at: int) -> tuple[int, int]:
    """The first sector of an entry of the directory, and its length."""
    start, length = struct.unpack_from("<II", directory, at + 116)
    return start, length


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows each: the parts of this table are listed in the header and beyond."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    seen = 0
    while following < _LAST and seen <= len(data) // size:
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        listed += more[:-1]
        following, seen = more[-1], seen + 1
    parts = [data[(n + 1) * size : (n + 2) * size] for n in listed if n < _LAST]
    whole = b"".join(part for part in parts if len(part) == size)
    return struct.unpack(f"<{len(whole) // 4}I", whole)


def _chain(table: tuple[int, ...], first: int) -> Iterator[int]:
    """The sectors from the first on; a circle is cut."""
    for _ in range(len(table) + 1):
        if first >= _LAST:
            return
        yield first
        first = table[first]
    raise ValueError("sectors go in a circle")
