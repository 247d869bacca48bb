"""Dated, verified copies of the database beside it, and which of them are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from directory.store import copies

DAILY, WEEKLY, MONTHLY = 7, 4, 6
"""The latest copies of so many days, weeks and months are kept."""

BEFORE_CHANGES = 5
"""Copies that were made before a large change or a migration; so many of the latest are kept."""

_FORMAT = "%Y-%m-%d_%H%M%S"
_BEFORE = "-before-"
_SUFFIX = ".sqlite3"


def folder_of(database: Path) -> Path:
    """Where the copies are."""
    return database.with_name(f"{database.name}.backups")


def make(database: Path, *, before: str = "", now: datetime | None = None) -> Path:
    """Copy the database, which may be in use; return the copy and remove those not to be kept.

    `before` names the change that it is made before. Raises what `copies.backup` raises.
    """
    copy = next_copy(database, before=before, now=now)
    if not copy.exists():  # else it was made within the same second
        copies.backup(database, copy)
    remove_old(database)
    return copy


def next_copy(database: Path, *, before: str = "", now: datetime | None = None) -> Path:
    """The file of a copy that is made now, in a folder that exists."""
    folder = folder_of(database)
    folder.mkdir(parents=True, exist_ok=True)
    reason = f"{_BEFORE}{before}" if before else ""
    return folder / f"{now or datetime.now(UTC):{_FORMAT}}{reason}{_SUFFIX}"


def remove_old(database: Path) -> None:
    """Remove the copies that are not to be kept."""
    folder = folder_of(database)
    names = [file.name for file in folder.glob(f"*{_SUFFIX}")]
    for name in set(names) - kept(names):
        copies.remove(folder / name)


def latest(database: Path) -> datetime | None:
    """When the latest copy was made (UTC), None when there is none."""
    dates = (_date(file.name) for file in folder_of(database).glob(f"*{_SUFFIX}"))
    return max((at for at in dates if at), default=None)


def kept(names: Iterable[str]) -> set[str]:
    """Of the names of copies those to be kept; what is none of them is."""
    dated, before, found = [], [], set()
    for name in sorted(names, reverse=True):
        at = _date(name)
        if at is None:
            found.add(name)
        elif _BEFORE in name:
            before.append(name)
        else:
            dated.append((at, name))
    found |= set(before[:BEFORE_CHANGES])
    found |= _latest(dated, DAILY, lambda at: at.date())
    found |= _latest(dated, WEEKLY, lambda at: at.isocalendar()[:2])
    found |= _latest(dated, MONTHLY, lambda at: (at.year, at.month))
    return found


def _latest(
    dated: list[tuple[datetime, str]], most: int, period: Callable[[datetime], object]
) -> set[str]:
    """The last copy of each of the last `most` periods that have one, of copies latest first."""
    last: dict[object, str] = {}
    for at, name in dated:
        last.setdefault(period(at), name)
    return set(list(last.values())[:most])


def _date(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.removesuffix(_SUFFIX).partition(_BEFORE)[0], _FORMAT).replace(
            tzinfo=UTC
        )
    except ValueError:
        return None
