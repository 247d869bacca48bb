"""The tables of one sheet: the first, those beside it, and those below it with another header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns, recognise
from directory.imports.read.book import Row, Skipped, Why
from directory.imports.read.grid import Grid
from directory.imports.read.header import Header, find_header, samples
from directory.imports.read.looks import is_like_a_row, is_link, is_value

_NOT_KEY = re.compile(r"[\W_]+")
_LONGEST_HEADER_BELOW = 200
_SAMPLE = 60

_MOST_LOOKS = 200
"""Rows of a table that are looked at closely, whether they are the header of another."""

_NEAR = 500
"""Rows above and below such a row that it is compared with."""


@dataclass(slots=True)
class Block:
    """One table of a sheet: `left` is the position in the sheet that its cells are counted from.

    `header_row` is 0 when the table has no header of its own.
    """

    sheet: str
    header: list[str]
    header_row: int
    columns: Columns
    rows: list[Row]
    left: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def title(self) -> int | None:
        """The position of the names: the known one, else the first column of different words."""
        return self.columns.title if self.columns.title is not None else self._wordy()

    @property
    def has_links(self) -> bool:
        """Whether there are links in the columns of links, or behind the names."""
        at = [at for at, name in self.columns.names.items() if name in LINK_COLUMNS]
        title = self.columns.title
        return any(
            (title is not None and title in row.addresses)
            or any(i < len(row.cells) and (i in row.addresses or is_link(row.cells[i])) for i in at)
            for row in self.rows[:1000]
        )

    def names(self) -> set[str]:
        """What the rows are called, in the form in which names are compared."""
        at = self.title
        if at is None:
            return set()
        return {key_of(row.cells[at]) for row in self.rows if at < len(row.cells)} - {""}

    def _wordy(self) -> int | None:
        sample = [row.cells for row in self.rows[:_SAMPLE]]
        for at in range(len(self.header)):
            texts = [cells[at] for cells in sample if at < len(cells) and cells[at]]
            words = [text for text in texts if not (is_value(text) or text.isdigit())]
            if len(words) > len(sample) / 2 and len(set(words)) > len(words) / 2:
                return at
        return None


def key_of(text: str) -> str:
    """A header in the form in which headers are compared."""
    return _NOT_KEY.sub("", text.lower().replace("ё", "е"))


def blocks_of(grid: Grid) -> list[Block]:
    """The tables of the sheet in their order, none when it has neither a header nor links."""
    header = find_header(grid.rows, grid.spans)
    if header is None:
        return _without_header(grid)
    rows = grid.rows[header.below :]
    texts = _trimmed(header.texts, rows)
    row_of = grid.rows[header.at].number
    skipped = [Skipped(grid.name, row.number, Why.TITLE) for row in grid.rows[: header.at]]
    skipped += [
        Skipped(grid.name, row.number, Why.HEADER) for row in grid.rows[header.at : header.below]
    ]
    bounds = _bounds(texts, rows, header)
    blocks: list[Block] = []
    for left, right in bounds:
        whole = len(bounds) == 1
        part = rows if whole else _cut(rows, left, right)
        columns = header.columns if whole else recognise(texts[left:right], samples(part))
        own = texts[left:right] if whole else _trimmed(texts[left:right], part)
        block = Block(grid.name, own, row_of, columns, part, left)
        blocks += _divided(block)
    blocks[0].skipped[:0] = skipped
    for block in blocks:
        _even(block)
    return blocks


def _without_header(grid: Grid) -> list[Block]:
    """The table of a sheet without a header, if there are links in it."""
    linked = [row for row in grid.rows if row.addresses or any(map(is_link, row.cells))]
    if not linked:
        return []
    first = grid.rows.index(linked[0])
    width = max(len(row.cells) for row in grid.rows)
    begin = next(
        (at for at, row in enumerate(grid.rows[: first + 1]) if sum(map(bool, row.cells)) > 1),
        first,
    )
    texts = [f"Столбец {at + 1}" for at in range(width)]
    rows = grid.rows[begin:]
    block = Block(grid.name, texts, 0, recognise(texts, samples(rows)), rows)
    block.skipped = [Skipped(grid.name, row.number, Why.TITLE) for row in grid.rows[:begin]]
    _even(block)
    return [block]


def _trimmed(texts: list[str], rows: Sequence[Row]) -> list[str]:
    """The header without empty columns at its end; those with something in them count."""
    width = max((at for at, text in enumerate(texts, 1) if text), default=0)
    written = len(texts)
    for row in rows:
        while any(row.cells[width:written]):
            width += 1
        if width >= written:
            break
    return texts[:width] + [""] * (width - len(texts))


def _even(block: Block) -> None:
    """Give each row as many cells as the header has; empty ones beyond it go."""
    width = len(block.header)
    for row in block.rows:
        cells = row.cells
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        elif len(cells) > width and not any(cells[width:]):
            del cells[width:]


def _bounds(texts: list[str], rows: Sequence[Row], header: Header) -> list[tuple[int, int]]:
    """The first and the last but one positions of the tables that stand side by side."""
    keys = list(map(key_of, texts))
    sample = samples(rows)
    left = 0
    bounds = []
    for at in range(2, len(texts)):
        if _begins_again(keys, left, at, header.columns) or _stands_apart(texts, sample, left, at):
            bounds.append((left, at))
            left = at
    return [*bounds, (left, len(texts))]


def _begins_again(keys: list[str], left: int, at: int, columns: Columns) -> bool:
    """Whether the headers from `at` on are those of the first table again."""
    if at + 1 >= len(keys) or not keys[at] or at - left < 2:
        return False
    title = columns.title
    same = keys[at : at + 2] == keys[left : left + 2] and keys[left] != ""
    named = title is not None and left <= title and title + 1 < at
    return same or (
        named
        and title is not None
        and keys[at : at + 2] == keys[title : title + 2]
        and keys[at - 1] != keys[title - 1]
    )


def _stands_apart(texts: list[str], sample: list[list[str]], left: int, at: int) -> bool:
    """Whether an empty column divides two tables that each have names, or links, of their own."""
    if texts[at - 1] or not texts[at] or at - 1 <= left:
        return False
    if any(at - 1 < len(cells) and cells[at - 1] for cells in sample):
        return False
    one = recognise(texts[left : at - 1], [cells[left : at - 1] for cells in sample])
    other = recognise(texts[at:], [cells[at:] for cells in sample])
    both = set(one.names.values()) & set(other.names.values())
    titles = one.title is not None and other.title is not None and one.kind == other.kind
    return titles or not both.isdisjoint(LINK_COLUMNS)


def _cut(rows: Sequence[Row], left: int, right: int) -> list[Row]:
    """The part of the rows between two positions; rows with nothing there are left out."""
    cut = []
    for row in rows:
        cells = row.cells[left:right]
        addresses = {a - left: text for a, text in row.addresses.items() if left <= a < right}
        unread = {a - left: text for a, text in row.unread.items() if left <= a < right}
        if any(cells) or addresses or unread:
            cut.append(row._replace(cells=cells, addresses=addresses, unread=unread))
    return cut


def _divided(block: Block) -> list[Block]:
    """The block, and the tables with another header that begin between its rows."""
    if block.columns.kind == "territories":
        return [block]
    own = list(map(key_of, block.header))
    may_be = (at for at, row in enumerate(block.rows) if _may_be_header_below(row, own))
    starts = [
        (at, columns)
        for at in islice(may_be, _MOST_LOOKS)
        if (columns := _header_below(block.rows, at)) is not None
    ]
    if not starts:
        return [block]
    blocks = [block]
    ends = [at for at, _columns in starts[1:]] + [len(block.rows)]
    for (at, columns), end in zip(starts, ends, strict=True):
        row = block.rows[at]
        texts = _trimmed(list(row.cells), block.rows[at + 1 : end])
        below = Block(
            block.sheet, texts, row.number, columns, block.rows[at + 1 : end], block.left,
            [Skipped(block.sheet, row.number, Why.HEADER)],
        )  # fmt: skip
        blocks.append(below)
    block.rows = block.rows[: starts[0][0]]
    return blocks


def _may_be_header_below(row: Row, own: list[str]) -> bool:
    """Whether the row has only words, and is no repeated header of its own table."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or row.addresses:
        return False
    if any(len(c) > _LONGEST_HEADER_BELOW or is_like_a_row(c) or is_value(c) for c in filled):
        return False
    pairs = zip(own, row.cells, strict=False)
    return not all(own_key.endswith(key_of(cell)) for own_key, cell in pairs)


def _header_below(rows: Sequence[Row], at: int) -> Columns | None:
    """What the row says as the header of a further table; None when it is a row of this one."""
    if _shares_a_cell(rows, at):
        return None
    columns = recognise(rows[at].cells)
    known = len(set(columns.names.values()))
    filled = sum(map(bool, rows[at].cells))
    return None if known < max(2, filled - 1) else columns


def _shares_a_cell(rows: Sequence[Row], at: int) -> bool:
    """Whether another row has one of the row's cells in its place, which a header's are not.

    «Верхний округ | муниципальный округ | область» are a territory, though each may name a column.
    """
    mine = rows[at].cells
    return any(
        row.cells != mine and any(a == b != "" for a, b in zip(mine, row.cells, strict=False))
        for row in rows[max(0, at - _NEAR) : at + _NEAR]
    )
