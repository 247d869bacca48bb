"""Which rows of a table are pages, and what becomes of the others.

Headings hold for the rows below them, continuations go to the row above, and what sums up, repeats
or explains is left out; each with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from directory.file.columns import LINK_COLUMNS
from directory.imports.read.blocks import Block, key_of
from directory.imports.read.book import Row, Skipped, Why
from directory.imports.read.headings import Heading, begins, heading_of, names_a_body
from directory.imports.read.looks import (
    are_column_numbers,
    has_link,
    is_link,
    is_name,
    is_number,
    is_ordinal,
)
from directory.imports.read.merged import Span

_ORDINAL_HEADER = re.compile(r"(?i)\W*(?:№|n|no|номер)?\W*(?:п\W*п|строки)?\W*")
_INITIALS = re.compile(
    r"[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\.?"
)
_NETWORK = re.compile(r"(?i)(?:^|[/.\s])(vk|ok|t|max|telegram)\.(?:com|ru|me)/")
_BLANKS = frozenset({"-", "–", "—"})

_SAMPLE, _FEW = 300, 5
"""Rows that are looked at to tell what a list is like, and how few tell nothing."""

_MOST_LINES = 50
"""Rows that one page may take: more are no list of its links."""


class Sorter:
    """Sorts the rows of one table; when done `pages`, `headings` and `skipped` are the outcome."""

    def __init__(self, block: Block, spans: Iterable[Span]) -> None:
        self.pages: list[Row] = []
        self.headings: list[Heading] = []
        self.skipped: list[Skipped] = []
        self.unknown: list[str] = []
        self._block = block
        self._title = block.title
        self._links = [at for at, name in block.columns.names.items() if name in LINK_COLUMNS]
        self._id = block.columns.position("id")
        self._header = list(map(key_of, block.header))
        self._ordinal = self._ordinal_column()
        self._across, self._down = _merged(spans, block.left)
        self._place = self._sphere = Heading()
        lone = [row.cells[at] for row in block.rows if (at := _lone(row.cells)) is not None]
        self._texts = Counter(lone)
        self._lines_of_last = 0
        self._sphere_is_outer = _spheres_hold_places(lone)
        self._are_places = self._most_are_places()
        self._bare_are_headings = self._bare_names_are_headings()

    def go_through(self) -> None:
        """Sort every row."""
        if self._block.columns.kind == "territories":
            self.pages = list(self._block.rows)
            self.headings = [Heading()] * len(self.pages)
            return
        for row in self._block.rows:
            if (why := self._why(row)) is None:
                self.pages.append(row)
                self._lines_of_last = 1
                self.headings.append(self._heading())
            else:
                self._skip(row, why)
        self._take_off_the_end()

    def _skip(self, row: Row, why: Why) -> None:
        self.skipped.append(Skipped(row.sheet, row.number, why))

    def _heading(self) -> Heading:
        place, sphere = self._place, self._sphere.sphere
        return Heading(place.region, place.territory, place.settlement, sphere)

    def _why(self, row: Row) -> Why | None:
        """Why the row is no page; None when it is one."""
        cells = row.cells
        text = next(filter(None, cells), "")
        if len(text) < 8 and are_column_numbers(cells):
            return Why.NUMBERS
        if self._repeats_header(row):
            return Why.REPEATED_HEADER
        if not text or (self._id is not None and cells[self._id]):
            return None
        words = [at for at, cell in enumerate(cells) if cell and not _is_count(cell)]
        if self._is_total(row, words):
            return Why.TOTAL
        if self._has_links(row):
            named = self._title is None or cells[self._title] or self._title in row.unread
            return None if named else self._continued(row)
        if len(words) <= 1 and not row.unread:
            return self._lone_text(row, words)
        few = 0 < len(words) <= 2 and not self._is_numbered(row)
        if few and begins(cells[words[0]], "notes"):
            return Why.NOTE
        if self._title is not None and not cells[self._title] and self._title not in row.unread:
            return self._continued(row)
        return None

    def _has_links(self, row: Row) -> bool:
        return bool(row.addresses) or any(
            at < len(row.cells) and is_link(row.cells[at]) for at in self._links
        )

    def _repeats_header(self, row: Row) -> bool:
        """Whether the cells are those of the header again, or of its last row."""
        keys = [(at, key) for at, cell in enumerate(row.cells) if cell and (key := key_of(cell))]
        if not keys or not self._is_own(*keys[0]):
            return False
        same = sum(1 for at, key in keys if self._is_own(at, key))
        return same >= max(min(2, len(self._header)), 0.8 * len(keys))

    def _is_own(self, at: int, key: str) -> bool:
        return at < len(self._header) and self._header[at].endswith(key)

    def _is_total(self, row: Row, words: list[int]) -> bool:
        return (
            bool(words)
            and begins(row.cells[words[0]], "totals")
            and not self._has_links(row)
            and not is_name(row.cells[words[0]].rstrip("0123456789"))
        )

    def _is_numbered(self, row: Row) -> bool:
        at = self._ordinal
        return at is not None and at < len(row.cells) and is_ordinal(row.cells[at])

    def _is_next(self, row: Row) -> bool:
        """Whether the number of the row goes on from that of the page above, as a page's does."""
        if self._ordinal is None or not self.pages:
            return False
        above, own = (one.cells[self._ordinal].rstrip(".)") for one in (self.pages[-1], row))
        return above.isdigit() and own.isdigit() and int(own) == int(above) + 1

    @property
    def _after_note(self) -> bool:
        """Whether a note stands directly above: what follows it explains too."""
        last = self.skipped[-1] if self.skipped else None
        below = not self.pages or (last is not None and last.row > self.pages[-1].number)
        return last is not None and last.why is Why.NOTE and below

    def _lone_text(self, row: Row, words: list[int]) -> Why | None:
        """Why a row of one text, or of none but numbers, is no page; None when it is."""
        if not words:
            return Why.NUMBERS
        at = words[0]
        text = row.cells[at]
        if has_link(text) and at in self._links:
            return self._continued(row)
        numbered = self._is_numbered(row)
        if begins(text, "notes") and not numbered:
            return Why.NOTE
        across = self._across.get((row.number, at), 0) > 0 and len(self._header) > 1
        heading = self._of_column(at, text) or heading_of(text)
        if self._are_places and not across:
            heading = None
        if heading is not None and (not numbered or (heading and not self._is_next(row))):
            self._enter(text, heading)
            return Why.SECTION
        if self._after_note and not numbered:
            return Why.NOTE
        unnumbered = self._ordinal is not None and not numbered
        aside = self._title is not None and at != self._title
        if across or (unnumbered and not is_name(text)) or (aside and at not in self._links):
            if _is_signed([text]):
                return Why.NOTE
            self._enter(text, Heading())
            return Why.SECTION
        if aside:
            return self._continued(row)
        if self._is_bare(text) and self._bare_are_headings:
            self._enter(text, Heading())
            return Why.SECTION
        return None

    def _of_column(self, at: int, text: str) -> Heading | None:
        """The heading that a lone text is because it stands in a column of places."""
        name = self._block.columns.names.get(at)
        if name == "region":
            return Heading(region=text)
        if name == "territory":
            return Heading(territory=text)
        return Heading(settlement=text) if name == "settlement" else None

    @staticmethod
    def _is_bare(text: str) -> bool:
        """Whether nothing in the text says that it names a body («Курган», «Теремок»)."""
        return len(text.split()) <= 3 and not is_name(text) and not names_a_body(text)

    def _bare_names_are_headings(self) -> bool:
        """Whether the names of this list say what they are, and its rows are filled.

        Then a bare word in a row of its own is a heading, and no page without a link.
        """
        if self._title is None:
            return False
        names, alone = [], 0
        for row in self._block.rows[:_SAMPLE]:
            at = _lone(row.cells)
            if at is None:
                names.append(row.cells[self._title])
            elif heading_of(row.cells[at]) is None:
                alone += 1
        bare = sum(1 for name in names if self._is_bare(name))
        return len(names) >= max(_FEW, 2 * alone) and bare < 0.2 * len(names)

    def _enter(self, text: str, heading: Heading) -> None:
        """Let the heading hold from here on."""
        if heading.place:
            self._place = heading
            if heading.sphere or not self._sphere_is_outer:
                self._sphere = heading
        elif heading.sphere:
            if self._sphere_is_outer:
                self._place = Heading()
            self._sphere = heading
        elif heading.several and not self._sphere_is_outer:
            self._sphere = Heading()
        elif self._texts[text] < 2:
            # A heading that comes again divides each part; another ends what was above it.
            self._place = self._sphere = Heading()
            self.unknown.append(text)
        else:
            self._sphere = Heading()

    def _continued(self, row: Row) -> Why | None:
        """Give the cells of a row without a name to the row above, when they are its own."""
        if not self.pages or self._title is None or self._is_numbered(row):
            return None
        above = self.pages[-1]
        last = self.skipped[-1].row if self.skipped else 0
        if row.number != max(above.number, last) + 1 or row.sheet != above.sheet:
            return None
        if self._lines_of_last > _MOST_LINES:
            return None
        merged = self._down.get((row.number, self._title)) is not None
        others = [
            at
            for at, cell in enumerate(row.cells)
            if cell and at not in self._links and not self._may_differ(at, cell, above)
        ]
        if not merged and (others or self._networks(row) & self._networks(above)):
            return None
        self.pages[-1] = _together(above, row)
        self._lines_of_last += 1
        return Why.CONTINUATION

    def _may_differ(self, at: int, cell: str, above: Row) -> bool:
        """Whether the cell says nothing of another body: it is as above, or labels the link."""
        same = at < len(above.cells) and above.cells[at] == cell
        label = at not in self._block.columns.names and len(cell.split()) <= 3
        return same or (label and at < len(above.cells) and bool(above.cells[at]))

    def _networks(self, row: Row) -> set[str]:
        """The networks that the row has links of, and the columns of its other links."""
        found = set()
        for at in self._links:
            text = f"{row.cells[at]} {row.addresses.get(at, '')}" if at < len(row.cells) else ""
            if text.strip():
                names = {name.lower() for name in _NETWORK.findall(text)}
                found |= names or {str(self._block.columns.names[at])}
        return found

    def _take_off_the_end(self) -> None:
        """Leave out signatures: the last rows, without links and without most cells."""
        while len(self.pages) > 1:
            row = self.pages[-1]
            filled = [cell for cell in row.cells if cell]
            sparse = len(filled) <= max(2, len(self._header) // 3)
            is_page = self._has_links(row) or row.unread or self._is_numbered(row) or not sparse
            if is_page or any(map(is_name, filled)) or not _is_signed(filled):
                return
            del self.pages[-1], self.headings[-1]
            self._skip(row, Why.NOTE)

    def _ordinal_column(self) -> int | None:
        """The position of the column that numbers the rows."""
        for at, text in enumerate(self._block.header[:3]):
            if _ORDINAL_HEADER.fullmatch(text) and at not in self._block.columns.names:
                cells = [row.cells[at] for row in self._block.rows[:200] if row.cells[at]]
                if cells and sum(map(is_ordinal, cells)) > len(self._block.rows[:200]) / 2:
                    return at
        return None

    def _most_are_places(self) -> bool:
        """Whether the names of the list are those of territories themselves."""
        if self._title is None:
            return False
        names = [row.cells[self._title] for row in self._block.rows[:200]]
        names = [name for name in names if name]
        found = sum(1 for name in names if (heading := heading_of(name)) and heading.place)
        return found > len(names) / 2


def _is_signed(texts: list[str]) -> bool:
    """Whether the texts are a signature: a line to sign on, a post with a name, a name alone."""
    if any("___" in text or _INITIALS.fullmatch(text) for text in texts):
        return True
    return begins(texts[0], "posts") and any(_INITIALS.search(text) for text in texts)


def _spheres_hold_places(texts: list[str]) -> bool:
    """Whether territories divide the spheres of a list, and not spheres its territories."""
    found = [heading for text in texts if (heading := heading_of(text))]
    kinds = "".join("p" if heading.place else "s" for heading in found)
    return kinds.startswith("s") and kinds.count("sp") > 1


def _is_count(text: str) -> bool:
    return is_number(text) or text in _BLANKS


def _lone(cells: list[str]) -> int | None:
    """The position of the only text of a row that is no number; None when there are more."""
    found = None
    for at, cell in enumerate(cells):
        if cell and not _is_count(cell):
            if found is not None:
                return None
            found = at
    return found


def _together(above: Row, row: Row) -> Row:
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


def _merged(
    spans: Iterable[Span], left: int
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """Cells merged across, with how many columns more; cells merged into one above."""
    across: dict[tuple[int, int], int] = {}
    down: dict[tuple[int, int], int] = {}
    budget = 1_000_000
    for (top, first), (bottom, last) in spans:
        if last > first:
            across[top + 1, first - left] = last - first
        budget -= bottom - top
        if bottom > top and budget > 0:
            for number in range(top + 2, bottom + 2):
                down[number, first - left] = top + 1
    return across, down
