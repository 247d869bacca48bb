"""Cells merged downwards: «Кетовский округ» beside a dozen schools holds for each of them.

Excel keeps the text in the first of such cells, and the others look empty to whoever reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from directory.imports.columns import recognise
from directory.imports.read.book import Table

Span = tuple[tuple[int, int], tuple[int, int]]
"""The (row, column) of the first and of the last of merged cells, both counted from 0."""

_SHARED = frozenset({"region", "territory", "settlement", "category", "level", "source", "kind"})
"""What several rows may have in common. A name merged over several rows is one page with a link in
each, and must not become so many pages."""


def spread(table: Table, spans: Sequence[Span]) -> int:
    """Write the texts of merged cells into the cells below them; return how many cells there were.

    The columns are those that say where rows belong.
    """
    if not spans or not table.rows:
        return 0
    names = recognise(table.header, table.sample()).names
    shared = {at for at, name in names.items() if name in _SHARED}
    by_number = {row.number: row.cells for row in table.rows}
    last = table.rows[-1].number
    count = 0
    for top, bottom, column in downwards(spans, shared):
        text = by_number[top][column] if top in by_number else ""
        for number in range(top + 1, min(bottom, last) + 1) if text else ():
            cells = by_number.get(number)
            if cells and not cells[column]:
                cells[column] = text
                count += 1
    return count


def downwards(spans: Iterable[Span], columns: set[int]) -> Iterable[tuple[int, int, int]]:
    """First and last row, counted as `Row.number` does, and column; none reaches into another.

    Excel lets no two overlap, but a crafted file could, and have each row written a thousand times.
    """
    end: dict[int, int] = {}
    for (top, column), (bottom, _) in sorted(spans):
        if bottom > top and column in columns and top + 1 > end.get(column, 0):
            end[column] = bottom + 1
            yield top + 1, bottom + 1, column
