"""Queries to show somebody who has not asked yet, drawn from what the directory really answers."""

from __future__ import annotations

from typing import NamedTuple

from directory.directory import Directory
from directory.search.answer import SearchVerdict
from directory.store import listing

MOST = 5
"""Examples that fit a phone's screen as buttons."""

_HEADS = ("губернатор", "глава республики", "мэр")
"""What the head of a region is called, the usual first."""

_LONGEST = 40
"""Characters of a title that a phone shows whole on a button."""

_TRIED = 20
"""Titles of a sphere that are tried before it goes without an example."""


class Example(NamedTuple):
    """A query, and the id of the page that answers it."""

    query: str
    page: str


async def examples(directory: Directory) -> list[Example]:
    """At most `MOST` queries, each surely answered: a head, a place, bodies of several spheres."""
    home = directory.home
    within = directory.territories.subtree(home.id) if home else None
    async with directory.db.read() as connection:
        titles = await listing.short_titles(connection, within, _LONGEST)
    place = [home.centre] if home and home.centre else []
    found: dict[str, Example] = {}
    for queries in (_HEADS if home else (), place, *titles):
        for query in queries[:_TRIED]:
            if (page := _answered(directory, query)) is not None:
                found.setdefault(page, Example(query, page))
                break
    return list(found.values())[:MOST]


def _answered(directory: Directory, query: str) -> str | None:
    """The one page that answers, under the very name that was asked for."""
    answer = directory.search(query, limit=1)
    sure = answer.verdict is SearchVerdict.FOUND and query.lower() in answer.hits[0].title.lower()
    return answer.hits[0].id if sure else None
