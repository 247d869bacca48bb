"""A whole directory, from one database into another of either kind, compared row by row."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Row, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store import copies, numbers
from directory.store.bulk import insert_many
from directory.store.database import Database
from directory.store.tables import metadata

_BATCH = 500
"""Rows at once; of a table that keeps files one."""

Progress = Callable[[int, int], object]
"""Told how many rows of how many are done. Each is done twice: copied, and compared."""


class NotEmptyError(Exception):
    """The database to copy into has something already."""


class DiffersError(Exception):
    """What was read back is not what was copied; the text is the table's name."""


async def transfer(
    source: Database,
    target: Database,
    progress: Progress = lambda _done, _of: None,
    *,
    is_copy: bool = False,
) -> dict[str, int]:
    """Copy every table in one transaction; return how many rows each has.

    When the source `is_copy` of a database that has gone on, the numbers that this may have given
    are not given again. The source may be in use: what is copied is one state of it. Raises
    `NotEmptyError`, `DiffersError`, and what the databases raise; the target then has what it had
    before.
    """
    tables = metadata.sorted_tables
    async with source.read() as old, target.write() as new:
        for table in tables:
            if await _count(new, table):
                raise NotEmptyError
        counts = {table.name: await _count(old, table) for table in tables}
        done, of = 0, 2 * sum(counts.values())
        for table in tables:
            async for rows in _batches(old, table):
                await insert_many(new, table, [row._asdict() for row in rows])
                progress(done := done + len(rows), of)
        for table in tables:
            copied = _batches(new, table)
            async for rows in _batches(old, table):
                if await anext(copied, []) != rows:
                    raise DiffersError(table.name)
                progress(done := done + len(rows), of)
            if await anext(copied, []):
                raise DiffersError(table.name)
        if is_copy:
            await new.run_sync(numbers.pass_over)
        await target.count_on(new)
    return counts


async def back_up(db: Database, target: Path, progress: Progress = lambda _done, _of: None) -> None:
    """Copy the database, which may be in use, to a new file of SQLite, and verify it.

    Raises `FileExistsError` when `target` exists, `copies.DamagedError` when the database is not
    sound, `OSError` when it cannot be written; then nothing is left behind.
    """
    if db.is_file:
        await asyncio.to_thread(copies.backup, db.path, target)
        return
    partial = copies.partial_of(target)
    try:
        async with await Database.open(f"sqlite:///{partial}", connections=1) as copy:
            await transfer(db, copy, progress)
        await asyncio.to_thread(copies.verify, partial)
        partial.rename(target)
    except DiffersError as error:
        raise copies.DamagedError(f"копия не равна базе: таблица {error}") from error
    finally:
        copies.remove(partial)


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """All rows, by the key."""
    has_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    query = select(table).order_by(*table.primary_key)
    async with connection.stream(query) as rows:
        async for batch in rows.partitions(1 if has_files else _BATCH):
            yield batch
