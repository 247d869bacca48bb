"""The text of a CSV file to records: which separator, and where cells and records end.

The time grows with the text and nothing else: lines without quotation marks, nearly all, are split
at once, and how far a quoted cell is looked ahead for is bounded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from directory.imports.read.book import UnreadableError
from directory.imports.read.cells import trim
from directory.imports.read.grid import Numbered
from directory.imports.read.header import count_known
from directory.imports.read.limits import MAX_LINE, MAX_ROWS

DELIMITERS = {";": "«;»", "\t": "табуляция", ",": "«,»", "|": "«|»"}
"""The separators, likeliest first, as people know them."""

_SAMPLE_LINES = 300
_SAMPLE_CHARACTERS = 200_000

_PATIENCE = 20_000_000
"""Characters looked through in vain for the ends of quoted cells, after which quotes end in the
line they begin in."""

_MOST_RECORDS = 4 * MAX_ROWS
"""Records, blank ones that are not written as blank lines included."""

_LET_GO = 8_000_000
"""Characters that were read before the text is cut: rows take its place in memory."""

_OPENED_TWICE = re.compile(r'"[^"\s][^"]*\s"[^"\s][^"]*"[^"]*\Z')
"""«"МБОУ "Радуга" филиал»: the first quotation mark has no other."""

_SEP_LINE = re.compile(r'"?sep=(?P<delimiter>[;\t,|])"?[;\t,|]*(?:\n|\Z)', re.IGNORECASE)


def separate(text: str) -> tuple[str | None, Records]:
    """The separator and the records of a text whose lines end with LF; the separator is None when
    there is but one column.

    A first line `sep=;` decides; it is no record, as it is no row in a spreadsheet. Else it is the
    separator under which a header shows, or the most even records. Raises UnreadableError, also
    from the iterator, for an over-long line.
    """
    if stated := _SEP_LINE.match(text):
        return stated["delimiter"], Records(text, stated["delimiter"], stated.end())
    # Ties fall to the likelier: max keeps the first.
    score, best = max(((_fit(text, d), d) for d in DELIMITERS), key=lambda pair: pair[0])
    return (best if score[2] > 1 else None), Records(text, best)


class Records:
    """The records of a text from `start`, blank ones left out, each with its number from 1. They
    can be gone through once.

    Where the quotation marks do not pair up as CSV wants (`"Радуга" школа;…`, an unclosed one),
    they are taken for letters. So they are where two stray ones, rows apart, make a cell of whole
    rows: `swallowed` counts the rows that a CSV parser would have lost there.
    """

    def __init__(self, text: str, delimiter: str, start: int = 0) -> None:
        self.swallowed = 0
        self._text, self._delimiter, self._start = text, delimiter, start
        self._patience = _PATIENCE
        mark = re.escape(delimiter)
        self._blank = re.compile(rf"(?:[{mark} ]*+\n)++")
        self._cell = re.compile(
            rf'"(?P<quoted>(?:[^"]++|"")*+)"(?={mark}|\Z)|(?P<plain>[^{mark}]*+)'
        )
        self._width = self._usual_width()

    def __iter__(self) -> Iterator[Numbered]:
        text, start, number = self._text, self._start, 1
        find, delimiter = text.find, self._delimiter
        length, records = len(text), 0
        while start < length:
            if start > _LET_GO:
                self._text = text = text[start:]
                find, length, start = text.find, len(text), 0
            records += 1
            if records > _MOST_RECORDS:
                raise UnreadableError(
                    "В файле слишком много строк: удалите пустые строки под таблицей."
                )
            end = find("\n", start)
            if end < 0:
                end = length
            line = text[start:end]
            may_be_blank = not line or line[0] in (delimiter, " ")
            if may_be_blank and (blank := self._blank.match(text, start)):
                number += text.count("\n", start, blank.end())
                start = blank.end()
                continue
            if len(line) > MAX_LINE:
                raise UnreadableError(
                    "В файле слишком длинная строка: это не таблица, или её разделители строк"
                    " потеряны. Сохраните таблицу как «Книга Excel (.xlsx)» и отправьте снова."
                )
            if '"' not in line:
                yield number, line.split(delimiter)
            else:
                end = self._end_of_record(start, end)
                yield number, self._split(text[start:end])
            number += 1
            start = end + 1

    def _split(self, record: str) -> list[str]:
        """The cells of a record; a quoted one ends before a separator or not at all."""
        cells, at = [], 0
        while True:
            found = self._cell.match(record, at)
            assert found is not None  # a plain cell may be empty
            quoted = found["quoted"]
            cells.append(_unpaired(found["plain"]) if quoted is None else quoted.replace('""', '"'))
            at = found.end()
            if at >= len(record):
                return cells
            at += 1

    def _end_of_record(self, start: int, end: int) -> int:
        """Where the record ends whose first line is `start` to `end`: there, or lines below."""
        text = self._text
        at, cells = start, 0
        while at <= end:
            cells += 1
            if text.startswith('"', at):
                closed = self._closing(at + 1)
                if closed > end and self._is_sound(at, cells - 1, closed):
                    end = text.find("\n", closed)
                    end = len(text) if end < 0 else end
                if 0 < closed <= end:
                    at = closed + 2
                    continue
            following = text.find(self._delimiter, at, end)
            if following < 0:
                break
            at = following + 1
        return end

    def _closing(self, at: int) -> int:
        """The place of the quotation mark that closes the cell whose text begins at `at`; -1."""
        text, begun = self._text, at
        most = min(len(text), at + min(MAX_LINE, self._patience))
        while True:
            at = text.find('"', at, most)
            if at < 0:
                self._patience -= most - begun
                return -1
            after = text[at + 1 : at + 2]
            if after == '"':
                at += 2
                continue
            if not after or after in (self._delimiter, "\n"):
                return at
            self._patience -= at - begun
            return -1

    def _is_sound(self, at: int, before: int, closed: int) -> bool:
        """Whether a cell that goes on in further lines is one, and does not swallow whole rows.

        The cell stands from `at` to `closed`, behind `before` others. It swallows rows when it
        holds a line that is as wide as the rows of this file, or when both the line that it begins
        in and the line that it ends in are that wide.
        """
        text = self._text
        if self._width < 2:
            return True
        first, *within, last = map(self._separators, text[at + 1 : closed].split("\n"))
        end = text.find("\n", closed)
        behind = text.count(self._delimiter, closed, len(text) if end < 0 else end)
        most = self._width - 1
        whole_row = not before and first >= most
        both = before + first >= most and last + behind >= most
        if not (whole_row or both or any(count >= most for count in within)):
            return True
        self.swallowed += text.count("\n", at, closed)
        self._patience -= closed - at
        return False

    def _separators(self, line: str) -> int:
        """How many separators of cells the line has; a comma before a space is one of a text."""
        found = line.count(self._delimiter)
        return found - line.count(", ") if self._delimiter == "," else found

    def _usual_width(self) -> int:
        """The width of lines without quotation marks under which most of their cells stand."""
        lines = self._text[self._start : self._start + _SAMPLE_CHARACTERS].split("\n")
        widths = Counter(
            line.count(self._delimiter) + 1
            for line in lines
            if self._delimiter in line and '"' not in line
        )
        return max(widths, key=lambda width: width * widths[width], default=0)


def _unpaired(text: str) -> str:
    """The text without a quotation mark at its edge that stands for nothing: a single one, or one
    of a pair put round a text with quotation marks of its own («"МБОУ "Радуга""»)."""
    if text.count('"') == 1 and '"' in (text[:1], text[-1:]):
        return text.strip(' "')
    if text.startswith('"') and text.endswith('""'):
        return text[1:-1]
    return text[1:] if _OPENED_TWICE.match(text) else text


def _fit(text: str, delimiter: str) -> tuple[float, float, int]:
    """How well the separator fits: columns known in the header, as far as the records are even;
    evenness, and the usual width."""
    try:
        records = Records(text[:_SAMPLE_CHARACTERS], delimiter)
        rows = [list(map(trim, cells)) for _n, cells in islice(records, _SAMPLE_LINES)]
    except UnreadableError:
        rows = []
    filled = [row for row in rows if any(row)]
    if not filled:
        return 0.0, 0.0, 0
    width, count = Counter(map(len, filled)).most_common(1)[0]
    evenness = count / len(filled) if width > 1 else 0.0
    return count_known(filled) * evenness**2, evenness, width
