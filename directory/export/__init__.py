"""The directory as a file of the contract: CSV for Excel, XLSX, JSON; and the empty template."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Literal, get_args

from directory.directory import Directory
from directory.export.rows import in_order, in_russian, row_of
from directory.export.sheet import sheet_of
from directory.export.template import template
from directory.export.writers import Sheet, csv_bytes, xlsx_bytes
from directory.imports.columns import PAGE_COLUMNS
from directory.model import Page
from directory.store.records import read_pages
from directory.territories import Territories

__all__ = [
    "FORMATS",
    "Format",
    "Sheet",
    "csv_bytes",
    "export",
    "file_of",
    "in_russian",
    "row_of",
    "template",
    "xlsx_bytes",
]

Format = Literal["csv", "xlsx", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The formats by their suffixes."""


async def export(
    directory: Directory,
    form: Format,
    *,
    territory: int | None = None,
    category: str | None = None,
) -> bytes:
    """The directory's pages as a file, closed and hidden ones too.

    `territory` (its number) and `category` leave only what lies in the one and has the other.
    """
    async with directory.db.read() as connection:
        pages = await read_pages(connection)
    territories = directory.territories
    chosen = [
        page
        for page in pages
        if territories.within(page.territory, territory) and category in (None, page.category)
    ]
    return await asyncio.to_thread(file_of, chosen, territories, form)


def file_of(pages: Sequence[Page], territories: Territories, form: Format) -> bytes:
    """The pages as a file; CSV and XLSX in Russian, JSON (a list of objects) in English."""
    rows = (row_of(page, territories) for page in in_order(pages, territories))
    if form == "json":
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        return f"[\n{lines}\n]\n".encode()
    russian = map(in_russian, rows)
    if form == "xlsx":
        return xlsx_bytes(sheet_of(russian))
    return csv_bytes(list(PAGE_COLUMNS.values()), (list(row.values()) for row in russian))
