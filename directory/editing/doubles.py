"""Which pages seem to stand twice: by a link, by a name in one place, by a post that two hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.imports.likeness import bare, like_pairs
from directory.imports.match import ACCOUNTS, name_key
from directory.model import Link, Page, Status
from directory.store.audit import Act
from directory.store.tables import acts, pages
from directory.store.tables import links as link_rows
from directory.territories import Territories


class DoubleReason(StrEnum):
    """Why two pages seem to be one, the surest first."""

    LINK = "link"
    POST = "post"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Double:
    """Two pages that seem to be one; `shared` is the link, the post or the name of the first."""

    one: Page
    other: Page
    reason: DoubleReason
    shared: str


async def read_for_doubles(
    connection: AsyncConnection,
) -> tuple[Sequence[RowMapping], dict[str, list[str]], set[frozenset[str]]]:
    """The rows of the pages that are shown, with what they are compared by; the accounts of
    several: the address of each with the ids of the pages; and the pairs that were told apart."""
    columns = ("id", "title", "category", "territory", "person", "post")
    shown = pages.c.status == Status.ACTIVE.value
    query = select(*(pages.c[name] for name in columns)).where(shown)
    found = (await connection.execute(query)).mappings().all()
    account = (link_rows.c.platform, link_rows.c.kind, link_rows.c.account)
    of_shown = (
        select(*account, link_rows.c.page)
        .join(pages, pages.c.id == link_rows.c.page)
        .where(shown, link_rows.c.slot.in_(ACCOUNTS), link_rows.c.hidden == "")
        .distinct()
        .subquery()
    )
    several = (
        select(*(of_shown.c[c.name] for c in account))
        .group_by(*(of_shown.c[c.name] for c in account))
        .having(func.count() > 1)
        .subquery()
    )
    same = [of_shown.c[c.name] == several.c[c.name] for c in account]
    rows = await connection.execute(select(of_shown).join(several, same[0] & same[1] & same[2]))
    shared: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        shared[links.url(Link(row.platform, row.kind, row.account))].append(row.page)
    return found, shared, await told_apart(connection)


async def told_apart(connection: AsyncConnection) -> set[frozenset[str]]:
    """The pairs of ids of which somebody has said that they are two pages."""
    query = select(acts.c.subject).where(acts.c.act == Act.DIFFERENT)
    return {frozenset(subject.split()) for subject in await connection.scalars(query)}


def doubles(
    rows: Sequence[RowMapping],
    shared: Mapping[str, list[str]],
    territories: Territories,
    apart: Container[frozenset[str]] = (),
) -> list[Double]:
    """The pairs among these pages that were not told apart, each once and for the surest reason; a
    body and its head's post are no pair."""
    found = [Page(**{**row, "category": row["category"] or ""}) for row in rows]
    by_id = {page.id: page for page in found}
    pairs: dict[tuple[str, str], Double] = {}
    ways = (_by_link(shared, by_id), _by_post(found), _by_name(found, territories))
    for double in (each for way in ways for each in way):
        key = (double.one.id, double.other.id)
        if frozenset(key) not in apart and _is_post(double.one) is _is_post(double.other):
            pairs.setdefault((min(key), max(key)), double)
    order = list(DoubleReason)
    return sorted(pairs.values(), key=lambda x: (order.index(x.reason), x.one.title, x.one.id))


def _by_link(shared: Mapping[str, list[str]], by_id: Mapping[str, Page]) -> Iterator[Double]:
    for address, ids in shared.items():
        for one, other in combinations(sorted(by_id.keys() & ids), 2):
            yield Double(by_id[one], by_id[other], DoubleReason.LINK, address)


def _by_post(found: Sequence[Page]) -> Iterator[Double]:
    """Pages of one post in one place: a post has one holder."""
    posts: defaultdict[tuple[int | None, str], list[Page]] = defaultdict(list)
    for page in found:
        if _is_post(page):
            posts[page.territory, name_key(page.post)].append(page)
    for same in posts.values():
        for one, other in combinations(same, 2):
            yield Double(one, other, DoubleReason.POST, one.post)


def _is_post(page: Page) -> bool:
    """Whether the page is that of a post, called by the post or by who holds it, not a body's."""
    title, post = name_key(page.title), name_key(page.post)
    return bool(post) and (title == post or title == name_key(page.person) or post in title)


def _by_name(found: Sequence[Page], territories: Territories) -> Iterator[Double]:
    """Pages with names as good as the same in one place: a settlement, or it and its district."""
    places: defaultdict[int | None, list[tuple[str, Page]]] = defaultdict(list)
    for page in found:
        places[page.territory].append((bare(page.title), page))
    for number, group in places.items():
        place = territories.get(number) if number else None
        above = places.get(place.parent, []) if place and place.is_settlement else []
        own = {page.id for _name, page in group}
        for one, other in like_pairs([*group, *above], own):
            yield Double(one, other, DoubleReason.NAME, one.title)
