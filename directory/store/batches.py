"""Long lists of keys, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

BATCH = 500
"""Keys in one IN (…): SQLite and PostgreSQL both take thousands, and neither gains by more."""


def batches(items: Sequence[Item], size: int | None = None) -> Iterator[Sequence[Item]]:
    """The items in their order, at most `size` (`BATCH`) at a time."""
    size = size or BATCH
    for start in range(0, len(items), size):
        yield items[start : start + size]
