"""Counters between two weekly messages to the owners, by name."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import tallies


async def add(connection: AsyncConnection, counted: Mapping[str, int]) -> None:
    """Add to the counters, which all processes share."""
    for name, n in counted.items():
        more = update(tallies).where(tallies.c.name == name).values(n=tallies.c.n + n)
        if not (await connection.execute(more)).rowcount:
            await connection.execute(insert(tallies), {"name": name, "n": n})


async def read(connection: AsyncConnection) -> dict[str, int]:
    """All counters since the last `clear`."""
    return {row.name: row.n for row in await connection.execute(select(tallies))}


async def clear(connection: AsyncConnection) -> None:
    """Reset all counters."""
    await connection.execute(delete(tallies))
