"""What a file turns out to be: a book with one table, or unreadable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from directory.translation import SaidError

_NOTHING: Mapping[int, str] = MappingProxyType({})


class UnreadableError(SaidError):
    """The file cannot be read as tables; the message says what to do instead."""


class Unread(StrEnum):
    """Why a cell that is not empty could not be read, in the words that people are told (`say`)."""

    UNSAVED = (
        "не прочитано: у формулы нет сохранённого значения; откройте файл в Excel, сохраните и"
        " отправьте снова"
    )
    UNCERTAIN = (
        "не прочитано: адрес ссылки собирает формула, и по файлу его не узнать; откройте в Excel,"
        " замените формулу значением и сохраните"
    )
    ERROR = "ошибка формулы: исправьте её в Excel"
    STRUCK = (
        "не прочитано: зачёркнуто, целиком или частью; снимите зачёркивание с того, что действует"
    )
    HIDDEN = "не прочитано: столбец скрыт; если ссылка действует, покажите его в Excel"
    TOO_LONG = "не прочитано: в ячейке больше {n} знаков"


class Row(NamedTuple):
    """One row below the header.

    `number` counts as a spreadsheet does: from 1, header and blank rows included; in a workbook of
    several sheets `sheet` says which one it counts. `cells` has at least as many texts as the
    table's header; more, when the row is longer than the header is (in CSV the sign of a lost
    quotation mark). A text is as written but for blank edges: whoever wants words cleans it
    (`directory.text`), whoever wants a link must see every character. By position in `cells`,
    `addresses` are the hyperlinks behind the texts (several in a cell: one a line), and `unread`
    says why a cell that is not empty in the file is empty here.
    """

    number: int
    cells: list[str]
    addresses: Mapping[int, str] = _NOTHING
    unread: Mapping[int, Unread] = MappingProxyType({})
    sheet: str = ""


class SkipReason(StrEnum):
    """Why a filled row is no page, in the words that people are told (`say`)."""

    TITLE = "над таблицей"
    HEADER = "заголовок таблицы"
    NUMBERS = "номера столбцов"
    REPEATED_HEADER = "повтор заголовка"
    SECTION = "название раздела"
    TOTAL = "строка итогов"
    NOTE = "примечание или подпись"
    CONTINUATION = "продолжение строки выше: прочитано вместе с ней"
    REPEATED_ROW = "повтор другой строки"
    STRUCK = "название зачёркнуто"
    OTHER_TABLE = "другая таблица: не прочитана"


class Skipped(NamedTuple):
    """A filled row that is no page of its own; `sheet` and `row` as in `Row`."""

    sheet: str
    row: int
    why: SkipReason


@dataclass(slots=True)
class Table:
    """The rows of a file under one header, blank rows left out.

    Rows come from all sheets that fit, in the workbook's order, and from tables that stand beside
    or below the first one. Headers of two rows are one text each («Соцсети: ВК»). `header_row`
    counts as `Row.number` does; 0: the file has no header, and the columns are called «Столбец 1»,
    «Столбец 2» … Where headings between the rows, or the names of the sheets, say which territory
    or sphere the rows below are of, a column is added for it (`directory.imports.read.headings`).
    """

    header: list[str]
    header_row: int
    rows: list[Row]

    def sample(self, size: int = 50) -> list[list[str]]:
        """The cells of the first rows, each with the addresses behind its text."""
        return [
            [
                f"{cell} {row.addresses[at]}".lstrip() if at in row.addresses else cell
                for at, cell in enumerate(row.cells)
            ]
            for row in self.rows[:size]
        ]


@dataclass(slots=True)
class Book:
    """A file that was read.

    Each filled row of the sheets that were read is either in `table` or in `skipped`. `sheets` are
    the names of the sheets read (none for a text), `others` those that have a table too, which does
    not go with the first: `read(…, sheet=…)` reads one of them. `encoding` is a codec's name
    (utf-8, utf-16, cp1251, koi8-r, cp866, mac-cyrillic, iso8859-5) and `delimiter` one of `;`, TAB,
    `,` and `|`; both are None for a workbook. `notes` say in Russian what was recognised and what
    deserves a look, the most important first.
    """

    table: Table
    encoding: str | None
    delimiter: str | None
    notes: list[str]
    sheets: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
