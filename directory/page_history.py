"""What was done to one page: which fields were changed when, by whom and from which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.changes import page_of, record_of, slot_of
from directory.file.columns import PAGE_COLUMNS, PAGES
from directory.file.rows import text_of
from directory.model import SLOTS, Link, Revision
from directory.store import revisions
from directory.store.revisions import ChangeKind
from directory.territories import Territories
from directory.translation import say

NAMES = {**PAGE_COLUMNS, "hidden": "Причина скрытия"}
DAYS = {"on_site": "стоит на сайте", "confirmed": "подтверждена"}
"""What the days say that are noted of a link."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its text before and after; `name` is a column's header or says more."""

    field: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PageChange:
    """What one revision did to a page; `is_thinned`: the fields are no longer known."""

    revision: Revision
    kind: ChangeKind
    fields: tuple[FieldChange, ...]
    is_thinned: bool


async def changes_of_page(
    connection: AsyncConnection,
    page: str,
    territories: Territories,
    *,
    limit: int,
    offset: int = 0,
) -> list[PageChange]:
    """The changes of the page with this id, the newest first; it may be there no longer."""
    found = await revisions.of_page(connection, page, limit=limit, offset=offset)
    return [
        PageChange(
            each.revision,
            each.kind,
            tuple(
                FieldChange(
                    name,
                    field_name(name),
                    _text(name, each.before.get(name), territories),
                    _text(name, each.after.get(name), territories),
                )
                for name in _in_order({*each.before, *each.after} - {"id"})
            ),
            each.is_thinned,
        )
        for each in found
    ]


def field_name(field: str) -> str:
    """What a field of a page is called: «Телефон», «ВКонтакте»."""
    column = say(NAMES.get(slot_of(field), field))
    return f"{column}: {say(DAYS[field.split(' ')[0]])}" if " " in field else column


def _in_order(fields: set[str]) -> list[str]:
    order = list(NAMES)
    return sorted(fields, key=lambda f: (order.index(s) if (s := slot_of(f)) in order else -1, f))


def _text(field: str, value: Any, territories: Territories) -> str:
    """A field's value as people write it; empty for none."""
    if value is None:
        return ""
    if field in SLOTS:
        return " ".join(_link(*link) for link in value)
    if field == "territory":
        return ", ".join(t.name for t in territories.path(value)) or str(value)
    if field not in PAGES:
        return str(value)
    page = page_of(record_of("page", {"status": "active", field: value}))
    return text_of(page, PAGES[field], territories)


def _link(platform: str, kind: str, account: str, hidden: str) -> str:
    address = links.url(Link(platform, kind, account))
    return say("{address} (скрыта: {why})", address=address, why=say(hidden)) if hidden else address
