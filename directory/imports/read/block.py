"""One table of a sheet, before its rows are sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import Columns
from directory.imports.read.book import Row, Skipped
from directory.imports.read.looks import is_link, is_value

_NOT_KEY = re.compile(r"[\W_]+")
_SAMPLE = 60


@dataclass(slots=True)
class Block:
    """One table of a sheet: `left` is the position in the sheet that its cells are counted from.

    `header_row` is 0 when the table has no header of its own.
    """

    sheet: str
    header: list[str]
    header_row: int
    columns: Columns
    rows: list[Row]
    left: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    continues: bool = False
    """Whether it goes on in the columns of the first table, under no header of its own."""
    above: str = ""
    """The text directly above the header, when it stands alone."""

    @property
    def title(self) -> int | None:
        """The position of the names: the known one, else the first column of different words."""
        return self.columns.title if self.columns.title is not None else self._wordy()

    @property
    def has_links(self) -> bool:
        """Whether there are links in the columns of links, or behind the names."""
        at = [at for at, name in self.columns.names.items() if name in LINK_COLUMNS]
        title = self.columns.title
        return any(
            (title is not None and title in row.addresses)
            or any(i < len(row.cells) and (i in row.addresses or is_link(row.cells[i])) for i in at)
            for row in self.rows[:1000]
        )

    def names(self) -> set[str]:
        """What the rows are called, in the form in which names are compared."""
        at = self.title
        if at is None:
            return set()
        return {key_of(row.cells[at]) for row in self.rows if at < len(row.cells)} - {""}

    def _wordy(self) -> int | None:
        sample = [row.cells for row in self.rows[:_SAMPLE]]
        for at in range(len(self.header)):
            texts = [cells[at] for cells in sample if at < len(cells) and cells[at]]
            words = [text for text in texts if not (is_value(text) or text.isdigit())]
            if len(words) > len(sample) / 2 and len(set(words)) > len(words) / 2:
                return at
        return None


def key_of(text: str) -> str:
    """A header in the form in which headers are compared."""
    return _NOT_KEY.sub("", text.lower().replace("ё", "е"))


def trimmed(texts: list[str], rows: Sequence[Row]) -> list[str]:
    """The header without empty columns at its end; those with something in them count."""
    width = max((at for at, text in enumerate(texts, 1) if text), default=0)
    written = len(texts)
    for row in rows:
        while any(row.cells[width:written]) or (row.addresses and max(row.addresses) >= width):
            width += 1
        if width >= written:
            break
    return texts[:width] + [""] * (width - len(texts))
