"""The text of a CSV file to records: which separator, and where cells and records end."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from directory.imports.read.book import UnreadableError
from directory.imports.read.cells import trim
from directory.imports.read.header import SAMPLE, WITHIN, find_header
from directory.imports.read.limits import MAX_LINE

DELIMITERS = {";": "«;»", "\t": "табуляция", ",": "«,»", "|": "«|»"}
"""The separators, likeliest first, as people know them."""

_SAMPLE_RECORDS = 300
_SAMPLE_CHARACTERS = 200_000

_SEP_LINE = re.compile(r'"?sep=(?P<delimiter>[;\t,|])"?[;\t,|]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


def separate(text: str) -> tuple[str | None, Iterator[list[str]]]:
    """The separator and the records; the separator is None when there is but one column.

    A first line `sep=;` decides; it is no record, as it is no row in a spreadsheet. Else it is the
    separator under which a header shows, or the most even records. An empty line is an empty
    record. Raises UnreadableError, also from the iterator, for an over-long line.
    """
    if stated := _SEP_LINE.match(text):
        return stated["delimiter"], records(text, stated["delimiter"], stated.end())
    sample = text[:_SAMPLE_CHARACTERS]
    # Ties fall to the likelier: max keeps the first.
    score, best = max(((_fit(sample, d), d) for d in DELIMITERS), key=lambda pair: pair[0])
    return (best if score[2] > 1 else None), records(text, best)


def records(text: str, delimiter: str, start: int = 0) -> Iterator[list[str]]:
    """The records of `text` from `start`, as Excel would split them.

    Where the quotation marks do not pair up as CSV wants (`"Радуга" школа;…`, an unclosed one),
    that record alone is split with stray marks taken for letters.
    """
    while start < len(text):
        lines = _Lines(text, start)
        try:
            for record in csv.reader(lines, delimiter=delimiter, strict=True):
                start = lines.position
                yield record
        except csv.Error:
            record, start = _forgiving_record(text, delimiter, start)
            yield record


class _Lines:
    """The lines of a text with their ends (CR LF, LF or CR), and how far they were taken."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self.position = text, start
        # The next of each line end, looked up anew only when it has been passed.
        self._cr = self._lf = start - 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        text, start = self._text, self.position
        if start >= len(text):
            raise StopIteration
        if self._lf < start:
            self._lf = text.find("\n", start) % (len(text) + 1)
        if self._cr < start:
            self._cr = text.find("\r", start) % (len(text) + 1)
        end = min(self._lf if self._lf == self._cr + 1 else self._cr, self._lf) + 1
        if end - start > MAX_LINE:
            raise UnreadableError(
                "В файле слишком длинная строка: это не таблица, или её разделители строк"
                " потеряны. Сохраните таблицу как «Книга Excel (.xlsx)» и отправьте снова."
            )
        self.position = min(end, len(text))
        return text[start:end]


def _forgiving_record(text: str, delimiter: str, start: int) -> tuple[list[str], int]:
    """One record and where the next begins; a quoted cell ends before a separator or not at all."""
    mark = re.escape(delimiter)
    cell = re.compile(
        rf'"(?P<quoted>(?:[^"]++|"")*+)"(?={mark}|[\r\n]|\Z)|(?P<plain>[^{mark}\r\n]*)'
    )
    record = []
    while True:
        found = cell.match(text, start)
        assert found is not None  # a plain cell may be empty
        quoted = found["quoted"]
        record.append(found["plain"] if quoted is None else quoted.replace('""', '"'))
        start = found.end()
        if text[start : start + 1] != delimiter:
            return record, start + (2 if text[start : start + 2] == "\r\n" else 1)
        start += 1


def _fit(sample: str, delimiter: str) -> tuple[int, float, int]:
    """How well the separator fits: columns known in the header, evenness, the usual width."""
    try:
        rows = [list(map(trim, r)) for r in islice(records(sample, delimiter), _SAMPLE_RECORDS)]
    except UnreadableError:
        rows = []
    filled = [row for row in rows if any(row)]
    if not filled:
        return 0, 0.0, 0
    width, count = Counter(map(len, filled)).most_common(1)[0]
    header = find_header(filled[: WITHIN + SAMPLE])
    return (header.score if header else 0), (count / len(filled) if width > 1 else 0.0), width
