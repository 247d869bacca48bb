"""The tables of a file to one: those that list pages as the first does, under a common header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from directory.file.columns import LINK_COLUMNS
from directory.imports.content import is_institution
from directory.imports.headers import OF_LINKS, OF_SECTIONS
from directory.imports.read.block import Block, key_of
from directory.imports.read.book import Row, Skipped, SkipReason, Table
from directory.imports.read.grid import Grid
from directory.imports.read.headings import Heading, territories_of_sheets
from directory.imports.read.looks import is_link, name_and_link
from directory.imports.read.merged import shared_links, spread
from directory.imports.read.sorting import Sorter

_NUMBERED = re.compile(r"\A\d{1,4}(?:\.\d{1,3})?[.)]\s+(?=[^\W\d])")
_BULLETS = " •·—–-"
_SAMPLE = 60
_PLACES = frozenset({"region", "territory", "settlement"})


@dataclass(slots=True)
class Joined:
    """What the tables of a file come to.

    `repeated` counts cells filled from merged ones, `shared` are the rows whose cell of links is
    merged with that of another page above, `unknown` are headings that say nothing.
    """

    table: Table
    sheets: list[str]
    skipped: list[Skipped]
    left_out: list[Block] = field(default_factory=list)
    repeated: int = 0
    shared: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def goes_with(block: Block, first: Block) -> bool:
    """Whether the rows of a table are pages too, to be read with those of the first one."""
    if block is first:
        return True
    if block.columns.kind != first.columns.kind:
        return False
    if block.continues:
        return True
    if not block.header_row:
        return False
    own, others = (set(map(key_of, one.header)) - {""} for one in (block, first))
    if own == others:
        return True
    return block.columns.title is not None and (block.has_links or own <= others)


def adopt_header(block: Block, first: Block) -> None:
    """Give a table without a header that of the first one, when it goes on in the same columns."""
    links = {at for at, name in first.columns.names.items() if name in LINK_COLUMNS}
    width = len(first.header)
    found = {
        at
        for row in block.rows
        for at, cell in enumerate(row.cells)
        if at in row.addresses or is_link(cell)
    }
    goes_on = not block.header_row and len(block.header) <= width and found and found <= links
    if first.header_row and goes_on:
        block.header, block.columns = list(first.header), first.columns
        block.continues = True
        for row in block.rows:
            row.cells.extend([""] * (width - len(row.cells)))


def join(blocks: list[Block], first: Block, grids: dict[str, Grid]) -> Joined:
    """One table of all blocks that go with the first; the others are `left_out`."""
    table = Table(list(first.header), first.header_row, [])
    joined = Joined(table, [], [])
    names = dict.fromkeys(block.sheet for block in blocks if goes_with(block, first))
    of_sheets = territories_of_sheets(names) if len(names) > 1 else {}
    for block in blocks:
        grid = grids[block.sheet]
        if not goes_with(block, first):
            joined.left_out.append(block)
            joined.skipped += block.skipped
            joined.skipped += [
                Skipped(r.sheet, r.number, SkipReason.OTHER_TABLE) for r in block.rows
            ]
            continue
        joined.shared += shared_links(block.rows, block.columns.names, grid.spans, block.left)
        joined.repeated += spread(block.rows, block.columns.names, grid.spans, block.left)
        sorter = Sorter(block, grid.spans)
        sorter.go_through()
        joined.skipped += block.skipped + sorter.skipped
        joined.unknown += sorter.unknown
        if block.sheet not in joined.sheets:
            joined.sheets.append(block.sheet)
        _add(table, block, first, sorter, of_sheets.get(block.sheet, Heading()))
    for row in table.rows:
        cells = row.cells
        if len(cells) < len(table.header):
            cells.extend([""] * (len(table.header) - len(cells)))
    return joined


def _add(table: Table, block: Block, first: Block, sorter: Sorter, of_sheet: Heading) -> None:
    """Put the pages of a block into the table, with a column for whatever it lacks."""
    places = _positions(table, block, first)
    width = len(block.header)
    same = places == list(range(width))
    title = block.columns.title
    if title is None:
        title = _names_with_links(sorter.pages)
    link_at = None
    if title is not None and block.columns.position("id") is None:
        # With codes it is the directory's own list, whose names are meant as they are.
        _split_lists(sorter, title)
        sorter.pages = list(_plain_names(sorter.pages, title))
    if title is not None and any(title in row.addresses for row in sorter.pages):
        link_at = _column(table, OF_LINKS)
    known = {name: places[at] for at, name in block.columns.names.items()}
    has_place = not _PLACES.isdisjoint(known)
    for row, heading in zip(sorter.pages, sorter.headings, strict=True):
        added = {**of_sheet.by_column(), **heading.by_column()}
        if added and (has_place or "category" in known):
            added = _for_own_columns(added, row, block)
        values = {_column(table, header): text for header, text in added.items()}
        if same and not values and link_at is None and len(table.header) == width:
            table.rows.append(row)
            continue
        table.rows.append(_moved(row, places, width, len(table.header), values, title, link_at))


def _split_lists(sorter: Sorter, title: int) -> None:
    """Make a row of each line of a cell that lists names with their links."""
    pages, headings = [], []
    for row, heading in zip(sorter.pages, sorter.headings, strict=True):
        lines = row.cells[title].split("\n")
        if len(lines) == 1 or not all(map(name_and_link, lines)):
            lines = [row.cells[title]]
        for line in lines:
            cells = [*row.cells[:title], line, *row.cells[title + 1 :]]
            pages.append(row if line == row.cells[title] else row._replace(cells=cells))
            headings.append(heading)
    sorter.pages, sorter.headings = pages, headings


def _plain_names(pages: list[Row], title: int) -> Iterator[Row]:
    """The pages with bare names: «1. Школа № 5 — vk.com/school5» is a number, a name and a link.

    The link goes behind the name, where the row has no other.
    """
    numbers = sum(1 for row in pages if _NUMBERED.match(row.cells[title]))
    for row in pages:
        name = row.cells[title]
        may_hold = ("/" in name or "@" in name) and not row.addresses
        parts = name_and_link(name) if may_hold else None
        # «Школа (старый сайт: …)» beside a link says more than a name.
        if parts and not ("(" in parts[0] and _has_link_beside(row, title)):
            row.cells[title], link = parts
            row = row._replace(addresses={title: link})
        row.cells[title] = row.cells[title].lstrip(_BULLETS)
        if 2 * numbers > len(pages):
            row.cells[title] = _NUMBERED.sub("", row.cells[title])
        if name.endswith("*"):
            row.cells[title] = row.cells[title].rstrip("* ")
        yield row


def _names_with_links(pages: Sequence[Row]) -> int | None:
    """The first column most of whose cells hold the name of a body and a link behind it."""
    sample = [row.cells for row in pages[:_SAMPLE]]
    for at in range(max(map(len, sample), default=0)):
        texts = [cells[at] for cells in sample if at < len(cells) and cells[at]]
        found = [parts[0] for text in texts if (parts := name_and_link(text))]
        if 2 * sum(map(is_institution, found)) > len(texts):
            return at
    return None


def _has_link_beside(row: Row, title: int) -> bool:
    return any(is_link(cell) for at, cell in enumerate(row.cells) if at != title and cell)


def _for_own_columns(added: dict[str, str], row: Row, block: Block) -> dict[str, str]:
    """Write what headings say of a row into the table's own columns; return what they lack.

    Where the row itself names a place, the heading says nothing new.
    """
    lacking = {}
    own = {name: at for at, name in block.columns.names.items()}
    is_placed = any(row.cells[own[name]] for name in _PLACES if name in own)
    for header, text in added.items():
        name = OF_SECTIONS[header]
        at = own.get(name)
        if (name in _PLACES and is_placed) or (at is not None and row.cells[at]):
            continue
        if at is None:
            lacking[header] = text
        else:
            row.cells[at] = text
    return lacking


def _positions(table: Table, block: Block, first: Block) -> list[int]:
    """Where in the table each column of the block goes."""
    if block is first:
        return list(range(len(block.header)))
    taken: set[int] = set()
    places = []
    names = {name: at for at, name in first.columns.names.items()}
    keys = list(map(key_of, table.header))
    for at, header in enumerate(block.header):
        key = key_of(header)
        equal = [i for i, other in enumerate(keys) if other == key and i not in taken]
        name = block.columns.names.get(at, "")
        if equal and (key or (at < len(keys) and not keys[at])):
            place = equal[0] if at not in equal else at
        elif name and names.get(name, -1) >= 0 and names[name] not in taken:
            place = names[name]
        else:
            table.header.append(header)
            keys.append(key)
            place = len(table.header) - 1
        taken.add(place)
        places.append(place)
    return places


def _column(table: Table, header: str) -> int:
    """The position of the column that is added under this header."""
    if header not in table.header:
        table.header.append(header)
    return table.header.index(header)


def _moved(
    row: Row,
    places: list[int],
    width: int,
    whole: int,
    values: dict[int, str],
    title: int | None,
    link_at: int | None,
) -> Row:
    """The row with its cells where the table has them; what is beyond its header stays so."""
    cells = [""] * whole
    for at, place in enumerate(places):
        cells[place] = row.cells[at]
    for place, text in values.items():
        cells[place] = cells[place] or text
    addresses = {places[at]: text for at, text in row.addresses.items() if at < width}
    if link_at is not None and title is not None and places[title] in addresses:
        cells[link_at] = addresses.pop(places[title])
    unread = {places[at]: text for at, text in row.unread.items() if at < width}
    return row._replace(cells=cells + row.cells[width:], addresses=addresses, unread=unread)
