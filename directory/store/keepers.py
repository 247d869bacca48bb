"""Who runs a page: how it is proved, and until when they were told of reports on it.

A page may have several keepers: offices have more than one administrator, and each proves it alone.
When a page or one of its links is hidden, or a link is removed, all keepers lose the page and must
prove it again: a hijacker could have proved it too, perhaps by that very link.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Status
from directory.reports import OF_KEEPERS, ReportKind
from directory.store.tables import keeper_codes, keepers, pages, report_senders, reports

CODE_KEPT = timedelta(days=3)
"""How long a code proves anything."""

MOST_CODES, MOST_KEEPERS = 5, 5
"""Open codes per person, and keepers per page. The newest keepers stay: a recent proof shows who
runs the page now."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that are easily confused
_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who runs a page, by their numeric Telegram id."""

    person: int
    at: datetime


async def code_for(
    connection: AsyncConnection, person: int, page: str, now: datetime
) -> str | None:
    """The person's code for the page, a new one when the last has expired; None when they have
    too many open codes."""
    await connection.execute(delete(keeper_codes).where(keeper_codes.c.at < now - CODE_KEPT))
    mine = keeper_codes.c.person == person
    known = select(keeper_codes.c.code).where(mine, keeper_codes.c.page == page)
    if (code := await connection.scalar(known)) is not None:
        return str(code)
    if (await connection.scalar(select(func.count()).where(mine)) or 0) >= MOST_CODES:
        return None
    code = "gos-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    row = {"person": person, "page": page, "code": code, "at": now}
    await connection.execute(insert(keeper_codes), row)
    return code


async def code_to_look_for(
    connection: AsyncConnection, person: int, page: str, now: datetime
) -> str | None:
    """The code to look for, None when there is none or it has expired."""
    mine = _own(keeper_codes, person, page)
    query = select(keeper_codes.c.code).where(mine, keeper_codes.c.at >= now - CODE_KEPT)
    return await connection.scalar(query)


async def add(connection: AsyncConnection, person: int, page: str, now: datetime) -> None:
    """Make the person a keeper, in the place of the longest serving when there are `MOST_KEEPERS`.

    The code is used up.
    """
    mine = _own(keeper_codes, person, page)
    await connection.execute(delete(keeper_codes).where(mine))
    if await is_keeper(connection, person, page):
        return
    for longest in (await of_page(connection, page))[: 1 - MOST_KEEPERS]:
        await drop(connection, longest.person, page)
    await connection.execute(
        insert(keepers), {"person": person, "page": page, "at": now, "told": now}
    )


async def is_keeper(connection: AsyncConnection, person: int, page: str) -> bool:
    """Whether the person runs the page."""
    mine = _own(keepers, person, page)
    return bool(await connection.scalar(select(exists().where(mine))))


async def of_page(connection: AsyncConnection, page: str) -> list[Keeper]:
    """The keepers of a page, the longest serving first."""
    query = select(keepers).where(keepers.c.page == page).order_by(keepers.c.at)
    return [Keeper(row.person, row.at) for row in await connection.execute(query)]


async def drop(connection: AsyncConnection, person: int, page: str) -> bool:
    """Remove the person as a keeper of the page, and their code; False when they were none."""
    codes = _own(keeper_codes, person, page)
    await connection.execute(delete(keeper_codes).where(codes))
    mine = _own(keepers, person, page)
    return bool((await connection.execute(delete(keepers).where(mine))).rowcount)


async def end(connection: AsyncConnection, pages: Sequence[str]) -> None:
    """Remove all keepers of these pages, and all codes for them."""
    for table in (keepers, keeper_codes):
        await connection.execute(delete(table).where(table.c.page.in_(pages)))


async def claimant(connection: AsyncConnection, report: int) -> int | None:
    """Who asks by this report to be confirmed as a keeper."""
    query = select(report_senders.c.person).where(report_senders.c.report == report)
    return await connection.scalar(query)


def reported(until: datetime) -> Select[Any]:
    """The reports on kept pages, up to a moment, that the keepers were not told of.

    Reports of a takeover are left out: a keeper may be the hijacker.
    """
    return (
        select(keepers.c.person, keepers.c.page, reports.c.kind)
        .join(reports, reports.c.page == keepers.c.page)
        .join(pages, pages.c.id == keepers.c.page)
        .where(
            reports.c.at > keepers.c.told,
            reports.c.at <= until,
            reports.c.kind.not_in([kind.value for kind in (*OF_KEEPERS, ReportKind.HACKED)]),
            pages.c.status.not_in([Status.HIDDEN.value, Status.RETIRED.value]),
        )
    )


async def reports_for(
    connection: AsyncConnection, person: int, until: datetime
) -> dict[str, list[ReportKind]]:
    """What was reported of the person's pages since they were told, by page."""
    found: dict[str, list[ReportKind]] = {}
    query = reported(until).where(keepers.c.person == person)
    for _person, page, kind in await connection.execute(query.order_by(reports.c.at)):
        found.setdefault(page, []).append(ReportKind(kind))
    return found


async def told_until(connection: AsyncConnection, person: int) -> dict[str, datetime]:
    """Until when the person was told of reports on each page."""
    query = select(keepers.c.page, keepers.c.told).where(keepers.c.person == person)
    return {row.page: row.told for row in await connection.execute(query)}


async def keep_told(
    connection: AsyncConnection, person: int, until: Mapping[str, datetime]
) -> None:
    """Keep until when the person was told."""
    for page, moment in until.items():
        mine = _own(keepers, person, page)
        await connection.execute(update(keepers).where(mine).values(told=moment))


def _own(table: Table, person: int, page: str) -> ColumnElement[bool]:
    """The person's row for the page."""
    return (table.c.person == person) & (table.c.page == page)
