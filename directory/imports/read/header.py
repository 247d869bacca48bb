"""Which row of a sheet is its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns, recognise

WITHIN = 20
"""Rows that are not blank among which the header must be: titles above it take a few."""

SAMPLE = 50
"""Rows below a header that are looked at to tell what its columns hold."""

_LONGEST = 100
"""Characters of a header cell; longer ones are texts."""

_LONGEST_ALONE = 40
"""The same for the only cell of a row, which may as well be a title."""

_LINK = re.compile(r"(?i)https?://|www\.|@\w|\b(?:vk\.com|ok\.ru|t\.me|max\.ru)\b")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is among the rows that were looked at, and what it says."""

    at: int
    columns: Columns

    @property
    def score(self) -> int:
        """How many columns are known."""
        return len(set(self.columns.names.values()))

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """The greater, the better the sheet serves as a list of pages or territories."""
        columns = self.columns
        has_links = not LINK_COLUMNS.isdisjoint(columns.names.values())
        return columns.title is not None, has_links, self.score, -len(columns.unknown)


def find_header(
    rows: Sequence[Sequence[str]], samples: Sequence[Sequence[str]] | None = None
) -> Header | None:
    """The header among the first `WITHIN` rows (none of them blank), None when there is none.

    It is the row that names the most known columns, the first of equals: titles above a header
    have a known word now and then, the rows below it hardly. `samples` are the same rows with the
    addresses instead of the texts before them.
    """
    samples = rows if samples is None else samples
    best = None
    for at, row in enumerate(rows[:WITHIN]):
        if _may_be_header(row, rows):
            found = Header(at, recognise(row, samples[at + 1 :]))
            if found.score > (best.score if best else 0):
                best = found
    return best


def _may_be_header(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    filled = [cell for cell in row if cell]
    if any(len(cell) > _LONGEST or _LINK.search(cell) for cell in filled):
        return False
    # A lone cell is a title, unless the whole sheet is one column; then it must be short.
    return len(filled) > 1 or (
        len(filled) == 1
        and len(filled[0]) <= _LONGEST_ALONE
        and all(sum(map(bool, other)) <= 1 for other in rows)
    )
