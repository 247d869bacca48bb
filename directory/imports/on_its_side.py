"""Tables that lie on their side: what should be the header stands in a column.

In such a file «Сайт» and «Телефон» stand where names of pages are looked for, once for each body
(cards below one another) or once at all (a body in each column).
"""

from __future__ import annotations

from directory.file.columns import LINKS
from directory.imports import headers
from directory.imports.columns import Columns
from directory.imports.read import Table, UnreadableError
from directory.model import NETWORKS
from directory.translation import quoted

_SHARE = 0.5
"""Of the cells where names should be, how many are headers at least."""
_KINDS = 2
"""Columns that they name at least: a page may be called «Сайт», and others «Сайт 2»."""
_ROWS = 200


def refuse_on_its_side(table: Table, columns: Columns) -> None:
    """Raise `UnreadableError` when the column of names, or the first one, holds headers."""
    at = columns.title or 0
    cells = [row.cells[at] for row in table.rows[:_ROWS] if len(row.cells) > at and row.cells[at]]
    found = {cell: column for cell in cells if (column := _column_of(cell))}
    share = sum(cell in found for cell in cells) / max(len(cells), 1)
    kinds = set(found.values())
    cards = share == 1 and len(found) == 1 and kinds == {LINKS}
    if share >= _SHARE and (len(kinds) >= _KINDS or cards):
        raise UnreadableError(
            "Таблица лежит на боку: названия столбцов ({headers}) стоят в ней друг под другом."
            " Нужна одна строка на каждую организацию, а названия столбцов — над ними. Если"
            " организации стоят по столбцам, в Excel это делает «Специальная вставка» с"
            " галочкой «Транспонировать».",
            headers=quoted([*found][:4]),
        )


def _column_of(cell: str) -> str:
    """The column of which a cell is nothing but the name, "" for none."""
    links = headers.link_column(cell)
    if links in NETWORKS or (links == LINKS and not any(map(str.isdigit, cell))):
        return links
    if headers.has(headers.words(cell)[:1], ("наимен", "назван")):
        return "title"
    if (named := headers.contract_name(cell)) not in ("", "title"):
        return named
    words = headers.data()["pages"]
    for column in ("phone", "address", "person", "hours", "full_name"):
        if headers.key(cell) in map(headers.key, words[column]["words"]):
            return column
    return ""
