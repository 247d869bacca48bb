"""One page, edited field by field or made anew, by the same rules as an import.

What is typed for a field is read like the cell of a file; nothing is changed here: a `Proposal` is
what would be, and its changes are what `store.revisions` takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.editing.edit_checks import check_references, created, present, seen_elsewhere
from directory.file.columns import PAGE_COLUMNS, PAGES, PLACE
from directory.file.placeholders import erases
from directory.file.rows import text_of
from directory.holder import is_vacancy
from directory.imports.check import Checker
from directory.imports.columns import Columns
from directory.imports.draft import RowDraft
from directory.imports.ids import NewIds
from directory.imports.merge import Merger, Mode
from directory.imports.places import PlaceError, Places
from directory.imports.reach import changes_of
from directory.imports.read import Row, Table
from directory.model import Change, Page, Status
from directory.references import REFERENCES, named
from directory.rights import Rights, Scopes
from directory.store import numbers, records, revisions
from directory.store.gone import deleted
from directory.store.tables import pages
from directory.territories import Territories
from directory.text import clean
from directory.translation import say
from directory.withdrawals import Withdrawals

_AT_ONCE = 20
"""Pages processed before the event loop gets a turn: some milliseconds."""

MARKS = ("official_mark", "flagship")


@dataclass(frozen=True, slots=True)
class Step:
    """A column with its text before and after, as an export would show them."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what was typed for a column cannot be kept: what is wrong and the cure."""

    column: str
    why: str

    @property
    def text(self) -> str:
        """The whole in one line: «Уровень»: нет такого уровня; …»."""
        if not self.column:
            return self.why
        return say("«{column}»: {why}", column=say(PAGE_COLUMNS[self.column]), why=self.why)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an edit would do.

    `before` is None for a new page. `refused` stops it, `warnings` do not. `revision` is the state
    of the directory that all this holds for.
    """

    before: Page | None
    after: Page
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]
    revision: int

    @property
    def note(self) -> str:
        """What was edited, in a few words, as the revision keeps it."""
        named = ", ".join(PAGE_COLUMNS[step.column] for step in self.steps)
        return f"{self.after.id}: {'новая страница' if self.before is None else named}"

    def wrong(self, column: str) -> str:
        """Why what was typed for this column cannot be kept; empty when it can."""
        return "; ".join(refused.why for refused in self.refused if refused.column == column)


async def propose(
    connection: AsyncConnection,
    rights: Rights,
    page: str | None,
    cells: Mapping[str, str],
    today: date,
) -> Proposal | None:
    """What the texts given for the columns would do to the page, None when there is no such page.

    `page` is None for a new one. What the person with these `rights` may not do is refused.
    """
    before = None
    if page is not None:
        before = await present(connection, page)
        if before is None:
            return None
    return await _propose(connection, await _state(connection), rights, before, cells, today)


async def propose_each(
    connection: AsyncConnection,
    rights: Rights,
    ids: Sequence[str],
    cells: Mapping[str, str],
    today: date,
) -> list[Proposal]:
    """What the texts would do to each of the pages with these ids that are there."""
    state = await _state(connection)
    proposed = []
    for at, page in enumerate(await records.read_pages(connection, ids)):
        if at % _AT_ONCE == 0:
            await asyncio.sleep(0)
        if page.status is not Status.RETIRED:
            proposed.append(await _propose(connection, state, rights, page, cells, today))
    return proposed


@dataclass(frozen=True, slots=True)
class _EditState:
    """What an edit is judged by."""

    tree: Territories
    categories: Sequence[str]
    places: Places
    revision: int


async def _state(connection: AsyncConnection) -> _EditState:
    last = await connection.run_sync(numbers.last, "territory")
    tree = Territories(await records.read_territories(connection), last)
    categories = await records.read_categories(connection)
    return _EditState(tree, categories, Places(tree), await revisions.current(connection))


async def _propose(
    connection: AsyncConnection,
    state: _EditState,
    rights: Rights,
    before: Page | None,
    cells: Mapping[str, str],
    today: date,
) -> Proposal:
    categories, places = state.categories, state.places
    draft = _read(cells, today)
    if is_vacancy(vacancy := draft.nothings.get("person", "")):
        draft.values["person"] = vacancy  # nobody holds the post, which is more than not known
    if category := draft.values.get("category"):
        known = {name.lower(): name for name in categories}
        draft.values["category"] = known.get(category.lower(), category)
    given = [link for _slot, link in draft.links()]
    withdrawn = Withdrawals(await records.pages_with(connection, given))
    after = _merged(draft, before or _EMPTY, places, withdrawn)
    if not draft.values.get("title", after.title):
        draft.refuse("title", "", say("страницы без названия не бывает"))
    if before is None:
        after = replace(after, id=await _new_id(connection, after))
    await check_references(connection, draft, after)
    changes = [*changes_of(before, after, places, categories)] if before != after else []
    refused = [Refused(problem.column, problem.why) for problem in draft.problems]
    refused += [Refused("", why) for why in rights.refusals(changes, state.tree)]
    warnings = [warning.why for warning in draft.warnings]
    warnings += created(after, places, categories)
    warnings += await seen_elsewhere(connection, before, after)
    titles = await titles_named(connection, filter(None, (before, after)), cells)
    return Proposal(
        before,
        after,
        _steps(before, after, cells, places.territories, titles),
        tuple(changes),
        tuple(refused),
        tuple(warnings),
        state.revision,
    )


def cells_of(scope: Scopes, territories: Territories) -> dict[str, str]:
    """The initial cells of a new page: those without which its editor could not add it."""
    if len(scope.each) != 1:
        return {}
    (only,) = scope.each
    names = Places(territories).names(only.territory)
    cells = {column: name for column, name in zip(PLACE, names, strict=True) if name}
    return {"category": only.category, **cells} if only.category else cells


def _read(cells: Mapping[str, str], today: date) -> RowDraft:
    """The cells as the only row of a file that has no other columns."""
    names = list(cells)
    texts = ["" if is_cleared(column, text) else text.strip() for column, text in cells.items()]
    row = Row(1, texts)
    table = Table([PAGE_COLUMNS[name] for name in names], 0, [row])
    return Checker(table, Columns("pages", dict(enumerate(names)), {}), today, strict=True).check(
        row
    )


def _merged(draft: RowDraft, before: Page, places: Places, withdrawn: Withdrawals) -> Page:
    # As in a file with `replace`: an emptied field is cleared.
    try:
        return Merger(Mode.REPLACE, places, withdrawn).merge(draft, before)
    except PlaceError as error:
        draft.refuse(error.column, draft.values.get(error.column) or "", str(error))
        return before


def _steps(
    before: Page | None,
    after: Page,
    cells: Mapping[str, str],
    tree: Territories,
    titles: Mapping[str, str],
) -> tuple[Step, ...]:
    """The columns that differ, in the order in which they were given."""
    steps = (
        Step(name, told(before, name, tree, titles), told(after, name, tree, titles))
        for name in cells
    )
    return tuple(step for step in steps if step.before != step.after)


async def titles_named(
    connection: AsyncConnection, pages: Iterable[Page], columns: Iterable[str]
) -> dict[str, str]:
    """What the founders and successors of the pages are called, where `columns` has these."""
    of = [(page, column) for page in pages for column in {*REFERENCES}.intersection(columns)]
    ids = {getattr(page, column) for page, column in of} - {""}
    return await records.titles_of(connection, ids) if ids else {}


def told(page: Page | None, column: str, tree: Territories, titles: Mapping[str, str]) -> str:
    """What stands in a column of the page, as an export has it; pages that it names with titles."""
    value = text_of(page, PAGES[column], tree) if page else ""
    return named(value, titles) if column in REFERENCES else value


_EMPTY = Page("", "")


def is_cleared(column: str, text: str) -> bool:
    """Whether what was typed empties the field; a dash does, except in a mark: there it is a no."""
    return erases(text) or (column not in MARKS and clean(text) in ("", "-", "–", "—"))


async def _new_id(connection: AsyncConnection, after: Page) -> str:
    taken = set(await connection.scalars(select(pages.c.id)))
    return NewIds(taken, await deleted(connection)).make(after.title, after.territory)
