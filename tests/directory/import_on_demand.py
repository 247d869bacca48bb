"""A process that imports what it is told to, each time in a child that may be killed.

Reads lines «database file seconds» and answers each with the child's exit status; it kills the
child after so many seconds, unless they are negative. Everything is imported beforehand, so that a
child is busy with nothing but its import.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.store.database import Database


async def _import(url: str, name: str, data: bytes) -> None:
    db = await Database.open(url)
    found = await plan(db, data, name)
    await apply(db, found, Origin(Action.IMPORT))
    await db.close()


def main() -> None:
    """Serve until standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        # What is read and compiled at first use is then there for every child.
        asyncio.run(_import(f"sqlite:///{folder}/x", "x.csv", "Название;Сайт\nА;a.gov.ru".encode()))
    for line in sys.stdin:
        url, file, seconds = line.split()
        child = os.fork()
        if child == 0:
            asyncio.run(_import(url, file, Path(file).read_bytes()))
            os._exit(0)
        if float(seconds) >= 0:
            time.sleep(float(seconds))
            # A child that has ended waits to be asked for its status: its number is no other's yet.
            os.kill(child, signal.SIGKILL)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
