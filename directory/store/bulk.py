"""One statement for many rows, without SQLAlchemy's work on each of their values.

That work takes a large import longer than the database's own. Here a statement is compiled once,
and its rows go to the driver as they are, but for the types that a driver does not know by itself
(on SQLite: JSON, dates).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Dialect, Insert, Table, Update, bindparam, insert
from sqlalchemy.ext.asyncio import AsyncConnection

_KEY = "at_key"
"""The parameter of an update that tells which row is meant."""

Writer = Callable[[Any], Any]


async def insert_many(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert the rows, which have the same columns.

    Columns that are null in all of them are left out: the driver of SQLite takes longer over a null
    than over a text.
    """
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        filled = {n: column for n, column in columns.items() if column.count(None) < len(rows)}
        text, writers = _inserting(table, tuple(filled), connection.dialect)
        await _execute(connection, text, writers, filled)


async def update_many(
    connection: AsyncConnection, key: Column[Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Overwrite the rows of the key's table; all of `rows` have the same columns, the key too."""
    if rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        columns[_KEY] = columns.pop(key.name)
        text, writers = _updating(key, tuple(columns), connection.dialect)
        await _execute(connection, text, writers, columns)


async def _execute(
    connection: AsyncConnection,
    text: str,
    writers: Mapping[str, Writer | None],
    columns: Mapping[str, list[Any]],
) -> None:
    """Execute a statement once a row; `writers` has its parameters in their order."""
    written = [
        [None if value is None else write(value) for value in columns[name]]
        if write
        else columns[name]
        for name, write in writers.items()
    ]
    await connection.exec_driver_sql(text, list(zip(*written, strict=True)))


@lru_cache
def _inserting(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, dict[str, Writer | None]]:
    return _compiled(insert(table), names, dialect)


@lru_cache
def _updating(
    key: Column[Any], names: tuple[str, ...], dialect: Dialect
) -> tuple[str, dict[str, Writer | None]]:
    statement = key.table.update().where(key == bindparam(_KEY, type_=key.type))
    return _compiled(statement, names, dialect)


def _compiled(
    statement: Insert | Update, names: Sequence[str], dialect: Dialect
) -> tuple[str, dict[str, Writer | None]]:
    """The statement's text and, by parameter, what writes a value as the driver takes it (None: it
    is taken as it is)."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    in_order = compiled.positiontup
    assert in_order is not None, "the drivers of SQLite and PostgreSQL take parameters by position"
    return str(compiled), {
        name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        for name in in_order
    }
