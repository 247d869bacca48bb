"""From a row of a table to a draft: every cell parsed by the contract, or a problem that says why.

A draft has the values of the row, and does not depend on the page that it is about. Only a title,
an id and a link can refuse a row: any other cell that cannot be parsed is skipped with a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from directory.file import placeholders, values
from directory.file.columns import LINK_COLUMNS, LINKS, PAGES
from directory.imports.cell_links import CellLinks, links_in, same_place
from directory.imports.columns import NUMBERED, Columns
from directory.imports.content import is_link
from directory.imports.draft import ERASE, RowDraft
from directory.imports.outdated import newer_links
from directory.imports.problems import ProblemKind
from directory.imports.read import Row, Table
from directory.imports.read.book import Unread
from directory.imports.read.limits import MAX_CELL
from directory.imports.row_doubts import RowDoubts
from directory.links import label
from directory.model import NETWORKS, SLOTS
from directory.translation import say

# The middle of Russia's bounds is on land, its edges are Crimea, Chukotka and the Arctic islands.
_RUSSIA = (41.0, 82.0, 19.0, 180.0, -169.0)

_KNOWN = 2_000
"""Size of a column's cache of parsed cells: spheres, places and dates repeat."""

_STOPS_A_ROW = frozenset({"id", "title"})
_MARKS = frozenset({"official_mark", "flagship"})


class Checker:
    """Reads the rows of one table. `today` is the day after which no page can have been checked.

    When `strict`, as for what a person types for one field, whatever cannot be read is a problem,
    and nothing is taken for another column than the one it was given for.
    """

    def __init__(
        self, table: Table, columns: Columns, today: date, *, strict: bool = False
    ) -> None:
        self._strict = strict
        self._width = len(table.header)
        self._of_several = len({row.sheet for row in table.rows}) > 1
        self._today = today
        self._names = columns.names
        self._numbered = columns.numbered
        self._readers: list[tuple[int, str, Callable[[str], Any], dict[str, Any]]] = [
            (at, name, _reader(name), {})
            for at, name in columns.names.items()
            if name in PAGES and name not in SLOTS
        ]
        self._doubted = [(at, name) for at, name, *_ in self._readers if name in values.DOUBTED]
        self._links = [
            (at, name) for at, name in columns.names.items() if name in SLOTS or name == LINKS
        ]
        self._newer = newer_links(table.header, self._links)
        self._mixed = any(name == LINKS for _at, name in self._links)
        self._blank: dict[str, Any] = {name: None for _at, name, *_ in self._readers}
        self._blank |= {name: () for _at, name in self._links if name != LINKS}
        self._row_doubts = RowDoubts(table.header, columns, self._blank)

    def check(self, row: Row) -> RowDraft:
        """The draft of a row, with its problems."""
        draft = RowDraft(row.number, self._blank.copy(), self._mixed)
        if self._of_several:
            draft.sheet = row.sheet
        cells = row.cells
        if len(cells) > self._width:
            cells = self._unbroken(draft, cells)
        for at, name, read, known in self._readers:
            if text := cells[at]:  # most are empty
                if text in known:
                    draft.values[name] = known[text]
                else:
                    self._read(draft, name, text, read, known)
        for at, unread in row.unread.items():
            self._say_unread(draft, at, unread)
        for at, name in self._links:
            text, address = cells[at], row.addresses.get(at, "")
            if text and (newer := self._newer.get(at)) is not None and is_link(cells[newer]):
                draft.warn(name, text, say("рядом стоит новая ссылка: эта не записана"))
            elif text or address:
                if at in self._numbered and text.lstrip("-").isdecimal():
                    text = NUMBERED[name].format(text.lstrip("-"))
                self._read_links(draft, name, text, address)
        if len(cells) > self._width and any(cells[self._width :]):
            draft.refuse(
                "", " ".join(filter(None, cells[self._width :])),
                say("в строке больше ячеек, чем столбцов: проверьте в ней кавычки и разделители"),
            )  # fmt: skip
        self._row_doubts.look(draft, cells)
        self._doubt(draft, cells)
        return draft

    def _unbroken(self, draft: RowDraft, cells: list[str]) -> list[str]:
        """The cells, with links that a separator within the last cell has cut off put back."""
        beyond = [cell for cell in cells[self._width :] if cell]
        if not beyond or self._names.get(self._width - 1) not in LINK_COLUMNS:
            return cells
        linked = [cells[at] for at, _name in self._links]
        if not is_link(linked[-1]) or not all(is_link(cell) or not cell for cell in linked):
            return cells
        draft.warn("", " ".join(beyond), say("ячейки за последним столбцом прочитаны вместе с ним"))
        return [*cells[: self._width - 1], " ".join([linked[-1], *beyond])]

    def _read(
        self,
        draft: RowDraft,
        name: str,
        text: str,
        read: Callable[[str], Any],
        known: dict[str, Any],
    ) -> None:
        """Read a cell that is not empty and holds no links; `known` are the values of others."""
        if not placeholders.is_value(text) and self._says_else(draft, name, text):
            return
        try:
            value = read(text)
        except ValueError as error:
            draft.values.pop(name, None)
            said = draft.refuse if self._strict or name in _STOPS_A_ROW else draft.warn
            said(name, text, str(error))
        else:
            draft.values[name] = None if value in ("", ()) else value
            if len(known) < _KNOWN:
                known[text] = draft.values[name]
            elif value is text and name != "id":
                # A copy, so that the row can be freed: the memory between texts that live on could
                # not be reused.
                draft.values[name] = text[:1] + text[1:]

    @staticmethod
    def _says_else(draft: RowDraft, name: str, text: str) -> bool:
        """Whether the cell says something else than a value, which is noted then."""
        if placeholders.erases(text) and name not in _STOPS_A_ROW:
            draft.values[name] = ERASE
        elif placeholders.is_formula_error(text):
            draft.values.pop(name, None)
            said = draft.refuse if name == "title" else draft.warn
            why = say("ошибка формулы: исправьте её в Excel, значение не прочитано")
            said(name, text, why, ProblemKind.FORMULA_ERROR)
        elif name not in _MARKS and placeholders.says_nothing(text):
            draft.values[name] = None
            draft.nothings[name] = text
        else:
            return False
        return True

    def _say_unread(self, draft: RowDraft, at: int, unread: Unread) -> None:
        if name := self._names.get(at):
            said = draft.refuse if name == "title" else draft.warn
            broken = unread is Unread.ERROR
            kind = ProblemKind.FORMULA_ERROR if broken else ProblemKind.OTHER
            said(name, "", say(unread.value, n=MAX_CELL), kind)

    def _read_links(self, draft: RowDraft, column: str, text: str, address: str) -> None:
        """Read a cell of links: `text` as shown, the addresses behind it (empty: none)."""
        if placeholders.erases(text):
            if column != LINKS:
                draft.values[column] = ERASE
            return
        if placeholders.is_formula_error(text):
            why = say("ошибка формулы: исправьте её в Excel, ссылка не прочитана")
            draft.warn(column, text, why, ProblemKind.FORMULA_ERROR)
            return
        behind = ""
        if address:
            led = (a for a in address.split("\n") if not a.lower().startswith(_NO_PAGES))
            behind = " ".join(led)
        given = behind or text
        found = links_in(given, column)
        if found.refused or (found.left_out and self._strict):
            draft.refuse(column, given, found.refused or found.left_out)
        elif found.left_out:
            why = say("не записано: {why}", why=found.left_out)
            draft.warn(column, given, why, ProblemKind.NOT_TAKEN)
        elif found.moved and self._strict:
            draft.refuse(column, given, say("ссылка другой сети: впишите её в своё поле"))
            return
        for link in found.moved:
            why = say("ссылка стоит не в своём столбце; записана в свой")
            draft.warn(column, label(link), why)
        for link in found.foreign:
            why = say("столбца для этой сети нет: ссылка не записана")
            draft.warn(column, label(link), why)
        for slot, link in found.links:
            if slot == "site" != column and link.platform not in NETWORKS:
                why = say("столбца для этой сети нет: ссылка записана как сайт")
                draft.warn(column, label(link), why)
        if behind and text and behind != text:
            self._compare(draft, column, text, found)
        self._add(draft, found)

    @staticmethod
    def _add(draft: RowDraft, found: CellLinks) -> None:
        for slot, link in found.links:
            known = draft.given(slot)
            if not known:
                draft.values[slot] = (link,)
            elif not any(same_place(link, other) for other in known):
                draft.values[slot] = (*known, link)

    def _compare(self, draft: RowDraft, column: str, text: str, found: CellLinks) -> None:
        """Warn when the text of a cell looks like one link and leads to another."""
        shown = [link for _slot, link in links_in(text, column).links]
        leads = [link for _slot, link in found.links]
        if shown and leads and not all(any(same_place(s, x) for x in leads) for s in shown):
            where = ", ".join(map(label, leads))
            draft.warn(
                column,
                text,
                say("на самом деле ячейка ведёт на {where}; взят этот адрес", where=where),
            )

    def _doubt(self, draft: RowDraft, cells: list[str]) -> None:
        """Warn of values that are valid but probably not meant."""
        for at, name in self._doubted:
            if cells[at] and (why := values.doubt(name, cells[at])):
                draft.warn(name, cells[at], why)
                if values.spoilt(name, cells[at]):
                    draft.values.pop(name, None)
        day = draft.given("checked_at")
        if day and day > self._today:
            why = say("этот день ещё не наступил: исправьте дату проверки")
            draft.warn("checked_at", str(day), why)
        lat, lon = draft.given("lat"), draft.given("lon")
        if lat is not None and lon is not None and not _in_russia(lat, lon):
            why = say("место не в России: не перепутаны ли широта и долгота")
            draft.warn("lat", f"{lat}; {lon}", why)


_NO_PAGES = ("mailto:", "tel:", "file:", "#")
"""How the addresses behind cells begin that lead to no page."""


def _reader(column: str) -> Callable[[str], Any]:
    form = PAGES[column].form
    return form.read if form else values.PLACE_NAME


def _in_russia(lat: float, lon: float) -> bool:
    south, north, west, east, far_east = _RUSSIA
    return south <= lat <= north and (west <= lon <= east or lon <= far_east)
