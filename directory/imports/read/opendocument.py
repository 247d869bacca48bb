"""A first walk through an ODS file: refuse what is dangerous, note what calamine does not tell."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from directory.imports.read.book import UnreadableError
from directory.imports.read.formulas import Formula
from directory.imports.read.limits import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from directory.imports.read.merged import Span
from directory.imports.read.parts import Marks, reference, refuse_links, refuse_size
from directory.imports.read.survey import refuse_bombs

_CONTENT = "content.xml"
_CHUNK = 1 << 16
_FORMULA = re.compile(r"(?i)\s*(?:of|oooc|msoxl)?:?=?\s*(.*)", re.DOTALL)
_HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class SheetOfOds:
    """What one table of the file says beside its values."""

    name: str
    marks: Marks = field(default_factory=Marks)
    spans: list[Span] = field(default_factory=list)
    visible: bool = True


def survey_ods(archive: zipfile.ZipFile) -> list[SheetOfOds]:
    """The sheets in their order. Raises as `directory.imports.read.survey.survey` does."""
    refuse_bombs(archive)
    if _CONTENT not in archive.namelist():
        raise UnreadableError("Таблица OpenDocument повреждена: сохраните её заново и отправьте.")
    return _Content().walk(archive)


class _Content:
    """The walk; `number-…-repeated` makes a few bytes stand for any number of cells."""

    def __init__(self) -> None:
        self._sheets: list[SheetOfOds] = []
        self._hidden_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._wide = 0
        self._texts = self._total = self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._count

    def walk(self, archive: zipfile.ZipFile) -> list[SheetOfOds]:
        with archive.open(_CONTENT) as stream:
            while chunk := stream.read(_CHUNK):
                self._parser.Parse(chunk)
            self._parser.Parse(b"", True)
        return self._sheets

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        own = {key.rpartition(":")[2]: text for key, text in attributes.items()}
        if tag == "style":
            self._style = own.get("name", "")
        elif tag == "table-properties" and own.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "text-properties" and own.get("text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)
        elif tag == "table":
            self._depth += 1
            visible = own.get("style-name", "") not in self._hidden_styles
            self._sheets.append(SheetOfOds(own.get("name", ""), visible=visible))
            self._row = self._column = 0
            self._rows = self._columns = 1
            self._wide = 0
        elif not self._sheets or not self._depth:
            return
        elif tag == "table-row":
            self._row += self._rows if self._row else 1
            self._rows = _repeated(own, "number-rows-repeated")
            self._column, self._columns = 0, 0
            if own.get("visibility") in _HIDDEN and self._rows < MAX_ROWS:
                self._sheets[-1].marks.hidden.update(range(self._row, self._row + self._rows))
        elif tag in ("table-cell", "covered-table-cell"):
            self._enter_cell(own)
        elif tag == "a" and (address := own.get("href")):
            self._note_address(address)
        elif tag == "span" and own.get("style-name") in self._struck_styles:
            self._sheets[-1].marks.struck.add((self._row, self._column))
        elif tag == "annotation":
            self._sheets[-1].marks.comments.append(reference(self._row, self._column))
        elif tag == "frame":
            self._sheets[-1].marks.pictures += 1
        elif tag == "table-column":
            self._enter_column(own)

    def _enter_column(self, own: dict[str, str]) -> None:
        first = self._wide
        self._wide += _repeated(own, "number-columns-repeated")
        if own.get("visibility") in _HIDDEN:
            hidden = range(first, min(self._wide, MAX_COLUMNS))
            self._sheets[-1].marks.hidden_columns.update(hidden)

    def _enter_cell(self, own: dict[str, str]) -> None:
        self._column += self._columns
        self._columns = _repeated(own, "number-columns-repeated")
        self._texts = 0
        marks = self._sheets[-1].marks
        at = self._row, self._column
        down, right = (
            _repeated(own, "number-rows-spanned"),
            _repeated(own, "number-columns-spanned"),
        )
        if down > 1 or right > 1:
            row, column = self._row - 1, self._column
            self._sheets[-1].spans.append(((row, column), (row + down - 1, column + right - 1)))
        if own.get("value-type"):
            self._refuse_excess()
            if own.get("style-name") in self._struck_styles:
                marks.struck.add(at)
        if formula := own.get("formula"):
            text = _FORMULA.sub(r"\1", formula).replace(";", ",")
            if "HYPERLINK" in text.upper():
                marks.formulas[at] = Formula(text)
        self._refuse_flood()

    def _note_address(self, address: str) -> None:
        addresses = self._sheets[-1].marks.addresses
        for row in range(self._row, self._row + min(self._rows, 100)):
            for column in range(self._column, self._column + min(self._columns, 100)):
                addresses.setdefault((row, column), address)
        self._refuse_flood()

    def _count(self, text: str) -> None:
        if self._depth and not text.isspace():
            self._texts += len(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table":
            self._depth -= 1
        elif tag in ("table-cell", "covered-table-cell") and self._texts:
            self._refuse_excess()
            self._total += self._texts * self._rows * self._columns
            self._texts = 0
            if self._total > MAX_TEXT:
                raise UnreadableError(
                    "В таблице слишком много текста: разделите её на несколько файлов."
                )

    def _refuse_excess(self) -> None:
        """Raise UnreadableError when the cell, which has a value, is beyond a limit."""
        last_row = self._row + self._rows - 1
        last_column = self._column + self._columns
        refuse_size(self._sheets[-1].name, last_row, last_column)

    def _refuse_flood(self) -> None:
        marks, spans = self._sheets[-1].marks, self._sheets[-1].spans
        most = max(len(marks.addresses), len(marks.formulas), len(spans))
        most = max(most, len(marks.struck), len(marks.comments))
        refuse_links(self._sheets[-1].name, most)


def _repeated(own: dict[str, str], name: str) -> int:
    return max(1, int(own.get(name) or 1))


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableError(
        "В файле есть описание типа документа, чего редакторы таблиц не пишут: файл опасен."
        " Скопируйте таблицу в новую книгу и отправьте её."
    )
