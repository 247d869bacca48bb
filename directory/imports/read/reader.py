"""The way from bytes to a book."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import PurePath

from directory.file.columns import PAGE_COLUMNS
from directory.file.escape import guard, unguard
from directory.file.template import EXPLANATION_SHEET
from directory.imports.read.book import Book, Row, Table, UnreadableError
from directory.imports.read.cells import EDGES, text_of
from directory.imports.read.decode import NAMES, decode
from directory.imports.read.delimited import DELIMITERS, separate
from directory.imports.read.header import SAMPLE, WITHIN, Header, find_header
from directory.imports.read.kinds import kind_of, refuse_markup
from directory.imports.read.limits import MAX_CELL, MAX_COLUMNS, MAX_FILE, MAX_ROWS, MAX_TEXT
from directory.imports.read.merged import spread
from directory.imports.read.survey import Addresses
from directory.imports.read.workbook import sheets

_NO_HEADER = (
    "Не нашлась строка заголовков. Первой строкой таблицы напишите названия столбцов, например:"
    " Название, Территория, ВКонтакте, Сайт."
)


_JSON = re.compile(r"\s*\[\s*[\]{]")

_REPEATS_WITHIN = 5_000
"""Rows whose repeated texts are shared with the rows that follow."""


def read(data: bytes, name: str, *, sheet: str | None = None) -> Book:
    """Read a directory file: CSV, XLSX, or the JSON that `directory.export` writes.

    `name` is the file's, and is used only to say when its suffix misleads. `sheet` picks one sheet
    of a workbook, else every sheet with a header is read. Raises UnreadableError, and nothing else
    whatever the bytes are; for a crash of a parser beneath there is `imports.apart`.
    """
    if len(data) > MAX_FILE:
        raise UnreadableError(
            f"Файл больше {MAX_FILE >> 20} МБ: разделите таблицу на несколько файлов."
        )
    suffix = PurePath(name).suffix.lower()
    if kind_of(data) == "workbook":
        book = _read_workbook(data, sheet)
        if suffix not in (".xlsx", ".xlsm"):
            book.notes.append(f"Файл назван «{suffix or name}», но это книга Excel (XLSX).")
        return book
    book = _read_text(data)
    if suffix in (".xlsx", ".xlsm", ".xls"):
        book.notes.append(f"Файл назван «{suffix}», но это текст, а не книга Excel.")
    return book


def _read_workbook(data: bytes, sheet: str | None) -> Book:
    found: list[tuple[str, Table, Header, bool]] = []
    repeated: dict[str, int] = {}
    skipped = []
    for one in sheets(data):
        if one.name == EXPLANATION_SHEET or sheet not in (None, one.name):
            continue
        if read_one := _tabulate(one.rows, one.hyperlinks):
            found.append((one.name, *read_one, one.visible))
            repeated[one.name] = spread(read_one[0], one.merged)
        else:
            skipped.append(one.name)
    if not found:
        raise UnreadableError(_NO_HEADER)
    # Stable: equal sheets stay in the workbook's order.
    found.sort(key=lambda f: (f[3], bool(f[1].rows), f[2].rank, len(f[1].rows)), reverse=True)
    name, best, *_rest = found[0]
    notes = [f"Книга Excel, лист «{name}», {_rows_in_words(len(best.rows))}."]
    if count := repeated[name]:
        notes.append(f"Объединённые ячейки прочитаны в каждой их строке (добавлено: {count}).")
    if others := [other for other, *_rest in found[1:]]:
        notes.append(f"Подходят и другие листы: {_quoted(others)}.")
    if skipped:
        notes.append(f"Без строки заголовков и потому пропущены: {_quoted(skipped)}.")
    return Book(best, None, None, notes, [name], others)


def _read_text(data: bytes) -> Book:
    text, encoding, lost = decode(data)
    refuse_markup(text)
    if (records := _json_records(text)) is not None:
        delimiter, made = None, "JSON"
    else:
        delimiter, records = separate(text)
        made = f"{NAMES[encoding]}, " + (
            f"разделитель {DELIMITERS[delimiter]}" if delimiter else "один столбец"
        )
    read_one = _tabulate(records, {})
    if read_one is None:
        raise UnreadableError(f"{_NO_HEADER} Файл прочитан так: {made}.")
    notes = [f"{made}, {_rows_in_words(len(read_one[0].rows))}."]
    if lost:
        notes.append(f"Знаков, которые не удалось прочитать: {lost}; вместо них стоит «\ufffd».")
    return Book(read_one[0], encoding, delimiter, notes)


def _json_records(text: str) -> Iterator[list[str]] | None:
    """The header and rows of a JSON list of objects; None when the text is no such thing."""
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


def _tabulate(records: Iterable[list[str]], hyperlinks: Addresses) -> tuple[Table, Header] | None:
    """The table that the records are, and its header; None when no row is a header."""
    rows = _rows(records, hyperlinks)
    head = list(islice(rows, WITHIN + SAMPLE))
    probe = Table([], 0, head)
    header = find_header([row.cells for row in head], probe.sample(len(head)))
    if header is None:
        return None
    top = head[header.at]
    written = len(top.cells)
    width = max(at for at, cell in enumerate(top.cells, 1) if cell)
    below = list(chain(head[header.at + 1 :], rows))
    # Columns without a header count as far as anything stands in them.
    for row in below:
        while any(row.cells[width:written]):
            width += 1
    for row in below:
        cells = row.cells
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        elif len(cells) > width and not any(cells[width:]):
            del cells[width:]
    return Table(top.cells[:width], top.number, below), header


def _rows(records: Iterable[list[str]], hyperlinks: Addresses) -> Iterator[Row]:
    """Records to rows: numbered, trimmed, without the blank ones.

    Raises UnreadableError for the one that goes beyond a limit.
    """
    texts = 0
    # Many cells repeat (a category, a region): one string serves them all.
    seen: Counter[str] = Counter()
    shared: dict[str, str] = {}
    behind: dict[int, dict[int, str]] = defaultdict(dict)
    for (number, at), address in hyperlinks.items():
        behind[number][at] = address
    for number, record in enumerate(records, 1):
        if not any(record):
            continue
        cells = [cell and cell.strip(EDGES) for cell in record]
        text = "".join(cells)
        if not text:
            continue
        texts += len(text)
        _refuse_excess(number, cells, len(text), texts)
        if "'" in text:
            cells = [unguard(cell) for cell in cells]
        if number < _REPEATS_WITHIN:
            seen.update(cells)
        elif seen:
            shared = {cell: cell for cell, times in seen.items() if times > 1}
            seen.clear()
        if shared:
            cells = [shared.get(cell, cell) for cell in cells]
        addresses = behind.get(number)
        yield Row(number, cells, addresses) if addresses else Row(number, cells)


def _refuse_excess(number: int, cells: list[str], text: int, texts: int) -> None:
    """Raise UnreadableError when the row is too wide, too long or one too many.

    `text` and `texts` are the characters of the row and of all rows up to it.
    """
    if number > MAX_ROWS:
        raise UnreadableError(
            f"В таблице больше {MAX_ROWS} строк: разделите её на несколько файлов."
        )
    if len(cells) > MAX_COLUMNS:
        while not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise UnreadableError(
                f"В строке {number} столбцов {len(cells)}, а читается не больше {MAX_COLUMNS}:"
                " оставьте в файле одну таблицу."
            )
    if text > MAX_CELL and max(map(len, cells)) > MAX_CELL:
        raise UnreadableError(
            f"В строке {number} есть ячейка длиннее {MAX_CELL} знаков: сократите её или"
            " проверьте в этой строке кавычки."
        )
    if texts > MAX_TEXT:
        raise UnreadableError("В таблице слишком много текста: разделите её на несколько файлов.")


def _rows_in_words(count: int) -> str:
    """«926 строк», «1 строка», «2 строки»."""
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} строка"
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return f"{count} строки"
    return f"{count} строк"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
