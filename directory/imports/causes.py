"""Problems of one cause as one message, the worst first: nobody reads forty times the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.file.columns import HEADERS
from directory.imports.problems import Problem
from directory.imports.reading import NO_SUCH_COLUMN

_ROWS = 5
"""Rows of a cause that are named."""

_SPECIFIC = re.compile(r"«[^»]*»|[\w-]+(?:\.[\w-]+)+|\d+")

# The beginnings of reasons, the gravest first; the others stand between the two lists.
_GRAVE = ("ошибка формулы", "столбец не прочитан: в нём", "не записано", "повторяет")
_LIGHT = ("новый адрес сайта", NO_SUCH_COLUMN)


@dataclass(frozen=True, slots=True)
class Cause:
    """Problems that have one reason and one cure. `text` is the message."""

    problems: tuple[Problem, ...]

    @property
    def text(self) -> str:
        """What is wrong, where and how often: «12 строк (3, 5, 8, …), «Проверено»: …»."""
        first, count = self.problems[0], len(self.problems)
        if first.why == NO_SUCH_COLUMN:
            named = ", ".join(f"«{p.column}»" for p in self.problems)
            return f"Не прочитаны столбцы, которых в справочнике нет: {named}"
        if count == 1:
            return first.text
        rows = list(dict.fromkeys(_row_of(p) for p in self.problems))
        listed = ", ".join(rows[:_ROWS]) + (", …" if len(rows) > _ROWS else "")
        column = HEADERS.get(first.column, first.column)
        where = f", «{column}»" if column else ""
        example = (
            f" (например, {first.value})" if first.value and first.value not in first.why else ""
        )
        return f"Строк {len(rows)} ({listed}){where}: {first.why}{example}"


def _row_of(problem: Problem) -> str:
    return f"{problem.sheet}: {problem.row}" if problem.sheet else str(problem.row)


def causes(problems: Iterable[Problem]) -> list[Cause]:
    """The problems by their causes, the worst first, and of equals the commonest."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        column = "" if problem.why == NO_SUCH_COLUMN else problem.column
        found.setdefault((column, _SPECIFIC.sub("…", problem.why)), []).append(problem)
    grouped = [Cause(tuple(some)) for some in found.values()]
    return sorted(grouped, key=lambda c: (_weight(c.problems), -len(c.problems)))


def _weight(problems: Sequence[Problem]) -> int:
    why = problems[0].why
    for number, beginning in enumerate(_GRAVE):
        if why.startswith(beginning):
            return number
    light = next((n for n, beginning in enumerate(_LIGHT, 1) if why.startswith(beginning)), 0)
    return len(_GRAVE) + light
