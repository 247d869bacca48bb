"""Keeps an open directory up to date with its database, and its index small."""

from __future__ import annotations

import asyncio
import logging

from directory.directory import Directory
from directory.store.faults import DatabaseLostError

REFRESH_SECONDS = 1.0
"""How often a running process looks for changes that others made; five seconds are promised."""

WORN_FROM = 500
"""Pages that changed since the index was built, from which it is built anew in the background."""

RENEW_SECONDS = 6 * 60 * 60
"""How old the kept index must be for that: a national one takes a minute of the processor."""

_RENEW_PAUSE = 10 * 60
"""Seconds after a failed attempt: where no file can be written the next one fails, too."""

log = logging.getLogger(__name__)


async def watch(directory: Directory) -> None:
    """Keep catching up, and renewing what is worn, until cancelled."""
    renewing = asyncio.create_task(_renew_when_worn(directory))
    try:
        await _follow(directory)
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


async def _follow(directory: Directory) -> None:
    """Keep catching up until cancelled. Says once when the database's file is lost."""
    lost = False
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        try:
            await directory.refresh()
        except DatabaseLostError as error:
            if not lost:
                log.error("%s", error)
            lost = True
        else:
            lost = False


async def _renew_when_worn(directory: Directory) -> None:
    """Renew now and then until cancelled."""
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        if directory.index.added > WORN_FROM and directory.kept.age() > RENEW_SECONDS:
            try:
                await directory.renew()
            except Exception:
                log.exception("the search index could not be renewed")
            if directory.kept.age() > RENEW_SECONDS:
                await asyncio.sleep(_RENEW_PAUSE)
