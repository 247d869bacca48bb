"""The tables that begin between the rows of another, under a header of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from directory.imports.columns import Columns, recognise
from directory.imports.read.block import Block, key_of, trimmed
from directory.imports.read.book import Row, Skipped, SkipReason
from directory.imports.read.looks import is_like_a_row, is_value

_LONGEST = 200
"""Characters of a cell of such a header."""

_MOST_LOOKS = 200
"""Rows of a table that are looked at closely, whether they are the header of another."""

_NEAR = 500
"""Rows above and below such a row that it is compared with."""


def divided(block: Block) -> list[Block]:
    """The block without the tables that begin between its rows, and those.

    Below another table the first one may go on, under its own header again.
    """
    if block.columns.kind == "territories":
        return [block]
    rows, own = block.rows, list(map(key_of, block.header))
    may_be = (at for at, row in enumerate(rows) if _may_be_header(row, own))
    starts = {
        at: columns
        for at in islice(may_be, _MOST_LOOKS)
        if (columns := _columns_of(rows, at, own, block.columns.title)) is not None
    }
    if not starts:
        return [block]
    again = (at for at in range(min(starts), len(rows)) if _repeats(rows[at], own))
    places = sorted({*starts, *again})
    cuts = [at - 1 if _has_heading(rows, at, places) else at for at in places]
    blocks = [block]
    for at, cut, end in zip(places, cuts, [*cuts[1:], len(rows)], strict=True):
        blocks.append(_block_at(block, at, rows[at + 1 : end], starts.get(at)))
        if cut < at:
            blocks[-1].above = "".join(rows[cut].cells)
            blocks[-1].skipped.insert(0, Skipped(block.sheet, rows[cut].number, SkipReason.SECTION))
    block.rows = rows[: cuts[0]]
    return blocks


def _block_at(block: Block, at: int, rows: list[Row], columns: Columns | None) -> Block:
    """The table whose header stands at a place; without columns it is the first one's again."""
    head = block.rows[at]
    if columns is None:
        skipped = [Skipped(block.sheet, head.number, SkipReason.REPEATED_HEADER)]
        header, columns = list(block.header), block.columns
    else:
        skipped = [Skipped(block.sheet, head.number, SkipReason.HEADER)]
        header = trimmed(list(head.cells), rows)
    return Block(block.sheet, header, head.number, columns, rows, block.left, skipped)


def _has_heading(rows: Sequence[Row], at: int, places: Sequence[int]) -> bool:
    """Whether a lone text stands directly above the header at a place."""
    above = at - 1
    return above >= 0 and above not in places and sum(map(bool, rows[above].cells)) == 1


def _repeats(row: Row, own: list[str]) -> bool:
    """Whether the row is the header of the first table again."""
    keys = list(map(key_of, row.cells))
    return keys[: len(own)] == own and not any(keys[len(own) :])


def _may_be_header(row: Row, own: list[str]) -> bool:
    """Whether the row has only words, and is no repeated header of its own table."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or row.addresses:
        return False
    if any(len(cell) > _LONGEST or is_like_a_row(cell) or is_value(cell) for cell in filled):
        return False
    pairs = zip(own, row.cells, strict=False)
    return not all(own_key.endswith(key_of(cell)) for own_key, cell in pairs)


def _columns_of(rows: Sequence[Row], at: int, own: list[str], title: int | None) -> Columns | None:
    """What the row says as the header of a further table; None when it is a row of this one.

    It is one when it calls the names as the first header does, or when columns are known by it.
    """
    if at + 1 == len(rows) or _shares_a_cell(rows, at, own):
        # A header has rows below it.
        return None
    columns = recognise(rows[at].cells)
    if title is not None and [*map(key_of, rows[at].cells[title : title + 1])] == [own[title]]:
        return columns
    known = len(set(columns.names.values()))
    filled = sum(map(bool, rows[at].cells))
    return None if known < max(2, filled - 1) else columns


def _shares_a_cell(rows: Sequence[Row], at: int, own: list[str]) -> bool:
    """Whether another row has one of the row's cells in its place, which a header's are not.

    «Верхний округ | муниципальный округ | область» are a territory, though each may name a column.
    """
    mine = rows[at].cells
    return any(
        row.cells != mine
        and any(a == b != "" for a, b in zip(mine, row.cells, strict=False))
        and not _repeats(row, own)
        for row in rows[max(0, at - _NEAR) : at + _NEAR]
    )
