"""Cells merged downwards: «Кетовский округ» beside a dozen schools holds for each of them.

Excel keeps the text in the first of such cells, and the others look empty to whoever reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from directory.file.columns import LINK_COLUMNS
from directory.imports.read.book import Row

Span = tuple[tuple[int, int], tuple[int, int]]
"""The (row, column) of the first and of the last of merged cells, both counted from 0."""

_OWN = LINK_COLUMNS | {"id", "title", "full_name", "aliases", "subscribers", "lat", "lon"}
"""What each page has for itself. A name merged over several rows is one page with a link in each,
and must not become so many pages; of a link nobody knows whose it is."""


def spread(rows: Sequence[Row], names: Mapping[int, str], spans: Sequence[Span], left: int) -> int:
    """Write the texts of merged cells into the cells below them; return how many cells there were.

    `names` are the known columns by position; those that say what a page is are left alone. `left`
    is the position in the sheet that the cells of the rows are counted from.
    """
    if not spans or not rows:
        return 0
    shared = {at + left for at, name in names.items() if name not in _OWN}
    by_number = {row.number: row.cells for row in rows}
    last = rows[-1].number
    count = 0
    for top, bottom, column in downwards(spans, shared):
        at = column - left
        text = by_number[top][at] if top in by_number else ""
        for number in range(top + 1, min(bottom, last) + 1) if text else ():
            cells = by_number.get(number)
            if cells and not cells[at]:
                cells[at] = text
                count += 1
    return count


def shared_links(
    rows: Sequence[Row], names: Mapping[int, str], spans: Sequence[Span], left: int
) -> list[int]:
    """The numbers of the rows with a name of their own whose cell of links is merged with that of
    a row above: whose the link is cannot be told."""
    title = next((at for at, name in names.items() if name == "title"), None)
    if not spans or title is None:
        return []
    of_links = {at + left for at, name in names.items() if name in LINK_COLUMNS}
    by_number = {row.number: row.cells for row in rows}
    found = set()
    for top, bottom, column in downwards(spans, of_links):
        first = by_number.get(top)
        if first and first[column - left] and first[title]:
            below = (n for n in by_number if top < n <= bottom)
            found |= {n for n in below if by_number[n][title] not in ("", first[title])}
    return sorted(found)


def downwards(spans: Iterable[Span], columns: set[int]) -> Iterable[tuple[int, int, int]]:
    """First and last row, counted as `Row.number` does, and column; none reaches into another.

    Excel lets no two overlap, but a crafted file could, and have each row written a thousand times.
    """
    end: dict[int, int] = {}
    for (top, column), (bottom, _) in sorted(spans):
        if bottom > top and column in columns and top + 1 > end.get(column, 0):
            end[column] = bottom + 1
            yield top + 1, bottom + 1, column
