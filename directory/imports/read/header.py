"""Which rows of a sheet are its header.

The header stands above the first row of the list, and a row of the list gives itself away: it holds
a link, a mail address or a telephone. Among the rows above, the header is what names the most known
columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns, recognise
from directory.imports.read.book import Row, Table
from directory.imports.read.headings import heading_of
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
        """How many columns are known."""
        return len(set(self.columns.names.values()))

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
    spans = list(spans)
    merged = _merged_across(spans)
    down = _merged_down(spans)
    best, most = None, 0
    for at in range(min(first, WITHIN)):
        if not _may_be_header(rows[at].cells, wide=wide):
            continue
        found = _header_at(rows, at, first, merged, down)
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
        return _header_at(rows, earlier[0], first, merged, down) if earlier else best
    # Unknown words all the same: the last row of several words above the list.
    words = [at for at in range(first) if _may_be_header(rows[at].cells, wide=wide)]
    words = [at for at in words if not any(map(is_like_a_row, filter(None, rows[at].cells)))]
    return _header_at(rows, words[-1], first, merged, down) if words else None


def count_known(rows: Sequence[Sequence[str]]) -> int:
    """How many known columns the header among these rows has."""
    found = find_header([Row(number, list(cells)) for number, cells in enumerate(rows, 1)])
    return found.score if found else 0


def samples(rows: Iterable[Row], size: int = SAMPLE) -> list[list[str]]:
    """The cells of the first rows; see `Table.sample`."""
    return Table([], 0, list(islice(rows, size))).sample(size)


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


def _header_at(
    rows: Sequence[Row],
    at: int,
    first: int,
    merged: dict[int, list[tuple[int, int]]],
    down: set[int],
) -> Header:
    """The header that begins in a row, with the rows below that divide its cells further."""
    texts = list(rows[at].cells)
    height = 1
    while height < HIGHEST and at + height < min(first, len(rows)):
        row = rows[at + height]
        groups = _groups(texts, merged.get(rows[at + height - 1].number, []), len(row.cells))
        if _is_one_name(row, texts, down):
            place = next(at for at, cell in enumerate(row.cells) if cell)
            groups = {place: texts[place]}
        elif not _divides(row.cells, texts, groups):
            break
        texts = _joined(texts, row.cells, groups)
        height += 1
    texts = [_SPACE.sub(" ", text) for text in texts]
    return Header(at, height, texts, recognise(texts, samples(rows[at + height :])))


def _groups(texts: Sequence[str], merged: list[tuple[int, int]], width: int) -> dict[int, str]:
    """The texts of the cells that stand over several columns, by the positions of those.

    They are merged, or the cells after them are empty.
    """
    groups: dict[int, str] = {}
    text, begin = "", 0
    for at in range(max(width, len(texts))):
        own = texts[at] if at < len(texts) else ""
        if own:
            text, begin = own, at
        elif text:
            groups[begin] = groups[at] = text
    for first, last in merged:
        for at in range(first, last + 1):
            if first < len(texts) and texts[first]:
                groups[at] = texts[first]
    return groups


def _divides(cells: Sequence[str], texts: Sequence[str], groups: dict[int, str]) -> bool:
    """Whether the row names the columns under the groups of the row above, and nothing else."""
    filled = {at: cell for at, cell in enumerate(cells) if cell}
    under = [at for at in filled if at >= len(texts) or not texts[at]]
    if not under or any(at not in groups for at in filled) or len(filled) < 2:
        return False
    if any(map(is_like_a_row, filled.values())) or are_column_numbers(cells):
        return False
    # A row of the list under a header with an empty cell has names of bodies, not of columns.
    return bool(recognise(list(cells)).names) or len(filled) > 2


def _is_one_name(row: Row, texts: Sequence[str], down: set[int]) -> bool:
    """Whether the row has one text, which names the column under a group of that column alone.

    The other cells of the header are merged with those below them, or the text is a known name and
    the names of the list stand elsewhere.
    """
    places = [at for at, cell in enumerate(row.cells) if cell]
    if len(places) != 1 or places[0] >= len(texts) or not texts[places[0]]:
        return False
    text = row.cells[places[0]]
    if is_like_a_row(text) or is_value(text) or heading_of(text) is not None:
        return False
    title = recognise(list(texts)).title
    known = bool(recognise([text]).names) and title is not None and title != places[0]
    return known or row.number in down


def _joined(texts: Sequence[str], cells: Sequence[str], groups: dict[int, str]) -> list[str]:
    joined = []
    for at in range(max(len(texts), len(cells))):
        own = cells[at] if at < len(cells) else ""
        above = texts[at] if at < len(texts) else ""
        joined.append(f"{groups[at]}: {own}" if own and at in groups else own or above)
    return joined


def _merged_down(spans: Iterable[Span]) -> set[int]:
    """The numbers of the rows into which two or more cells of the row above reach."""
    reached = Counter(top + 2 for (top, _left), (bottom, _right) in spans if bottom > top)
    return {number for number, count in reached.items() if count > 1}


def _merged_across(spans: Iterable[Span]) -> dict[int, list[tuple[int, int]]]:
    """The first and last positions of cells merged across columns, by row number."""
    across: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (_bottom, right) in spans:
        if right > left:
            across.setdefault(top + 1, []).append((left, right))
    return across
