"""What the index costs: its build, its memory, a start, a change. Run in a process of its own.

`python -m bench.costs URL` prints one JSON object; the database at URL is changed and put back.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Origin
from directory.store import revisions
from directory.store.database import Database

_WORD = "Кхшабрентосово"
_PAUSE = 0.002


def resident() -> float:
    """Megabytes of memory that the process has (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


async def measure(url: str) -> dict[str, float]:
    """Seconds, megabytes and milliseconds, by name."""
    directory = Directory(await Database.open(url), links=False)
    directory.kept.index_file.unlink(missing_ok=True)
    started = time.perf_counter()
    await directory.refresh()
    built = time.perf_counter() - started
    await directory.close()
    del directory
    directory = Directory(await Database.open(url), links=False)
    started = time.perf_counter()
    await directory.refresh()
    start = time.perf_counter() - started
    found_after, waited = await _change(directory)
    await directory.close()
    return {"build": built, "start": start, "change": found_after, "wait": waited * 1000}


async def memory(url: str) -> dict[str, float]:
    """What an open directory with the kept index takes beyond one with an open database."""
    directory = Directory(await Database.open(url), links=False)
    before = resident()
    await directory.refresh()
    directory.search("школа 5")
    taken = resident() - before
    await directory.close()
    return {"memory": taken}


async def _change(directory: Directory) -> tuple[float, float]:
    """Seconds until a changed page is found, and the longest that a query waited meanwhile."""
    hit = directory.search("школа").hits[0]
    page = await directory.page(hit.id)
    assert page
    renamed = replace(page, title=f"{page.title} {_WORD}")
    change = page_change(page, renamed)
    waits = [0.0]

    async def ask() -> None:
        while True:
            due = time.perf_counter() + _PAUSE
            await asyncio.sleep(_PAUSE)
            directory.search("детский сад 5")
            waits.append(time.perf_counter() - due)

    asking = asyncio.create_task(ask())
    async with directory.db.write() as connection:
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    started = time.perf_counter()
    await directory.refresh()
    assert directory.search(_WORD).hits[0].id == page.id
    found_after = time.perf_counter() - started
    asking.cancel()
    async with directory.db.write() as connection:
        await revisions.apply(
            connection,
            [replace(change, before=change.after, after=change.before)],
            Origin(Action.EDIT),
        )
    return found_after, max(waits)


if __name__ == "__main__":
    task = memory if sys.argv[1] == "memory" else measure
    print(json.dumps(asyncio.run(task(sys.argv[2]))))
