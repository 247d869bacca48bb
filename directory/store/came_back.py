"""What an older copy brings back with it that was taken away since: rights, links, people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.store.copies import read_only
from directory.store.forgetting import OWNERS

_RIGHTS = (
    "SELECT staff.person, role, until, territory, category"
    " FROM staff LEFT JOIN entrusted ON entrusted.person = staff.person"
)
_LINKS = (
    "SELECT page, platform, account FROM links JOIN pages ON pages.id = links.page"
    " WHERE (links.hidden != '' OR pages.status = 'hidden')"
)
_SHOWN = (
    "SELECT page, platform, account FROM links JOIN pages ON pages.id = links.page"
    " WHERE links.hidden = '' AND pages.status NOT IN ('hidden', 'retired')"
)


@dataclass(frozen=True, slots=True)
class CameBack:
    """`staff` are the Telegram ids of those with rights that they had no more, `pages` the ids of
    pages that show links which were hidden; `keepers` run a page again, and of `people` the
    database kept nothing any more: they may have asked to be forgotten."""

    staff: tuple[int, ...]
    pages: tuple[str, ...]
    keepers: int
    people: int

    def __bool__(self) -> bool:
        """Whether anything came back."""
        return bool(self.staff or self.pages or self.keepers or self.people)


def came_back(copy: Path, before: Path) -> CameBack | None:
    """Compare a copy with the database whose place it took; None when that cannot be read, or one
    of them has other tables."""
    try:
        with closing(read_only(copy)) as now, closing(read_only(before)) as was:

            def regained(query: str) -> set[tuple[Any, ...]]:
                return set(now.execute(query)) - set(was.execute(query))

            shown = set(now.execute(_SHOWN)) & set(was.execute(_LINKS))
            people = _people(now) - _people(was)
            return CameBack(
                tuple(sorted({row[0] for row in regained(_RIGHTS)})),
                tuple(sorted({row[0] for row in shown})),
                len(regained("SELECT person, page FROM keepers")),
                len(people),
            )
    except sqlite3.Error:
        return None


def _people(connection: sqlite3.Connection) -> set[int]:
    queries: Iterable[str] = (f"SELECT {x.name} FROM {x.table.name}" for x in OWNERS)
    return {person for query in queries for (person,) in connection.execute(query)}
