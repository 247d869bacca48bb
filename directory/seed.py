"""What a new install starts with: the files of `seed/`, imported like any others."""

from __future__ import annotations

from pathlib import Path

from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.store import revisions
from directory.store.database import Database

SEED = Path(__file__).parents[1] / "seed"
FILES = ("territories.csv", "pages.csv")
"""The territories first: pages find their place by the names that those bring."""


async def load_seed(db: Database, folder: Path = SEED) -> int:
    """Fill an empty database; return how many pages it then has, 0 when it was not empty.

    A database is empty while it has no revision: whoever cleared it on purpose keeps it so. Raises
    `OSError` when a file of the seed is missing.
    """
    async with db.read() as connection:
        if await revisions.current(connection):
            return 0
    count = 0
    for name in FILES:
        path = folder / name
        found = await plan(db, path.read_bytes(), path.name)
        await apply(db, found, Origin(Action.SEED))
        count += len(found.pages)
    return count
