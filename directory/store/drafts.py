"""Edits that are not saved yet: at most one per person, so none has to be cleaned up."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.store.tables import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """An edit in the making.

    `page` is the id of the page, None for a new one. `cells` are the new values by the contract's
    columns, as text. `revision` is the state of the directory that the last preview was made on.
    `report` is the number of the report that asked for it.
    """

    id: str
    page: str | None
    cells: dict[str, str] = field(default_factory=dict)
    revision: int = 0
    report: int | None = None


async def begin(
    connection: AsyncConnection,
    person: int,
    page: str | None,
    cells: dict[str, str],
    report: int | None = None,
) -> Draft:
    """Begin a person's edit; replaces their previous draft."""
    await connection.execute(delete(drafts).where(drafts.c.person == person))
    draft = Draft(secrets.token_hex(6), page, cells, report=report)
    await connection.execute(insert(drafts), {**asdict(draft), "person": person})
    return draft


async def get(connection: AsyncConnection, person: int, number: str) -> Draft | None:
    """The person's own draft with this id; None when it is another's or no longer exists."""
    query = select(drafts).where(drafts.c.id == number, drafts.c.person == person)
    row = (await connection.execute(query)).first()
    return Draft(row.id, row.page, row.cells, row.revision, row.report) if row else None


async def keep(connection: AsyncConnection, draft: Draft) -> None:
    """Keep the draft's cells and revision."""
    await connection.execute(
        update(drafts)
        .where(drafts.c.id == draft.id)
        .values(cells=draft.cells, revision=draft.revision)
    )


async def end(connection: AsyncConnection, draft: Draft) -> None:
    """Delete a draft that is saved or cancelled."""
    await connection.execute(delete(drafts).where(drafts.c.id == draft.id))
