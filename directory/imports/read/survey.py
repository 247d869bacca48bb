"""A first walk through an XLSX file: refuse what is dangerous, note what calamine does not tell."""

from __future__ import annotations

import posixpath
import re
import zipfile

from directory.imports.read.book import UnreadableError
from directory.imports.read.formulas import column_number
from directory.imports.read.limits import FREE_UNPACKED, MAX_RATIO, MAX_TEXT, MAX_UNPACKED
from directory.imports.read.parts import Marks, Part, Styles, Weighing

_WORKBOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


def survey(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of the sheets, by their names.

    Raises UnreadableError for a bomb, a password, a document type (no spreadsheet program writes
    one, and entities come with it) and a sheet beyond the limits; expat.ExpatError for broken XML.
    """
    refuse_bombs(archive)
    members = set(archive.namelist())
    names = {path for path in members if path.lower().endswith((".xml", ".rels"))}
    sheets = _sheets(archive, members)
    styles = Styles()
    if _STYLES in members:
        styles = Part(_STYLES).walk(archive, _STYLES).styles_of_cells()
    parts = {path: Part(path).walk(archive, path) for path in names - sheets.keys()}
    struck = {at for part in parts.values() for at in part.struck_strings}
    parts |= {path: Part(name, styles, struck).walk(archive, path) for path, name in sheets.items()}
    strings = [length for part in parts.values() for length in part.strings]
    longest = max(strings, default=0)
    for path, part in parts.items():
        if part.shared_cells * longest > MAX_TEXT:
            Weighing(strings).walk(archive, path)
    found = {}
    for path, name in sheets.items():
        targets = _targets(archive, members, path)
        found[name] = _marks(parts[path], targets)
        for beside in filter(None, map(parts.get, targets.values())):
            found[name].comments += [one["ref"] for one in beside.kept if "authorId" in one]
            found[name].pictures += beside.marks.pictures
    return found


def refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableError for an archive with a password, or one that unpacks to too much."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableError("Файл защищён паролем: снимите пароль и отправьте снова.")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > min(MAX_UNPACKED, max(FREE_UNPACKED, packed * MAX_RATIO)):
        raise UnreadableError(
            "Книга Excel распаковывается в {n} МБ, это слишком много. Скопируйте"
            " таблицу в новую книгу, без оформления, и отправьте её.",
            n=unpacked >> 20,
        )


def _sheets(archive: zipfile.ZipFile, members: set[str]) -> dict[str, str]:
    """The names of the sheets by the paths of their parts."""
    if _WORKBOOK not in members:
        return {}
    targets = _targets(archive, members, _WORKBOOK)
    sheets = {}
    for attributes in Part(_WORKBOOK).walk(archive, _WORKBOOK).kept:
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
        for attributes in Part(relations).walk(archive, relations).kept:
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            targets[attributes.get("Id", "")] = target
    return targets


def _marks(part: Part, targets: dict[str, str]) -> Marks:
    """The marks of a sheet, with the addresses behind its cells."""
    for attributes in part.kept:
        address = targets.get(attributes.get("id", ""))
        place = _RANGE.fullmatch(attributes.get("ref", ""))
        if not address or not place:
            continue
        if anchor := attributes.get("location"):
            address = f"{address}#{anchor}"
        for row in range(int(place[2]), min(int(place[4] or place[2]), part.last_row) + 1):
            for column in range(
                column_number(place[1]),
                min(column_number(place[3] or place[1]), part.last_column) + 1,
            ):
                part.marks.addresses[row, column - 1] = address
        part.refuse_excess()
    return part.marks
