"""The rows of a directory file against the pages of the directory: who is meant, what changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from directory.file.columns import PAGES, PLACE
from directory.holder import is_vacancy
from directory.imports import likeness, references
from directory.imports.check import Checker
from directory.imports.columns import Columns
from directory.imports.draft import ERASE, RowDraft
from directory.imports.identities import Identities
from directory.imports.ids import NewIds
from directory.imports.link_doubts import LinkDoubts
from directory.imports.match import AmbiguousError, Matcher
from directory.imports.merge import Merger, Mode
from directory.imports.outcome import Edit, Progress, Stage, retire
from directory.imports.places import PlaceError, Places
from directory.imports.problems import Problem, ProblemKind
from directory.imports.reach import Reach
from directory.imports.read import Row, Table
from directory.imports.read.book import Skipped
from directory.imports.terms import State, Terms
from directory.model import SLOTS, Page, Status, Territory
from directory.rights import Scope
from directory.translation import say
from directory.withdrawals import Withdrawals

EVERY = 500
"""Rows between two words on the progress."""

_SLAB = 5_000
"""Rows that are let go of at once."""


class PageRows:
    """Goes through the rows of one table; when done its attributes are the outcome."""

    def __init__(self, state: State, table: Table, columns: Columns, terms: Terms) -> None:
        self.edits: list[Edit[Page]] = []
        self.categories: list[str] = []
        self.created: list[Territory] = []
        self.places = Places(state.territories, terms.region, terms.home)
        self.unchanged = 0
        self.refused: list[Problem] = []
        self.warnings: list[Problem] = []
        self._state = state
        self._table = table
        self._columns = columns
        self._terms = terms
        self._known_categories = {name.lower(): name for name in state.categories}
        self._reach = Reach(state, terms, self.places)
        self._doubts = LinkDoubts(state.pages.values(), self.places)
        self._merger = Merger(terms.mode, self.places, Withdrawals(state.pages.values()))
        at = columns.position("id")
        stated = set() if at is None else {row.cells[at] for row in table.rows if row.cells[at]}
        self._identities = Identities(state.pages, Matcher(state.pages, self.places, stated))
        self._ids = NewIds(stated.union(state.pages), state.gone)
        self._kinds: set[tuple[int | None, str]] = set()
        """The territories and categories of the pages that the accepted rows are about."""
        self.with_links = 0
        """Rows taken whose page has a link by them."""
        self.empty_cells = 0
        """Empty cells of known pages where these have something."""

    def go_through(self, today: date, progress: Progress, *, spend: bool = False) -> None:
        """Judge every row; the table has none of them any more when they may be spent."""
        self._today = today
        checker = Checker(self._table, self._columns, today)
        self._warn_of_blank_places()
        rows = self._table.rows
        total = len(rows)
        for at, row in enumerate(_spent(rows) if spend else rows):
            if at % EVERY == 0:
                progress(Stage.CHECK, at, total)
            draft = checker.check(row)
            self._place_in_region(draft)
            self._take(draft, row)
            self.refused += draft.problems
            self.warnings += draft.warnings
        self._identities.taken.clear()
        progress(Stage.CHECK, total, total)
        self._settle_references()
        self._prune()
        self._retire()
        self.warnings += likeness.warnings(self.edits, self._present())
        self.refused.sort(key=_row)
        self.warnings.sort(key=_row)

    def _present(self) -> list[Page]:
        """The pages of the directory as it will be."""
        changed = {edit.after.id: edit.after for edit in self.edits if edit.before}
        final = [changed.get(key, page) for key, page in self._state.pages.items()]
        final += [edit.after for edit in self.edits if not edit.before]
        return [page for page in final if page.status is not Status.RETIRED]

    @property
    def skipped(self) -> list[Skipped]:
        """Rows that say just what an earlier one does."""
        return self._identities.skipped

    @property
    def missing(self) -> int:
        """How many pages of the scope the file does not name."""
        return sum(1 for page in self._reach.pages() if page.id not in self._identities.seen)

    @property
    def retirable(self) -> int:
        """How many active pages there are in the scope."""
        return sum(1 for page in self._reach.pages() if page.status is Status.ACTIVE)

    @property
    def extent(self) -> Scope:
        """The narrowest known territory and the category that all accepted rows are about."""
        return self._reach.extent(self._kinds)

    def _take(self, draft: RowDraft, row: Row) -> None:
        """Make an edit of a draft, or note why not."""
        if draft.nothings.get("id") in self._state.pages:
            draft.values["id"] = draft.nothings["id"]
        try:
            before = self._identities.page_of(draft, self._is_as)
        except AmbiguousError as error:
            draft.refuse("title", draft.given("title") or "", str(error))
            return
        if draft.problems or self._identities.is_repeated(draft, row, before):
            return
        if before:
            _keep_said(draft, before)
        replaces = self._terms.mode is Mode.REPLACE
        if self._identities.is_nameless(draft, before, replaces=replaces):
            return
        if before and self._identities.is_anothers_id(draft, before):
            return
        self._settle_category(draft)
        after = self._merged(draft, before)
        if before is None and not after.id:
            after = replace(after, id=self._ids.make(after.title, after.territory))
        if self._terms.mode is Mode.CONFIRM:
            if (confirmed := self._confirmed(draft, before, after)) is None:
                return
            after = confirmed
        if beyond := self._reach.refusal(before, after):
            draft.refuse("title", *beyond)
            return
        self._kinds.add((after.territory, after.category))
        self.with_links += any(not link.hidden for link in after.links)
        if before:
            self.empty_cells += sum(
                _keeps(name, value, before) for name, value in draft.values.items()
            )
        if before == after:
            self.unchanged += 1
            return
        for doubt in self._doubts.of(before, after):
            draft.warn(*doubt)
        self.edits.append(Edit(draft.row, before, after, draft.sheet))

    def _confirmed(self, draft: RowDraft, before: Page | None, after: Page) -> Page | None:
        """The page confirmed today, where the row says what the directory says, the day aside."""
        if before is None or before.status is Status.RETIRED:
            why = say("такой страницы в справочнике нет, подтверждать нечего")
        elif before.status is Status.HIDDEN:
            why = say("страница скрыта и не подтверждается")
        elif replace(after, checked_at=before.checked_at) != before:
            why = say("в справочнике иначе, чем в файле: страница не подтверждена")
        else:
            return before.confirmed(self._today)
        draft.warn("title", draft.given("title") or after.title, why)
        return None

    def _warn_of_blank_places(self) -> None:
        """Ask once for a column of places or spheres that is blank under filled cells."""
        for at, name in self._columns.names.items():
            if name not in ("region", "territory", "category"):
                continue
            said = [row.cells[at] for row in self._table.rows if row.cells[at]]
            below = [row for row in self._table.rows[1:] if not row.cells[at]]
            # Where a name stands in several rows, it was written into each that it belongs to.
            if below and len(set(said)) == len(said) > 1 and self._table.rows[0].cells[at]:
                why = say(
                    "под заполненными ячейками пусто в строках: {n}, в них ничего не прочитано;"
                    " если там то же, что выше, протяните ячейку вниз и пришлите снова",
                    n=len(below),
                )
                self.warnings.append(Problem.at(below[0].number, name, "", why))

    def _place_in_region(self, draft: RowDraft) -> None:
        """Put a row that names no place into the region that the file is of."""
        if self._terms.region and not any(draft.given(name) for name in PLACE):
            draft.values["region"] = self._terms.region

    def _merged(self, draft: RowDraft, before: Page | None) -> Page:
        """The page after the row; of a place that cannot be told no more than can be is taken."""
        while True:
            try:
                return self._merger.merge(draft, before)
            except PlaceError as error:
                value = draft.given(error.column) or ""
                why = say("не записано: {why}", why=error)
                draft.warn(error.column, value, why, ProblemKind.NOT_TAKEN)
                # What lies within a place that is not known is not known either; a district may
                # still be known where its region is not.
                first = PLACE.index(error.column)
                lost = PLACE[first : None if first else 1]
                if draft.values.keys().isdisjoint(lost):
                    lost = PLACE
                for name in lost:
                    draft.values.pop(name, None)
                if error.column != "region":
                    self._place_in_region(draft)

    def _is_as(self, draft: RowDraft, page: Page) -> bool:
        """Whether the draft says of the page what the directory says already."""
        trial = RowDraft(draft.row, draft.values, draft.mixed)
        try:
            return self._merger.merge(trial, page) == page
        except PlaceError:
            return False

    def _settle_category(self, draft: RowDraft) -> None:
        """Read «образование» as the known «Образование»; note a new one."""
        if name := draft.given("category"):
            known = self._known_categories.setdefault(name.lower(), name)
            draft.values["category"] = known

    def _settle_references(self) -> None:
        """Take the founders and successors that there will be, and leave out the others."""
        found = references.settle(self.edits, self._state.pages, self._identities.renamed)
        self.edits = found.edits
        self.unchanged += found.unchanged
        self.refused += found.refused
        self.warnings += found.warnings

    def _prune(self) -> None:
        """Keep of the new places and categories those that an accepted row needs."""
        rows: dict[int, int] = {}
        for edit in self.edits:
            for territory in self.places.territories.path(edit.after.territory):
                if territory.id in self.places.new:
                    rows.setdefault(territory.id, edit.row or 0)
        self.created = [self.places.new[number] for number in sorted(rows)]
        for territory in self.created:
            if near := self.places.slip(territory.id):
                column = "region" if territory.parent is None else "territory"
                why = say(
                    "такой территории ещё нет, а есть «{near}»: не опечатка ли это?", near=near
                )
                self.warnings.append(Problem.at(rows[territory.id], column, territory.name, why))
        named = dict.fromkeys(edit.after.category for edit in self.edits)
        self.categories = [name for name in named if name and name not in self._state.categories]

    def _retire(self) -> None:
        """Retire the pages of the scope that a file which is the whole truth lacks: those that are
        still its sender's, whose rights may be less than when the scope was chosen."""
        if self._terms.mode is Mode.REPLACE:
            lacking = (
                retire(page)
                for page in self._reach.pages()
                if page.status is Status.ACTIVE and page.id not in self._identities.seen
            )
            self.edits += [x for x in lacking if not self._reach.refusal(x.before, x.after)]


def _spent(rows: list[Row]) -> Iterator[Row]:
    """The rows, of which those taken are let go of, many at once: only memory that is free in one
    piece can be used for anything else."""
    rows.reverse()
    while rows:
        slab = rows[: -_SLAB - 1 : -1]
        del rows[-_SLAB:]
        yield from slab


def _row(problem: Problem) -> int:
    return problem.row


def _keep_said(draft: RowDraft, page: Page) -> None:
    """Take «-» for a value after all where the page has just that, and «вакансия» where it names
    somebody: who has left must not stand there."""
    if page.person and is_vacancy(vacancy := draft.nothings.get("person", "")):
        draft.values["person"] = vacancy
    for name, text in draft.nothings.items():
        form = PAGES[name].form
        value = getattr(page, name, None)
        if form and text in (form.write(value, russian=True), form.write(value, russian=False)):
            draft.values[name] = value


def _keeps(column: str, value: object, page: Page) -> bool:
    """Whether the cell is empty and what the page has in its column stays."""
    if value is ERASE or value not in (None, ()):
        return False
    if column in SLOTS:
        return any(link.slot == column and not link.hidden for link in page.links)
    if column in PLACE or column == "status":
        return False
    return getattr(page, column) not in ("", None, ())
