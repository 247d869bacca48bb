"""The place whose pages, and the network whose links people want first, by their own word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import homes


async def get(connection: AsyncConnection, person: int) -> int | None:
    """The territory that the person called theirs, None for none."""
    return await connection.scalar(select(homes.c.territory).where(homes.c.person == person))


async def set_home(connection: AsyncConnection, person: int, territory: int | None) -> None:
    """Keep the person's territory; None: they were asked and have none."""
    await _keep(connection, person, territory=territory, at=datetime.now(UTC), asked=True)


async def was_asked(connection: AsyncConnection, person: int) -> bool:
    """Whether the person was asked for a territory, or has chosen one unasked."""
    query = select(homes.c.person).where(homes.c.person == person, homes.c.asked)
    return await connection.scalar(query) is not None


async def network_of(connection: AsyncConnection, person: int) -> str:
    """The network whose links the person wants first, "" for none."""
    return await connection.scalar(select(homes.c.network).where(homes.c.person == person)) or ""


async def set_network(connection: AsyncConnection, person: int, network: str) -> None:
    """Keep the network whose links the person wants first; "": none.

    When their territory was chosen, or moved, stays known: see `forget_moved`.
    """
    await _keep(connection, person, network=network)


async def _keep(connection: AsyncConnection, person: int, **values: Any) -> None:
    mine = update(homes).where(homes.c.person == person).values(**values)
    if not (await connection.execute(mine)).rowcount:
        row = {"person": person, "at": datetime.now(UTC), "asked": False}
        await connection.execute(insert(homes), {**row, **values})


async def move(connection: AsyncConnection, gone: int, into: int, at: datetime) -> None:
    """Move everybody from a territory that is removed to the one that replaces it.

    `at` is the moment of the merging revision; `forget_moved` finds the moved rows by it.
    """
    mine = update(homes).where(homes.c.territory == gone)
    await connection.execute(mine.values(territory=into, at=at))


async def forget_moved(connection: AsyncConnection, at: datetime) -> None:
    """Delete the places that moved with the revision of this moment; people may choose again.

    The former place is not stored, and the new one was not their choice.
    """
    moved = homes.c.at == at
    await connection.execute(delete(homes).where(moved, homes.c.network == ""))
    await connection.execute(update(homes).where(moved).values(territory=None, asked=False))


async def persons(
    connection: AsyncConnection, since: datetime | None
) -> tuple[set[int], datetime | None]:
    """Who may have a territory or a network since (None: ever), and the latest moment."""
    query = select(homes.c.person, homes.c.at)
    if since is not None:
        query = query.where(homes.c.at >= since)
    rows = (await connection.execute(query)).all()
    return {person for person, _ in rows}, max((at for _, at in rows), default=None)
