"""What is wrong or odd in a file: where, what, why, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from directory.file.columns import HEADERS
from directory.text import clean

_LONGEST = 80
"""Characters of a cell that are repeated; a megabyte in a message helps nobody."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should look at.

    `row` counts as a spreadsheet does, from 1, header included. `column` is the contract's name, or
    the header itself of a column that is not known, or empty when the whole row is meant. `value`
    is what stands in the cell, shortened and made plain. `why` is the reason and the cure in
    Russian, to be read after the value. `sheet` names the row's sheet where several were read.
    """

    row: int
    column: str
    value: str
    why: str
    sheet: str = ""

    @classmethod
    def at(cls, row: int, column: str, value: str, why: str, sheet: str = "") -> Problem:
        """The problem with a cell whose text is `value`."""
        return cls(row, column, clean(value[: 10 * _LONGEST], _LONGEST), why, sheet)

    @property
    def place(self) -> str:
        """Where: «Строка 17, «ВКонтакте»»."""
        column = HEADERS.get(self.column, self.column)
        row = f"Лист «{self.sheet}», строка {self.row}" if self.sheet else f"Строка {self.row}"
        return f"{row}, «{column}»" if column else row

    @property
    def text(self) -> str:
        """The whole in one line: «Строка 17, «Уровень»: 5 — нет такого уровня; …»."""
        known = not self.value or self.value in self.why
        return f"{self.place}: {self.why if known else f'{self.value} — {self.why}'}"
