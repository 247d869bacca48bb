"""Columns that a person has chosen for a table, remembered for the next file with its header."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import column_choices

KEPT = timedelta(days=400)
"""How long a choice is remembered: reports come monthly, or once a year."""


def key_of(header: Iterable[str]) -> str:
    """What is kept of a header: tables with the same one have the same key."""
    return hashlib.sha256("\n".join(header).encode()).hexdigest()


async def recall(connection: AsyncConnection, owner: int, key: str) -> dict[str, str]:
    """What the person has chosen for the columns of such a table, by header; {} for nothing."""
    table = column_choices
    query = select(table.c.chosen).where(table.c.owner == owner, table.c.header == key)
    return await connection.scalar(query) or {}


async def remember(
    connection: AsyncConnection, owner: int, key: str, chosen: Mapping[str, str]
) -> None:
    """Store a choice, replacing an earlier one; deletes expired ones."""
    table, now = column_choices, datetime.now(UTC)
    mine = (table.c.owner == owner) & (table.c.header == key)
    await connection.execute(delete(table).where(mine | (table.c.at < now - KEPT)))
    row = {"owner": owner, "header": key, "chosen": dict(chosen), "at": now}
    await connection.execute(insert(table), row)
