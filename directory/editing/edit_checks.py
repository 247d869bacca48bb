"""What an edit is checked for besides the form of its cells: references, links of other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.imports.draft import RowDraft
from directory.imports.places import Places
from directory.links.address import SITE
from directory.model import Link, Page, Status
from directory.references import REFERENCES, Reference, around, circles
from directory.store import records
from directory.store.tables import links as link_rows
from directory.store.tables import pages
from directory.translation import say


async def present(connection: AsyncConnection, page: str) -> Page | None:
    """The page, None when there is none with this id or it is retired."""
    found = await records.read_page(connection, page)
    return found if found and found.status is not Status.RETIRED else None


async def check_references(connection: AsyncConnection, draft: RowDraft, after: Page) -> None:
    """Refuse what the draft says of founders and successors where no such page can be one."""
    for column in REFERENCES:
        other = draft.values.get(column)
        if other and other == after.id:
            draft.refuse(column, other, say("страница не может ссылаться на саму себя"))
        elif other and await present(connection, other) is None:
            draft.refuse(column, other, say("страницы с кодом «{id}» в справочнике нет", id=other))
        elif other and (circle := await _circle(connection, column, after)):
            draft.refuse(
                column, other, say("получается круг: {circle}", circle=around(circle, after.id))
            )


async def _circle(connection: AsyncConnection, column: Reference, page: Page) -> list[str]:
    """The circle that the page's reference would close, [] when it closes none."""
    refers: dict[str, str] = {page.id: getattr(page, column)}
    at = refers[page.id]
    while at and at not in refers:
        found = await records.read_page(connection, at)
        refers[at] = at = getattr(found, column, "")
    return circles(refers).get(page.id, [])


async def seen_elsewhere(
    connection: AsyncConnection, before: Page | None, after: Page
) -> list[str]:
    """Other pages with a link that the edit brings, and sites that nobody has looked at yet."""
    known = {x.link for x in before.links} if before else set()
    said = []
    for link in dict.fromkeys(x.link for x in after.links if x.link not in known):
        query = (
            select(pages.c.title)
            .join(link_rows, link_rows.c.page == pages.c.id)
            .where(link_rows.c.platform == link.platform, link_rows.c.account == link.account)
            .where(pages.c.id != after.id, pages.c.status != Status.RETIRED)
        )
        title = await connection.scalar(query.limit(1))
        if title is not None:
            said.append(
                say(
                    "ссылка {link} уже стоит у страницы «{title}»",
                    link=links.label(link),
                    title=title,
                )
            )
        elif link.platform == SITE and not await _is_known(connection, link):
            said.append(
                say("новый адрес сайта, проверьте его: {link}", link=links.both_forms(link))
            )
    return said


async def _is_known(connection: AsyncConnection, site: Link) -> bool:
    """Whether the site's host is trusted by its name, or stands in the directory."""
    host = site.account.partition("/")[0]
    account = link_rows.c.account
    same = or_(account == host, account.startswith(f"{host}/", autoescape=True))
    query = select(link_rows.c.page).where(link_rows.c.platform == SITE, same).limit(1)
    return links.is_trusted(host) or await connection.scalar(query) is not None


def created(after: Page, places: Places, categories: Sequence[str]) -> Iterator[str]:
    """What the edit would add to the directory besides the page."""
    if after.category and after.category not in categories:
        yield say("сферы «{name}» в справочнике ещё нет, она будет создана", name=after.category)
    for territory in places.territories.path(after.territory):
        if territory.id in places.new:
            slip = places.slip(territory.id)
            new = say(
                "территории «{name}» в справочнике ещё нет, она будет создана", name=territory.name
            )
            yield say("{new}; похожа на «{like}»", new=new, like=slip) if slip else new
