"""Pages, territories and categories: as objects, as table rows, and as records (see `changes`)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    delete,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import day_of, iso, page_of, territory_of
from directory.links.address import SITE
from directory.links.keys import host_of, identity
from directory.model import SLOTS, Entity, Link, Page, Territory
from directory.store.batches import batches
from directory.store.bulk import insert_many, update_many
from directory.store.tables import categories, links, pages, territories
from directory.territories import Territories

AT_ONCE = 50
"""Pages that are made at once of all: milliseconds, in which nobody else is answered."""

_LONG = ("title", "full_name", "person", "post", "address")
"""Texts that are copied for the database: SQLite's driver leaves its own form of a text in it, and
those of a large import are kept to the end."""

_KEYS = {"category": categories.c.name, "territory": territories.c.id, "page": pages.c.id}


async def read_pages(connection: AsyncConnection, ids: Sequence[str] | None = None) -> list[Page]:
    """The pages with these ids, in their order and without those that do not exist; or all."""
    if ids is None:
        return [page_of(r) for r in await _page_records(connection, None)]
    found: dict[str, Page] = {}
    for batch in batches(ids):
        for record in await _page_records(connection, batch):
            found[record["id"]] = page_of(record)
    return [found[key] for key in dict.fromkeys(ids) if key in found]


async def read_page(connection: AsyncConnection, page: str) -> Page | None:
    """The page with this id, None when there is none."""
    return next(iter(await read_pages(connection, [page])), None)


async def page_ids(connection: AsyncConnection) -> Sequence[str]:
    """The ids of all pages."""
    return (await connection.scalars(select(pages.c.id))).all()


async def pages_with(connection: AsyncConnection, wanted: Collection[Link]) -> list[Page]:
    """The pages that have one of these accounts, however it is written there; those too that left
    the directory."""
    keys = set(map(identity, wanted))
    ids: set[str] = set()
    for link in wanted:
        same: ColumnElement[bool] = links.c.account == link.account
        if link.platform == SITE:
            host = host_of(identity(link))
            beginnings = (host, f"www.{host}")
            same = or_(*(links.c.account.startswith(x, autoescape=True) for x in beginnings))
        query = select(links.c.page).where(links.c.platform == link.platform, same)
        ids.update(await connection.scalars(query))
    found = await read_pages(connection, sorted(ids))
    return [page for page in found if any(identity(x.link) in keys for x in page.links)]


async def titles_of(connection: AsyncConnection, ids: Collection[str]) -> dict[str, str]:
    """What the pages with these ids are called."""
    query = select(pages.c.id, pages.c.title).where(pages.c.id.in_(ids))
    return {row.id: row.title for row in await connection.execute(query)}


async def pages_at(connection: AsyncConnection, numbers: Iterable[int]) -> list[str]:
    """The ids of the pages that belong to any of these territories themselves."""
    found: list[str] = []
    for batch in batches(sorted(numbers)):
        here = pages.c.territory.in_(batch)
        found += await connection.scalars(select(pages.c.id).where(here))
    return found


async def count_pages(connection: AsyncConnection) -> int:
    """How many pages there are."""
    return await connection.scalar(select(func.count()).select_from(pages)) or 0


async def each_page(connection: AsyncConnection) -> AsyncIterator[Page]:
    """All pages, by id, with little in memory between them."""
    async for batch in page_batches(connection):
        for page in batch:
            yield page


async def page_batches(connection: AsyncConnection) -> AsyncIterator[list[Page]]:
    """All pages, by id, in batches between which others have the event loop."""
    last = ""
    while True:
        rows = await connection.execute(
            select(pages).where(pages.c.id > last).order_by(pages.c.id).limit(AT_ONCE)
        )
        records = [dict(row) for row in rows.mappings()]
        if not records:
            return
        first, last = records[0]["id"], records[-1]["id"]
        of_them = links.c.page.between(first, last)
        yield [page_of(record) for record in await _with_links(connection, records, of_them)]


async def read_territories(connection: AsyncConnection) -> list[Territory]:
    """All territories."""
    rows = await connection.execute(select(territories).order_by(territories.c.id))
    return [territory_of(dict(row)) for row in rows.mappings()]


async def read_tree(connection: AsyncConnection) -> Territories:
    """All territories as a tree."""
    return Territories(await read_territories(connection))


async def read_categories(connection: AsyncConnection) -> list[str]:
    """All categories, by name."""
    return list(await connection.scalars(select(categories.c.name).order_by(categories.c.name)))


async def read_records(
    connection: AsyncConnection, entity: Entity, keys: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """The records of one entity as JSON values, by key; unknown keys are absent."""
    found: dict[str, dict[str, Any]] = {}
    for batch in batches(list(keys)):
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
    if entity != "page":
        await insert_many(connection, _KEYS[entity].table, records)
        return
    await insert_many(connection, pages, [_page_row(r) for r in records])
    await _write_links(connection, records)


async def replace_records(
    connection: AsyncConnection, entity: Entity, records: Sequence[dict[str, Any]]
) -> None:
    """Overwrite records that exist (an update and no new row: others may refer to them)."""
    if not records:
        return
    rows = [_page_row(record) for record in records] if entity == "page" else records
    await update_many(connection, _KEYS[entity], rows)
    if entity == "page":
        await _delete(connection, links.c.page, [record["id"] for record in records])
        await _write_links(connection, records)


async def _write_links(connection: AsyncConnection, records: Iterable[dict[str, Any]]) -> None:
    rows = [row for record in records for row in _link_rows(record)]
    await insert_many(connection, links, rows)


async def delete_records(connection: AsyncConnection, entity: Entity, keys: Sequence[str]) -> None:
    """Delete records of one entity; the links of a page go with it."""
    if entity == "page":
        await _delete(connection, links.c.page, keys)
    values = [int(key) for key in keys] if entity == "territory" else keys
    await _delete(connection, _KEYS[entity], values)


async def referring(connection: AsyncConnection, ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """The (page, column, other) of pages whose parent or successor is another with one of `ids`."""
    wanted = list(ids)
    found: list[tuple[str, str, str]] = []
    for column in (pages.c.parent, pages.c.successor):
        for batch in batches(wanted):
            query = select(pages.c.id, column).where(column.in_(batch))
            found += [(page, column.name, other) for page, other in await connection.execute(query)]
    return found


async def used_places(
    connection: AsyncConnection, going: Collection[str]
) -> set[tuple[Entity, str]]:
    """The (entity, key) pairs of the categories and territories that something needs.

    Pages need theirs, and territories those above them; but a territory of `going` that nothing
    else needs does not.
    """
    names = await connection.scalars(select(pages.c.category).distinct())
    used: set[tuple[Entity, str]] = {("category", name) for name in names if name is not None}
    rows = await connection.execute(select(territories.c.id, territories.c.parent))
    above: dict[int, int | None] = {row.id: row.parent for row in rows}
    homes = await connection.scalars(select(pages.c.territory).distinct())
    needing = {*homes, *(number for number in above if str(number) not in going)}
    for number in needing:
        while number is not None and ("territory", str(number)) not in used:
            used.add(("territory", str(number)))
            number = above[number]
    return used


async def _delete(connection: AsyncConnection, column: Any, values: Sequence[Any]) -> None:
    table: Table = column.table
    for batch in batches(values):
        await connection.execute(delete(table).where(column.in_(batch)))


async def _page_records(
    connection: AsyncConnection, ids: Sequence[str] | None
) -> list[dict[str, Any]]:
    query = select(pages).order_by(pages.c.id)
    of_them: ColumnElement[bool] = true()
    if ids is not None:
        query = query.where(pages.c.id.in_(ids))
        of_them = links.c.page.in_(ids)
    rows = await connection.execute(query)
    return await _with_links(connection, [dict(row) for row in rows.mappings()], of_them)


async def _with_links(
    connection: AsyncConnection, found: list[dict[str, Any]], of_them: ColumnElement[bool]
) -> list[dict[str, Any]]:
    """The records that rows of pages are; `of_them` is the condition that takes their links."""
    query = select(links).where(of_them).order_by(links.c.page, links.c.slot, links.c.position)
    of_page: dict[str, list[list[str | None]]] = {}
    for page, slot, _at, *link, on_site, confirmed in await connection.execute(query):
        of_page.setdefault(page, []).append([slot, *link, iso(on_site), iso(confirmed)])
    for record in found:
        record["checked_at"] = iso(record["checked_at"])
        record["links"] = sorted(
            of_page.get(record["id"], ()), key=lambda link: SLOTS.index(link[0])
        )
    return found


def _page_row(record: dict[str, Any]) -> dict[str, Any]:
    row = record.copy()
    del row["links"]
    for name in _LONG:
        if text := row[name]:
            row[name] = text[:1] + text[1:]
    row["checked_at"] = day_of(row["checked_at"])
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
                "on_site": day_of(on_site),
                "confirmed": day_of(confirmed),
            }
        )
    return rows
