"""How a table was read: for each column, what it was read as, and a sample value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.file import placeholders
from directory.file.columns import HEADERS, PAGE_COLUMNS, column_title
from directory.imports import headers
from directory.imports.columns import Columns, recognise
from directory.imports.problems import Problem, ProblemKind
from directory.imports.read import Table
from directory.text import clean
from directory.translation import quoted, say

OFF = ""
"""The choice for a column that is to be ignored."""

_SAMPLE_ROWS = 400
_LONGEST = 60


class ChoiceError(ValueError):
    """What was chosen does not go with the table; the text says why in Russian."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One column of a table: `column` is what was read from it, "" when nothing was.

    `header` tells it from the others: columns without one are numbered, those of the same one too.
    `sample` is one of its values.
    """

    header: str
    column: str
    sample: str


def labels(table: Table) -> list[str]:
    """The headers of the table, each once: «Телефон», «Телефон (2)», «Столбец 7»."""
    seen: dict[str, int] = {}
    found = []
    for at, header in enumerate(table.header, 1):
        name = clean(header, 200) or headers.numbered(at - 1)
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def read_columns(table: Table, chosen: Mapping[str, str]) -> Columns:
    """What the columns of the table are; `chosen` maps headers to columns, or to `OFF`.

    Choices for headers that the table lacks are passed over: `check_choice` tells of them.
    """
    by_key = {headers.key(label): at for at, label in reversed(list(enumerate(labels(table))))}
    said = {by_key[headers.key(h)]: name for h, name in chosen.items() if headers.key(h) in by_key}
    return recognise(table.header, _sample(table), chosen=said)


def check_choice(found: Sequence[Reading], chosen: Mapping[str, str]) -> None:
    """Raise `ChoiceError` when something was chosen for a header that the file lacks."""
    known = {headers.key(one.header) for one in found}
    for header in chosen:
        if headers.key(header) not in known:
            listed = quoted(one.header for one in found)
            raise ChoiceError(f"В файле нет столбца «{header}»; есть: {listed}.")


def column_named(text: str) -> str:
    """The column that a person names in English or in Russian, `OFF` for «-».

    Raises `ChoiceError` when there is none.
    """
    if text.strip() in ("-", "–", "—"):
        return OFF
    wanted = headers.key(text)
    for name in HEADERS:
        if wanted in (headers.key(name), headers.key(HEADERS[name])):
            return name
    raise ChoiceError(f"Столбца «{text}» в справочнике нет; есть: {', '.join(PAGE_COLUMNS)}.")


def readings(table: Table, columns: Columns) -> list[Reading]:
    """The reading of every column that has a header or holds something."""
    found = []
    for at, label in enumerate(labels(table)):
        sample = _first(table, at)
        if table.header[at] or sample:
            found.append(Reading(label, columns.names.get(at, ""), clean(sample, _LONGEST)))
    return found


def unread(table: Table, columns: Columns) -> list[Problem]:
    """A warning for each column that nothing is read from."""
    names = labels(table)
    found = []
    for at, header in columns.unknown.items():
        sample = _first(table, at)
        if at in columns.misfits:
            kind = ProblemKind.MISFIT
            why = say(
                "столбец не прочитан: в нём не то, что бывает в столбце «{column}»",
                column=column_title(columns.misfits[at]),
            )
        elif header or sample:
            kind = ProblemKind.UNKNOWN_COLUMN
            why = say("столбец не прочитан: такого в справочнике нет")
        else:
            continue
        found.append(Problem.at(table.header_row, names[at], sample, why, kind=kind))
    return found


def _first(table: Table, at: int) -> str:
    """The first value of a column that says something."""
    for row in table.rows[:_SAMPLE_ROWS]:
        text = row.cells[at] or row.addresses.get(at, "")
        if text and not placeholders.says_nothing(text):
            return text
    return ""


def _sample(table: Table) -> Sequence[Sequence[str]]:
    """Rows spread evenly over the table: the first ones may lack what later ones have."""
    step = max(1, len(table.rows) // _SAMPLE_ROWS)
    return Table(table.header, table.header_row, table.rows[::step]).sample(2 * _SAMPLE_ROWS)
