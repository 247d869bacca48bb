"""What revisions did, record by record: for the history of a page and of a change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import Record, fields_of
from directory.model import Change, Entity, Revision, Status
from directory.store.batches import batches
from directory.store.revisions import ChangeKind, kind_of
from directory.store.tables import changes, numbers_passed, pages, revisions


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What the revision with this number did to a record: a page, a territory or a category.

    `before` and `after` are the fields that it altered, or all there were on the side where the
    record did exist; both are empty when they were thinned.
    """

    revision: int
    entity: Entity
    key: str
    title: str
    kind: ChangeKind
    before: Record
    after: Record

    @property
    def is_thinned(self) -> bool:
        """Whether it is no longer known what was changed."""
        return not self.before and not self.after


async def of_revision(
    connection: AsyncConnection, number: int, *, limit: int, offset: int = 0
) -> list[RecordChange]:
    """What a revision and those listed with it changed, in the order in which it was done."""
    query = _record_changes().where(_listed_with(number))
    query = query.order_by(changes.c.revision, changes.c.position)
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [_record_change(row) for row in rows]


async def count_of_revision(connection: AsyncConnection, number: int) -> int:
    """How many records a revision and those listed with it changed."""
    query = select(func.count()).select_from(changes).where(_listed_with(number))
    return await connection.scalar(query) or 0


async def of_page(
    connection: AsyncConnection, page: str, *, limit: int, offset: int = 0
) -> list[RecordChange]:
    """What was done to the page with this id, the newest first."""
    query = _record_changes().where(changes.c.entity == "page", changes.c.key == page)
    query = query.order_by(changes.c.revision.desc(), changes.c.position.desc())
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [_record_change(row) for row in rows]


def _record_changes() -> Select[Any]:
    titles = select(pages.c.title).where(pages.c.id == changes.c.key).scalar_subquery()
    return select(changes, titles.label("title"))


def _listed_with(number: int) -> ColumnElement[bool]:
    parts = select(revisions.c.id).where(revisions.c.part_of == number)
    return or_(changes.c.revision == number, changes.c.revision.in_(parts))


def _record_change(row: Row[Any]) -> RecordChange:
    kind = kind_of(Change(row.entity, row.key, row.before, row.after))
    old, new = (fields_of(row.entity, side or {}) for side in (row.before, row.after))
    kept = new or old
    title = (row.entity == "page" and row.title) or kept.get("title") or kept.get("name")
    return RecordChange(row.revision, row.entity, row.key, title or row.key, kind, old, new)


async def page_changes(
    connection: AsyncConnection, ids: Sequence[str], since: int
) -> list[tuple[str, Record | None, Record | None]]:
    """What changed of these pages after revision `since`, the oldest first: id, before, after."""
    found: list[tuple[str, Record | None, Record | None]] = []
    for batch in batches(ids):
        query = (
            select(changes.c.key, changes.c.before, changes.c.after)
            .where(
                changes.c.entity == "page",
                changes.c.key.in_(batch),
                changes.c.revision > since,
            )
            .order_by(changes.c.revision, changes.c.position)
        )
        found += [(row.key, row.before, row.after) for row in await connection.execute(query)]
    return found


async def changed_since(connection: AsyncConnection, ids: Sequence[str], revision: int) -> bool:
    """Whether one of these pages, a territory or a category was changed after this revision.

    What happens to other pages does not make untrue what somebody was shown of these; a restore
    does. Before a copy was restored it may have had revisions of which this database knows nothing.
    """
    passed = select(numbers_passed.c.last).where(numbers_passed.c.kind == "revision")
    if revision < (await connection.scalar(passed) or 0):
        return True
    for batch in [*batches(ids)] or [[]]:
        matters = or_(changes.c.entity != "page", changes.c.key.in_(batch))
        if await connection.scalar(select(exists().where(changes.c.revision > revision, matters))):
            return True
    return False


async def count_of_page(connection: AsyncConnection, page: str) -> int:
    """How many revisions changed the page with this id."""
    mine = (changes.c.entity == "page") & (changes.c.key == page)
    return await connection.scalar(select(func.count()).select_from(changes).where(mine)) or 0


async def only_pages(
    connection: AsyncConnection, found: Collection[Revision]
) -> dict[int, tuple[str, str]]:
    """The id and the title of the page of each revision that touched one alone."""
    ids = [each.id for each in found if each.created + each.changed + each.removed == 1]
    query = _record_changes().where(changes.c.revision.in_(ids), changes.c.entity == "page")
    told = map(_record_change, await connection.execute(query))
    return {each.revision: (each.key, each.title) for each in told}


async def with_counts(connection: AsyncConnection, found: Sequence[Revision]) -> list[Revision]:
    """The revisions with how many pages they retired, brought back, and have listed with them."""
    ids = [revision.id for revision in found]
    moved, more = await _moved(connection, ids), await _more(connection, ids)
    counted = []
    for each in found:
        retired, returned = moved.get(each.id, (0, 0))
        counted.append(replace(each, retired=retired, returned=returned, more=more.get(each.id, 0)))
    return counted


async def _moved(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many pages each revision retired, and how many it brought back."""
    retired, returned = (
        func.sum(case((side["status"].as_string() == Status.RETIRED.value, 1), else_=0))
        for side in (changes.c.after, changes.c.before)
    )
    query = (
        select(changes.c.revision, retired, returned)
        .where(changes.c.revision.in_(ids), changes.c.entity == "page")
        .where(changes.c.before.is_not(None), changes.c.after.is_not(None))
        .group_by(changes.c.revision)
    )
    return {number: (gone, back) for number, gone, back in await connection.execute(query)}


async def _more(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    """How many pages were changed by the revisions that are listed with each of these."""
    query = (
        select(revisions.c.part_of, func.sum(revisions.c.changed).label("changed"))
        .where(revisions.c.part_of.in_(ids))
        .group_by(revisions.c.part_of)
    )
    rows = await connection.execute(query)
    return {row.part_of: row.changed for row in rows}
