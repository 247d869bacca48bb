"""The way from bytes to a book."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import PurePath

from directory.file.columns import PAGE_COLUMNS
from directory.file.escape import guard
from directory.file.template import EXPLANATION_SHEET
from directory.imports.headers import says_names
from directory.imports.read.block import Block
from directory.imports.read.blocks import blocks_of
from directory.imports.read.book import Book, UnreadableError
from directory.imports.read.cells import text_of
from directory.imports.read.decode import NAMES, Decoded, decode
from directory.imports.read.delimited import DELIMITERS, separate
from directory.imports.read.grid import Grid, grid_of
from directory.imports.read.headings import begins
from directory.imports.read.joining import adopt_header, goes_with, join
from directory.imports.read.kinds import kind_of, refuse_markup, refuse_prose
from directory.imports.read.limits import MAX_FILE
from directory.imports.read.looks import name_and_link
from directory.imports.read.notes import MAKES, table_notes, text_notes, workbook_notes
from directory.imports.read.workbook import Make, grids
from directory.translation import say

NO_HEADER = (
    "Не нашлась строка заголовков. Первой строкой таблицы напишите названия столбцов, например:"
    " Название, Территория, ВКонтакте, Сайт."
)
EMPTY = (
    "В файле нет ни одной заполненной ячейки."
    " Таблицу, которая вставлена картинкой, наберите текстом."
)
_SUFFIXES = {"xlsx": (".xlsx", ".xlsm"), "xls": (".xls", ".xlt"), "ods": (".ods",)}

_FILLED = re.compile(rf'[^\s"\ufeff{re.escape("".join(DELIMITERS))}]')

_SAMPLE = 500
"""Rows that tell whether a text is a table."""

_JSON = re.compile(r"\s*\[\s*[\]{]")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_JSON_OBJECT = re.compile(r"\s*\{\s*[\"}]")


def read(data: bytes, name: str, *, sheet: str | None = None) -> Book:
    """Read a file; see `begin`."""
    return begin(data, name, sheet=sheet)()


def begin(data: bytes, name: str, *, sheet: str | None = None) -> Callable[[], Book]:
    """Begin to read a directory file: CSV, XLSX, XLS, ODS, or the JSON of `directory.export`.

    `name` is the file's, and is used only to say when its suffix misleads. `sheet` picks one sheet
    of a workbook, else all that list pages alike are read. Raises UnreadableError, and nothing else
    whatever the bytes are; for a crash of a parser beneath there is `imports.apart`.

    What is returned does the rest, and raises the same. Of a text it no longer needs the bytes:
    whoever lets go of them before saves as much memory.
    """
    if len(data) > MAX_FILE:
        raise UnreadableError(
            "Файл больше {n} МБ: разделите таблицу на несколько файлов.", n=MAX_FILE >> 20
        )
    suffix = PurePath(name).suffix.lower()
    make = kind_of(data)
    if make == "text":
        return partial(_read_text, decode(data), suffix)
    return partial(_read_book, data, name, make, sheet)


def _read_book(data: bytes, name: str, make: Make, sheet: str | None) -> Book:
    suffix = PurePath(name).suffix.lower()
    book = _read_workbook(data, make, sheet)
    if suffix not in _SUFFIXES[make]:
        book.notes.append(
            say("Файл назван «{name}», но это {make}.", name=suffix or name, make=say(MAKES[make]))
        )
    return book


def _read_workbook(data: bytes, make: Make, wanted: str | None) -> Book:
    found: list[tuple[Grid, list[Block]]] = []
    without = []
    for grid in grids(data, make):
        if grid.name == EXPLANATION_SHEET or wanted not in (None, grid.name):
            continue
        if blocks := blocks_of(grid):
            found.append((grid, blocks))
        elif grid.rows:
            without.append(grid.name)
    if not found:
        raise UnreadableError(NO_HEADER if without else EMPTY)
    best, *_others = sorted(found, key=_fitness, reverse=True)
    first = best[1][0]
    taken = _taken(found, best)
    joined = join(
        [block for _grid, blocks in taken for block in blocks],
        first,
        {grid.name: grid for grid, _blocks in taken},
    )
    others = [grid.name for grid, _blocks in found if grid.name not in joined.sheets]
    notes = [
        *workbook_notes(make, joined, [*others, *without], len(found) + len(without)),
        *table_notes(joined, [grid for grid, _blocks in taken]),
    ]
    return Book(joined.table, None, None, notes, joined.sheets, others, joined.skipped)


def _read_text(decoded: Decoded, suffix: str) -> Book:
    encoding, lost, text = decoded.encoding, decoded.lost, decoded.take()
    if not _FILLED.search(text):
        raise UnreadableError(EMPTY)
    refuse_markup(text)
    swallowed = 0
    if (records := _json_records(text)) is not None:
        delimiter, made = None, "JSON"
        grid = grid_of(enumerate(records, 1))
    else:
        delimiter, lines = separate(text)
        del text  # the records let go of it as they are read
        separator = (
            say("разделитель {sign}", sign=say(DELIMITERS[delimiter]))
            if delimiter
            else say("один столбец")
        )
        made = f"{say(NAMES[encoding])}, {separator}"
        grid = grid_of(lines)
        swallowed = lines.swallowed
    blocks = blocks_of(grid)
    if not blocks:
        blocks = blocks_of(_names_apart(grid))
    if grid.rows and not _lists_pages(blocks):
        refuse_prose([row.cells for row in grid.rows[:_SAMPLE]])
    if not blocks:
        raise UnreadableError(f"{say(NO_HEADER)} {say('Файл прочитан так: {made}.', made=made)}")
    joined = join(blocks, blocks[0], {"": grid})
    notes = [
        *text_notes(made, len(joined.table.rows), lost, swallowed),
        *table_notes(joined, [grid]),
    ]
    if suffix in chain.from_iterable(_SUFFIXES.values()):
        notes.append(say("Файл назван «{suffix}», но это текст, а не книга Excel.", suffix=suffix))
    return Book(joined.table, encoding, delimiter, notes, [], [], joined.skipped)


def _lists_pages(blocks: Sequence[Block]) -> bool:
    """Whether the first table has a header that says names, or names and links: it is no prose."""
    title = blocks[0].columns.title if blocks else None
    return title is not None and (says_names(blocks[0].header[title]) or blocks[0].has_links)


def _names_apart(grid: Grid) -> Grid:
    """The grid of a list «Школа № 5 — https://…» with names and links in cells of their own."""
    rows = [
        row._replace(cells=list(parts)) if (parts := name_and_link(row.cells[0])) else row
        for row in grid.rows
        if len(row.cells) == 1
    ]
    return Grid(grid.name, rows if len(rows) == len(grid.rows) else [])


def _json_records(text: str) -> Iterator[list[str]] | None:
    """The header and rows of a JSON list of objects; None when the text is no such thing.

    Raises `UnreadableError` when it is one object: nobody can say which list within it is meant.
    """
    if _JSON_OBJECT.match(text):
        with suppress(ValueError, RecursionError):
            json.loads(text)
            raise UnreadableError(
                "Это JSON, но не список: нужен список страниц в квадратных скобках, как в"
                " выгрузке справочника в .json."
            )
    if not _JSON.match(text):
        return None
    try:
        objects = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(one, dict) for one in objects):
        return None
    # An empty directory is an empty list: its columns are known all the same.
    header = list(dict.fromkeys(key for one in objects for key in one)) or list(PAGE_COLUMNS)
    rows = chain([header], ([text_of(one.get(key)) for key in header] for one in objects))
    # JSON needs no guard against formulas, so nothing may be taken off; and it alone may hold a
    # lone half of a surrogate pair.
    return ([guard(cell.encode("utf-8", "replace").decode()) for cell in row] for row in rows)


def _fitness(one: tuple[Grid, list[Block]]) -> tuple[object, ...]:
    """The greater, the better the sheet serves as the list that the file is about."""
    grid, blocks = one
    first = blocks[0]
    names = first.columns.names
    return (
        grid.visible,
        not _is_service(grid),
        bool(first.rows),
        first.columns.title is not None,
        first.has_links,
        first.header_row > 0,
        max(map(int, _YEAR.findall(grid.name)), default=0),
        len(set(names.values())),
        -len(first.columns.unknown),
        sum(len(block.rows) for block in blocks),
    )


def _taken(
    found: Sequence[tuple[Grid, list[Block]]], best: tuple[Grid, list[Block]]
) -> list[tuple[Grid, list[Block]]]:
    """The sheets that are read together: they list pages as the best does, and others than it."""
    names = best[1][0].names()
    taken = []
    for grid, blocks in found:
        if grid is not best[0]:
            adopt_header(blocks[0], best[1][0])
            if not grid.visible or _is_service(grid) or not goes_with(blocks[0], best[1][0]):
                continue
            own = blocks[0].names()
            if len(own & names) > len(own) / 2:
                # The same list over again, in another form.
                continue
            names |= own
        taken.append((grid, blocks))
    return taken


def _is_service(grid: Grid) -> bool:
    return begins(grid.name, "service_sheets")
