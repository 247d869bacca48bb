"""The rows of a list of territories against those of the directory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from directory.file.columns import TERRITORIES
from directory.imports.columns import Columns
from directory.imports.merge import Mode
from directory.imports.outcome import Edit, Progress, Stage
from directory.imports.places import COUNTRY
from directory.imports.problems import Problem, ProblemKind
from directory.imports.read import Row, Table
from directory.imports.region_names import region_named
from directory.imports.rows import EVERY
from directory.imports.terms import State, Terms
from directory.model import SETTLEMENT, Territory
from directory.territories import Territories
from directory.translation import quoted, say

_READERS = {name: column.form.read for name, column in TERRITORIES.items() if column.form}
_EMPTY = {
    name: column.empty for name, column in TERRITORIES.items() if name not in ("name", "region")
}
_OKTMO_DIGITS = (8, 11)
"""OKTMO codes of municipalities have 8 digits, those of settlements 11."""


class TerritoryRows:
    """Goes through the rows of one table; when done its attributes are the outcome."""

    def __init__(self, state: State, table: Table, columns: Columns, terms: Terms) -> None:
        self.edits: list[Edit[Territory]] = []
        self.unchanged = 0
        self.refused: list[Problem] = []
        self.warnings: list[Problem] = []
        self.territories = Territories(state.territories)
        self._table = table
        self._columns = columns
        self._terms = terms
        self._before = state.territories
        self._next = 1 + state.territories.last
        self._row_of: dict[int, int] = {}

    def go_through(self, progress: Progress) -> None:
        """Judge every row."""
        total = len(self._table.rows)
        for at, row in enumerate(self._table.rows):
            if at % EVERY == 0:
                progress(Stage.CHECK, at, total)
            given = self._read(row)
            if given is not None:
                self._take(row.number, given)
        progress(Stage.CHECK, total, total)

    @property
    def missing(self) -> int:
        """How many territories the file does not name."""
        return sum(1 for territory in self._before if territory.id not in self._row_of)

    def _read(self, row: Row) -> dict[str, Any] | None:
        """The values of a row, None where the cell is empty; None when the row is refused."""
        given: dict[str, Any] = {}
        refused = len(self.refused)
        for at, name in self._columns.names.items():
            text = row.cells[at]
            try:
                value = _READERS[name](text) if text else None
            except ValueError as error:
                self._refuse(row.number, name, text, str(error))
                continue
            given[name] = None if value in ("", ()) else value
        if not given.get("name"):
            self._refuse(
                row.number, "name", "", say("нет названия: впишите его или уберите строку")
            )
        oktmo = given.get("oktmo")
        if oktmo and not (oktmo.isascii() and oktmo.isdigit() and len(oktmo) in _OKTMO_DIGITS):
            why = say("код ОКТМО — это 8 или 11 цифр; если Excel потерял первый ноль, впишите его")
            self._refuse(row.number, "oktmo", oktmo, why)
        return given if len(self.refused) == refused else None

    def _take(self, row: int, given: dict[str, Any]) -> None:
        region = given.get("region") or ""
        if not self._is_sound_region(region):
            self._refuse_region(row, "region", region)
            return
        parent = self._region(region)
        found = self._known(given, parent)
        if len(found) > 1:
            why = say("подходят несколько: {names}; уточните", names=quoted(t.name for t in found))
            self._refuse(row, "name", given["name"], why)
            return
        before = found[0] if found else None
        if before and before.id in self._row_of:
            why = say(
                "о той же территории говорит строка {row}: оставьте одну",
                row=self._row_of[before.id],
            )
            self._refuse(row, "name", given["name"], why)
            return
        after = self._merge(given, before, parent)
        renamed = before is None or before.name != after.name
        if parent is None and renamed and not self._is_sound_region(after.name):
            self._refuse_region(row, "name", given["name"])
            return
        self._row_of[after.id] = row
        if before is None:
            self.territories.add(after)
        if before == after:
            self.unchanged += 1
            return
        edit = Edit(row, before, after)
        rights = self._terms.rights
        if rights and (why := rights.refusal(edit.change, self.territories)):
            self._refuse(row, "name", given["name"], why)
            return
        self.edits.append(edit)

    def _is_sound_region(self, name: str) -> bool:
        """Whether the region is known, or is one of Russia's, or may be made all the same."""
        return (
            not name
            or name.lower() in COUNTRY
            or self._terms.new_regions
            or bool(region_named(name))
            or bool(self._before.matches(name, None))
        )

    def _region(self, name: str) -> int | None:
        """The number of the region, made when it is new; None for a row that is a region itself."""
        if not name or name.lower() in COUNTRY:
            return None
        if known := self.territories.find(name, None):
            return known.id
        region = Territory(self._next, name)
        self._next += 1
        self.territories.add(region)
        self.edits.append(Edit(None, None, region))
        return region.id

    def _known(self, given: dict[str, Any], parent: int | None) -> list[Territory]:
        """The territories that a row may be about: by name, by code, by what it was called."""
        settlement = given.get("kind") == SETTLEMENT
        if found := self.territories.matches(given["name"], parent, settlement=settlement):
            return found
        beside = self.territories.children(parent)
        if oktmo := given.get("oktmo"):
            found = [t for t in beside if t.oktmo == oktmo]
        for former in given.get("former_names") or ():
            found = found or self.territories.matches(former, parent, settlement=settlement)
        return found

    def _merge(
        self, given: dict[str, Any], before: Territory | None, parent: int | None
    ) -> Territory:
        """The territory after the row is taken."""
        if before is None:
            before = Territory(self._next, given["name"], parent)
            self._next += 1
        fields: dict[str, Any] = {"name": self._name(given["name"], before)}
        for name, empty in _EMPTY.items():
            if given.get(name) is not None:
                fields[name] = given[name]
            elif name in given and self._terms.mode is Mode.REPLACE:
                fields[name] = empty
        if fields["name"] != before.name:
            # What pages and people call it by still leads there.
            former = (*fields.get("former_names", before.former_names), before.name)
            fields["former_names"] = tuple(dict.fromkeys(former))
        return replace(before, **fields)

    @staticmethod
    def _name(given: str, before: Territory) -> str:
        """The name that a territory bears from now on: a former one does not come back."""
        former = [name.lower() for name in before.former_names]
        return before.name if given.lower() in former else given

    def _refuse_region(self, row: int, column: str, value: str) -> None:
        """Refuse a row that makes or renames a region, until somebody agrees."""
        why = say(
            "такого региона нет среди регионов России: если это не ошибка, подтвердите, что он"
            " новый или переименован"
        )
        self._refuse(row, column, value, why, ProblemKind.NEW_REGION)

    def _refuse(
        self,
        row: int,
        column: str,
        value: str,
        why: str,
        kind: ProblemKind = ProblemKind.OTHER,
    ) -> None:
        self.refused.append(Problem.at(row, column, value, why, kind=kind))
