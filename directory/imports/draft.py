"""What one row of a table gives, and what is wrong or odd in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.imports.problems import Problem, ProblemKind
from directory.model import NETWORKS, SLOTS, Link


class Erase:
    """What a cell gives that says «очистить»: it clears the field in any mode."""


ERASE = Erase()


@dataclass(slots=True)
class RowDraft:
    """What one row gives.

    `values` maps the columns that the file has to what the row says, None for an empty cell, and
    `ERASE` for one that says so; a cell that could not be read is absent. Link columns map to
    tuples of links. Of a column of mixed links only the networks named are here, and in `mixed`
    that there is one. `nothings` are the texts that were taken for an empty cell.
    `sheet` is named where the table has rows of several.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    mixed: bool = False
    nothings: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def links(self) -> Iterator[tuple[str, Link]]:
        """The links that the row gives, with their slots."""
        for slot in SLOTS:
            for link in self.given(slot) or ():
                yield slot, link

    def given(self, column: str) -> Any:
        """What the row says in a column; None when it says nothing, or erases."""
        value = self.values.get(column)
        return None if value is ERASE else value

    def refuse(
        self, column: str, value: str, why: str, kind: ProblemKind = ProblemKind.OTHER
    ) -> None:
        """Add a reason to refuse the row."""
        self.problems.append(Problem.at(self.row, column, value, why, self.sheet, kind))

    def warn(
        self, column: str, value: str, why: str, kind: ProblemKind = ProblemKind.OTHER
    ) -> None:
        """Add a warning."""
        self.warnings.append(Problem.at(self.row, column, value, why, self.sheet, kind))


def networks_of(draft: RowDraft) -> list[Link]:
    """The draft's accounts on networks: what a page is known by (a site may serve several)."""
    return [link for slot, link in draft.links() if slot in NETWORKS and slot != "site"]
