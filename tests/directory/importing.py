"""Planning files in memory: the real reading, checking and matching without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from directory.imports.merge import Mode
from directory.imports.outcome import Plan
from directory.imports.plan import PlanOfFile, silent
from directory.imports.read import read
from directory.imports.terms import State, Terms
from directory.model import Page, Territory
from directory.rights import Rights, Scope
from directory.territories import Territories

REGION = Territory(1, "Ивановский край")
DISTRICT = Territory(2, "Лесной муниципальный округ", 1, former_names=("Лесной район",))
OTHER = Territory(3, "Полевой муниципальный округ", 1)


def state(*pages: Page, places: Sequence[Territory] = (REGION, DISTRICT, OTHER)) -> State:
    """A directory that holds these pages."""
    categories = sorted({page.category for page in pages if page.category})
    return State(7, Territories(places), categories, {page.id: page for page in pages})


def planned(
    text: str,
    before: State | None = None,
    *,
    mode: Mode = Mode.UPDATE,
    scope: Scope | None = None,
    rights: Rights | None = None,
    region: str = "",
    home: str = "",
    chosen: Mapping[str, str] | None = None,
    new_regions: bool = False,
) -> Plan:
    """The plan of a CSV file with this text."""
    terms = Terms(mode, scope or Scope(), rights, region, home, new_regions)
    work = PlanOfFile("список.csv", "", terms)
    return work.plan(read(text.encode(), "список.csv"), before or state(), chosen or {}, silent)


def after(plan: Plan, before: State | None = None) -> State:
    """The directory when the plan is applied."""
    pages = dict((before or state()).pages)
    pages.update({edit.after.id: edit.after for edit in plan.pages})
    categories = sorted({page.category for page in pages.values() if page.category})
    return State(8, plan.territories, categories, pages)


def page(plan: Plan, row: int = 2) -> Page:
    """The page that a row becomes."""
    return next(edit.after for edit in plan.pages if edit.row == row)


def whys(plan: Plan) -> list[str]:
    """All that is refused, as people read it."""
    return [problem.text for problem in plan.refused]


def counts(plan: Plan) -> dict[str, Any]:
    """The counts of a plan that are not zero."""
    found = plan.as_json()
    names = ("new", "changed", "unchanged", "missing", "retired")
    return {name: found[name] for name in names if found[name]}


def said(plan: Plan) -> list[str]:
    """All that deserves a look."""
    return [problem.text for problem in plan.warnings]
