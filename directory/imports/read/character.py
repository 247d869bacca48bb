"""What a list is like as a whole, by which single rows of it are understood."""

from __future__ import annotations

import re
from collections import Counter

from directory.file.columns import LINK_COLUMNS
from directory.imports.read.block import Block, key_of
from directory.imports.read.book import Row
from directory.imports.read.headings import heading_of, names_a_body
from directory.imports.read.looks import (
    has_link,
    is_link,
    is_name,
    is_ordinal,
    is_ordinal_header,
    lone_text,
)

_NETWORK = re.compile(r"(?i)(?:^|[/.\s])(vk|ok|t|max|telegram)\.(?:com|ru|me)/")

_SAMPLE, _FEW = 300, 5
"""Rows that are looked at to tell what a list is like, and how few tell nothing."""


class Character:
    """The columns that matter of a list, and how it names and orders what it lists.

    `texts` counts the texts that stand in rows of their own. `are_places`: most names are those of
    territories. `sphere_is_outer`: territories divide its spheres, not spheres its territories.
    `bare_are_headings`: names say what they are, so that a bare word in a row of its own is none.
    """

    def __init__(self, block: Block) -> None:
        self._block = block
        self.title = block.title
        self.links = [at for at, name in block.columns.names.items() if name in LINK_COLUMNS]
        self.id = block.columns.position("id")
        self.header = list(map(key_of, block.header))
        self.ordinal = self._ordinal_column()
        lone = [row.cells[at] for row in block.rows if (at := lone_text(row.cells)) is not None]
        self.texts = Counter(lone)
        self.sphere_is_outer = _spheres_hold_places(lone)
        self.are_places = self._most_are_places()
        self.bare_are_headings = self._bare_names_are_headings()

    def has_links(self, row: Row) -> bool:
        """Whether a link stands in the row."""
        return bool(row.addresses) or any(
            at < len(row.cells) and is_link(row.cells[at]) for at in self.links
        )

    def repeats_header(self, row: Row) -> bool:
        """Whether the cells are those of the header again, or of its last row."""
        found = ((at, key) for at, cell in enumerate(row.cells) if cell and (key := key_of(cell)))
        # The first one tells nearly all rows, and this runs for each of a country.
        first = next(found, None)
        if first is None or not self._is_own(*first):
            return False
        keys = [first, *found]
        same = sum(1 for at, key in keys if self._is_own(at, key))
        return same >= max(min(2, len(self.header)), 0.8 * len(keys))

    def _is_own(self, at: int, key: str) -> bool:
        return at < len(self.header) and self.header[at].endswith(key)

    def is_numbered(self, row: Row) -> bool:
        """Whether the row has a number of its own."""
        at = self.ordinal
        return at is not None and at < len(row.cells) and is_ordinal(row.cells[at])

    def networks(self, row: Row) -> set[str]:
        """The networks that the row has links of, and the columns of its other links."""
        found = set()
        for at in self.links:
            text = f"{row.cells[at]} {row.addresses.get(at, '')}" if at < len(row.cells) else ""
            if text.strip():
                names = {name.lower() for name in _NETWORK.findall(text)}
                found |= names or {str(self._block.columns.names[at])}
        return found

    def may_differ(self, at: int, cell: str, above: Row) -> bool:
        """Whether the cell says nothing of another body: it is as above, or labels the link."""
        same = at < len(above.cells) and above.cells[at] == cell
        label = at not in self._block.columns.names and len(cell.split()) <= 3
        return same or (label and at < len(above.cells) and bool(above.cells[at]))

    def _ordinal_column(self) -> int | None:
        """The position of the column that numbers the rows."""
        for at, text in enumerate(self._block.header[:3]):
            if is_ordinal_header(text) and at not in self._block.columns.names:
                # Headings between the rows have no number.
                rows = [row for row in self._block.rows[:200] if sum(map(bool, row.cells)) > 1]
                if 2 * sum(is_ordinal(row.cells[at]) for row in rows) > len(rows):
                    return at
        return None

    def _most_are_places(self) -> bool:
        """Whether the names of the list are those of territories themselves."""
        if self.title is None:
            return False
        names = [row.cells[self.title] for row in self._block.rows[:200]]
        names = [name for name in names if name]
        found = sum(1 for name in names if (heading := heading_of(name)) and heading.place)
        return found > len(names) / 2

    def _bare_names_are_headings(self) -> bool:
        """Whether the names of this list say what they are, and its rows are filled.

        Then a bare word in a row of its own is a heading, and no page without a link.
        """
        if self.title is None:
            return False
        names, alone = [], 0
        for row in self._block.rows[:_SAMPLE]:
            at = lone_text(row.cells)
            if at is None:
                names.append(row.cells[self.title])
            elif heading_of(row.cells[at]) is None:
                alone += 1
        bare = sum(1 for name in names if is_bare(name))
        return len(names) >= max(_FEW, 2 * alone) and bare < 0.2 * len(names)


def is_bare(text: str) -> bool:
    """Whether nothing in the text says that it names a body («Курган», «Теремок»)."""
    return len(text.split()) <= 3 and not is_name(text) and not names_a_body(text)


def _spheres_hold_places(texts: list[str]) -> bool:
    """Whether territories divide the spheres of a list, and not spheres its territories."""
    found = [h for text in texts if (h := heading_of(text)) and (h.place or h.sphere)]
    kinds = "".join("p" if heading.place else "s" for heading in found)
    return kinds.startswith("s") and kinds.count("sp") > 1


def together(above: Row, row: Row) -> Row:
    """The row above with what the row adds: a line more in each cell that differs."""
    cells = above.cells + [""] * (len(row.cells) - len(above.cells))
    addresses, unread = dict(above.addresses), {**row.unread, **above.unread}
    for at, cell in enumerate(row.cells):
        address = row.addresses.get(at, "")
        if not (cell or address) or (cell == cells[at] and not address):
            continue
        if cells[at] and has_link(cells[at]) and not (address or has_link(cell)):
            # «нет» below a link.
            continue
        if address or at in addresses:
            shown = addresses.get(at, cells[at])
            addresses[at] = "\n".join(filter(None, (shown, address or cell)))
        cells[at] = "\n".join(filter(None, (cells[at], cell)))
    return above._replace(cells=cells, addresses=addresses, unread=unread)
