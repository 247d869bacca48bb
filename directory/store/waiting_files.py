"""Files that administrators sent and have not decided on yet; they survive a restart."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import pending_imports as table
from directory.store.tables import revisions

KEPT = timedelta(days=7)
"""How long a file waits for a decision."""

MOST = 5
"""Files of one person that may wait at once: each may have 20 MB."""

_WAITS = table.c.applied_on.is_(None)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits: its `data`, the `revision` of the directory on which its preview was made,
    the chosen `options` as JSON, and the message that shows it (None: not shown yet)."""

    id: str
    owner: int
    name: str
    data: bytes
    revision: int
    options: dict[str, Any]
    told_in: int | None = None


async def keep(
    connection: AsyncConnection,
    owner: int,
    name: str,
    data: bytes,
    revision: int,
    sent_in: int | None = None,
) -> str:
    """Store a file, received in the message `sent_in`, for its owner's decision; return its id."""
    now = datetime.now(UTC)
    number = secrets.token_urlsafe(9)
    row = {"id": number, "owner": owner, "file": name, "data": data, "options": {}}
    row |= {"revision": revision, "at": now, "sent_in": sent_in}
    await connection.execute(insert(table), row)
    return number


async def expire(connection: AsyncConnection, now: datetime) -> None:
    """Delete the files that waited too long."""
    await connection.execute(delete(table).where(table.c.at < now - KEPT))


async def make_room(connection: AsyncConnection, owner: int) -> str:
    """Drop the owner's oldest files so that one more may wait; return the name of the last dropped.

    The name is "" when there is room already.
    """
    mine = select(table.c.id, table.c.file).where(table.c.owner == owner, _WAITS)
    rows = (await connection.execute(mine.order_by(table.c.at.desc()).offset(MOST - 1))).all()
    await connection.execute(delete(table).where(table.c.id.in_([row.id for row in rows])))
    return rows[0].file if rows else ""


async def get(connection: AsyncConnection, number: str, owner: int) -> WaitingFile | None:
    """The owner's file with this id, None when it is decided on or another's."""
    query = select(table).where(table.c.id == number, table.c.owner == owner, _WAITS)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return WaitingFile(
        row.id, row.owner, row.file, row.data, row.revision, row.options, row.told_in
    )


async def sent_in(connection: AsyncConnection, owner: int, message: int) -> WaitingFile | None:
    """The owner's file that came in this message, None when none of it waits."""
    query = select(table.c.id).where(table.c.owner == owner, table.c.sent_in == message)
    number = await connection.scalar(query.limit(1))
    return await get(connection, number, owner) if number else None


async def tell_in(connection: AsyncConnection, number: str, message: int) -> None:
    """Store which message shows the file."""
    query = update(table).where(table.c.id == number)
    await connection.execute(query.values(told_in=message))


async def preview_again(
    connection: AsyncConnection, number: str, revision: int, options: dict[str, Any]
) -> None:
    """Store that a new preview was shown, for this revision and with these options."""
    values = {"revision": revision, "options": options}
    await connection.execute(update(table).where(table.c.id == number).values(values))


async def drop(connection: AsyncConnection, number: str, owner: int) -> bool:
    """Drop a file that is decided on; False when it was already: a double press has no effect."""
    query = delete(table).where(table.c.id == number, table.c.owner == owner, _WAITS)
    return (await connection.execute(query)).rowcount == 1


async def apply_on(connection: AsyncConnection, number: str, owner: int, revision: int) -> bool:
    """Mark a file as applied on this revision and delete its data; False when it was decided on
    already. Called in the transaction of the import: a double press has no effect, and after a
    crash the outcome can be told."""
    query = update(table).where(table.c.id == number, table.c.owner == owner, _WAITS)
    return (await connection.execute(query.values(applied_on=revision, data=b""))).rowcount == 1


async def applied(connection: AsyncConnection, number: str, owner: int) -> tuple[str, int] | None:
    """The name of an applied file of the owner's and its revision; None for another file."""
    query = select(table.c.file, func.min(revisions.c.id)).where(
        *(table.c.id == number, table.c.owner == owner),
        *(revisions.c.id > table.c.applied_on, revisions.c.actor == owner),
    )
    row = (await connection.execute(query.group_by(table.c.file))).one_or_none()
    return None if row is None else (row[0], row[1])
