"""All that a directory has, for tests that ask whether it is the same again."""

from __future__ import annotations

from sqlalchemy import select

from directory.search.index import Index
from directory.store.database import Database
from directory.store.tables import categories, links, pages, territories


async def dump(db: Database) -> list[str]:
    """Every row of the directory itself, without its history."""
    async with db.read() as connection:
        return [
            str(row)
            for table in (categories, territories, pages, links)
            for row in await connection.execute(select(table).order_by(*table.primary_key))
        ]


def searched_ids(index: Index) -> list[str]:
    """The ids of all pages that a search can find."""
    layers = zip(index.layers.segments, index.layers.alive, strict=True)
    return [
        segment.id(number)
        for segment, alive in layers
        for number in range(len(segment))
        if alive is None or alive[number]
    ]
