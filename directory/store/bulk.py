"""One statement for many rows, without SQLAlchemy's work on each of their values.

That work takes a large import longer than the database's own. Here a statement is compiled once,
and its rows go to the driver as they are, but for the types that a driver does not know by itself
(on SQLite: JSON, dates).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    given = []
    for row in rows:
        values = [row[name] for name in names]
        for at, write in writers:
            if values[at] is not None:
                values[at] = write(values[at])
        given.append(tuple(values))
    await connection.exec_driver_sql(str(compiled), given)
