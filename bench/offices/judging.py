"""What an import takes from a made-up file, row by row, beside the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from bench.files import territories_of_seed
from bench.offices.layout import Office, OfficeFile, Truth
from bench.offices.names import KINDS
from bench.offices.writing import csv_of, ods_of, plain, xlsx_of
from directory.imports.outcome import Plan
from directory.imports.plan import PlanOfFile, silent
from directory.imports.read import Book, UnreadableError, read
from directory.imports.terms import State, Terms
from directory.model import Link, Page
from directory.territories import Territories
from directory.text import clean


@dataclass(slots=True)
class Score:
    """Rows by how they were read.

    `wrong` says of each what is wrong, `traits` counts by trait. `lost` are filled rows of the
    files that are neither read nor skipped.
    """

    right: int = 0
    asked: int = 0
    named: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: int = 0
    files: int = 0
    traits: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows that a careful person would take, and pages that stand in no file."""
        return self.right + self.asked + self.named + len(self.wrong)


def judged(seeds: range) -> Score:
    """How the files made from these seeds are read."""
    score = Score()
    for seed in seeds:
        score.files += 1
        _judge(seed, score)
    return score


def made(seed: int) -> tuple[str, bytes, OfficeFile, bool]:
    """The file of a seed: its name, bytes, and truth; whether its encoding lacks signs."""
    chance = Random(seed)
    form = chance.choice(("csv", "csv", "xlsx", "xlsx", "ods"))
    file = Office(chance, workbook=form != "csv").file()
    if form == "csv":
        data, lacks = csv_of(chance, file.sheets[0])
        return "список.csv", data, file, lacks
    write = xlsx_of if form == "xlsx" else ods_of
    return f"список.{form}", write(file.sheets), file, False


def _judge(seed: int, score: Score) -> None:
    name, data, file, lacks = made(seed)
    try:
        book = read(data, name)
        plan = PlanOfFile(name, "", Terms()).plan(book, _state(), {}, silent)
    except UnreadableError as error:
        score.asked += len(file.truth)
        _count(score, file, "asked", len(file.truth))
        score.traits.setdefault(f"why: {str(error)[:60]}", Counter())["asked"] += len(file.truth)
        return
    told = {(one.sheet, one.number) for one in book.table.rows}
    told |= {(one.sheet, one.row) for one in book.skipped}
    score.lost += len(_filled(file, book) ^ told)
    pages = {edit.after.title.replace(" ", ""): edit.after for edit in plan.pages}
    places = plan.territories
    problems = _told(plan)
    for row in file.truth:
        title = clean(plain(row.title) if lacks else row.title)
        page = pages.pop(title.replace(" ", ""), None)
        faults = ["no page"] if page is None else list(_faults(row, page, places))
        if not faults:
            kind = "right"
            score.right += 1
        elif row.row in problems or all(_is_told(fault, file, problems) for fault in faults):
            kind = "named"
            score.named += 1
        else:
            kind = "wrong"
            score.wrong.append(f"{seed} {name} row {row.row} «{title}»: {', '.join(faults)}")
        _count(score, file, kind, 1)
    for title in pages:
        score.wrong.append(f"{seed} {name}: a page «{title}» that is none")
        _count(score, file, "wrong", 1)


def _filled(file: OfficeFile, book: Book) -> set[tuple[str, int]]:
    """The rows of the sheets that were read in which anything stands."""
    sheets = file.sheets if book.sheets else file.sheets[:1]
    return {
        (sheet.name if book.sheets else "", number)
        for sheet in sheets
        if not book.sheets or sheet.name in book.sheets
        for number, row in enumerate(sheet.rows, 1)
        if any(cell.text.strip() for cell in row)
    }


def _faults(row: Truth, page: Page, places: Territories) -> Iterator[str]:
    given = {(link.slot, _account(link.link)) for link in page.links}
    expected = {(slot, _account(link)) for slot, link in row.links}
    if given - expected:
        yield f"has links of others {given - expected}"
    for slot, _link in expected - given:
        yield slot
    path = [t.name for t in places.path(page.territory)]
    if row.okrug and not any(name.startswith(row.okrug) for name in path):
        yield "territory"
    if not row.okrug and path:
        yield f"a territory {path}"
    if row.sphere and page.category != row.sphere:
        yield "category"


def _is_told(fault: str, file: OfficeFile, told: set[object]) -> bool:
    """Whether a warning says of a whole column that it was not read."""
    headers = file.headers.get(fault, [])
    return bool(headers) and all(
        any(isinstance(one, str) and one.endswith(header) for one in told) for header in headers
    )


def _told(plan: Plan) -> set[object]:
    """The rows, and the columns, that a problem is said of."""
    told: set[object] = set()
    for problem in (*plan.refused, *plan.warnings):
        told.add(problem.row)
        told.add(problem.column)
    return told


def _count(score: Score, file: OfficeFile, kind: str, rows: int) -> None:
    for trait in {*file.traits}:
        score.traits.setdefault(trait, Counter())[kind] += rows


@cache
def _state() -> State:
    return State(1, territories_of_seed("Курганская область"), sorted(KINDS), {})


def _account(link: Link) -> tuple[str, str]:
    """The link without its scheme, which files leave out."""
    return link.platform, link.account
