"""Files that administrators sent and have not decided on: they outlive a restart of the bot."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import pending_imports

KEPT = timedelta(days=7)
"""How long a file waits for a decision."""

MOST = 5
"""Files of one person that may wait at once: each may have 20 MB."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits: its `data`, the `revision` of the directory at which its owner saw what it
    would change, and the `options` chosen for it, as JSON."""

    id: str
    owner: int
    name: str
    data: bytes
    revision: int
    options: dict[str, Any]


async def keep(
    connection: AsyncConnection, owner: int, name: str, data: bytes, revision: int
) -> str:
    """Keep a file for its owner's decision; return its id."""
    now = datetime.now(UTC)
    table = pending_imports
    number = secrets.token_urlsafe(9)
    row = {"id": number, "owner": owner, "file": name, "data": data, "options": {}}
    await connection.execute(insert(table), row | {"revision": revision, "at": now})
    return number


async def expire(connection: AsyncConnection, now: datetime) -> None:
    """Delete the files that waited too long."""
    table = pending_imports
    await connection.execute(delete(table).where(table.c.at < now - KEPT))


async def make_room(connection: AsyncConnection, owner: int) -> str:
    """Drop the owner's oldest files so that one more may wait; return the name of the last dropped.

    The name is "" when there is room already.
    """
    table = pending_imports
    mine = select(table.c.id, table.c.file).where(table.c.owner == owner)
    rows = (await connection.execute(mine.order_by(table.c.at.desc()).offset(MOST - 1))).all()
    await connection.execute(delete(table).where(table.c.id.in_([row.id for row in rows])))
    return rows[0].file if rows else ""


async def get(connection: AsyncConnection, number: str, owner: int) -> WaitingFile | None:
    """The owner's file with this id, None when it is decided on or another's."""
    table = pending_imports
    query = select(table).where(table.c.id == number, table.c.owner == owner)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return WaitingFile(row.id, row.owner, row.file, row.data, row.revision, row.options)


async def preview_again(
    connection: AsyncConnection, number: str, revision: int, options: dict[str, Any]
) -> None:
    """Note that the owner was shown a new preview, for that revision and with those options."""
    table = pending_imports
    values = {"revision": revision, "options": options}
    await connection.execute(update(table).where(table.c.id == number).values(values))


async def drop(connection: AsyncConnection, number: str, owner: int) -> bool:
    """Drop a file that is decided on; return False when it was already: a press counts once."""
    table = pending_imports
    query = delete(table).where(table.c.id == number, table.c.owner == owner)
    return (await connection.execute(query)).rowcount == 1
