"""From a file to a plan: what importing it would do. Nothing is changed here.

found = await plan(db, data, "список.xlsx")
print(found.new, found.changed, found.refused)
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from directory.file.columns import HEADERS, column_title
from directory.imports.columns import Columns
from directory.imports.headers import title
from directory.imports.merge import Mode
from directory.imports.on_its_side import refuse_on_its_side
from directory.imports.one_row_each import one_row_each
from directory.imports.outcome import Edit, Plan, Progress, Stage
from directory.imports.people import people_apart
from directory.imports.read import Book, Table, UnreadableError, begin
from directory.imports.reading import Reading, read_columns, readings, unread
from directory.imports.rows import PageRows
from directory.imports.terms import State, Terms
from directory.imports.territory_rows import TerritoryRows
from directory.imports.whole_names import whole_names
from directory.rights import Rights, Scope
from directory.store import numbers, records, revisions
from directory.store.database import Database
from directory.store.gone import deleted
from directory.territories import Territories
from directory.translation import quoted, say

_NONE: Mapping[str, str] = MappingProxyType({})


class TitleUnknownError(UnreadableError):
    """Somebody must say which column has the names; `readings` are the columns to choose from.

    Where the file has no header, what its columns look like is proposed in them. The choice is
    given to `plan` as `chosen`. `sheets` are all that fit.
    """

    def __init__(self, readings: Sequence[Reading], sheets: Sequence[str]) -> None:
        listed = ", ".join(map(_proposed, readings))
        super().__init__(
            say(
                "Строки заголовков в файле нет; столбцы: {columns}. Впишите над ними названия"
                " столбцов.",
                columns=listed,
            )
            if any(one.column == "title" for one in readings)
            else say(
                "Не понять, в каком столбце названия страниц: {columns}. Назовите этот столбец"
                " «Название».",
                columns=listed,
            )
        )
        self.readings = tuple(readings)
        self.sheets = tuple(sheets)


def _proposed(one: Reading) -> str:
    """A column with its sample, and what it seems to be."""
    named = quoted([title(one.header)]) + (f" ({one.sample})" if one.sample else "")
    if one.column not in HEADERS:
        return named
    return say("{header} — похоже, это «{column}»", header=named, column=column_title(one.column))


def silent(_stage: Stage, _done: int, _total: int) -> None:
    """Progress that is ignored."""


def seldom_collect() -> None:
    """Collect garbage rarely from now on: for a process that does nothing but import one file.

    Nearly all objects made of a file live to the end, and traversing them takes a tenth of an
    import of 175 000 rows.
    """
    gc.set_threshold(100_000, 1_000, 1_000)


async def plan(
    db: Database,
    data: bytes,
    name: str,
    *,
    mode: Mode = Mode.UPDATE,
    scope: Scope | None = None,
    rights: Rights | None = None,
    sheet: str | None = None,
    region: str = "",
    home: str = "",
    chosen: Mapping[str, str] = _NONE,
    new_regions: bool = False,
    progress: Progress = silent,
    book: Book | None = None,
) -> Plan:
    """What importing the file `name` with the bytes `data` would do.

    Rows about pages outside `scope` (None: everything) or `rights` (None: all rights) are refused,
    and only pages of the scope are retired. `sheet` picks one of a workbook's sheets. `region` is
    the region that the file is of, `home` the one whose places are looked at first; `chosen` says
    by headers which columns they are (see `reading.read_columns`); `new_regions` is the consent to
    make regions that Russia has not, or to rename one. `progress` is called in another thread.
    `book` is what was read of the data, when it was read already. Raises `UnreadableError` with a
    Russian text, and its `TitleUnknownError` when somebody must say which column has the names.
    """
    progress(Stage.READ, 0, 1)
    sha256 = (await asyncio.to_thread(hashlib.sha256, data)).hexdigest()
    # A large file is not kept in memory beside what is read of it, nor are rows beside the pages
    # that are made of them, when nobody else wants them.
    spend = book is None
    rest = None if book else await asyncio.to_thread(begin, data, name, sheet=sheet)
    del data
    if rest is not None:
        book = await asyncio.to_thread(rest)
    del rest
    assert book is not None
    progress(Stage.READ, 1, 1)
    work = PlanOfFile(
        name, sha256, Terms(mode, scope or Scope(), rights, region, home, new_regions)
    )
    state = await read_state(db)
    return await asyncio.to_thread(work.plan, book, state, chosen, progress, spend=spend)


async def read_state(db: Database) -> State:
    """The whole directory, in one state."""
    async with db.read() as connection:
        return State(
            await revisions.current(connection),
            Territories(
                await records.read_territories(connection),
                await connection.run_sync(numbers.last, "territory"),
            ),
            await records.read_categories(connection),
            {page.id: page async for page in records.each_page(connection)},
            await deleted(connection),
        )


def _is_unnamed(table: Table, columns: Columns, state: State) -> bool:
    """Whether neither names nor known ids say which pages the rows are about."""
    if columns.title is not None:
        return False
    at = columns.position("id")
    if at is None:
        return True
    if not any(columns.unknown.values()):
        return False
    return state.pages.keys().isdisjoint(row.cells[at] for row in table.rows)


@dataclass(frozen=True, slots=True)
class PlanOfFile:
    """One file on its way to a plan: its name, its hash and the terms."""

    file: str
    sha256: str
    terms: Terms

    def plan(
        self,
        book: Book,
        state: State,
        chosen: Mapping[str, str],
        progress: Progress,
        *,
        spend: bool = False,
    ) -> Plan:
        """What the table of the book would do to the directory in that state; see `plan`.

        Its rows are gone then when they may be spent.
        """
        table = book.table
        columns = read_columns(table, chosen)
        if not chosen:
            refuse_on_its_side(table, columns)
        if _is_unnamed(table, columns, state) or not (table.header_row or chosen):
            sheets = [*book.sheets[:1], *book.others]
            raise TitleUnknownError(readings(table, columns), sheets)
        if columns.kind == "territories":
            return self._of_territories(book, state, columns, progress)
        book, columns = whole_names(*people_apart(*one_row_each(book, columns)))
        return self._of_pages(book, state, columns, progress, spend=spend)

    def _of_pages(
        self, book: Book, state: State, columns: Columns, progress: Progress, *, spend: bool
    ) -> Plan:
        facts = self._facts(book, state, columns)
        unknown = unread(book.table, columns)
        rows = PageRows(state, book.table, columns, self.terms)
        rows.go_through(datetime.now().astimezone().date(), progress, spend=spend)
        return Plan(
            **facts,
            categories=tuple(rows.categories),
            places=tuple(Edit(None, None, territory) for territory in rows.created),
            pages=tuple(rows.edits),
            territories=rows.places.territories,
            unchanged=rows.unchanged,
            missing=rows.missing,
            retirable=rows.retirable,
            extent=rows.extent,
            with_links=rows.with_links,
            skipped=(*book.skipped, *rows.skipped),
            empty_cells=rows.empty_cells,
            refused=tuple(rows.refused),
            warnings=(*unknown, *rows.warnings),
        )

    def _of_territories(
        self, book: Book, state: State, columns: Columns, progress: Progress
    ) -> Plan:
        rows = TerritoryRows(state, book.table, columns, self.terms)
        rows.go_through(progress)
        return Plan(
            **self._facts(book, state, columns),
            places=tuple(rows.edits),
            territories=rows.territories,
            unchanged=rows.unchanged,
            missing=rows.missing,
            skipped=tuple(book.skipped),
            refused=tuple(rows.refused),
            warnings=(*unread(book.table, columns), *rows.warnings),
        )

    def _facts(self, book: Book, state: State, columns: Columns) -> dict[str, Any]:
        """What a plan says of its file, whatever it lists."""
        table = book.table
        return {
            "kind": columns.kind,
            "file": self.file,
            "sha256": self.sha256,
            "mode": self.terms.mode,
            "scope": self.terms.scope,
            "base": state.base,
            "sheet": book.sheets[0] if book.sheets else "",
            "sheets": (*book.sheets[:1], *book.others),
            "encoding": book.encoding,
            "delimiter": book.delimiter,
            "notes": tuple(book.notes),
            "rows": len(table.rows),
            "readings": tuple(readings(table, columns)),
            "sheets_read": tuple(book.sheets),
        }
