"""What a file turns out to be: a book of tables, or unreadable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableError(Exception):
    """The file cannot be read as tables; the message says in Russian what to do instead."""


class Row(NamedTuple):
    """One row below the header.

    `number` counts as a spreadsheet does: from 1, header and blank rows included. `cells` has at
    least as many texts as the table's header; more, when the row is longer than the header is
    (in CSV the sign of a lost quotation mark). A text is as written but for blank edges: whoever
    wants words cleans it (`directory.text`), whoever wants a link must see every character.
    """

    number: int
    cells: list[str]


@dataclass(slots=True)
class Table:
    """A sheet in which a header was found, blank rows left out.

    `name` is the sheet's, empty for CSV and JSON. `header_row` counts as `Row.number` does.
    `hyperlinks` are the addresses behind the texts of cells, by row number and position (from 0);
    cells of the header have none.
    """

    name: str
    header: list[str]
    header_row: int
    rows: list[Row]
    hyperlinks: dict[tuple[int, int], str] = field(default_factory=dict)

    def sample(self, size: int = 50) -> list[list[str]]:
        """The cells of the first rows, with the addresses instead of the texts before them."""
        return [
            [self.hyperlinks.get((row.number, at), cell) for at, cell in enumerate(row.cells)]
            for row in self.rows[:size]
        ]


@dataclass(slots=True)
class Book:
    """A file that was read.

    `tables` has at least one table; the first fits best, and the others are a choice to offer.
    `encoding` is a codec's name (utf-8, utf-16, cp1251, koi8-r, cp866, mac-cyrillic, iso8859-5) and
    `delimiter` one of `;`, TAB, `,` and `|`; both are None for a workbook. `notes` say in Russian
    what was recognised and what deserves a look, the most important first.
    """

    tables: list[Table]
    encoding: str | None
    delimiter: str | None
    notes: list[str]
