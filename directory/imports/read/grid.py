"""The filled rows of one sheet, or of a text: numbered, trimmed, within the limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from directory.file.escape import unguard
from directory.file.placeholders import is_formula_error
from directory.imports.read.book import Row, Unread, UnreadableError
from directory.imports.read.cells import EDGES
from directory.imports.read.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from directory.imports.read.looks import is_link
from directory.imports.read.merged import Span
from directory.imports.read.parts import Marks

Numbered = tuple[int, list[str]]
"""A record and its number from 1."""

_REPEATS_WITHIN = 5_000
"""Rows whose repeated texts are shared with the rows that follow."""

_NO_ADDRESS = re.compile(r"(?i)(?:mailto:|tel:|#|file:|xl/)")
_FRAME = re.compile(r"(?i)^https?://|/+$")


@dataclass(slots=True)
class Grid:
    """One sheet, or a text.

    `hidden` counts the filled rows that Excel does not show, `hidden_columns` the filled columns.
    `comments` are the cells that have one, `pictures` counts the pictures.
    """

    name: str
    rows: list[Row]
    spans: list[Span] = field(default_factory=list)
    visible: bool = True
    hidden: int = 0
    hidden_columns: int = 0
    comments: list[str] = field(default_factory=list)
    pictures: int = 0


def grid_of(
    records: Iterable[Numbered],
    name: str = "",
    marks: Marks | None = None,
    spans: list[Span] | None = None,
    *,
    visible: bool = True,
) -> Grid:
    """The grid of the records; raises UnreadableError when they go beyond a limit."""
    if marks is None:
        return Grid(name, list(_rows(records, name)), spans or [], visible)
    filled = _filled_by(marks)
    read = list(_rows(records, name, filled))
    if lost := filled - {row.number for row in read}:
        # A formula without a stored value may stand where calamine sees no cell.
        read += [Row(number, [], sheet=name) for number in lost]
        read.sort(key=lambda row: row.number)
    rows = _Marked(marks).apply(read)
    hidden = sum(1 for row in rows if row.number in marks.hidden)
    columns = {at for at in marks.hidden_columns for row in rows if any(row.cells[at : at + 1])}
    return Grid(
        *(name, rows, spans or [], visible, hidden),
        *(len(columns), marks.comments, marks.pictures),
    )


def _filled_by(marks: Marks) -> frozenset[int]:
    """The rows that are filled even when no value is read in them."""
    return frozenset(row for row, _at in (*marks.unsaved, *marks.errors))


def _rows(
    records: Iterable[Numbered], sheet: str, filled: frozenset[int] = frozenset()
) -> Iterator[Row]:
    texts = 0
    # Many cells repeat (a category, a region): one string serves them all.
    seen: Counter[str] = Counter()
    shared: dict[str, str] = {}
    for number, record in records:
        cells = [cell and cell.strip(EDGES) for cell in record]
        text = "".join(cells)
        if not text and number not in filled:
            continue
        texts += len(text)
        _refuse_excess(number, cells, texts)
        if "'" in text:
            cells = [unguard(cell) for cell in cells]
        if number < _REPEATS_WITHIN:
            seen.update(cells)
        elif seen:
            shared = {cell: cell for cell, times in seen.items() if times > 1}
            seen.clear()
        if shared:
            cells = [shared.get(cell, cell) for cell in cells]
        unread = _unreadable(cells) if "#" in text or len(text) > MAX_CELL else None
        yield (
            Row(number, cells, unread=unread, sheet=sheet)
            if unread
            else Row(number, cells, sheet=sheet)
        )


def _unreadable(cells: list[str]) -> dict[int, Unread]:
    """Empty the cells that cannot be read, and say why."""
    unread = {}
    for at, cell in enumerate(cells):
        if is_formula_error(cell):
            unread[at] = Unread.ERROR
        elif len(cell) > MAX_CELL:
            unread[at] = Unread.TOO_LONG
    for at in unread:
        cells[at] = ""
    return unread


def _refuse_excess(number: int, cells: list[str], texts: int) -> None:
    """Raise UnreadableError when the row is too wide or one too many.

    `texts` are the characters of all rows up to it.
    """
    if number > MAX_ROWS:
        raise UnreadableError(
            "В таблице больше {n} строк: разделите её на несколько файлов.", n=MAX_ROWS
        )
    if len(cells) > MAX_COLUMNS:
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise UnreadableError(
                "В строке {row} столбцов {n}, а читается не больше {most}: оставьте в файле"
                " одну таблицу.",
                row=number,
                n=len(cells),
                most=MAX_COLUMNS,
            )
    if texts > MAX_TEXT:
        raise UnreadableError("В таблице слишком много текста: разделите её на несколько файлов.")


class _Marked:
    """Adds to the rows of a sheet what its marks say."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._cells: dict[int, list[str]] = {}
        self._addresses: dict[int, dict[int, str]] = {}
        self._unread: dict[int, dict[int, Unread]] = {}

    def apply(self, rows: list[Row]) -> list[Row]:
        """The rows with addresses, shown zeros, errors and computed formulas."""
        self._cells = {row.number: row.cells for row in rows}
        for (number, at), width in self._marks.padded.items():
            cell = self._cell(number, at)
            if cell.isdigit():
                self._cells[number][at] = cell.zfill(width)
        for number, at in self._marks.errors:
            self._leave_out(number, at, Unread.ERROR)
        for (number, at), address in self._marks.addresses.items():
            self._link(number, at, address)
        for number, at in self._marks.struck:
            if self._cell(number, at):
                self._leave_out(number, at, Unread.STRUCK)
        for (number, at), formula in self._marks.formulas.items():
            if number not in self._cells:
                continue
            if formula.has_address:
                made = formula.address(self._lookup)
                if made is None:
                    self._leave_out(number, at, Unread.UNCERTAIN)
                else:
                    self._link(number, at, made)
            elif (text := formula.value(self._lookup)) is None:
                self._leave_out(number, at, Unread.UNSAVED)
            else:
                self._put(number, at, text)
        if self._marks.hidden_columns:
            self._leave_out_hidden_links()
        return [self._row(row) for row in rows]

    def _leave_out_hidden_links(self) -> None:
        """Leave out the links of columns that Excel does not show: mostly those of years ago."""
        for number, cells in self._cells.items():
            behind = self._addresses.get(number, {})
            for at in self._marks.hidden_columns:
                if at in behind or (at < len(cells) and is_link(cells[at])):
                    self._leave_out(number, at, Unread.HIDDEN)

    def _row(self, row: Row) -> Row:
        addresses, unread = self._addresses.get(row.number), self._unread.get(row.number)
        if addresses:
            row = row._replace(addresses=addresses)
        if unread:
            row = row._replace(unread={**row.unread, **unread})
        return row

    def _cell(self, number: int, at: int) -> str:
        cells = self._cells.get(number, [])
        return cells[at] if at < len(cells) else ""

    def _lookup(self, number: int, at: int) -> str | None:
        """The value of a cell for a formula; a blank cell is an empty text, as in Excel."""
        if (number, at) in self._marks.unsaved or (number, at) in self._marks.errors:
            return None
        return self._cell(number, at)

    def _put(self, number: int, at: int, text: str) -> None:
        cells = self._cells[number]
        cells.extend([""] * (at + 1 - len(cells)))
        cells[at] = text.strip(EDGES)

    def _leave_out(self, number: int, at: int, why: Unread) -> None:
        if number in self._cells:
            self._put(number, at, "")
            self._addresses.get(number, {}).pop(at, None)
            self._unread.setdefault(number, {})[at] = why

    def _link(self, number: int, at: int, address: str) -> None:
        address = address.strip(EDGES)
        if number not in self._cells or not address or _NO_ADDRESS.match(address):
            return
        # Excel makes a link of an address that is typed: it says the same as its text.
        if _plain(address) != _plain(self._cell(number, at)):
            self._addresses.setdefault(number, {})[at] = address


def _plain(address: str) -> str:
    return _FRAME.sub("", address).lower()
