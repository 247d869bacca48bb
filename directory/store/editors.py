"""The editors: who may change what, besides the owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.rights import Scope
from directory.store import audit
from directory.store.audit import Act
from directory.store.tables import editors
from directory.territories import Territories
from directory.translation import RUSSIAN, speaking


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor; persons are numeric Telegram ids."""

    person: int
    scope: Scope
    appointed_by: int
    at: datetime


async def get(connection: AsyncConnection, person: int) -> Editor | None:
    """The editor with this id, None when the person is no editor."""
    row = (await connection.execute(select(editors).where(editors.c.person == person))).first()
    return _editor(row) if row else None


async def persons(connection: AsyncConnection) -> Sequence[int]:
    """Who is an editor."""
    return (await connection.scalars(select(editors.c.person))).all()


async def everyone(connection: AsyncConnection) -> list[Editor]:
    """All editors, the longest serving first."""
    rows = await connection.execute(select(editors).order_by(editors.c.at, editors.c.person))
    return [_editor(row) for row in rows]


async def appoint(
    connection: AsyncConnection, person: int, scope: Scope, *, by: int, territories: Territories
) -> bool:
    """Make the person an editor of `scope` instead of whatever was entrusted before.

    Returns False when exactly that is entrusted already. Raises SQLAlchemy's `IntegrityError` at
    the commit when there is no such territory or category.
    """
    before = await get(connection, person)
    if before is not None and before.scope == scope:
        return False
    await connection.execute(delete(editors).where(editors.c.person == person))
    await connection.execute(
        insert(editors),
        {
            "person": person,
            "territory": scope.territory,
            "category": scope.category or None,
            "appointed_by": by,
            "at": datetime.now(UTC),
        },
    )
    with speaking(RUSSIAN):  # the log is kept for all who read it
        entrusted = scope.words(territories)
    await audit.record(connection, by, Act.APPOINT, subject=str(person), detail=entrusted)
    return True


async def move(connection: AsyncConnection, territory: int, into: int) -> int:
    """Entrust to the editors of one territory another in its place; return how many they are."""
    mine = editors.update().where(editors.c.territory == territory).values(territory=into)
    return (await connection.execute(mine)).rowcount


async def dismiss(connection: AsyncConnection, person: int, *, by: int) -> bool:
    """Take an editor's rights away; return whether there were any."""
    gone = await connection.execute(delete(editors).where(editors.c.person == person))
    if gone.rowcount:
        await audit.record(connection, by, Act.DISMISS, subject=str(person))
    return bool(gone.rowcount)


def _editor(row: Row[Any]) -> Editor:
    return Editor(row.person, Scope(row.territory, row.category or ""), row.appointed_by, row.at)
