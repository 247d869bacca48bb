"""One statement for many rows, without SQLAlchemy's work on each of their values.

That work takes a large import longer than the database's own. Here a statement is compiled once,
and its rows go to the driver as they are, but for the types that a driver does not know by itself
(on SQLite: JSON, dates).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Insert, Update
from sqlalchemy.ext.asyncio import AsyncConnection


async def execute_many(
    connection: AsyncConnection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Execute the statement once a row. All rows have the same keys: the statement's parameters."""
    if not rows:
        return
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    assert names is not None, "the drivers of SQLite and PostgreSQL take parameters by position"
    writers = [
        (at, write)
        for at, name in enumerate(names)
        if (write := compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
    ]
    if len(names) == 1:
        given = [(row[names[0]],) for row in rows]
    else:
        given = list(map(itemgetter(*names), rows))
    if writers:
        given = [_written(values, writers) for values in given]
    await connection.exec_driver_sql(str(compiled), given)


def _written(
    values: tuple[Any, ...], writers: Sequence[tuple[int, Callable[[Any], Any]]]
) -> tuple[Any, ...]:
    """The values as the driver takes them."""
    written = list(values)
    for at, write in writers:
        if written[at] is not None:
            written[at] = write(written[at])
    return tuple(written)
