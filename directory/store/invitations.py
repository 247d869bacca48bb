"""Invitations to join the staff: one-time tokens that owners send."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store import audit
from directory.store.audit import Act
from directory.store.staff import INVITED_FOR
from directory.store.tables import invitations


async def invite(connection: AsyncConnection, *, by: int) -> str:
    """A new one-time token that lets one person join; only its hash is stored."""
    now = datetime.now(UTC)
    await connection.execute(delete(invitations).where(invitations.c.at < now - INVITED_FOR))
    token = secrets.token_urlsafe(24)
    await connection.execute(insert(invitations), {"hash": hashed(token), "made_by": by, "at": now})
    await audit.record(connection, by, Act.INVITE)
    return token


async def accept(connection: AsyncConnection, token: str) -> int | None:
    """Consume an invitation; return the owner who made it, None when it is unknown or expired."""
    own = invitations.c.hash == hashed(token)
    row = (await connection.execute(select(invitations).where(own))).first()
    # Of two simultaneous presses only one deletes the row.
    gone = await connection.execute(delete(invitations).where(own))
    if row is None or not gone.rowcount or datetime.now(UTC) - row.at > INVITED_FOR:
        return None
    return int(row.made_by)


def hashed(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
