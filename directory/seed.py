"""What a new install starts with: the files of `seed/`, imported like any others.

`seed/seed.toml` lists them. Loading is an addition: what the directory has under an id or as a
territory stays as it is, so the seed can be loaded into a directory that people work in.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

from directory.imports.apply import apply
from directory.imports.outcome import Plan
from directory.imports.plan import plan, read_state
from directory.imports.terms import State
from directory.model import Action, Origin
from directory.store import records
from directory.store.database import Database
from directory.store.precaution import copy_before

SEED = Path(__file__).parents[1] / "seed"
_LIST = "seed.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came from one file: `what` it brings, in Russian, and how many new ones of `kind`."""

    what: str
    kind: str
    new: int


async def load_seed(db: Database, region: str | None = None, folder: Path = SEED) -> list[Loaded]:
    """Add what the directory lacks of the seed, a revision for each file.

    `region` takes the federal pages and those of the region with this name alone. Raises `OSError`
    when a file of the seed is missing.
    """
    loaded: list[Loaded] = []
    async with db.read() as connection:
        is_new = not await records.count_pages(connection)
    for file in tomllib.loads((folder / _LIST).read_text(encoding="utf-8"))["file"]:
        found = await _plan(db, folder / file["file"], region)
        if found is None:
            continue
        if not is_new:
            await copy_before(db, "seed", found.size)
        # A link that another page has by now refuses its row, and none of the others.
        await apply(db, found, Origin(Action.SEED), partial=True)
        loaded.append(Loaded(file["what"], found.kind, len(found.new)))
    return loaded


async def _plan(db: Database, path: Path, region: str | None) -> Plan | None:
    """What loading the file adds; None when that is nothing."""
    state = await read_state(db)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    wanted = []
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        if _belongs(cells, region) and not _known(cells, state):
            wanted.append(row)
    while wanted:
        found = await plan(db, _csv([header, *wanted]), path.name)
        if not found.changed:
            return found
        # The same page or place under another id or name: theirs stays. Rows count from the header.
        changed = {edit.row for edit in found.changed}
        wanted = [row for number, row in enumerate(wanted, 2) if number not in changed]
    return None


def _belongs(cells: dict[str, str], region: str | None) -> bool:
    """Whether a row is of the region (None: any region will do), or of the whole country."""
    own = cells["region"] or ("" if "id" in cells else cells["name"])
    return region is None or own in ("", region)


def _known(cells: dict[str, str], state: State) -> bool:
    """Whether the directory has a page with the row's id, or the territory that it names."""
    if "id" in cells:
        return cells["id"] in state.pages
    above = next(
        (t.id for t in state.territories.children(None) if t.name == cells["region"]), None
    )
    if cells["region"] and above is None:
        return False
    return bool(state.territories.matches(cells["name"], above))


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
