"""The directory as a file of the contract: CSV for Excel, XLSX, JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Literal, get_args

from directory.directory import Directory
from directory.file.columns import PAGE_COLUMNS
from directory.file.rows import in_order, row_of
from directory.file.sheet import sheet_of
from directory.file.writers import csv_bytes, xlsx_bytes
from directory.model import Page, Status
from directory.store.records import read_pages
from directory.territories import Territories

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
    """The pages as a file; CSV and XLSX in Russian, JSON (a list of objects) in English.

    Retired pages are left out: they are not in the directory.
    """
    russian = form != "json"
    present = [page for page in pages if page.status is not Status.RETIRED]
    listed = in_order(present, territories)
    rows = (row_of(page, territories, russian=russian) for page in listed)
    if form == "json":
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        return f"[\n{lines}\n]\n".encode()
    if form == "xlsx":
        return xlsx_bytes(sheet_of(rows))
    return csv_bytes(list(PAGE_COLUMNS.values()), (list(row.values()) for row in rows))
