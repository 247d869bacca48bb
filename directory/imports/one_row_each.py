"""Tables with a row for each account: «Музей, ВКонтакте, …», «Музей, Одноклассники, …» is one page.

Such a table has a column that only names networks. Rows that say the same of the page, but for the
account and its subscribers, are made one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from directory.file.columns import LINKS
from directory.imports import content, headers
from directory.imports.columns import Columns
from directory.imports.read import Book, Row, Table
from directory.imports.read.book import Skipped, SkipReason
from directory.links import Refusal, parse, url
from directory.model import NETWORKS
from directory.translation import say


def one_row_each(book: Book, columns: Columns) -> tuple[Book, Columns]:
    """The book with one row for each page, and its columns without that of the networks, which is
    read by this; the same when it has no such table."""
    network = _network(book.table, columns)
    if network is not None:
        book, columns = _nicks_named(book, columns, network)
    links = columns.position(LINKS)
    if links is None or columns.title is None or network is None:
        return book, columns
    counted = columns.position("subscribers")
    named = [_page(row, columns, links, counted) for row in book.table.rows]
    # Two accounts on one network may well be of two bodies of one name.
    on = Counter(
        zip(named, (_named_network(r.cells[network]) for r in book.table.rows), strict=True)
    )
    apart = {page for (page, _network), count in on.items() if count > 1}
    rows: dict[tuple[str, ...], list[Row]] = {}
    for n, (page, row) in enumerate(zip(named, book.table.rows, strict=True)):
        rows.setdefault((*page, str(n)) if page in apart else page, []).append(row)
    if len(rows) == len(book.table.rows):
        return book, columns
    made = [_joined(same, links, counted) for same in rows.values()]
    gone = [row for same in rows.values() for row in same[1:]]
    note = say("Ссылки одной страницы стояли в разных строках и собраны в одну.")
    if any(_differ(same, counted) for same in rows.values()):
        note += " " + say("Подписчики в этих строках разные и не внесены.")
    unknown = {at: cell for at, cell in columns.unknown.items() if at != network}
    misfits = {at: cell for at, cell in columns.misfits.items() if at != network}
    joined = replace(
        book,
        table=replace(book.table, rows=made),
        notes=[*book.notes, note],
        skipped=[
            *book.skipped,
            *(Skipped(row.sheet, row.number, SkipReason.CONTINUATION) for row in gone),
        ],
    )
    return joined, replace(columns, unknown=unknown, misfits=misfits)


def _nicks_named(book: Book, columns: Columns, network: int) -> tuple[Book, Columns]:
    """The book with addresses for bare nicks, whose column is one of links then."""
    found = [
        at
        for at, name in columns.misfits.items()
        if name == LINKS and content.share(content.is_nick, _filled(book.table, at)) > content.MOST
    ]
    if len(found) != 1:
        return book, columns
    at = found[0]
    rows = []
    for row in book.table.rows:
        cells = list(row.cells)
        link = parse(cells[at], slot=headers.link_column(cells[network]) or None)
        if not isinstance(link, Refusal) and content.is_nick(cells[at]):
            cells[at] = url(link)
        rows.append(row._replace(cells=cells))
    unknown = {place: cell for place, cell in columns.unknown.items() if place not in (at, network)}
    misfits = {place: cell for place, cell in columns.misfits.items() if place in unknown}
    named = replace(columns, names={**columns.names, at: LINKS}, unknown=unknown, misfits=misfits)
    return replace(book, table=replace(book.table, rows=rows)), named


def _filled(table: Table, at: int) -> list[str]:
    return content.filled([row.cells[at] for row in table.rows if len(row.cells) > at])


def _network(table: Table, columns: Columns) -> int | None:
    """The column that is not read and names networks: those of the directory, mostly."""
    for at in columns.unknown:
        cells = [row.cells[at] for row in table.rows if len(row.cells) > at and row.cells[at]]
        known = content.share(lambda cell: headers.link_column(cell) in NETWORKS, cells)
        if len(cells) > 1 and known > content.MOST and all(map(_may_be_network, cells)):
            return at
    return None


def _may_be_network(text: str) -> bool:
    return headers.link_column(text) in NETWORKS or (
        len(text.split()) == 1 and text.isalpha() and not content.is_institution(text)
    )


def _named_network(text: str) -> str:
    return headers.link_column(text) or headers.key(text)


def _page(row: Row, columns: Columns, links: int, counted: int | None) -> tuple[str, ...]:
    """What a row says of its page, the account aside."""
    return tuple(
        row.cells[at] for at in columns.names if at not in (links, counted) and at < len(row.cells)
    )


def _joined(rows: Sequence[Row], links: int, counted: int | None) -> Row:
    """The first of the rows with the links of all of them."""
    first = rows[0]
    if len(rows) == 1:
        return first
    cells = list(first.cells)
    cells[links] = "\n".join(row.cells[links] for row in rows if row.cells[links])
    if counted is not None and _differ(rows, counted):
        cells[counted] = ""
    addresses = dict(first.addresses)
    if behind := "\n".join(row.addresses[links] for row in rows if links in row.addresses):
        addresses[links] = behind
    return first._replace(cells=cells, addresses=addresses)


def _differ(rows: Sequence[Row], at: int | None) -> bool:
    """Whether the rows have different things in a column."""
    return at is not None and len({row.cells[at] for row in rows}) > 1
