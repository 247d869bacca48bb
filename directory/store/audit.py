"""The audit log: every act of an administrator, who did it and when.

What changes the directory is a revision, and is not written down twice: the log is the revisions
and the other acts (`acts`), in the order of time. It holds numeric ids, pages' ids and fixed words
(`Detail`); never a person's name, and never what somebody typed.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, Text, cast, func, insert, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Action
from directory.rights import Scope
from directory.store.tables import acts, revisions


class Act(StrEnum):
    """The acts that are no revisions."""

    APPOINT = "appoint"
    DISMISS = "dismiss"
    INVITE = "invite"
    LIMIT = "limit"
    OWNER = "owner"
    WITHDRAW = "withdraw"
    EXPORT = "export"
    REPORT = "report"
    KEEPER = "keeper"
    NO_KEEPER = "no_keeper"
    DIFFERENT = "different"
    JOIN = "join"
    RENAME = "rename"
    OFFER = "offer"
    NO_OFFER = "no_offer"


class Detail(StrEnum):
    """What was exported, and how a report was decided."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    BACKUP = "backup"
    AUDIT_LOG = "audit_log"
    ACCEPTED = "accepted"
    HIDDEN = "hidden"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act. `actor` is a numeric Telegram id, None for the command line.

    `subject` is the revision's number, the editor's numeric id, the page's id, or those of two with
    a space between, which are not the same. `detail` tells
    what was exported, decided or entrusted, or until when; of a revision it is the file's name, the
    note, or the number of the one that was undone; of acts of earlier versions, what these wrote.
    """

    at: datetime
    actor: int | None
    act: Action | Act
    subject: str
    detail: Detail | Scope | date | str


async def record(
    connection: AsyncConnection,
    actor: int | None,
    act: Act,
    *,
    subject: str = "",
    detail: Detail | Scope | date | None = None,
    at: datetime | None = None,
) -> None:
    """Write an act down, in the transaction of the act itself; `at` is now, or the moment of the
    revision with which it came."""
    await connection.execute(
        insert(acts),
        {
            "at": at or datetime.now(UTC),
            "actor": actor,
            "act": act.value,
            "subject": subject,
            "detail": _kept(detail),
        },
    )


async def entries(
    connection: AsyncConnection, *, limit: int | None = None, offset: int = 0
) -> list[LogEntry]:
    """The log, the newest first."""
    log = _log().subquery()
    query = select(log).order_by(log.c.at.desc(), log.c.kind, log.c.id.desc())
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [_entry(row) for row in rows]


async def with_revision(connection: AsyncConnection, at: datetime) -> list[LogEntry]:
    """The acts that came with the revision of this moment, in their order."""
    rows = await connection.execute(select(acts).where(acts.c.at == at).order_by(acts.c.id))
    return [
        LogEntry(row.at, row.actor, Act(row.act), row.subject, _read(row.detail)) for row in rows
    ]


async def count(connection: AsyncConnection) -> int:
    """How many entries the log has."""
    return await connection.scalar(select(func.count()).select_from(_log().subquery())) or 0


def _log() -> CompoundSelect[Any]:
    return union_all(
        select(
            literal("revision").label("kind"),
            revisions.c.id,
            revisions.c.at,
            revisions.c.actor,
            revisions.c.action.label("act"),
            cast(revisions.c.id, Text).label("subject"),
            func.coalesce(
                func.nullif(revisions.c.file, ""),
                func.nullif(revisions.c.note, ""),
                cast(revisions.c.undoes, Text),
                "",
            ).label("detail"),
        ),
        select(
            literal("act"),
            *(acts.c[name] for name in ("id", "at", "actor", "act", "subject", "detail")),
        ),
    )


def _entry(row: Any) -> LogEntry:
    if row.kind == "revision":
        return LogEntry(row.at, row.actor, Action(row.act), row.subject, row.detail)
    return LogEntry(row.at, row.actor, Act(row.act), row.subject, _read(row.detail))


def _kept(detail: Detail | Scope | date | None) -> str:
    if isinstance(detail, Scope):
        return f"{_SCOPE}{json.dumps([detail.territory, detail.category], ensure_ascii=False)}"
    return str(detail or "")


def _read(kept: str) -> Detail | Scope | date | str:
    if kept.startswith(_SCOPE):
        return Scope(*json.loads(kept.removeprefix(_SCOPE)))
    for read in (Detail, date.fromisoformat):
        with suppress(ValueError):
            return read(kept)
    return kept


_SCOPE = "scope "
"""How a scope begins as it is kept, before the JSON of its territory's number and its category."""
