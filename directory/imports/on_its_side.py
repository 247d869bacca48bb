"""Tables that lie on their side: what should be the header stands in a column.

In such a file «Сайт» and «Телефон» stand where names of pages are looked for, once for each body
(cards below one another) or once at all (a body in each column).
"""

from __future__ import annotations

from directory.imports import headers
from directory.imports.columns import Columns
from directory.imports.read import Table, UnreadableError
from directory.translation import quoted, say

_SHARE = 0.5
"""Of the cells where names should be, how many are headers at least."""
_KINDS = 2
"""Different ones at least: a page may be called «Сайт», a few may be called alike."""
_ROWS = 200


def refuse_on_its_side(table: Table, columns: Columns) -> None:
    """Raise `UnreadableError` when the column of names, or the first one, holds headers."""
    at = columns.title or 0
    cells = [row.cells[at] for row in table.rows[:_ROWS] if len(row.cells) > at and row.cells[at]]
    found = [cell for cell in cells if _is_header(cell)]
    kinds = list(dict.fromkeys(found))
    if len(kinds) >= _KINDS and len(found) >= _SHARE * len(cells):
        raise UnreadableError(
            say(
                "Таблица лежит на боку: названия столбцов ({headers}) стоят в ней друг под другом."
                " Нужна одна строка на каждую организацию, а названия столбцов — над ними. Если"
                " организации стоят по столбцам, в Excel это делает «Специальная вставка» с"
                " галочкой «Транспонировать».",
                headers=quoted(kinds[:4]),
            )
        )


def _is_header(cell: str) -> bool:
    """Whether a cell is nothing but the name of a column."""
    if headers.link_column(cell):
        return True
    return headers.contract_name(cell) not in ("", "title") or any(
        headers.key(cell) in map(headers.key, headers.data()["pages"][column]["words"])
        for column in ("phone", "address", "person", "hours", "full_name")
    )
