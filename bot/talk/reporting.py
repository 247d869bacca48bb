"""Taking what a person reports, so that nobody floods the queue or alarms the staff without end."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram.utils.i18n import get_i18n
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.talk.seldom import Seldom
from directory.reports import PER_DAY, ReportKind, ReportOutcome
from directory.store import reports

_SENT = Seldom(times=PER_DAY, seconds=24 * 3600)
"""Beside the limit of the database, whose count /forget erases."""


async def take(
    connection: AsyncConnection, kind: ReportKind, person: int, *, page: str = "", text: str = ""
) -> ReportOutcome:
    """Put what the person reports in the queue, if they may report today; see `reports.add`."""
    outcome, _number = await reports.add(
        connection,
        kind,
        person,
        get_i18n().current_locale,
        datetime.now(UTC),
        page=page,
        text=text,
        allowed=lambda: not _SENT.minutes_to_wait(person),
    )
    return outcome
