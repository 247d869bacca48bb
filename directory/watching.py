"""Keeps an open directory up to date with its database, and its index small."""

from __future__ import annotations

import asyncio
import logging

from directory.directory import Directory
from directory.store.faults import DatabaseLostError

REFRESH_SECONDS = 1.0
"""How often a process polls for changes made by others; five seconds are promised."""

WORN_FROM = 500
"""Pages added to the index since it was built, from which it is rebuilt in the background."""

RENEW_SECONDS = 6 * 60 * 60
"""How old the cached index must be for that: building a national one takes a minute."""

_RENEW_PAUSE = 10 * 60
"""Seconds after a failed attempt: where no file can be written, the next one fails too."""

log = logging.getLogger(__name__)


async def watch(directory: Directory) -> None:
    """Refresh the directory, and rebuild its index when it is worn, until cancelled."""
    renewing = asyncio.create_task(_renew_when_worn(directory))
    try:
        await _follow(directory)
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)


async def _follow(directory: Directory) -> None:
    """Refresh until cancelled. Logs once when the database's file is lost."""
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
    """Rebuild a worn index until cancelled."""
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        if directory.index.added > WORN_FROM and directory.kept.age() > RENEW_SECONDS:
            try:
                await directory.renew()
            except Exception:
                log.exception("the search index could not be renewed")
            if directory.kept.age() > RENEW_SECONDS:
                await asyncio.sleep(_RENEW_PAUSE)
