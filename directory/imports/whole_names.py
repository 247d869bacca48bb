"""Names of which a part stands in a column of kinds: «Детский сад» beside «Ласточка»."""

from __future__ import annotations

import re
from dataclasses import replace

from directory.imports import content, headers
from directory.imports.columns import Columns
from directory.imports.read import Book
from directory.translation import quoted, say

_PART = re.compile(r"(?i)[«\"„“]|им\.|имени\b|№")
"""How names begin that say nothing without the word before them."""
_SAMPLE = 400


def whole_names(book: Book, columns: Columns) -> tuple[Book, Columns]:
    """The book with the kind before each name that needs it; the same when none does."""
    table, title = book.table, columns.title
    if title is None:
        return book, columns
    names = content.filled([row.cells[title] for row in table.rows[:_SAMPLE]])
    if content.share(lambda name: _PART.match(name) is not None, names) <= content.MOST:
        return book, columns
    for at, header in columns.unknown.items():
        kinds = content.filled([row.cells[at] for row in table.rows[:_SAMPLE]])
        of_kinds = headers.has(headers.header_words(header), ("тип", "вид"))
        if of_kinds and content.share(content.is_institution, kinds) > content.MOST:
            break
    else:
        return book, columns
    rows = []
    for row in table.rows:
        cells = [*row.cells]
        if cells[at] and _PART.match(cells[title]):
            cells[title] = f"{cells[at]} {cells[title]}"
        rows.append(row._replace(cells=cells))
    note = say(
        "Названия дополнены словами из столбца «{header}»: {example}.",
        header=header,
        example=quoted([rows[0].cells[title]]),
    )
    made = replace(book, table=replace(table, rows=rows), notes=[*book.notes, note])
    unknown = {place: text for place, text in columns.unknown.items() if place != at}
    return made, replace(columns, unknown=unknown)
