"""Who heads a page, as offices write it: a name in three columns, or a name and a post in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from directory.imports import content, headers
from directory.imports.columns import Columns
from directory.imports.read import Book, Row

_OF_POSTS = "Должность"
_SAMPLE = 400
_EDGES = " ,;:()–—-"


def people_apart(book: Book, columns: Columns) -> tuple[Book, Columns]:
    """The book with names whole in the column of persons, and with posts in one of their own; the
    same when it has them so already."""
    if (at := columns.position("person")) is not None:
        book, columns = _whole_names(book, columns, at)
    else:
        at = next((at for at, name in columns.misfits.items() if name == "person"), None)
    if at is None or columns.position("post") is not None:
        return book, columns
    return _posts_apart(book, columns, at)


def _whole_names(book: Book, columns: Columns, at: int) -> tuple[Book, Columns]:
    """Join «Фамилия», «Имя» and «Отчество», which stand in columns side by side."""
    table = book.table
    parts = headers.data()["names_in_parts"]
    if not _is_part(table.header[at], parts["surname"]):
        return book, columns
    others: list[int] = []
    for part in (parts["name"], parts["patronymic"]):
        beside = at + 1 + len(others)
        if beside in columns.unknown and _is_part(table.header[beside], part):
            others.append(beside)
    if not others:
        return book, columns
    rows = [
        _with(row, at, " ".join(filter(None, (row.cells[one] for one in (at, *others)))))
        for row in table.rows
    ]
    return replace(book, table=replace(table, rows=rows)), _read(columns, others)


def _is_part(header: str, stems: Sequence[str]) -> bool:
    found = headers.header_words(header)
    parts = headers.data()["names_in_parts"]
    named = [name for name, known in parts.items() if headers.has(found, known)]
    return len(named) == 1 and headers.has(found, stems)


def _posts_apart(book: Book, columns: Columns, at: int) -> tuple[Book, Columns]:
    """Divide «Иванов Иван Иванович, директор», where most cells are such."""
    table = book.table
    cells = content.filled([row.cells[at] for row in table.rows[:_SAMPLE]])
    if content.share(lambda cell: name_and_post(cell) is not None, cells) <= content.MOST:
        return book, columns
    width = len(table.header)
    rows = []
    for row in table.rows:
        name, post = name_and_post(row.cells[at]) or (row.cells[at], "")
        cells = [*row.cells]
        cells[at] = name
        cells.insert(width, post)
        rows.append(row._replace(cells=cells))
    table = replace(table, header=[*table.header, _OF_POSTS], rows=rows)
    columns = _read(columns, [at])
    names = {**columns.names, at: "person", width: "post"}
    return replace(book, table=table), replace(columns, names=names)


def name_and_post(text: str) -> tuple[str, str] | None:
    """The name and the post that a cell has, in either order; None when it is not so.

    >>> name_and_post("Белов Игорь Ильич, директор"), name_and_post("и.о. директора Серов П. П.")
    (('Белов Игорь Ильич', 'директор'), ('Серов П. П.', 'и.о. директора'))
    """
    found = text.split()
    best: tuple[str, str] | None = None
    for at in range(1, min(len(found), 12)):
        front, back = (" ".join(part).strip(_EDGES) for part in (found[:at], found[at:]))
        for name, post in ((front, back), (back, front)):
            if (
                _is_name(name)
                and content.names_post(post)
                and len(name) > len(best[0] if best else "")
            ):
                best = name, post
    return best


def _is_name(text: str) -> bool:
    # A surname alone may as well be a word of the post.
    return len(text.split()) > 1 and not content.names_post(text) and content.is_person(text)


def _with(row: Row, at: int, text: str) -> Row:
    cells = [*row.cells]
    cells[at] = text
    return row._replace(cells=cells)


def _read(columns: Columns, read: Sequence[int]) -> Columns:
    """The columns without these among those that nothing is read from."""

    def rest(of: dict[int, str]) -> dict[int, str]:
        return {at: text for at, text in of.items() if at not in read}

    return replace(columns, unknown=rest(columns.unknown), misfits=rest(columns.misfits))
