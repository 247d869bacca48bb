"""The directory as a sheet: how wide its columns are, and which hold numbers."""

from __future__ import annotations

from collections.abc import Iterable

from directory.export.writers import Sheet
from directory.imports.columns import PAGE_COLUMNS
from directory.model import SLOTS

_WIDE = {"title": 45, "full_name": 60, "territory": 32, "settlement": 24, "person": 32, "post": 32}
_WIDE |= {"address": 40, "aliases": 32, "source": 32} | dict.fromkeys(SLOTS, 30)

WIDTHS = {PAGE_COLUMNS[name]: width for name, width in _WIDE.items()}
"""Widths in characters by Russian header."""


def sheet_of(rows: Iterable[dict[str, str]]) -> Sheet:
    """The rows of `rows.in_russian` as a sheet."""
    return Sheet(
        "Страницы",
        list(PAGE_COLUMNS.values()),
        (list(row.values()) for row in rows),
        WIDTHS,
        frozenset({PAGE_COLUMNS["subscribers"]}),
    )
