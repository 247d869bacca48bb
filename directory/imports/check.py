"""From a row of a table to a draft: every cell read by the contract, or a problem that says why.

A draft says what the row gives, and knows nothing of the page that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directory.file import values
from directory.file.columns import LINKS, PAGES
from directory.imports.columns import Columns
from directory.imports.problems import Problem
from directory.imports.read import Row, Table
from directory.links import Refusal, label, parse, slot_of
from directory.model import NETWORKS, SLOTS, Link

_NOTHINGS = frozenset({"-", "–", "—", "−", "нет", "отсутствует", "не имеется", "н/д"})
"""What people write for having no link, or no number; "0" is no link, but a number."""

_MAY_SAY_NOTHING = frozenset({"lat", "lon", "checked_at", "subscribers"})

_BETWEEN_LINKS = re.compile(r"[\s|]+|[,;]+(?=\s|$|https?:|www\.|@)")
_A_WORD = re.compile(r"[^./@\\]*")
"""In a column of mixed links: «ВК:», «сообщество», a dash; whatever else must be a link."""

# The middle of Russia's bounds is on land, its edges are Crimea, Chukotka and the Arctic islands.
_RUSSIA = (41.0, 82.0, 19.0, 180.0, -169.0)


@dataclass(slots=True)
class Draft:
    """What one row gives.

    `values` maps the columns that the file has to what the row says, None for an empty cell; link
    columns map to tuples of links. Of a column of mixed links only the networks named are here,
    and in `mixed` that there is one.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    mixed: bool = False
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def links(self) -> Iterator[tuple[str, Link]]:
        """The links that the row gives, with their slots."""
        for slot in SLOTS:
            for link in self.values.get(slot) or ():
                yield slot, link

    def refuse(self, column: str, value: str, why: str) -> None:
        """Note why the row cannot be taken."""
        self.problems.append(Problem.at(self.row, column, value, why))

    def warn(self, column: str, value: str, why: str) -> None:
        """Note what deserves a look."""
        self.warnings.append(Problem.at(self.row, column, value, why))


class Checker:
    """Reads the rows of one table. `today` is the day after which no page can have been checked."""

    def __init__(self, table: Table, columns: Columns, today: date) -> None:
        self._width = len(table.header)
        self._today = today
        self._names = columns.names
        self._readers = [
            (at, name, _reader(name), _NOTHINGS if name in _MAY_SAY_NOTHING else ())
            for at, name in columns.names.items()
            if name in PAGES and name not in SLOTS
        ]
        self._doubted = [(at, name) for at, name, *_ in self._readers if name in values.DOUBTED]
        self._links = [
            (at, name) for at, name in columns.names.items() if name in SLOTS or name == LINKS
        ]
        if not self._links and columns.title is not None:
            # Names that are links themselves are how a list without a column of links has them.
            self._links_of_names = columns.title
        else:
            self._links_of_names = -1

    def check(self, row: Row) -> Draft:
        """The draft of a row, with its problems."""
        draft = Draft(row.number)
        cells = row.cells
        for at, name, read, nothings in self._readers:
            text = cells[at]
            if not text or text in nothings:
                draft.values[name] = None
                continue
            try:
                value = read(text)
            except ValueError as error:
                draft.refuse(name, text, str(error))
            else:
                draft.values[name] = None if value in ("", ()) else value
        for at, why in row.unread.items():
            self._say_unread(draft, at, why)
        for at, name in self._links:
            if name == LINKS:
                draft.mixed = True
            else:
                draft.values.setdefault(name, ())
            address = row.addresses.get(at, "")
            if cells[at] or address:
                self._read_links(draft, name, cells[at], address)
        if address := row.addresses.get(self._links_of_names, ""):
            draft.mixed = True
            self._read_links(draft, LINKS, "", address)
        if any(cells[self._width :]):
            draft.refuse(
                "", " ".join(filter(None, cells[self._width :])),
                "в строке больше ячеек, чем столбцов: проверьте в ней кавычки и разделители",
            )  # fmt: skip
        self._doubt(draft, cells)
        return draft

    def _say_unread(self, draft: Draft, at: int, why: str) -> None:
        name = self._names.get(at)
        if name == "title":
            draft.refuse(name, "", why)
        elif name:
            draft.warn(name, "", why)

    def _read_links(self, draft: Draft, column: str, text: str, address: str) -> None:
        """Read a cell of links: `text` as shown, `address` behind it (empty: none)."""
        given = address or text
        if given == "0" or given.lower() in _NOTHINGS:
            return
        found = self._links_in(draft, column, given)
        if address and text and address != text:
            self._compare(draft, column, text, address, found)
        for link in found:
            slot = slot_of(link) if column == LINKS else column
            known = draft.values.get(slot) or ()
            if link not in known:
                draft.values[slot] = (*known, link)

    def _links_in(self, draft: Draft, column: str, text: str) -> list[Link]:
        slot = None if column == LINKS else column
        parts = [part for part in _BETWEEN_LINKS.split(text) if part]
        if slot is None and any(not _A_WORD.fullmatch(part) for part in parts):
            parts = [part for part in parts if not _A_WORD.fullmatch(part)]
        found: list[Link] = []
        for part in parts:
            link = parse(part, slot=slot)
            if isinstance(link, Refusal):
                draft.refuse(column, text, link.why)
            else:
                found.append(link)
        return found

    def _compare(
        self, draft: Draft, column: str, text: str, address: str, found: list[Link]
    ) -> None:
        """Warn when the text of a cell looks like one link and leads to another."""
        shown = [
            parse(p, slot=None) for p in _BETWEEN_LINKS.split(text) if not _A_WORD.fullmatch(p)
        ]
        if shown and found and shown != found:
            leads = ", ".join(map(label, found))
            draft.warn(column, text, f"на самом деле ячейка ведёт на {leads}; взят этот адрес")

    def _doubt(self, draft: Draft, cells: list[str]) -> None:
        """Warn of what is right by itself and yet hardly meant."""
        for at, name in self._doubted:
            if cells[at] and (why := values.doubt(name, cells[at])):
                draft.warn(name, cells[at], why)
                if values.spoilt(name, cells[at]):
                    del draft.values[name]
        day = draft.values.get("checked_at")
        if day and day > self._today:
            draft.warn("checked_at", str(day), "этот день ещё не наступил: исправьте дату проверки")
        lat, lon = draft.values.get("lat"), draft.values.get("lon")
        if lat is not None and lon is not None and not _in_russia(lat, lon):
            why = "место не в России: не перепутаны ли широта и долгота"
            draft.warn("lat", f"{lat}; {lon}", why)


def _reader(column: str) -> Callable[[str], Any]:
    form = PAGES[column].form
    return form.read if form else values.PLACE_NAME


def _in_russia(lat: float, lon: float) -> bool:
    south, north, west, east, far_east = _RUSSIA
    return south <= lat <= north and (west <= lon <= east or lon <= far_east)


def networks_of(draft: Draft) -> list[Link]:
    """The draft's accounts on networks: what a page is known by (a site may serve several)."""
    return [link for slot, link in draft.links() if slot in NETWORKS and slot != "site"]
