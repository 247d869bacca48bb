"""Problems grouped by cause, the worst first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.imports.problems import Problem, ProblemKind
from directory.translation import say

_ROWS = 5
"""Rows of a cause that are named."""

_SPECIFIC = re.compile(r"«[^»]*»|“[^”]*”|[\w-]+(?:\.[\w-]+)+|\d+")

# The gravest first; all other kinds stand between the two lists.
_GRAVE = (
    ProblemKind.FORMULA_ERROR,
    ProblemKind.MISFIT,
    ProblemKind.NOT_TAKEN,
    ProblemKind.SAME_LINK,
)
_LIGHT = (ProblemKind.NEW_SITE, ProblemKind.UNKNOWN_COLUMN)


@dataclass(frozen=True, slots=True)
class Cause:
    """Problems that have one reason and one cure. `text` is the message."""

    problems: tuple[Problem, ...]

    @property
    def text(self) -> str:
        """What is wrong, where and how often: «12 строк (3, 5, 8, …), «Проверено»: …»."""
        first, count = self.problems[0], len(self.problems)
        if first.kind is ProblemKind.UNKNOWN_COLUMN:
            named = ", ".join(p.named for p in self.problems)
            return say("Не прочитаны столбцы, которых в справочнике нет: {columns}", columns=named)
        if count == 1:
            return first.text
        rows = list(
            dict.fromkeys(f"{p.sheet}: {p.row}" if p.sheet else str(p.row) for p in self.problems)
        )
        listed = ", ".join(rows[:_ROWS]) + (", …" if len(rows) > _ROWS else "")
        where = say("Строк {n} ({rows})", n=len(rows), rows=listed)
        if first.column:
            where += f", {first.named}"
        if not first.value or first.value in first.why:
            return f"{where}: {first.why}"
        example = say("например, {value}", value=first.value)
        return f"{where}: {first.why} ({example})"


def causes(problems: Iterable[Problem]) -> list[Cause]:
    """The problems by their causes, the worst first, and of equals the commonest."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        column = "" if problem.kind is ProblemKind.UNKNOWN_COLUMN else problem.column
        found.setdefault((column, _SPECIFIC.sub("…", problem.why)), []).append(problem)
    grouped = [Cause(tuple(some)) for some in found.values()]
    return sorted(grouped, key=lambda c: (_weight(c.problems[0].kind), -len(c.problems)))


def _weight(kind: ProblemKind) -> int:
    if kind in _GRAVE:
        return _GRAVE.index(kind)
    return len(_GRAVE) + (_LIGHT.index(kind) + 1 if kind in _LIGHT else 0)
