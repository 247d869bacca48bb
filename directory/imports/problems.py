"""What is wrong or odd in a file: where, what, why, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from directory.file.columns import column_title
from directory.imports.headers import title
from directory.text import clean
from directory.translation import quoted, say

_LONGEST = 80
"""Characters of a cell that are repeated; a megabyte in a message helps nobody."""


class ProblemKind(Enum):
    """The kinds of problems that are weighed, grouped or cured in their own way; `OTHER`: the rest.

    `FOREIGN_ID`: the row states the id of a page that it has nothing in common with. `NEW_REGION`:
    it makes or renames a region of its own. `MISFIT`: a column does not hold what its header says.
    """

    FORMULA_ERROR = auto()
    MISFIT = auto()
    NOT_TAKEN = auto()
    SAME_LINK = auto()
    NEW_SITE = auto()
    UNKNOWN_COLUMN = auto()
    FOREIGN_ID = auto()
    NEW_REGION = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should look at.

    `row` counts as a spreadsheet does, from 1, header included. `column` is the contract's name, or
    the header itself of a column that is not known, or empty when the whole row is meant. `value`
    is what stands in the cell, shortened and made plain. `why` is the reason and the cure, to
    be read after the value. `sheet` names the row's sheet where several were read.
    """

    row: int
    column: str
    value: str
    why: str
    sheet: str = ""
    kind: ProblemKind = ProblemKind.OTHER

    @classmethod
    def at(
        cls,
        row: int,
        column: str,
        value: str,
        why: str,
        sheet: str = "",
        kind: ProblemKind = ProblemKind.OTHER,
    ) -> Problem:
        """The problem with a cell whose text is `value`."""
        return cls(row, column, clean(value[: 10 * _LONGEST], _LONGEST), why, sheet, kind)

    @property
    def place(self) -> str:
        """Where: «Строка 17, «ВКонтакте»»."""
        row = (
            say("Лист «{sheet}», строка {row}", sheet=self.sheet, row=self.row)
            if self.sheet
            else say("Строка {row}", row=self.row)
        )
        return f"{row}, {self.named}" if self.column else row

    @property
    def header(self) -> str:
        """The column as people call it: «ВКонтакте»; the header itself when it is not known."""
        if self.kind in (ProblemKind.UNKNOWN_COLUMN, ProblemKind.MISFIT):
            return title(self.column)
        return column_title(self.column)

    @property
    def named(self) -> str:
        """The column as people call it, in quotation marks."""
        return quoted([self.header])

    @property
    def remark(self) -> str:
        """The value, unless the reason names it, and the reason: «5 — нет такого уровня; …»."""
        known = not self.value or self.value in self.why
        return self.why if known else f"{self.value} — {self.why}"

    @property
    def text(self) -> str:
        """The whole in one line: «Строка 17, «Уровень»: 5 — нет такого уровня; …»."""
        return f"{self.place}: {self.remark}"
