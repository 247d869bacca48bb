"""What revisions did, to one page or to all: which fields were changed, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.changes import Record, page_of, record_of, slot_of
from directory.file.columns import PAGE_COLUMNS, PAGES, TERRITORY_COLUMNS
from directory.file.rows import text_of
from directory.model import SLOTS, Entity, Link, Page, Revision, Status
from directory.references import REFERENCES, named
from directory.rights import Rights
from directory.store import change_log, records, revisions
from directory.store.change_log import RecordChange
from directory.store.revisions import ChangeKind
from directory.territories import Territories
from directory.translation import say

NAMES = {**PAGE_COLUMNS, "hidden": "Причина скрытия", "merged_into": "Объединена с"}
OF_TERRITORIES = {**TERRITORY_COLUMNS, "parent": "Входит в"}
DAYS = {"on_site": "стоит на сайте", "confirmed": "подтверждена"}
"""What the days say that are noted of a link."""


_PAGES = (*REFERENCES, "merged_into")
"""The fields that name another page."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its text before and after; `name` is a column's header or says more."""

    field: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What a revision did to a page, a territory or a category; see `RecordChange`.

    `kind` says of a page, too, whether it left the directory or came back to it. `is_foreign`: it
    is not for this reader to see the fields.
    """

    revision: Revision
    entity: Entity
    key: str
    title: str
    kind: ChangeKind | Literal["retired", "returned"]
    fields: tuple[FieldChange, ...]
    is_thinned: bool
    is_foreign: bool = False


async def changes_of_page(
    connection: AsyncConnection,
    page: str,
    territories: Territories,
    *,
    limit: int,
    offset: int = 0,
) -> list[ToldChange]:
    """The changes of the page with this id, the newest first; it may be there no longer."""
    found = await change_log.of_page(connection, page, limit=limit, offset=offset)
    return await _told(connection, found, territories)


async def changes_of_revision(
    connection: AsyncConnection,
    number: int,
    territories: Territories,
    rights: Rights,
    *,
    limit: int,
    offset: int = 0,
) -> list[ToldChange]:
    """What a revision, and those listed with it, changed; of pages that are not for the person with
    these rights to change only which they are."""
    found = await change_log.of_revision(connection, number, limit=limit, offset=offset)
    told = await _told(connection, found, territories)
    if rights.may_all:
        return told
    now = await records.read_records(connection, "page", [each.key for each in found])
    return [
        replace(one, fields=(), is_foreign=True)
        if change.entity == "page" and not rights.may(_page(change, now), territories)
        else one
        for change, one in zip(found, told, strict=True)
    ]


def _page(change: RecordChange, now: Mapping[str, Record]) -> Page:
    """The page as it is, or as it was when it is no more."""
    known = now.get(change.key)
    return page_of(
        known or record_of("page", {"status": "active", **change.before, **change.after})
    )


async def _told(
    connection: AsyncConnection, found: Sequence[RecordChange], territories: Territories
) -> list[ToldChange]:
    known = await revisions.numbered(connection, {each.revision for each in found})
    titles = await _titles(connection, found)
    return [
        ToldChange(
            known[each.revision],
            *(each.entity, each.key, each.title, _kind(each)),
            tuple(_fields(each, territories, titles)),
            each.is_thinned,
        )
        for each in found
    ]


def _kind(change: RecordChange) -> ChangeKind | Literal["retired", "returned"]:
    if change.kind == "changed" and change.after.get("status") == Status.RETIRED:
        return "retired"
    if change.kind == "changed" and change.before.get("status") == Status.RETIRED:
        return "returned"
    return change.kind


async def _titles(connection: AsyncConnection, found: Sequence[RecordChange]) -> dict[str, str]:
    """What the pages are called that are named as founders and successors."""
    ids = {
        str(side[field])
        for each in found
        if each.entity == "page"
        for side in (each.before, each.after)
        for field in _PAGES
        if side.get(field)
    }
    return await records.titles_of(connection, ids)


def _fields(
    change: RecordChange, territories: Territories, titles: Mapping[str, str]
) -> Iterator[FieldChange]:
    for field in _in_order({*change.before, *change.after} - {"id"}):
        before, after = (
            _text(change.entity, field, side.get(field), territories, titles)
            for side in (change.before, change.after)
        )
        yield FieldChange(field, field_name(field, change.entity), before, after)


def field_name(field: str, entity: Entity = "page") -> str:
    """What a field is called: «Телефон», «ВКонтакте»."""
    names = NAMES if entity == "page" else OF_TERRITORIES
    column = say(names.get(slot_of(field), field))
    return f"{column}: {say(DAYS[field.split(' ')[0]])}" if " " in field else column


def _in_order(fields: set[str]) -> list[str]:
    order = list(NAMES)
    return sorted(fields, key=lambda f: (order.index(s) if (s := slot_of(f)) in order else -1, f))


def _text(
    entity: Entity,
    field: str,
    value: Any,
    territories: Territories,
    titles: Mapping[str, str],
) -> str:
    """A field's value as people write it; empty for none."""
    if value is None:
        return ""
    if entity != "page":
        if field == "parent":
            return territories.in_words(value) or str(value)
        return ", ".join(value) if isinstance(value, list) else str(value)
    if field in _PAGES:
        return named(str(value), titles)
    if field in SLOTS:
        return " ".join(_link(*link) for link in value)
    if field == "territory":
        return territories.in_words(value) or str(value)
    if field not in PAGES:
        return str(value)
    page = page_of(record_of("page", {"status": "active", field: value}))
    return text_of(page, PAGES[field], territories)


def _link(platform: str, kind: str, account: str, hidden: str) -> str:
    address = links.url(Link(platform, kind, account))
    return say("{address} (скрыта: {why})", address=address, why=say(hidden)) if hidden else address
