"""Pages and territories as plain JSON values: as a change has them before and after.

A *record* is the whole of one; its *fields* are what can be taken back apart from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from sys import intern
from typing import Any

from directory.model import SLOTS, Change, Entity, Level, Link, Page, PageLink, Status, Territory

Record = dict[str, Any]

_FIELDS = tuple(field.name for field in fields(Page))
_values_of = attrgetter(*_FIELDS)
_SEEN = ("on_site", "confirmed")


def page_change(before: Page | None, after: Page | None) -> Change:
    """The change of one page; None on the side on which there is none."""
    page = after or before
    assert page is not None, "there is a page on one of the sides"
    old = None if before is None else page_record(before)
    return Change("page", page.id, old, None if after is None else page_record(after))


def territory_change(before: Territory | None, after: Territory | None) -> Change:
    """The change of one territory; None on the side on which there is none."""
    territory = after or before
    assert territory is not None, "there is a territory on one of the sides"
    old = None if before is None else territory_record(before)
    new = None if after is None else territory_record(after)
    return Change("territory", str(territory.id), old, new)


def new_category(name: str) -> Change:
    """The change that adds a category."""
    return Change("category", name, None, {"name": name})


def page_record(page: Page) -> dict[str, Any]:
    """The page as JSON values, under the names of its fields."""
    record: Record = dict(zip(_FIELDS, _values_of(page), strict=True))
    record["category"] = page.category or None
    record["level"] = page.level.value if page.level else None
    record["links"] = [_link_record(link) for link in page.links]
    record["aliases"] = list(page.aliases)
    record["parent"] = page.parent or None
    record["successor"] = page.successor or None
    record["status"] = page.status.value
    record["checked_at"] = iso(page.checked_at)
    return record


def page_of(record: Mapping[str, Any]) -> Page:
    """The page that `page_record` wrote."""
    return Page(
        **{
            **record,
            "category": intern(record["category"] or ""),
            "level": Level(record["level"]) if record["level"] else None,
            "links": tuple(_link_of(*link) for link in record["links"]),
            "aliases": tuple(record["aliases"]),
            "parent": record["parent"] or "",
            "successor": record["successor"] or "",
            "status": Status(record["status"]),
            "checked_at": day_of(record["checked_at"]),
        }
    )


def territory_record(territory: Territory) -> dict[str, Any]:
    """The territory as JSON values, under the names of its fields."""
    return {
        "id": territory.id,
        "name": territory.name,
        "parent": territory.parent,
        "kind": territory.kind,
        "centre": territory.centre,
        "oktmo": territory.oktmo,
        "lat": territory.lat,
        "lon": territory.lon,
        "former_names": list(territory.former_names),
    }


def territory_of(record: Mapping[str, Any]) -> Territory:
    """The territory that `territory_record` wrote."""
    return Territory(**{**record, "former_names": tuple(record["former_names"])})


def iso(day: date | None) -> str | None:
    """A day as a record has it."""
    return day.isoformat() if day else None


def day_of(iso: str | None) -> date | None:
    """The day that `iso` wrote."""
    return date.fromisoformat(iso) if iso else None


def _link_record(link: PageLink) -> list[str | None]:
    account = (link.link.platform, link.link.kind, link.link.account)
    return [link.slot, *account, link.hidden, iso(link.on_site), iso(link.confirmed)]


def _link_of(
    slot: str,
    platform: str,
    kind: str,
    account: str,
    hidden: str,
    on_site: str | None,
    confirmed: str | None,
) -> PageLink:
    # These words repeat on every page: one of each is enough in memory.
    link = Link(intern(platform), intern(kind), account)
    return PageLink(intern(slot), link, hidden, day_of(on_site), day_of(confirmed))


def filled(record: Mapping[str, Any]) -> Record:
    """The record without what is empty (0 and False are not), as much shorter as most records are
    empty."""
    return {name: value for name, value in record.items() if value or value == 0}


def fields_of(entity: Entity, record: Mapping[str, Any]) -> Record:
    """What a record holds, by field; empty fields are left out.

    The links of a page are a field a slot, «vk», with platform, kind, account and reason of
    withdrawal of each. The days on which something was seen of a link are fields of their own: they
    are noted by themselves, and must not stand in the way of taking the link back.
    """
    found = filled(record)
    if entity != "page":
        return found
    links: dict[str, list[list[str]]] = {}
    for slot, platform, kind, account, hidden, *days in found.pop("links", ()):
        links.setdefault(slot, []).append([platform, kind, account, hidden])
        for seen, day in zip(_SEEN, days, strict=True):
            if day:
                found[_seen(seen, slot, platform, kind, account)] = day
    return {**found, **links}


def record_of(entity: Entity, held: Mapping[str, Any]) -> Record:
    """The record that has these fields."""
    record = {name: held.get(name, empty) for name, empty in _BLANK[entity].items()}
    if entity == "page":
        record["links"] = [
            [slot, *link, *(held.get(_seen(seen, slot, *link[:3])) for seen in _SEEN)]
            for slot in SLOTS
            for link in held.get(slot, ())
        ]
    return record


def difference(
    entity: Entity, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Record, Record]:
    """The fields in which two records differ, as the one and as the other has them."""
    old, new = fields_of(entity, before), fields_of(entity, after)
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return {n: old[n] for n in names if n in old}, {n: new[n] for n in names if n in new}


def slot_of(field: str) -> str:
    """The slot that a day seen of a link is about; any other field itself."""
    return field.split(" ")[1] if " " in field else field


def _seen(what: str, slot: str, platform: str, kind: str, account: str) -> str:
    return f"{what} {slot} {platform} {kind} {account}"


_BLANK: dict[Entity, Record] = {
    "page": page_record(Page("", "")),
    "territory": territory_record(Territory(0, "")),
    "category": {"name": ""},
}
