"""The rows of a directory file against the pages of the directory: who is meant, what changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile

from directory.changes import new_category, territory_change
from directory.imports import likeness
from directory.imports.check import Checker, Draft
from directory.imports.columns import Columns
from directory.imports.ids import NewIds
from directory.imports.match import AmbiguousError, Matcher
from directory.imports.merge import Merger, Mode
from directory.imports.outcome import Edit, Progress, Stage, retire
from directory.imports.places import PlaceError, Places
from directory.imports.problems import Problem
from directory.imports.read import Row, Table
from directory.links import is_trusted, label
from directory.model import Change, Link, Page, Status, Territory
from directory.references import REFERENCES, Reference, around, circles
from directory.rights import Rights, Scope
from directory.territories import Territories
from directory.withdrawals import Withdrawals

EVERY = 500
"""Rows between two words on the progress."""


@dataclass(frozen=True, slots=True)
class State:
    """The directory that a file is compared with, as of revision `base`."""

    base: int
    territories: Territories
    categories: Sequence[str]
    pages: Mapping[str, Page]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be taken: its mode, what it is limited to, and what its sender may do."""

    mode: Mode = Mode.UPDATE
    scope: Scope = field(default_factory=Scope)
    rights: Rights | None = None
    """None: the rights of whoever runs a command on the machine itself, which are all."""


class PageRows:
    """Goes through the rows of one table; when done its attributes are the outcome."""

    def __init__(self, state: State, table: Table, columns: Columns, terms: Terms) -> None:
        self.edits: list[Edit[Page]] = []
        self.categories: list[str] = []
        self.created: list[Territory] = []
        self.places = Places(state.territories)
        self.unchanged = 0
        self.refused: list[Problem] = []
        self.warnings: list[Problem] = []
        self._state = state
        self._table = table
        self._columns = columns
        self._terms = terms
        self._known_categories = {name.lower(): name for name in state.categories}
        self._hosts = _hosts_of(state.pages.values())
        self._new_domains: set[str] = set()
        self._merger = Merger(terms.mode, self.places, Withdrawals(state.pages.values()))
        stated = self._stated_ids()
        self._matcher = Matcher(state.pages, self.places, stated)
        self._ids = NewIds([*state.pages, *stated])
        self._row_of: dict[str, Row] = {}
        """The row that took each page."""
        self._unnamed: dict[int, Row] = {}
        """The rows of new pages without an id, by the hash of their cells."""
        self._seen: set[str] = set()
        """The pages that the file names, be it in a row that is refused."""
        self._kinds: set[tuple[int | None, str]] = set()
        """The territories and categories of the pages that the accepted rows are about."""
        self._renamed: dict[str, str] = {}
        """Ids that the file uses for pages that have others."""

    def go_through(self, today: date, progress: Progress) -> None:
        """Judge every row."""
        checker = Checker(self._table, self._columns, today)
        total = len(self._table.rows)
        for at, row in enumerate(self._table.rows):
            if at % EVERY == 0:
                progress(Stage.CHECK, at, total)
            draft = checker.check(row)
            self._take(draft, row)
            self.refused += draft.problems
            self.warnings += draft.warnings
        progress(Stage.CHECK, total, total)
        self._refuse_dangling()
        while self._refuse_circles():
            self._refuse_dangling()
        self._prune()
        self._retire()
        final = {**self._state.pages, **{edit.after.id: edit.after for edit in self.edits}}
        present = [page for page in final.values() if page.status is not Status.RETIRED]
        self.warnings += likeness.warnings(self.edits, present)
        self.refused.sort(key=_row)
        self.warnings.sort(key=_row)

    @property
    def missing(self) -> int:
        """How many pages of the scope the file does not name."""
        return sum(1 for page in self._in_scope() if page.id not in self._seen)

    @property
    def retirable(self) -> int:
        """How many active pages there are in the scope."""
        return sum(1 for page in self._in_scope() if page.status is Status.ACTIVE)

    @property
    def extent(self) -> Scope:
        """The narrowest known territory and the category that all accepted rows are about."""
        known = self._state.territories
        common: list[int] | None = None
        for place in {place for place, _category in self._kinds}:
            path = [t.id for t in self.places.territories.path(place) if known.get(t.id)]
            common = path if common is None else _beginning(common, path)
        categories = {category for _place, category in self._kinds}
        category = categories.pop() if len(categories) == 1 else ""
        return Scope(
            common[-1] if common else None, category if category in self._state.categories else ""
        )

    def _stated_ids(self) -> set[str]:
        at = self._columns.position("id")
        return set() if at is None else {row.cells[at] for row in self._table.rows if row.cells[at]}

    def _take(self, draft: Draft, row: Row) -> None:
        """Make an edit of a draft, or note why not."""
        try:
            before = self._page_of(draft)
        except AmbiguousError as error:
            draft.refuse("title", draft.values.get("title") or "", str(error))
            return
        if draft.problems or self._is_repeated(draft, row, before):
            return
        if not (before or draft.values.get("title")):
            draft.refuse("title", "", "нет названия: впишите его или уберите строку")
            return
        if self._terms.mode is Mode.REPLACE and draft.values.get("title", "") is None:
            draft.refuse("title", "", "нет названия: впишите его")
            return
        self._settle_category(draft)
        try:
            after = self._merger.merge(draft, before)
        except PlaceError as error:
            draft.refuse(error.column, draft.values.get(error.column) or "", str(error))
            return
        if before is None and not after.id:
            after = replace(after, id=self._ids.make(after.title))
        if self._is_beyond(draft, before, after):
            return
        self._kinds.add((after.territory, after.category))
        if before == after:
            self.unchanged += 1
            return
        self._warn_of_new_hosts(draft, before, after)
        self.edits.append(Edit(draft.row, before, after))

    def _page_of(self, draft: Draft) -> Page | None:
        """The page that a draft is about, None for a new one. Raises `AmbiguousError`."""
        found = self._matcher.find(draft)
        self._seen.update(page.id for page in found)
        if len(found) > 1:
            as_it_is = [page for page in found if self._is_as(draft, page)]
            if len(as_it_is) != 1:
                listed = "; ".join(f"{page.id} — «{page.title}»" for page in found[:5])
                more = f" и ещё {len(found) - 5}" if len(found) > 5 else ""
                raise AmbiguousError(
                    f"подходят несколько страниц: {listed}{more}; впишите в «Код», какая это"
                )
            found = as_it_is
        if not found:
            return None
        stated = draft.values.get("id")
        if stated and stated != found[0].id:
            self._renamed[stated] = found[0].id
            why = f"такого кода нет; по ссылке это страница {found[0].id} — «{found[0].title}»"
            draft.warn("id", stated, why)
        return found[0]

    def _is_as(self, draft: Draft, page: Page) -> bool:
        """Whether the draft says of the page what the directory says already."""
        trial = Draft(draft.row, draft.values, draft.mixed)
        try:
            return self._merger.merge(trial, page) == page
        except PlaceError:
            return False

    def _is_repeated(self, draft: Draft, row: Row, before: Page | None) -> bool:
        """Whether an earlier row says the same, which is a warning, or contradicts, a refusal."""
        key = before.id if before else draft.values.get("id")
        if key is None:
            cells = hash(tuple(row.cells))
            earlier = self._unnamed.setdefault(cells, row)
        else:
            earlier = self._row_of.setdefault(key, row)
        if earlier is row:
            return False
        if earlier.cells == row.cells:
            draft.warn(
                "", "", f"повторяет строку {earlier.number} и не внесена: уберите одну из них"
            )
        else:
            why = f"о той же странице говорит строка {earlier.number}: оставьте одну из них"
            column = "id" if draft.values.get("id") else "title"
            draft.refuse(column, draft.values.get(column) or "", why)
        return True

    def _settle_category(self, draft: Draft) -> None:
        """Read «образование» as the known «Образование»; note a new one."""
        if name := draft.values.get("category"):
            known = self._known_categories.setdefault(name.lower(), name)
            draft.values["category"] = known

    def _is_beyond(self, draft: Draft, before: Page | None, after: Page) -> bool:
        """Whether the row lies beyond what the file is limited to or its sender may change."""
        territories = self.places.territories
        for page in filter(None, (before, after)):
            if not self._terms.scope.covers(page, territories):
                words = self._terms.scope.words(territories)
                draft.refuse("title", page.title, f"вне того, чем ограничен импорт: {words}")
                return True
        if before == after or self._terms.rights is None:
            return False
        for change in self._changes_for(before, after):
            if why := self._terms.rights.refusal(change, territories):
                draft.refuse("title", after.title, why)
                return True
        return False

    def _changes_for(self, before: Page | None, after: Page) -> Iterator[Change]:
        """The change of a page, and of the places and the category that it would create."""
        if after.category and after.category not in self._state.categories:
            yield new_category(after.category)
        for territory in self.places.territories.path(after.territory):
            if territory.id in self.places.new:
                yield territory_change(None, territory)
        yield Edit(0, before, after).change

    def _warn_of_new_hosts(self, draft: Draft, before: Page | None, after: Page) -> None:
        """A site that neither the state's registry nor the directory knows deserves a look."""
        had = {link.link for link in before.links} if before else set()
        for link in after.links:
            if link.link.platform != "site" or link.link in had:
                continue
            host = _host(link.link)
            domain = ".".join(host.split(".")[-2:])
            if host in self._hosts or is_trusted(host) or domain in self._new_domains:
                continue
            self._new_domains.add(domain)
            why = f"новый адрес сайта: проверьте его и другие на {domain}, если они есть в файле"
            draft.warn(link.slot, label(link.link), why)

    def _refuse_dangling(self) -> None:
        """Refuse the rows that refer to pages that will not exist, until none is left."""
        edits = [self._with_known_ids(edit) for edit in self.edits]
        ids = {*self._state.pages, *(edit.after.id for edit in edits)}
        while lost := [(edit, *found) for edit in edits if (found := _lost(edit.after, ids))]:
            for edit, column, key in lost:
                why = "такой страницы нет ни в справочнике, ни среди принятых строк файла"
                if key == edit.after.id:
                    why = "страница указана сама у себя"
                self.refused.append(
                    Problem.at(edit.row or 0, column, key, f"{why}; исправьте код или очистите")
                )
            gone = {edit.after.id for edit, *_ in lost}
            edits = [edit for edit in edits if edit.after.id not in gone]
            ids -= gone - self._state.pages.keys()
        self.edits = edits

    def _refuse_circles(self) -> bool:
        """Refuse the rows by which references would go round; return whether there were any."""
        gone: set[str] = set()
        for column in REFERENCES:
            altered = [edit for edit in self.edits if _refers_anew(edit, column)]
            if not altered:
                continue
            refers = {key: getattr(page, column) for key, page in self._state.pages.items()}
            refers.update((edit.after.id, getattr(edit.after, column)) for edit in self.edits)
            closed = circles(refers)
            for edit in altered:
                page = edit.after
                if circle := closed.get(page.id):
                    gone.add(page.id)
                    why = f"получается круг: {around(circle, page.id)}; исправьте код или очистите"
                    key = getattr(page, column)
                    self.refused.append(Problem.at(edit.row or 0, column, key, why))
        self.edits = [edit for edit in self.edits if edit.after.id not in gone]
        return bool(gone)

    def _with_known_ids(self, edit: Edit[Page]) -> Edit[Page]:
        """The edit with the directory's own ids of the pages that the file calls otherwise."""
        page, known = edit.after, self._renamed
        if page.parent not in known and page.successor not in known:
            return edit
        parent = known.get(page.parent, page.parent)
        successor = known.get(page.successor, page.successor)
        return replace(edit, after=replace(page, parent=parent, successor=successor))

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
                why = f"такой территории ещё нет, а есть «{near}»: не опечатка ли это?"
                self.warnings.append(Problem.at(rows[territory.id], column, territory.name, why))
        named = dict.fromkeys(edit.after.category for edit in self.edits)
        self.categories = [name for name in named if name and name not in self._state.categories]

    def _retire(self) -> None:
        """Retire the pages of the scope that a file which is the whole truth lacks."""
        if self._terms.mode is Mode.REPLACE:
            self.edits += [
                retire(page)
                for page in self._in_scope()
                if page.status is Status.ACTIVE and page.id not in self._seen
            ]

    def _in_scope(self) -> Iterator[Page]:
        scope, territories = self._terms.scope, self._state.territories
        for page in self._state.pages.values():
            if page.status is Status.RETIRED:
                continue
            if scope.is_everything or scope.covers(page, territories):
                yield page


def _beginning(one: list[int], other: list[int]) -> list[int]:
    """What both begin with."""
    return [
        a for a, _b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    ]


def _row(problem: Problem) -> int:
    return problem.row


def _lost(page: Page, ids: set[str]) -> tuple[str, str] | None:
    """The column and the id of a page referred to that is not there, or is the page itself."""
    for column, key in (("parent", page.parent), ("successor", page.successor)):
        if key and (key not in ids or key == page.id):
            return column, key
    return None


def _refers_anew(edit: Edit[Page], column: Reference) -> bool:
    """Whether the edit makes its page refer to another one than before."""
    key = getattr(edit.after, column)
    return bool(key) and (edit.before is None or getattr(edit.before, column) != key)


def _hosts_of(pages: Iterable[Page]) -> set[str]:
    """The hosts of the sites that are not withdrawn."""
    hosts: set[str] = set()
    for page in pages:
        for link in page.links:
            if link.link.platform == "site" and not (link.hidden or page.hidden):
                hosts.add(_host(link.link))
    return hosts


def _host(link: Link) -> str:
    return link.account.partition("/")[0]
