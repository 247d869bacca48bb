"""When regular tasks were last begun."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import tasks


async def begun(connection: AsyncConnection) -> dict[str, datetime]:
    """When each task was last begun, by name."""
    rows = await connection.execute(select(tasks))
    return {row.name: row.begun_at for row in rows}


async def claim(connection: AsyncConnection, name: str, now: datetime, period: timedelta) -> bool:
    """Whether the task is due at `now` (UTC); if so, it is marked as begun.

    An unknown task is due one period from now; so is one marked while the clock was ahead.
    """
    row = (await connection.execute(select(tasks).where(tasks.c.name == name))).first()
    if row is None:
        await connection.execute(insert(tasks), {"name": name, "begun_at": now})
        return False
    if timedelta(0) <= now - row.begun_at < period:
        return False
    await connection.execute(update(tasks).where(tasks.c.name == name).values(begun_at=now))
    return bool(now >= row.begun_at)
