"""The XML parts of an XLSX file, gone through once, and what of them is kept.

Nothing is kept of the values, so that a walk costs time in proportion to the part, and no memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from xml.parsers import expat

from directory.imports.read.book import UnreadableError
from directory.imports.read.formulas import Formula, column_letters, column_number
from directory.imports.read.limits import MAX_CELLS, MAX_COLUMNS, MAX_LINKS, MAX_ROWS, MAX_TEXT

At = tuple[int, int]
"""A row (from 1) and a position in it (from 0)."""

_CHUNK = 1 << 16
_KEPT = {"sheet", "Relationship", "hyperlink", "numFmt", "comment"}
_OFF = ("0", "false")
_ZEROS = re.compile(r"0{2,12}")

_number = lru_cache(1024)(column_number)


@dataclass(slots=True)
class Marks:
    """What a sheet says beside its values.

    `addresses` are the outer ones behind cells. `formulas` are those that make hyperlinks, and
    those without a stored value, which are also in `unsaved`. `padded` are the cells that show
    leading zeros, with the digits that they show; `struck` are those with text that is struck out.
    `hidden` are rows, `hidden_columns` positions; `comments` are the cells that have one.
    """

    addresses: dict[At, str] = field(default_factory=dict)
    formulas: dict[At, Formula] = field(default_factory=dict)
    unsaved: set[At] = field(default_factory=set)
    errors: set[At] = field(default_factory=set)
    padded: dict[At, int] = field(default_factory=dict)
    struck: set[At] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    pictures: int = 0


class Styles(NamedTuple):
    """The styles of cells that matter: those that show leading zeros, with how many digits they
    show, and those of struck-out text."""

    padded: Mapping[str, int] = MappingProxyType({})
    struck: frozenset[str] = frozenset()


_PLAIN = Styles()


@dataclass(slots=True)
class Part:
    """One XML part: the attributes of the elements that matter, and a sheet's marks and extent.

    `strings` are the lengths of the texts that cells share, `shared_cells` counts such cells.
    `styles`, and `struck_strings`, the shared texts of which a part is struck out, are needed
    beforehand for a sheet.
    """

    name: str
    styles: Styles = _PLAIN
    struck_strings: set[int] = field(default_factory=set)
    kept: list[dict[str, str]] = field(default_factory=list)
    formats: list[tuple[str, str]] = field(default_factory=list)
    struck_fonts: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    strings: list[int] = field(default_factory=list)
    shared_cells: int = 0
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    _kind: str | None = None
    _in_formats: bool = False
    _fonts: int | None = None
    _formula: Formula | None = None
    _texts: list[str] = field(default_factory=list)
    _shared: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    _index: str | None = None
    _parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def walk(self, archive: zipfile.ZipFile, path: str) -> Part:
        """Read the part to its end."""
        parser = self._parser
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.buffer_text = True
        with archive.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                self.refuse_excess()
            parser.Parse(b"", True)
        self._settle()
        self.refuse_excess()
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            if self._formula is not None:
                self._settle()
            self._enter_cell(attributes.get("r"))
            self._kind = kind = attributes.get("t")
            if kind == "s":
                self.shared_cells += 1
            elif kind == "e":
                self.marks.errors.add((self.row, self.column - 1))
            if self.styles.padded and (width := self.styles.padded.get(attributes.get("s", ""))):
                self.marks.padded[self.row, self.column - 1] = width
            if self.styles.struck and attributes.get("s") in self.styles.struck:
                self.marks.struck.add((self.row, self.column - 1))
        elif tag in ("v", "is"):
            # Conditions, and no max(): this runs for each cell of a country.
            if self.row > self.last_row:
                self.last_row = self.row
            if self.column > self.last_column:
                self.last_column = self.column
            if self._formula is not None:
                self._capture(self._end_value)
            elif self.struck_strings and self._kind == "s":
                self._capture(self._end_shared)
        elif tag == "row":
            self._settle()
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden.add(self.row)
        elif tag == "f":
            self._index = attributes.get("si") if attributes.get("t") == "shared" else None
            self._capture(self._end_formula)
        elif tag == "si":
            self.strings.append(0)
            self._parser.CharacterDataHandler = self._measure
        elif tag in _KEPT:
            self.kept.append({key.rpartition(":")[2]: text for key, text in attributes.items()})
        elif tag == "strike" and attributes.get("val") not in _OFF:
            self._strike()
        elif tag == "col" and attributes.get("hidden") not in (None, *_OFF):
            last = min(int(attributes["max"]), MAX_COLUMNS)
            self.marks.hidden_columns.update(range(int(attributes["min"]) - 1, last))
        elif tag == "pic":
            self.marks.pictures += 1
        elif tag in ("fonts", "fills"):
            self._fonts = -1 if tag == "fonts" else None
        elif tag == "font" and self._fonts is not None:
            self._fonts += 1
        elif tag == "cellXfs":
            self._in_formats = True
        elif tag in ("cellStyleXfs", "cellStyles", "dxfs"):
            self._in_formats = False
        elif tag == "xf" and self._in_formats:
            self.formats.append((attributes.get("numFmtId", ""), attributes.get("fontId", "")))

    def _enter_cell(self, reference: str | None) -> None:
        """Note where the cell is; one without a reference follows the one before it."""
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        self.column, self.row = _number(letters), int(reference[len(letters) :])

    def _strike(self) -> None:
        """Note what is struck out: a font, a part of a shared text, or of the text of a cell."""
        if self._fonts is not None:
            self.struck_fonts.add(str(self._fonts))
        elif self.strings:
            self.struck_strings.add(len(self.strings) - 1)
        elif self.column:
            self.marks.struck.add((self.row, self.column - 1))

    def _measure(self, text: str) -> None:
        self.strings[-1] += len(text)

    def _capture(self, end: Callable[[str], None]) -> None:
        self._texts = []
        self._parser.CharacterDataHandler = self._texts.append
        self._parser.EndElementHandler = end

    def _released(self) -> str:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None
        return "".join(self._texts)

    def _end_formula(self, _tag: str) -> None:
        text, index = self._released(), self._index
        if index is not None and text:
            self._shared[index] = (self.row, self.column, text)
        if index is not None and not text and index in self._shared:
            row, column, text = self._shared[index]
            self._formula = Formula(text, self.row - row, self.column - column)
        else:
            self._formula = Formula(text)
        self._texts = []

    def _end_value(self, _tag: str) -> None:
        self._texts = [self._released()]

    def _end_shared(self, _tag: str) -> None:
        if int(self._released()) in self.struck_strings:
            self.marks.struck.add((self.row, self.column - 1))

    def _settle(self) -> None:
        """Keep the formula that was read last, if it must be looked at."""
        formula, self._formula = self._formula, None
        if formula is None:
            return
        # An empty text is a value too, and is marked as a text.
        unsaved = not "".join(self._texts) and self._kind != "str"
        at = self.row, self.column - 1
        if unsaved:
            self.marks.unsaved.add(at)
            self.last_row = max(self.last_row, self.row)
            self.last_column = max(self.last_column, self.column)
        if unsaved or formula.has_address:
            self.marks.formulas[at] = formula

    def styles_of_cells(self) -> Styles:
        """Of the part of styles: those of cells that matter."""
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in self.kept}
        styles = {str(at): style for at, style in enumerate(self.formats)}
        return Styles(
            {
                at: len(codes[number])
                for at, (number, _font) in styles.items()
                if number in codes and _ZEROS.fullmatch(codes[number])
            },
            frozenset(at for at, (_number, font) in styles.items() if font in self.struck_fonts),
        )

    def refuse_excess(self) -> None:
        """Raise UnreadableError when the sheet goes beyond a limit."""
        refuse_size(self.name, self.last_row, self.last_column)
        marks = self.marks
        found = (self.kept, marks.addresses, marks.formulas, marks.errors, marks.struck)
        refuse_links(self.name, max(map(len, found)))


def reference(row: int, column: int) -> str:
    """What a spreadsheet calls the cell in a row (from 1) and a position (from 0): «B2»."""
    return f"{column_letters(column + 1)}{row}"


def refuse_size(sheet: str, last_row: int, last_column: int) -> None:
    """Raise UnreadableError when the last filled cell of a sheet is beyond a limit."""
    if last_column > MAX_COLUMNS:
        raise UnreadableError(
            "На листе «{sheet}» есть ячейка в столбце {column}, а читается не больше {most}."
            " Скопируйте одну таблицу в новую книгу и отправьте её.",
            sheet=sheet,
            column=last_column,
            most=MAX_COLUMNS,
        )
    if last_row > MAX_ROWS or last_row * last_column > MAX_CELLS:
        raise UnreadableError(
            "На листе «{sheet}» есть ячейка в строке {row}: такой большой лист не читается."
            " Скопируйте одну таблицу в новую книгу и отправьте её.",
            sheet=sheet,
            row=last_row,
        )


def refuse_links(sheet: str, count: int) -> None:
    """Raise UnreadableError when a sheet has too many links, formulas, errors or merged cells."""
    if count > MAX_LINKS:
        raise UnreadableError(
            "На листе «{sheet}» больше {n} ссылок. Разделите таблицу на несколько файлов.",
            sheet=sheet,
            n=MAX_LINKS,
        )


class Weighing:
    """A second walk through a sheet whose shared texts may add up to gigabytes."""

    def __init__(self, strings: list[int]) -> None:
        self._strings, self._total = strings, 0
        self._index, self._shared = "", False
        self._parser = expat.ParserCreate()

    def walk(self, archive: zipfile.ZipFile, path: str) -> None:
        """Raise UnreadableError when the texts of the cells are too long in sum."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        with archive.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                self._parser.Parse(chunk)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._index = ""
            self._shared = attributes.get("t") == "s"
        elif tag == "v" and self._shared:
            self._parser.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        self._index += text

    def _end(self, _tag: str) -> None:
        self._parser.CharacterDataHandler = None
        if self._index:
            self._total += self._strings[int(self._index)]
            self._index = ""
        if self._total > MAX_TEXT:
            raise UnreadableError("На листе слишком много текста: разделите таблицу на файлы.")


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableError(
        "В книге Excel есть описание типа документа, чего Excel не пишет: файл опасен."
        " Скопируйте таблицу в новую книгу и отправьте её."
    )
