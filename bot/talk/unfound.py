"""Counting what nobody was shown a page for: in memory for some minutes, then kept without who."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.views.words import today
from directory.directory import Directory
from directory.store import unfound
from directory.unfound import MonthlySecret, UnfoundQuery

log = logging.getLogger(__name__)

MOST = 2_000
"""Queries that wait to be counted; more of them within minutes are no people."""

_waiting: list[UnfoundQuery] = []
_secrets: dict[Path, MonthlySecret] = {}


def note(directory: Directory, query: str, person: int) -> None:
    """Count that somebody typed the query in vain; the person is forgotten here and now."""
    folder = directory.kept.state
    secret = _secrets.setdefault(folder, MonthlySecret(folder))
    try:
        asked = secret.asked(query, person, today())
    except OSError as error:
        log.warning("what is not found is not counted: %r", error)
        return
    if asked is not None and len(_waiting) < MOST:
        _waiting.append(asked)


async def keep(directory: Directory) -> None:
    """Write down what was counted."""
    asked = _waiting[:]
    async with directory.db.write() as connection:
        await unfound.add(connection, asked, today())
    del _waiting[: len(asked)]
