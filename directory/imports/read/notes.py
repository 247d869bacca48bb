"""What is told of how a file was read: its make, its sheets, and what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory.imports.read.book import SkipReason
from directory.imports.read.grid import Grid
from directory.imports.read.headings import explains_looks
from directory.imports.read.joining import Joined
from directory.text import clean
from directory.translation import quoted, say

_EDGE = 30
"""Rows at the beginning of a sheet and at its end that may explain its looks."""

_LONGEST = 100

MAKES = {"xlsx": "книга Excel (XLSX)", "xls": "книга Excel (XLS)", "ods": "таблица OpenDocument"}


def workbook_notes(make: str, joined: Joined, unread: Sequence[str], total: int) -> Iterator[str]:
    """The make of a workbook and the sheets read; `unread` are the names of the others."""
    sheets = joined.sheets
    several = (
        say("листов {n}", n=len(sheets))
        if len(sheets) > 1
        else say("лист «{name}»", name=sheets[0])
    )
    what = f"{say(MAKES[make])}, {several}, {_rows_in_words(len(joined.table.rows))}."
    yield what[0].upper() + what[1:]
    if unread:
        yield say(
            "Прочитано листов: {n} из {total}; не прочитаны {others}.",
            n=len(sheets),
            total=total,
            others=quoted(unread),
        )


def text_notes(made: str, rows: int, lost: int, swallowed: int) -> Iterator[str]:
    """How a text was read, how many characters were lost, and rows joined by stray quotes."""
    yield f"{made}, {_rows_in_words(rows)}."
    if lost:
        yield say("Знаков, которые не удалось прочитать: {n}; вместо них стоит «\ufffd».", n=lost)
    if swallowed:
        yield say(
            "Лишние кавычки соединяли строки (таких строк {n}): строки прочитаны каждая"
            " отдельно, проверьте в них кавычки.",
            n=swallowed + 1,
        )


def table_notes(joined: Joined, taken: Sequence[Grid]) -> Iterator[str]:
    """What deserves a look in the tables that were read."""
    if struck := [one.row for one in joined.skipped if one.why is SkipReason.STRUCK]:
        yield say(
            "Не прочитаны строки, где зачёркнуто название: {rows}. Если страница действует,"
            " снимите зачёркивание.",
            rows=_listed(struck),
        )
    if joined.repeated:
        yield say(
            "Объединённые ячейки прочитаны в каждой их строке (добавлено: {n}).",
            n=joined.repeated,
        )
    if joined.shared:
        yield say(
            "Ячейка со ссылкой объединена с ячейкой выше в строках: {rows}; ссылка записана"
            " только верхней: впишите её каждой странице, чья она.",
            rows=_listed(joined.shared),
        )
    if not joined.table.header_row:
        yield say(
            "Строки заголовков в файле нет: столбцы названы по порядку, «Столбец 1»,"
            " «Столбец 2» …; проверьте, что откуда прочитано."
        )
    if hidden := sum(grid.hidden for grid in taken):
        yield say("В файле скрытые строки: {n}, они прочитаны.", n=hidden)
    if columns := sum(grid.hidden_columns for grid in taken):
        yield say("В файле скрытые столбцы: {n}; они прочитаны, кроме ссылок.", n=columns)
    for grid in taken:
        for row in (*grid.rows[:_EDGE], *grid.rows[_EDGE:][-_EDGE:]):
            texts = list(filter(None, row.cells))
            if explains_looks(texts):
                yield say(
                    "В файле сказано: «{text}»; цвета, начертание и сноски не читаются.",
                    text=clean(" ".join(texts), _LONGEST),
                )
    if comments := [cell for grid in taken for cell in grid.comments]:
        yield say(
            "Примечания к ячейкам не читаются ({cells}): посмотрите, нет ли в них ссылок.",
            cells=_listed(comments),
        )
    pictures = sum(grid.pictures for grid in taken)
    if 2 * pictures > len(joined.table.rows) > 0:
        yield say(
            "В файле картинки: {n}; они не читаются. Если это QR-коды, впишите их адреса.",
            n=pictures,
        )
    if joined.unknown:
        yield say(
            "Заголовки разделов, из которых территории и сферы не видно: {headings}.",
            headings=quoted(joined.unknown[:5]) + (" …" if joined.unknown[5:] else ""),
        )
    for block in joined.left_out:
        yield say(
            "Другая таблица в строке {row} не прочитана (строк {n}): {headers}.",
            row=block.header_row,
            n=len(block.rows),
            headers=quoted(filter(None, block.header[:4])),
        )


def _listed(some: Sequence[object]) -> str:
    return ", ".join(map(str, some[:5])) + (" …" if some[5:] else "")


def _rows_in_words(count: int) -> str:
    """«926 строк», «1 строка», «2 строки»."""
    if count % 10 == 1 and count % 100 != 11:
        return say("{n} строка", n=count)
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return say("{n} строки", n=count)
    return say("{n} строк", n=count)
