"""A whole plan as a workbook: each page that a file would add, change or retire, each problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized

from directory.file.columns import HEADERS
from directory.file.writers import Sheet, xlsx_bytes
from directory.imports.differences import differences
from directory.imports.outcome import Edit, Plan
from directory.imports.problems import Problem
from directory.model import Page, Territory

_WIDTHS = {"Название": 45, "Где": 40, "Столбец": 20, "Было": 45, "Станет": 45, "Что не так": 80}


def listing(plan: Plan) -> bytes:
    """The plan as XLSX, a sheet for each kind of change that there is."""
    where = ["Строка", "Код", "Название", "Где"]
    altered = ["Строка", "Код", "Название", "Столбец", "Было", "Станет"]
    problem = ["Строка", "Столбец", "Значение", "Что не так"]
    places = [(plan.path(territory.id),) for territory in plan.created_places]
    sheets: list[tuple[Sized, str, list[str], Iterable[Sequence[str]]]] = [
        (plan.new, "Новые", where, _named(plan, plan.new)),
        (plan.changed, "Изменятся", altered, _altered(plan)),
        (plan.retired, "Уйдут из справочника", where, _named(plan, plan.retired)),
        (places, "Новые территории", ["Название"], places),
        (plan.categories, "Новые сферы", ["Название"], [(name,) for name in plan.categories]),
        (plan.refused, "Ошибки", problem, _problems(plan.refused)),
        (plan.warnings, "Проверьте", problem, _problems(plan.warnings)),
    ]
    return xlsx_bytes(
        *(Sheet(name, header, rows, _WIDTHS) for there, name, header, rows in sheets if there)
    )


def _named(plan: Plan, edits: Iterable[Edit[Page] | Edit[Territory]]) -> Iterator[Sequence[str]]:
    for edit in edits:
        place = edit.after.territory if isinstance(edit.after, Page) else edit.after.parent
        yield (*_start(edit), plan.path(place))


def _altered(plan: Plan) -> Iterator[Sequence[str]]:
    for edit in plan.changed:
        for column, before, after in differences(edit, plan.territories):
            yield (*_start(edit), column, before, after)


def _start(edit: Edit[Page] | Edit[Territory]) -> tuple[str, str, str]:
    row = "" if edit.row is None else str(edit.row)
    after = edit.after
    return row, str(after.id), after.title if isinstance(after, Page) else after.name


def _problems(problems: Iterable[Problem]) -> Iterator[Sequence[str]]:
    for problem in problems:
        column = HEADERS.get(problem.column, problem.column)
        yield str(problem.row), column, problem.value, problem.why
