"""The directory as a file of the contract: CSV for Excel, XLSX, JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Literal, get_args

from directory.directory import Directory
from directory.file.columns import PAGES, PUBLIC
from directory.file.rows import in_order, row_of
from directory.file.sheet import sheet_of
from directory.file.writers import csv_bytes, xlsx_bytes
from directory.model import Page, Status
from directory.rights import Scopes
from directory.store.records import read_pages
from directory.territories import Territories

Format = Literal["csv", "xlsx", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The formats by their suffixes."""


async def export(directory: Directory, form: Format, scope: Scopes | None = None) -> bytes:
    """The directory's pages as a file, closed and hidden ones too; of a `scope` or all."""
    async with directory.db.read() as connection:
        pages = await read_pages(connection)
    territories = directory.territories
    chosen = [page for page in pages if scope is None or scope.covers(page, territories)]
    return await asyncio.to_thread(file_of, chosen, territories, form)


async def public_file(directory: Directory, ids: Sequence[str], form: Format) -> bytes:
    """These pages as a file for everybody: what cards show, and of active pages only."""
    async with directory.db.read() as connection:
        pages = await read_pages(connection, ids)
    shown = [directory.links.as_shown(page) for page in pages if page.status is Status.ACTIVE]
    return await asyncio.to_thread(file_of, shown, directory.territories, form, PUBLIC)


def file_of(
    pages: Sequence[Page],
    territories: Territories,
    form: Format,
    columns: Sequence[str] = tuple(PAGES),
) -> bytes:
    """The pages as a file; CSV and XLSX in Russian, JSON (a list of objects) in English.

    `columns` are the names of those that it has. Retired pages are left out: they are not in the
    directory.
    """
    russian = form != "json"
    present = [page for page in pages if page.status is not Status.RETIRED]
    listed = in_order(present, territories)
    whole = (row_of(page, territories, russian=russian) for page in listed)
    rows = ({name: row[name] for name in columns} for row in whole)
    if form == "json":
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        return f"[\n{lines}\n]\n".encode()
    if form == "xlsx":
        return xlsx_bytes(sheet_of(rows, columns))
    return csv_bytes([PAGES[name].header for name in columns], (list(row.values()) for row in rows))
