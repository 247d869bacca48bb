"""A first walk through an XLSX file: refuse what is dangerous, note the addresses behind texts.

Nothing is kept of the values, so that the walk costs time in proportion to the file, and no memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from directory.imports.read.book import UnreadableError
from directory.imports.read.limits import (
    FREE_UNPACKED,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LINKS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_TEXT,
    MAX_UNPACKED,
)

Addresses = dict[tuple[int, int], str]
"""Addresses by row number (from 1) and position (from 0) of their cells."""

_WORKBOOK = "xl/workbook.xml"
_CHUNK = 1 << 16
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_HYPERLINK = re.compile(r'(?i)\s*HYPERLINK\(\s*"((?:[^"]|"")*)"')
_KEPT = {"sheet", "Relationship", "hyperlink"}


def survey(archive: zipfile.ZipFile) -> dict[str, Addresses]:
    """The addresses behind the cells, by the sheet's name.

    They are those of hyperlinks and of HYPERLINK formulas whose address is written out. Raises
    UnreadableError for a bomb, a password, a document type (no spreadsheet program writes one, and
    entities come with it) and a sheet beyond the limits; expat.ExpatError for broken XML.
    """
    _refuse_bombs(archive)
    members = set(archive.namelist())
    names = {path for path in members if path.lower().endswith((".xml", ".rels"))}
    sheets = _sheets(archive, members)
    parts = {
        path: _Part(sheets.get(path, path)).walk(archive, path)
        for path in sorted(names | sheets.keys())
    }
    strings = [length for part in parts.values() for length in part.strings]
    longest = max(strings, default=0)
    for path, part in parts.items():
        if part.shared_cells * longest > MAX_TEXT:
            _Weighing(strings).walk(archive, path)
    return {
        name: parts[path].addresses(_targets(archive, members, path))
        for path, name in sheets.items()
    }


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("Файл защищён паролем: снимите пароль и отправьте снова.")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > min(MAX_UNPACKED, max(FREE_UNPACKED, packed * MAX_RATIO)):
        raise UnreadableError(
            f"Книга Excel распаковывается в {unpacked >> 20} МБ, это слишком много. Скопируйте"
            " таблицу в новую книгу, без оформления, и отправьте её."
        )


def _sheets(archive: zipfile.ZipFile, members: set[str]) -> dict[str, str]:
    """The names of the sheets by the paths of their parts."""
    if _WORKBOOK not in members:
        return {}
    targets = _targets(archive, members, _WORKBOOK)
    sheets = {}
    for attributes in _Part(_WORKBOOK).walk(archive, _WORKBOOK).kept:
        path = targets.get(attributes.get("id", ""))
        if path in members:
            sheets[path] = attributes.get("name", "")
    return sheets


def _targets(archive: zipfile.ZipFile, members: set[str], path: str) -> dict[str, str]:
    """What the relationships of a part point to, by id: a part's path or an outer address."""
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    targets = {}
    if relations in members:
        for attributes in _Part(relations).walk(archive, relations).kept:
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            targets[attributes.get("Id", "")] = target
    return targets


@dataclass(slots=True)
class _Part:
    """One XML part: the attributes of the elements that matter, and the extent of a sheet.

    `strings` are the lengths of the texts that cells share, `shared_cells` counts such cells.
    """

    name: str
    kept: list[dict[str, str]] = field(default_factory=list)
    formulas: Addresses = field(default_factory=dict)
    strings: list[int] = field(default_factory=list)
    shared_cells: int = 0
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    _formula: list[str] = field(default_factory=list)
    _parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def walk(self, archive: zipfile.ZipFile, path: str) -> _Part:
        """Read the part to its end."""
        parser = self._parser
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.buffer_text = True
        with archive.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                self._refuse_excess()
            parser.Parse(b"", True)
        self._refuse_excess()
        return self

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._enter_cell(attributes.get("r"))
            if attributes.get("t") == "s":
                self.shared_cells += 1
        elif tag in ("v", "is"):
            # Conditions, and no max(): this runs for each cell of a country.
            if self.row > self.last_row:
                self.last_row = self.row
            if self.column > self.last_column:
                self.last_column = self.column
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "f":
            self._formula = []
            self._parser.CharacterDataHandler = self._formula.append
            self._parser.EndElementHandler = self._end_formula
        elif tag == "si":
            self.strings.append(0)
            self._parser.CharacterDataHandler = self._measure
        elif tag in _KEPT:
            self.kept.append({key.rpartition(":")[2]: text for key, text in attributes.items()})

    def _enter_cell(self, reference: str | None) -> None:
        """Note where the cell is; one without a reference follows the one before it."""
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        self.column, self.row = _number(letters), int(reference[len(letters) :])

    def _measure(self, text: str) -> None:
        self.strings[-1] += len(text)

    def _end_formula(self, _tag: str) -> None:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None
        if link := _HYPERLINK.match("".join(self._formula)):
            self.formulas[self.row, self.column - 1] = link[1].replace('""', '"')

    def _refuse_excess(self, links: int = 0) -> None:
        if self.last_column > MAX_COLUMNS:
            raise UnreadableError(
                f"На листе «{self.name}» есть ячейка в столбце {self.last_column}, а читается не"
                f" больше {MAX_COLUMNS}. Скопируйте одну таблицу в новую книгу и отправьте её."
            )
        if self.last_row > MAX_ROWS or self.last_row * self.last_column > MAX_CELLS:
            raise UnreadableError(
                f"На листе «{self.name}» есть ячейка в строке {self.last_row}: такой большой лист"
                " не читается. Скопируйте одну таблицу в новую книгу и отправьте её."
            )
        if max(links, len(self.kept), len(self.formulas)) > MAX_LINKS:
            raise UnreadableError(
                f"На листе «{self.name}» больше {MAX_LINKS} ссылок. Разделите таблицу на несколько"
                " файлов."
            )

    def addresses(self, targets: dict[str, str]) -> Addresses:
        """The outer addresses behind the cells of this sheet, those of formulas included."""
        found = dict(self.formulas)
        for attributes in self.kept:
            address = targets.get(attributes.get("id", ""))
            place = _RANGE.fullmatch(attributes.get("ref", ""))
            if not address or not place:
                continue
            if anchor := attributes.get("location"):
                address = f"{address}#{anchor}"
            for row in range(int(place[2]), min(int(place[4] or place[2]), self.last_row) + 1):
                for column in range(
                    _number(place[1]), min(_number(place[3] or place[1]), self.last_column) + 1
                ):
                    found[row, column - 1] = address
            self._refuse_excess(len(found))
        return found


class _Weighing:
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


@lru_cache(1024)
def _number(letters: str) -> int:
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableError(
        "В книге Excel есть описание типа документа, чего Excel не пишет: файл опасен. Скопируйте"
        " таблицу в новую книгу и отправьте её."
    )
