"""The directory as a sheet: how wide its columns are, and which hold numbers."""

from __future__ import annotations

from collections.abc import Iterable

from directory.file.columns import PAGES
from directory.file.writers import Sheet

WIDTHS = {column.header: column.width for column in PAGES.values()}
"""Widths in characters by Russian header."""


def sheet_of(rows: Iterable[dict[str, str]], columns: Iterable[str] = tuple(PAGES)) -> Sheet:
    """The Russian rows of pages (`rows.row_of`), which have these columns, as a sheet."""
    return Sheet(
        "Страницы",
        [PAGES[name].header for name in columns],
        (list(row.values()) for row in rows),
        WIDTHS,
        frozenset({PAGES["subscribers"].header}),
    )
