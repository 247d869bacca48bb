"""Which rows of a table are pages, and what becomes of the others.

Headings hold for the rows below them, continuations go to the row above, and what sums up, repeats
or explains is left out; each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from directory.imports.headers import link_column
from directory.imports.read.block import Block
from directory.imports.read.book import Row, Skipped, SkipReason, Unread
from directory.imports.read.character import Character, is_bare, together
from directory.imports.read.headings import (
    Heading,
    begins,
    explains_looks,
    heading_of,
    is_signed,
    names_a_body,
)
from directory.imports.read.looks import (
    are_column_numbers,
    has_link,
    is_count,
    is_name,
    is_number,
    name_and_link,
)
from directory.imports.read.merged import Span
from directory.model import NETWORKS

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
        self._list = Character(block)
        self._title = block.title
        self._across, self._down = _merged(spans, block.left)
        self._place = self._sphere = Heading()
        self._status, self._status_is_inner = "", False
        self._lines_of_last = 0

    def go_through(self) -> None:
        """Sort every row."""
        if self._block.columns.kind == "territories":
            self.pages = list(self._block.rows)
            self.headings = [Heading()] * len(self.pages)
            return
        if above := heading_of(self._block.above):
            self._enter(self._block.above, above)
        for row in self._block.rows:
            if (why := self._why(row)) is None:
                self.pages.append(row)
                self._lines_of_last = 1
                self.headings.append(self._heading())
            else:
                self._skip(row, why)
        self._take_off_the_end()

    def _skip(self, row: Row, why: SkipReason) -> None:
        self.skipped.append(Skipped(row.sheet, row.number, why))

    def _heading(self) -> Heading:
        place, sphere = self._place, self._sphere.sphere
        return Heading(place.region, place.territory, place.settlement, sphere, status=self._status)

    def _why(self, row: Row) -> SkipReason | None:
        """Why the row is no page; None when it is one."""
        cells = row.cells
        if row.unread and self._title is not None and row.unread.get(self._title) is Unread.STRUCK:
            return SkipReason.STRUCK
        text = next(filter(None, cells), "")
        if not text:
            return None
        if len(text) < 8 and are_column_numbers(cells):
            return SkipReason.NUMBERS
        if self._list.repeats_header(row):
            return SkipReason.REPEATED_HEADER
        if self._list.id is not None and (stated := cells[self._list.id]):
            return SkipReason.TOTAL if stated.isdigit() and self._sums_up(row) else None
        if begins(text, "examples") or (self._title and begins(cells[self._title], "examples")):
            return SkipReason.NOTE
        if self._goes_on(row) and (why := self._continued(row)):
            return why
        if self._list.has_links(row):
            named = self._title is None or cells[self._title] or self._title in row.unread
            return None if named else self._continued(row)
        if self._sums_up(row):
            return SkipReason.TOTAL
        if explains_looks(list(filter(None, cells))):
            return SkipReason.NOTE
        words = _words(row)
        if len(words) <= 1 and not row.unread:
            return self._lone_text(row, words)
        few = 0 < len(words) <= 2 and not self._list.is_numbered(row)
        if few and len(words) == 2 and cells[words[0]].endswith(":"):
            return self._labelled(cells[words[1]])
        if few and begins(cells[words[0]], "notes"):
            return SkipReason.NOTE
        if self._title is not None and not cells[self._title] and self._title not in row.unread:
            return self._continued(row)
        return None

    def _labelled(self, text: str) -> SkipReason:
        """Take «Муниципалитет: Белозерский округ» above a further table for its heading."""
        if (heading := heading_of(text)) and heading.place:
            self._enter(text, heading)
            return SkipReason.SECTION
        return SkipReason.NOTE

    def _sums_up(self, row: Row) -> bool:
        """Whether the row is one of totals: it begins so, and has no link."""
        text = next((row.cells[at] for at in _words(row)), "")
        if not begins(text, "totals") or self._list.has_links(row):
            return False
        return not is_name(text.rstrip("0123456789"))

    def _goes_on(self, row: Row) -> bool:
        """Whether the row goes on with the name above, which names no body yet: «Муниципальное
        казённое | учреждение «Роща»»."""
        if self._title is None or self._list.ordinal is None or not self.pages:
            return False
        name, above = row.cells[self._title], self.pages[-1].cells[self._title]
        return (
            name[:1].islower()
            and not self._list.is_numbered(row)
            and not (names_a_body(above) or is_name(above) or begins(name, "totals"))
        )

    def _is_next(self, row: Row) -> bool:
        """Whether the number of the row goes on from that of the page above, as a page's does."""
        if self._list.ordinal is None or not self.pages:
            return False
        above, own = (one.cells[self._list.ordinal].rstrip(".)") for one in (self.pages[-1], row))
        return above.isdigit() and own.isdigit() and int(own) == int(above) + 1

    def _is_after(self, why: SkipReason) -> bool:
        """Whether a row of this sort stands directly above: further ones follow."""
        last = self.skipped[-1] if self.skipped else None
        below = not self.pages or (last is not None and last.row > self.pages[-1].number)
        return last is not None and last.why is why and below

    def _lone_text(self, row: Row, words: list[int]) -> SkipReason | None:
        """Why a row of one text, or of none but numbers, is no page; None when it is."""
        if not words:
            return SkipReason.NUMBERS
        at = words[0]
        text = row.cells[at]
        if has_link(text) and at in self._list.links:
            return self._continued(row)
        if name_and_link(text):
            return None
        numbered = self._list.is_numbered(row)
        if begins(text, "notes") and not numbered:
            return SkipReason.NOTE
        across = self._across.get((row.number, at), 0) > 0 and len(self._list.header) > 1
        heading = self._of_column(at, text) or heading_of(text)
        alone = sum(map(bool, row.cells)) == 1
        if alone and link_column(text) in NETWORKS:
            return SkipReason.SECTION
        if heading is None and text.endswith(":") and alone:
            heading = Heading()
        counts = heading is not None and heading.status and not alone
        if counts or (self._list.are_places and not across):
            heading = None
        if heading is not None and (not numbered or (heading and not self._is_next(row))):
            self._enter(text, heading)
            return SkipReason.SECTION
        if self._is_after(SkipReason.NOTE) and not numbered:
            return SkipReason.NOTE
        if (
            not numbered
            and (text.endswith(":") or self._is_after(SkipReason.TOTAL))
            and _has_count(row, at)
        ):
            return SkipReason.TOTAL
        unnumbered = self._list.ordinal is not None and not numbered
        aside = self._title is not None and at != self._title
        if across or (unnumbered and not is_name(text)) or (aside and at not in self._list.links):
            if is_signed([text]):
                return SkipReason.NOTE
            self._enter(text, Heading())
            return SkipReason.SECTION
        if aside:
            return self._continued(row)
        if is_bare(text) and self._list.bare_are_headings:
            self._enter(text, Heading())
            return SkipReason.SECTION
        return None

    def _of_column(self, at: int, text: str) -> Heading | None:
        """The heading that a lone text is because it stands in a column of places."""
        name = self._block.columns.names.get(at)
        if name == "region":
            return Heading(region=text)
        if name == "territory":
            return Heading(territory=text)
        return Heading(settlement=text) if name == "settlement" else None

    def _enter(self, text: str, heading: Heading) -> None:
        """Let the heading hold from here on."""
        if heading.status:
            self._status = heading.status
            # One that comes again divides each territory.
            self._status_is_inner = self._list.texts[text] > 1
            return
        if self._status_is_inner or not heading:
            self._status = ""
        if heading.place:
            inner = heading.settlement and not heading.territory
            self._place = replace(heading, territory=self._place.territory) if inner else heading
            if heading.sphere or not self._list.sphere_is_outer:
                self._sphere = heading
        elif heading.sphere:
            if self._list.sphere_is_outer:
                self._place = Heading()
            self._sphere = heading
        elif heading.several and not self._list.sphere_is_outer:
            self._sphere = Heading()
            self.unknown.append(text)
        elif self._list.texts[text] < 2:
            # A heading that comes again divides each part; another ends what was above it.
            self._place = self._sphere = Heading()
            self.unknown.append(text)
        else:
            self._sphere = Heading()

    def _continued(self, row: Row) -> SkipReason | None:
        """Give the cells of a row without a name to the row above, when they are its own."""
        if not self.pages or self._title is None or self._list.is_numbered(row):
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
            if cell
            and at not in (self._title, *self._list.links)
            and not self._list.may_differ(at, cell, above)
        ]
        if not merged and (others or self._list.networks(row) & self._list.networks(above)):
            return None
        self.pages[-1] = together(above, row)
        self._lines_of_last += 1
        return SkipReason.CONTINUATION

    def _take_off_the_end(self) -> None:
        """Leave out signatures: the last rows, without links and without most cells."""
        while len(self.pages) > 1:
            row = self.pages[-1]
            filled = [cell for cell in row.cells if cell]
            sparse = len(filled) <= max(2, len(self._list.header) // 3)
            is_page = (
                self._list.has_links(row) or row.unread or self._list.is_numbered(row) or not sparse
            )
            if is_page or any(map(is_name, filled)) or not is_signed(filled):
                return
            del self.pages[-1], self.headings[-1]
            self._skip(row, SkipReason.NOTE)


def _words(row: Row) -> list[int]:
    """The positions of the cells that are no numbers."""
    return [at for at, cell in enumerate(row.cells) if cell and not is_count(cell)]


def _has_count(row: Row, at: int) -> bool:
    """Whether a number stands beside the text at a position."""
    return any(cell and is_number(cell) for cell in row.cells[at + 1 :])


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
