"""The tables of one sheet: the first, those beside it, and those below it with another header."""

from __future__ import annotations

from collections.abc import Sequence

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns, recognise
from directory.imports.headers import link_column, numbered, rank
from directory.imports.read.below import divided
from directory.imports.read.block import Block, key_of, trimmed
from directory.imports.read.book import Row, Skipped, SkipReason
from directory.imports.read.grid import Grid
from directory.imports.read.header import Header, find_header, samples
from directory.imports.read.headings import heading_of
from directory.imports.read.looks import is_link, is_ordinal_header, lone_text


def blocks_of(grid: Grid) -> list[Block]:
    """The tables of the sheet in their order, none when it has neither a header nor links."""
    header = find_header(grid.rows, grid.spans)
    if header is None:
        return _without_header(grid)
    rows = grid.rows[header.below :]
    texts = trimmed(header.texts, rows)
    row_of = grid.rows[header.at].number
    skipped = [Skipped(grid.name, row.number, SkipReason.TITLE) for row in grid.rows[: header.at]]
    skipped += [
        Skipped(grid.name, row.number, SkipReason.HEADER)
        for row in grid.rows[header.at : header.below]
    ]
    bounds = _bounds(texts, rows, header)
    blocks: list[Block] = []
    for left, right in bounds:
        whole = len(bounds) == 1
        part = rows if whole else _cut(rows, left, right)
        group, own = ("", texts[left:right]) if whole else _group(texts[left:right])
        columns = header.columns if whole else recognise(own, samples(part))
        own = own if whole else trimmed(own, part)
        block = Block(grid.name, own, row_of, columns, part, left, above=group)
        blocks += divided(block)
    blocks[0].skipped[:0] = skipped
    if header.at:
        blocks[0].above = _heading_above(grid.rows[header.at - 1], rows) or blocks[0].above
    for block in blocks:
        _even(block)
    return blocks


def _heading_above(row: Row, rows: Sequence[Row]) -> str:
    """The text of the row above the header when it is the first heading of a list that has further
    ones, or names a territory as such: «Муниципалитет: Лесной округ»; else ""."""
    texts = list(filter(None, row.cells))
    if len(texts) != 1:
        return ""
    label, _colon, named = texts[0].partition(":")
    if rank(label, "territory") is not None and (found := heading_of(named)) and found.place:
        return named.strip()
    lone = (cells[at] for cells in (r.cells for r in rows) if (at := lone_text(cells)) is not None)
    return texts[0] if any(map(heading_of, lone)) else ""


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
    texts = [numbered(at) for at in range(width)]
    rows = grid.rows[begin:]
    block = Block(grid.name, texts, 0, recognise(texts, samples(rows)), rows)
    block.skipped = [Skipped(grid.name, row.number, SkipReason.TITLE) for row in grid.rows[:begin]]
    _even(block)
    return [block]


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
        if (
            _begins_again(keys, left, at, header.columns)
            or _stands_apart(texts, sample, left, at)
            or _names_others(texts, sample, left, at)
            or _is_group(texts, sample, left, at)
        ):
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


def _names_others(texts: list[str], sample: list[list[str]], left: int, at: int) -> bool:
    """Whether bodies of their own are named from `at` on, with links like those before:
    «№ | Школа | ВК школы | № | Детский сад | ВК сада»."""
    links = {*map(link_column, texts[left:at])} & {*map(link_column, texts[at:])} - {""}
    own = 1 if is_ordinal_header(texts[at]) else 0
    if not links or (own and not is_ordinal_header(texts[left])):
        return False
    one = recognise(texts[left:at], [cells[left:at] for cells in sample])
    other = recognise(texts[at:], [cells[at:] for cells in sample])
    return one.title is not None and other.title == own and one.kind == other.kind


def _is_group(texts: list[str], sample: list[list[str]], left: int, at: int) -> bool:
    """Whether a group of columns with names begins at `at`, under the headers of the group before:
    «Образование: Учреждение, ВК | Культура: Учреждение, ВК»."""
    if ": " not in texts[at] or _group(texts[left:at])[0] in ("", _group(texts[at:])[0]):
        return False
    one, other = (
        [text.rpartition(": ")[2] for text in part] for part in (texts[left:at], texts[at:])
    )
    if key_of(one[0]) != key_of(other[0]):
        return False
    first = recognise(one, [cells[left:at] for cells in sample])
    return first.title is not None and key_of(one[first.title]) in map(key_of, other)


def _group(texts: list[str]) -> tuple[str, list[str]]:
    """What stands above all of the headers, and the headers without it; "" and they when nothing
    does."""
    named = {text.partition(": ")[0] for text in texts if text}
    if len(named) != 1 or not all(": " in text for text in texts if text):
        return "", texts
    return named.pop(), [text.partition(": ")[2] for text in texts]


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
