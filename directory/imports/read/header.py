"""Which rows of a sheet are its header.

The header stands above the first row of the list, and a row of the list gives itself away: it holds
a link, a mail address or a telephone. Among the rows above, the header is what names the most known
columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns, recognise
from directory.imports.read.book import Row, Table
from directory.imports.read.grouping import Merged, divided
from directory.imports.read.looks import are_column_numbers, has_link, is_like_a_row, is_value
from directory.imports.read.merged import Span

WITHIN = 40
"""Rows that are not blank among which the header must be: titles above it take a few."""

SAMPLE = 60
"""Rows below a header that are looked at to tell what its columns hold."""

HIGHEST = 3
"""Rows that a header may have."""

_LONGEST = 1_000
"""Characters of a header cell; longer ones are texts."""

_LONGEST_ALONE = 40
"""The same for the only cell of a row, which may as well be a title."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is among the rows: `height` rows from `at` on; their texts joined."""

    at: int
    height: int
    texts: list[str]
    columns: Columns

    @property
    def score(self) -> int:
        """How many columns are known; one where their words are, but no cell is like them."""
        return len(set(self.columns.names.values())) or min(1, len(self.columns.misfits))

    @property
    def below(self) -> int:
        """The place of the first row below."""
        return self.at + self.height

    @property
    def has_links(self) -> bool:
        """Whether a column of links is known."""
        return not LINK_COLUMNS.isdisjoint(self.columns.names.values())


def find_header(rows: Sequence[Row], spans: Iterable[Span] = ()) -> Header | None:
    """The header among the first rows (none of them blank), None when there is none."""
    rows = rows[: WITHIN + SAMPLE]
    wide = any(_filled(row.cells) > 1 for row in rows)
    first = next((at for at, row in enumerate(rows) if _is_of_list(row, wide=wide)), len(rows))
    merged = Merged.of(spans)
    best, most = None, 0
    for at in range(min(first, WITHIN)):
        if not _may_be_header(rows[at].cells, wide=wide):
            continue
        found = _header_at(rows, at, first, merged)
        if best and found.below == len(rows):
            # With nothing below it, it is the only row of the list under that header.
            continue
        # Titles above a header have a known word now and then, rows below it do too: each of them
        # that looks like a row of a list counts against it.
        score = 2 * found.score - sum(map(is_like_a_row, rows[at].cells))
        if found.score and (best is None or score > most):
            best, most = found, score
    if best and (best.score > 1 or not any(_filled(row.cells) > 1 for row in rows[: best.at])):
        return best
    if best or first == len(rows):
        # One known word below other rows is as likely one of a row.
        earlier = [at for at in range(best.at if best else 0) if _filled(rows[at].cells) > 1]
        return _header_at(rows, earlier[0], first, merged) if earlier else best
    # Unknown words all the same: the last row of several words above the list.
    words = [at for at in range(first) if _may_be_header(rows[at].cells, wide=wide)]
    words = [at for at in words if not any(map(is_like_a_row, filter(None, rows[at].cells)))]
    return _header_at(rows, words[-1], first, merged) if words else None


def count_known(rows: Sequence[Sequence[str]]) -> int:
    """How many known columns the header among these rows has."""
    found = find_header([Row(number, list(cells)) for number, cells in enumerate(rows, 1)])
    return found.score if found else 0


def samples(rows: Iterable[Row]) -> list[list[str]]:
    """The cells of the first rows; see `Table.sample`."""
    return Table([], 0, list(islice(rows, SAMPLE))).sample(SAMPLE)


def _is_of_list(row: Row, *, wide: bool) -> bool:
    """Whether the row can only be one of the list; a lone cell is a note above it at most."""
    if not wide:
        return bool(row.addresses) or any(map(has_link, row.cells))
    return _filled(row.cells) > 1 and any(
        is_value(cell) or (cell and at in row.addresses) for at, cell in enumerate(row.cells)
    )


def _filled(cells: Iterable[str]) -> int:
    return sum(map(bool, cells))


def _may_be_header(cells: Sequence[str], *, wide: bool) -> bool:
    filled = [cell for cell in cells if cell]
    if any(len(cell) > _LONGEST for cell in filled) or are_column_numbers(filled):
        return False
    # A lone cell is a title, unless the whole sheet is one column; then it must be short.
    return len(filled) > 1 or (len(filled) == 1 and not wide and len(filled[0]) <= _LONGEST_ALONE)


def _header_at(rows: Sequence[Row], at: int, first: int, merged: Merged) -> Header:
    """The header that begins in a row, with the rows below that divide its cells further."""
    texts = list(rows[at].cells)
    height = 1
    while height < HIGHEST and at + height < min(first, len(rows)):
        joined = divided(texts, rows[at + height - 1], rows[at + height], merged)
        if joined is None:
            break
        texts = joined
        height += 1
    texts = [_SPACE.sub(" ", text) for text in texts]
    return Header(at, height, texts, recognise(texts, samples(rows[at + height :])))
