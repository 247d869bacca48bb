"""Pages that left the directory: retired by a file or a person, or gone with the undo of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process, utils
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import Page, Status
from directory.store.tables import changes, pages, revisions

LIKE = 85
"""How like, of 100, a name must be to what was typed; a part of the words is as good as all."""


@dataclass(frozen=True, slots=True)
class GonePage:
    """A page with its name and place alone, and the revision that took it out last.

    `is_deleted`: nothing of it is left but its history.
    """

    page: Page
    revision: int
    is_deleted: bool


async def gone(connection: AsyncConnection) -> list[GonePage]:
    """All pages that left the directory and are not back, the last gone first."""
    return await _gone(connection, true(), true())


async def gone_page(connection: AsyncConnection, page: str) -> GonePage | None:
    """The page with this id, None when it is there or never was."""
    found = await _gone(connection, pages.c.id == page, changes.c.key == page)
    return found[0] if found else None


async def deleted(connection: AsyncConnection) -> dict[str, tuple[str, int | None]]:
    """Title and territory of the pages of which nothing is left but their history, by their ids."""
    found = await _deleted(connection, true())
    return {each.page.id: (each.page.title, each.page.territory) for each in found}


def named_like(
    found: Sequence[GonePage], query: str, most: int, *, exact: bool = False
) -> list[GonePage]:
    """Those whose names are like the query, or (`exact`) the very same, the most like first.

    Of several words a part of the name will do; one word alone («школа») would name too many.
    """
    titles = [each.page.title for each in found]
    best = process.extract(
        query,
        titles,
        scorer=fuzz.ratio if exact or len(query.split()) == 1 else fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=100 if exact else LIKE,
        limit=most,
    )
    return [found[at] for _title, _score, at in best]


async def _gone(
    connection: AsyncConnection, retired: ColumnElement[bool], which: ColumnElement[bool]
) -> list[GonePage]:
    last = func.max(changes.c.revision)
    columns = (pages.c.id, pages.c.title, pages.c.category, pages.c.territory)
    query = (
        select(*columns, last.label("revision"))
        .join(changes, (changes.c.key == pages.c.id) & (changes.c.entity == "page"))
        .where(pages.c.status == Status.RETIRED, pages.c.merged_into == "", retired)
        .group_by(*columns)
    )
    found = [_gone_page(row, is_deleted=False) for row in await connection.execute(query)]
    found += await _deleted(connection, which)
    return sorted(found, key=lambda each: (-each.revision, each.page.title))


async def _deleted(connection: AsyncConnection, which: ColumnElement[bool]) -> list[GonePage]:
    kept = changes.c.before
    query = (
        select(
            changes.c.key.label("id"),
            kept["title"].as_string().label("title"),
            kept["category"].as_string().label("category"),
            kept["territory"].as_integer().label("territory"),
            changes.c.revision,
        )
        .where(changes.c.entity == "page", changes.c.after.is_(None), which)
        .where(changes.c.key.not_in(select(pages.c.id)))
        # Few revisions remove anything: the changes of the others need not be looked through.
        .where(changes.c.revision.in_(select(revisions.c.id).where(revisions.c.removed > 0)))
        .order_by(changes.c.revision)
    )
    rows = {row.id: row for row in await connection.execute(query)}
    return [_gone_page(row, is_deleted=True) for row in rows.values()]


def _gone_page(row: Any, *, is_deleted: bool) -> GonePage:
    page = Page(row.id, row.title or row.id, category=row.category or "", territory=row.territory)
    return GonePage(page, row.revision, is_deleted)
