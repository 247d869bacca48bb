"""A list laid out as sheets, with the truth: which bodies stand where, and what is said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from bench.offices.habits import (
    FOOTERS,
    TITLES,
    TOTALS,
    ColumnOfFile,
    Shown,
    columns,
    okrug_column,
    okrug_in_words,
    sheet_of,
    sphere_in_words,
)
from bench.offices.names import Body, bodies
from directory.model import Link

ARRANGEMENTS = (
    *("plain", "plain", "okrugs", "spheres", "nested", "column", "merged", "sheets", "summary"),
    *("beside", "below", "continued", "repeated"),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful person takes from one row."""

    sheet: str
    row: int
    title: str
    links: frozenset[tuple[str, Link]]
    okrug: str = ""
    sphere: str = ""


@dataclass(slots=True)
class Laid:
    """One sheet: cells by row, merged spans (first row, column, last row, column), hidden rows."""

    name: str
    rows: list[list[Shown]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    def add(self, cells: Sequence[Shown | str]) -> int:
        """Add a row; return its number from 1."""
        self.rows.append([Shown(cell) if isinstance(cell, str) else cell for cell in cells])
        return len(self.rows)

    def shift(self) -> None:
        """Put an empty column in front."""
        self.rows = [[Shown(""), *row] for row in self.rows]
        self.merged = [(a, left + 1, b, right + 1) for a, left, b, right in self.merged]


@dataclass(slots=True)
class OfficeFile:
    """The sheets of a made-up file, the truth, and what is special about it."""

    sheets: list[Laid]
    truth: list[Truth]
    traits: list[str]
    headers: dict[str, list[str]]
    """The headers of the columns that hold links, by slot."""


class Office:
    """One office that writes its list."""

    def __init__(self, chance: Random, *, workbook: bool) -> None:
        self._chance = chance
        self._workbook = workbook
        self.arrangement = chance.choice(ARRANGEMENTS)
        if self.arrangement in ("merged", "sheets", "summary") and not workbook:
            self.arrangement = "okrugs"
        self._columns = columns(chance, workbook=workbook)
        if self.arrangement in ("column", "merged"):
            self._columns.insert(chance.choice((0, len(self._columns))), okrug_column(chance))
        self.traits = [self.arrangement]
        self._truth: list[Truth] = []
        self._next = 1 + chance.randrange(1000)

    def file(self) -> OfficeFile:
        """The file."""
        if self.arrangement == "sheets":
            sheets = [self._sheet_of(okrug, n) for n, okrug in enumerate(self._okrugs(3), 1)]
        elif self.arrangement == "summary":
            sheets = [self._summary(), self._list("Список")]
        else:
            sheets = [self._list("Лист1")]
        if self._chance.random() < 0.1:
            self.traits.append("empty column in front")
            for sheet in sheets:
                sheet.shift()
        headers: dict[str, list[str]] = {}
        for column in self._columns:
            for slot in column.slots:
                headers.setdefault(slot, []).append(column.header)
        return OfficeFile(sheets, self._truth, self.traits, headers)

    def _okrugs(self, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            (one,) = bodies(self._chance, 1, 0)
            if one.okrug not in found:
                found.append(one.okrug)
        return found

    def _bodies(self, count: int) -> list[Body]:
        made = bodies(self._chance, count, self._next)
        self._next += count
        return made

    def _summary(self) -> Laid:
        sheet = Laid(self._chance.choice(("Свод", "Сводная", "Итоги")))
        sheet.add(["Муниципалитет", "Количество страниц", "Из них с меткой"])
        for okrug in self._okrugs(4):
            sheet.add([f"{okrug} район", str(self._chance.randint(5, 90)), "3"])
        sheet.add(["Итого", "190", "12"])
        return sheet

    def _sheet_of(self, okrug: str, number: int) -> Laid:
        sheet = Laid(sheet_of(self._chance, okrug, number))
        self._preface(sheet)
        self._header(sheet)
        rows = self._bodies(self._chance.randint(2, 8))
        for n, body in enumerate(rows, 1):
            self._row(sheet, body, n, okrug=okrug)
        return sheet

    def _list(self, name: str) -> Laid:
        chance = self._chance
        sheet = Laid(name)
        self._preface(sheet)
        self._header(sheet)
        if chance.random() < 0.15:
            self.traits.append("numbers")
            sheet.add([str(n) for n, _column in enumerate(self._columns, 1)])
        rows = self._bodies(chance.randint(3, 30))
        arrange = {
            "okrugs": self._by_okrug,
            "spheres": self._by_sphere,
            "nested": self._nested,
            "merged": self._merged,
            "continued": self._continued,
            "beside": self._beside,
            "repeated": self._repeated,
        }
        arrange.get(self.arrangement, self._plain)(sheet, rows)
        self._ending(sheet)
        return sheet

    def _preface(self, sheet: Laid) -> None:
        chance = self._chance
        kind = chance.choice(("none", "none", "title", "letter", "gap"))
        self.traits.append(f"preface {kind}")
        width = len(self._columns)
        if kind == "letter":
            sheet.add([*[""] * (width - 1), "Приложение № 2 к письму от 03.11.2025 № 08-114"])
        if kind in ("title", "letter"):
            row = sheet.add([chance.choice(TITLES), *[""] * (width - 1)])
            if self._workbook and width > 1:
                sheet.merged.append((row, 0, row, width - 1))
        if kind == "gap":
            sheet.add([""] * width)
            sheet.add([chance.choice(TITLES)])
            sheet.add([""] * width)

    def _header(self, sheet: Laid) -> None:
        groups = [column.group for column in self._columns]
        if not any(groups):
            sheet.add([column.header for column in self._columns])
            return
        self.traits.append("two-row header")
        above: list[str] = []
        for at, column in enumerate(self._columns):
            first = at == 0 or groups[at - 1] != column.group
            above.append((column.group if first else "") if column.group else column.header)
        top = sheet.add(above)
        sheet.add([column.header if column.group else "" for column in self._columns])
        at = 0
        for group, same in groupby(groups):
            width = len(list(same))
            if group and width > 1 and self._workbook:
                sheet.merged.append((top, at, top, at + width - 1))
            if not group and self._workbook:
                sheet.merged += [(top, i, top + 1, i) for i in range(at, at + width)]
            at += width

    def _row(self, sheet: Laid, body: Body, n: int, *, okrug: str = "", sphere: str = "") -> int:
        number = sheet.add([column.cell(body, n) for column in self._columns])
        self._tell(sheet, number, body, okrug, sphere)
        return number

    def _tell(self, sheet: Laid, number: int, body: Body, okrug: str, sphere: str) -> None:
        slots = {slot for column in self._columns for slot in column.slots}
        links = frozenset(link for link in body.links if link[0] in slots)
        if any(column.is_okrug for column in self._columns):
            okrug = body.okrug
        self._truth.append(Truth(sheet.name, number, body.title, links, okrug, sphere))

    def _plain(self, sheet: Laid, rows: list[Body]) -> None:
        for n, body in enumerate(rows, 1):
            number = self._row(sheet, body, n)
            if self._workbook and self._chance.random() < 0.03:
                self.traits.append("hidden")
                sheet.hidden.add(number)

    def _heading(self, sheet: Laid, text: str) -> None:
        width = len(self._columns)
        at = next(i for i, column in enumerate(self._columns) if column.is_title)
        place = self._chance.choice((0, at))
        cells = [""] * width
        cells[place] = text
        row = sheet.add(cells)
        if self._workbook and width > 1 and self._chance.random() < 0.6:
            sheet.rows[-1] = [Shown(text)] + [Shown("")] * (width - 1)
            sheet.merged.append((row, 0, row, width - 1))

    def _by_okrug(self, sheet: Laid, rows: list[Body]) -> None:
        numbered = self._chance.random() < 0.3
        rows.sort(key=lambda body: body.okrug)
        for part, (okrug, group) in enumerate(groupby(rows, lambda body: body.okrug), 1):
            words = okrug_in_words(self._chance, okrug)
            self._heading(sheet, f"{part}. {words}" if numbered else words)
            self._group(sheet, list(group), okrug=okrug)

    def _by_sphere(self, sheet: Laid, rows: list[Body]) -> None:
        rows.sort(key=lambda body: body.sphere)
        for sphere, group in groupby(rows, lambda body: body.sphere):
            self._heading(sheet, sphere_in_words(self._chance, sphere))
            self._group(sheet, list(group), sphere=sphere)

    def _nested(self, sheet: Laid, rows: list[Body]) -> None:
        rows.sort(key=lambda body: (body.okrug, body.sphere))
        for okrug, of_okrug in groupby(rows, lambda body: body.okrug):
            self._heading(sheet, okrug_in_words(self._chance, okrug))
            for sphere, group in groupby(list(of_okrug), lambda body: body.sphere):
                self._heading(sheet, sphere_in_words(self._chance, sphere))
                self._group(sheet, list(group), okrug=okrug, sphere=sphere)

    def _group(self, sheet: Laid, rows: list[Body], *, okrug: str = "", sphere: str = "") -> None:
        for n, body in enumerate(rows, 1):
            self._row(sheet, body, n, okrug=okrug, sphere=sphere)
        if self._chance.random() < 0.2:
            self.traits.append("totals")
            self._total(sheet, len(rows))
        if self._chance.random() < 0.1:
            self.traits.append("blank rows")
            sheet.add([])

    def _total(self, sheet: Laid, count: int) -> None:
        at = next(i for i, column in enumerate(self._columns) if column.is_title)
        cells = [""] * len(self._columns)
        cells[at] = self._chance.choice(TOTALS)
        if self._chance.random() < 0.5:
            cells[at] += f" {count}"
        elif at + 1 < len(cells):
            cells[at + 1] = str(count)
        sheet.add(cells)

    def _merged(self, sheet: Laid, rows: list[Body]) -> None:
        rows.sort(key=lambda body: body.okrug)
        at = next(i for i, column in enumerate(self._columns) if column.is_okrug)
        n = 0
        for _okrug, group in groupby(rows, lambda body: body.okrug):
            first = len(sheet.rows) + 1
            for body in group:
                n += 1
                self._row(sheet, body, n)
            last = len(sheet.rows)
            if last > first:
                sheet.merged.append((first, at, last, at))
                for row in sheet.rows[first:last]:
                    row[at] = Shown("")

    def _continued(self, sheet: Laid, rows: list[Body]) -> None:
        """Further links of a body in rows of their own, as a list of one link a row has them."""
        slots = ("vk", "ok", "telegram")
        title = next(i for i, column in enumerate(self._columns) if column.is_title)
        self._columns = [c for c in self._columns if not c.slots or c.is_title]
        place = len(self._columns)
        self._columns.append(_empty("Ссылка на страницу", slots))
        self._shorten_header(sheet)
        for n, body in enumerate(rows, 1):
            number = self._row(sheet, body, n)
            shown = [body.address(slot) for slot in slots if slot in body.accounts]
            if shown:
                sheet.rows[-1][place] = Shown(shown[0])
            for address in shown[1:]:
                sheet.add([*[""] * place, address])
            if self._workbook and len(shown) > 1:
                sheet.merged.append((number, title, len(sheet.rows), title))

    def _shorten_header(self, sheet: Laid) -> None:
        """Write the header anew in one row: the columns were changed."""
        sheet.rows.clear()
        sheet.merged.clear()
        self.traits[:] = [self.arrangement]
        sheet.add([column.header for column in self._columns])

    def _beside(self, sheet: Laid, rows: list[Body]) -> None:
        """Two tables side by side, an empty column between them."""
        sheet.rows.clear()
        sheet.merged.clear()
        self.traits[:] = [self.arrangement]
        header = [column.header for column in self._columns]
        sheet.add([*header, "", *header])
        half = (len(rows) + 1) // 2
        for n, body in enumerate(rows[:half], 1):
            cells = [column.cell(body, n) for column in self._columns]
            number = len(sheet.rows) + 1
            self._tell(sheet, number, body, "", "")
            if half + n - 1 < len(rows):
                other = rows[half + n - 1]
                cells += [Shown(""), *(column.cell(other, n) for column in self._columns)]
                self._tell(sheet, number, other, "", "")
            sheet.add(cells)

    def _repeated(self, sheet: Laid, rows: list[Body]) -> None:
        """The header again now and then, as on printed pages."""
        header = [column.header for column in self._columns]
        for n, body in enumerate(rows, 1):
            if n % 7 == 0 and not any(column.group for column in self._columns):
                sheet.add(header)
            self._row(sheet, body, n)

    def _ending(self, sheet: Laid) -> None:
        chance = self._chance
        if chance.random() < 0.2:
            self.traits.append("totals")
            self._total(sheet, 12)
        if self.arrangement == "below":
            sheet.add([])
            if chance.random() < 0.5:
                sheet.add(["Раздел 2. Ответственные лица"])
            sheet.add(["ФИО", "Должность", "Телефон"])
            for n in range(3):
                sheet.add([f"Мещеряков Глеб {n}-й", "методист", f"2-1{n}-15"])
        if chance.random() < 0.3:
            self.traits.append("footer")
            if chance.random() < 0.5:
                sheet.add([])
            at = next(i for i, column in enumerate(self._columns) if column.is_title)
            sheet.add([*[""] * chance.choice((0, at)), chance.choice(FOOTERS)])


def _empty(header: str, slots: tuple[str, ...]) -> ColumnOfFile:
    return ColumnOfFile(header, "", lambda _body, _n: Shown(""), slots)
