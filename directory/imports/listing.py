"""A whole plan as a workbook: each page that a file would add, change or retire, each problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized

from directory.file.writers import Sheet, xlsx_bytes
from directory.imports.differences import differences
from directory.imports.outcome import Edit, Plan
from directory.imports.problems import Problem
from directory.model import Page, Territory
from directory.translation import say

_WIDTHS = {"Название": 45, "Где": 40, "Столбец": 20, "Было": 45, "Станет": 45, "Что не так": 80}


def listing(plan: Plan) -> bytes:
    """The plan as XLSX, a sheet for each kind of change that there is."""
    page = [say("Строка"), say("Код"), say("Название")]
    where = [*page, say("Где")]
    altered = [*page, say("Столбец"), say("Было"), say("Станет")]
    problem = [say("Строка"), say("Столбец"), say("Значение"), say("Что не так")]
    places = [(name,) for name in plan.created_names]
    named = [(name,) for name in plan.categories]
    sheets: list[tuple[Sized, str, list[str], Iterable[Sequence[str]]]] = [
        (plan.new, say("Новые"), where, _named(plan, plan.new)),
        (plan.changed, say("Изменятся"), altered, _altered(plan)),
        (plan.retired, say("Уйдут из справочника"), where, _named(plan, plan.retired)),
        (places, say("Новые территории"), [say("Название")], places),
        (plan.categories, say("Новые сферы"), [say("Название")], named),
        (plan.refused, say("Ошибки"), problem, _problems(plan.refused)),
        (plan.warnings, say("Проверьте"), problem, _problems(plan.warnings)),
    ]
    widths = {say(header): width for header, width in _WIDTHS.items()}
    return xlsx_bytes(
        *(Sheet(name, header, rows, widths) for there, name, header, rows in sheets if there)
    )


def _named(plan: Plan, edits: Iterable[Edit[Page] | Edit[Territory]]) -> Iterator[Sequence[str]]:
    for edit in edits:
        place = edit.after.territory if isinstance(edit.after, Page) else edit.after.parent
        yield (*_start(edit), plan.territories.in_words(place))


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
        yield str(problem.row), problem.header, problem.value, problem.why
