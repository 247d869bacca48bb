"""Pages, territories and categories: as objects, as table rows, and as a revision keeps them.

A *record* is one of them as plain JSON values, as `Change` holds it before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.model import SLOTS, Entity, Level, Link, Page, PageLink, Status, Territory
from directory.store.tables import categories, links, pages, territories

BATCH = 500
"""Keys in one IN (…): SQLite and PostgreSQL both take thousands, and neither gains by more."""

_KEYS = {"category": categories.c.name, "territory": territories.c.id, "page": pages.c.id}


def page_record(page: Page) -> dict[str, Any]:
    """The page as JSON values, under the names of its fields."""
    return {
        "id": page.id,
        "title": page.title,
        "full_name": page.full_name,
        "category": page.category or None,
        "level": page.level.value if page.level else None,
        "territory": page.territory,
        "person": page.person,
        "post": page.post,
        "address": page.address,
        "phone": page.phone,
        "lat": page.lat,
        "lon": page.lon,
        "links": [_link_record(link) for link in page.links],
        "official_mark": page.official_mark,
        "flagship": page.flagship,
        "subscribers": page.subscribers,
        "aliases": list(page.aliases),
        "parent": page.parent or None,
        "successor": page.successor or None,
        "status": page.status.value,
        "hidden": page.hidden,
        "source": page.source,
        "checked_at": _iso(page.checked_at),
    }


def page_of(record: Mapping[str, Any]) -> Page:
    """The page that `page_record` wrote."""
    return Page(
        **{
            **record,
            "category": record["category"] or "",
            "level": Level(record["level"]) if record["level"] else None,
            "links": tuple(_link_of(*link) for link in record["links"]),
            "aliases": tuple(record["aliases"]),
            "parent": record["parent"] or "",
            "successor": record["successor"] or "",
            "status": Status(record["status"]),
            "checked_at": _day(record["checked_at"]),
        }
    )


def territory_record(territory: Territory) -> dict[str, Any]:
    """The territory as JSON values, under the names of its fields."""
    return {
        name: list(territory.former_names) if name == "former_names" else getattr(territory, name)
        for name in territories.columns.keys()  # noqa: SIM118
    }


def territory_of(record: Mapping[str, Any]) -> Territory:
    """The territory that `territory_record` wrote."""
    return Territory(**{**record, "former_names": tuple(record["former_names"])})


async def read_pages(connection: AsyncConnection, ids: Sequence[str] | None = None) -> list[Page]:
    """The pages with these ids, in their order and without those that do not exist; or all."""
    if ids is None:
        return [page_of(r) for r in await _page_records(connection, None)]
    found: dict[str, Page] = {}
    for start in range(0, len(ids), BATCH):
        for record in await _page_records(connection, ids[start : start + BATCH]):
            found[record["id"]] = page_of(record)
    return [found[key] for key in dict.fromkeys(ids) if key in found]


async def read_territories(connection: AsyncConnection) -> list[Territory]:
    """All territories."""
    rows = await connection.execute(select(territories).order_by(territories.c.id))
    return [territory_of(dict(row)) for row in rows.mappings()]


async def read_categories(connection: AsyncConnection) -> list[str]:
    """All categories, by name."""
    return list(await connection.scalars(select(categories.c.name).order_by(categories.c.name)))


async def read_records(
    connection: AsyncConnection, entity: Entity, keys: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """The records of one entity as JSON values, by key; unknown keys are absent."""
    wanted = list(keys)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        if entity == "page":
            records = await _page_records(connection, batch)
        else:
            column = _KEYS[entity]
            values = [int(key) for key in batch] if entity == "territory" else batch
            rows = await connection.execute(select(column.table).where(column.in_(values)))
            records = [dict(row) for row in rows.mappings()]
        found.update((str(r["name" if entity == "category" else "id"]), r) for r in records)
    return found


async def write_records(
    connection: AsyncConnection, entity: Entity, records: Sequence[dict[str, Any]]
) -> None:
    """Insert records of one entity."""
    if not records:
        return
    if entity != "page":
        await connection.execute(insert(_KEYS[entity].table), list(records))
        return
    await connection.execute(insert(pages), [_page_row(r) for r in records])
    rows = [row for record in records for row in _link_rows(record)]
    if rows:
        await connection.execute(insert(links), rows)


async def replace_pages(connection: AsyncConnection, records: Sequence[dict[str, Any]]) -> None:
    """Overwrite pages that exist (an update and not a new row: others may refer to it)."""
    for record in records:
        row = _page_row(record)
        await connection.execute(pages.update().where(pages.c.id == row.pop("id")), row)
    await _delete(connection, links.c.page, [r["id"] for r in records])
    rows = [row for record in records for row in _link_rows(record)]
    if rows:
        await connection.execute(insert(links), rows)


async def replace_territories(
    connection: AsyncConnection, records: Sequence[dict[str, Any]]
) -> None:
    """Overwrite territories that exist."""
    for record in records:
        row = {name: value for name, value in record.items() if name != "id"}
        await connection.execute(territories.update().where(territories.c.id == record["id"]), row)


async def delete_records(connection: AsyncConnection, entity: Entity, keys: Sequence[str]) -> None:
    """Delete records of one entity; the links of a page go with it."""
    if entity == "page":
        await _delete(connection, links.c.page, keys)
    values = [int(key) for key in keys] if entity == "territory" else keys
    await _delete(connection, _KEYS[entity], values)


async def _delete(connection: AsyncConnection, column: Any, values: Sequence[Any]) -> None:
    table: Table = column.table
    for start in range(0, len(values), BATCH):
        await connection.execute(delete(table).where(column.in_(values[start : start + BATCH])))


async def _page_records(
    connection: AsyncConnection, ids: Sequence[str] | None
) -> list[dict[str, Any]]:
    page_query = select(pages).order_by(pages.c.id)
    link_query = select(links).order_by(links.c.page, links.c.slot, links.c.position)
    if ids is not None:
        page_query = page_query.where(pages.c.id.in_(ids))
        link_query = link_query.where(links.c.page.in_(ids))
    of_page: dict[str, list[list[str | None]]] = {}
    for link in await connection.execute(link_query):
        of_page.setdefault(link.page, []).append(
            [
                *(link.slot, link.platform, link.kind, link.account, link.hidden),
                *(_iso(link.on_site), _iso(link.confirmed)),
            ]
        )
    records = []
    for row in (await connection.execute(page_query)).mappings():
        record: dict[str, Any] = dict(row)
        record["checked_at"] = _iso(record["checked_at"])
        record["links"] = sorted(of_page.get(record["id"], []), key=_slot_order)
        records.append(record)
    return records


def _slot_order(link: Sequence[Any]) -> int:
    return SLOTS.index(link[0])


def _link_record(link: PageLink) -> list[str | None]:
    account = (link.link.platform, link.link.kind, link.link.account)
    return [link.slot, *account, link.hidden, _iso(link.on_site), _iso(link.confirmed)]


def _link_of(
    slot: str,
    platform: str,
    kind: str,
    account: str,
    hidden: str,
    on_site: str | None,
    confirmed: str | None,
) -> PageLink:
    return PageLink(slot, Link(platform, kind, account), hidden, _day(on_site), _day(confirmed))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _page_row(record: dict[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in record.items() if name != "links"}
    row["checked_at"] = _day(row["checked_at"])
    return row


def _link_rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    positions: dict[str, int] = {}
    rows = []
    for slot, platform, kind, account, hidden, on_site, confirmed in record["links"]:
        positions[slot] = positions.get(slot, -1) + 1
        rows.append(
            {
                "page": record["id"],
                "slot": slot,
                "position": positions[slot],
                "platform": platform,
                "kind": kind,
                "account": account,
                "hidden": hidden,
                "on_site": _day(on_site),
                "confirmed": _day(confirmed),
            }
        )
    return rows
