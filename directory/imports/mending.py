"""A file with mistakes as it goes back to its sender: as sent, and what to mend in each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from directory.file.columns import LINK_COLUMNS, REMARKS
from directory.file.writers import MAX_ADDRESS, MAX_HYPERLINKS, Sheet, csv_bytes, xlsx_bytes
from directory.imports.columns import Columns
from directory.imports.headers import is_remarks
from directory.imports.problems import Problem
from directory.imports.read import Book, Table
from directory.links import Refusal, parse, url
from directory.translation import say

_WIDTH = 60

Place = tuple[str, int]
"""The sheet and the number of a row."""

Cell = tuple[Place, int]
"""A row, and the position in it from 0."""


def mended(book: Book, problems: Iterable[Problem], columns: Columns) -> tuple[bytes, str]:
    """The table that was read, with the column «Что исправить», and the suffix it needs.

    A workbook stays one, with the sound addresses behind its texts; anything else becomes CSV.
    Sent back as it is, it reads as before: nothing is read from that column. Rows keep their order;
    what stood above the header is left out.
    """
    table = book.table
    remarks = _by_row(problems)
    if book.encoding is not None:
        header, *rows = _lines(table, remarks, {})
        return csv_bytes(header, rows), "csv"
    shown, bare = _addresses(table, columns)
    header, *rows = _lines(table, remarks, bare)
    places = {(row.sheet, row.number): place for place, row in enumerate(table.rows)}
    kept = _kept(table)
    moved = {at: place + 1 for place, at in enumerate(kept)}
    links = {
        (places[row], moved[at]): address
        for (row, at), address in shown.items()
        if row in places and at in moved
    }
    sheet = Sheet(say("Страницы"), header, rows, {say(REMARKS): _WIDTH}, hyperlinks=links)
    return xlsx_bytes(sheet), "xlsx"


def _addresses(table: Table, columns: Columns) -> tuple[dict[Cell, str], dict[Cell, str]]:
    """The addresses behind texts: those that stay hyperlinks, rebuilt, and those that replace the
    text in a column of links, since they could mislead the reader or Excel does not accept them."""
    names = columns.names
    shown: dict[Cell, str] = {}
    bare: dict[Cell, str] = {}
    for at, address in _behind(table):
        link = parse(address, slot="feedback")
        sound = "" if isinstance(link, Refusal) else url(link)
        if sound and len(sound) <= MAX_ADDRESS and len(shown) < MAX_HYPERLINKS:
            shown[at] = sound
        elif names.get(at[1]) in LINK_COLUMNS:
            bare[at] = address
    return shown, bare


def _behind(table: Table) -> Iterator[tuple[Cell, str]]:
    """The addresses behind the texts."""
    for row in table.rows:
        for at, address in row.addresses.items():
            yield ((row.sheet, row.number), at), address


def _by_row(problems: Iterable[Problem]) -> dict[Place, str]:
    found: dict[Place, list[str]] = defaultdict(list)
    for problem in problems:
        where = f"{problem.named}: " if problem.column else ""
        found[problem.sheet, problem.row].append(f"{where}{problem.remark}")
    return {row: "\n".join(texts) for row, texts in found.items()}


def _kept(table: Table) -> list[int]:
    """The positions of the columns but for remarks on an earlier attempt."""
    width = max((len(row.cells) for row in table.rows), default=0)
    width = max(width, len(table.header))
    named = dict(enumerate(table.header))
    return [at for at in range(width) if not is_remarks(named.get(at, ""))]


def _lines(
    table: Table, remarks: dict[Place, str], bare: dict[Cell, str]
) -> Iterator[Sequence[str]]:
    """The header and the rows, the remarks in front, where nobody misses them."""
    kept = _kept(table)
    yield [say(REMARKS), *(table.header[at] if at < len(table.header) else "" for at in kept)]
    several = len({row.sheet for row in table.rows}) > 1
    for row in table.rows:
        place = row.sheet, row.number
        cells = [bare.get((place, at), row.cells[at] if at < len(row.cells) else "") for at in kept]
        yield [remarks.get(place if several else ("", row.number), ""), *cells]
