"""A small directory of bodies that do not exist, for conversations about trust."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from directory.changes import page_change, territory_change
from directory.directory import Directory
from directory.model import Action, Change, Link, Origin, Page, PageLink, Status, Territory
from directory.rights import Scope
from directory.store import records, revisions, staff

REGION = Territory(1, "Выдуманная область")
OKRUG = Territory(2, "Сказочный муниципальный округ", 1)
OTHER = Territory(3, "Былинный муниципальный округ", 1)

VK = Link("vk", "name", "skazochnaya_shkola")
OK = Link("ok", "group", "group/70000001234567")

SCHOOL = Page(
    "skazka-school",
    "Сказочная школа № 5",
    category="Образование",
    territory=2,
    lat=55.0,
    lon=65.0,
    links=(PageLink("vk", VK), PageLink("ok", OK)),
    official_mark=True,
    source="список округа, https://evil-source.ru/list",
    checked_at=date(2026, 11, 1),
)
LIBRARY = Page(
    "bylina-library",
    "Былинная библиотека",
    category="Культура",
    territory=3,
    lat=55.1,
    lon=65.1,
    links=(PageLink("vk", Link("vk", "name", "bylinnaya_biblioteka")),),
)

EDITOR = 8
"""An editor of the okrug with the school."""


async def fill(directory: Directory, pages: Sequence[Page] = (SCHOOL, LIBRARY)) -> None:
    """Put the made-up pages into an empty directory, and make `EDITOR` an editor."""
    changes = [
        *(
            Change("category", name, None, {"name": name})
            for name in sorted({page.category for page in pages if page.category})
        ),
        *(territory_change(None, t) for t in (REGION, OKRUG, OTHER)),
        *(page_change(None, page) for page in pages),
    ]
    async with directory.db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    await directory.refresh()
    async with directory.db.write() as connection:
        await staff.appoint(connection, EDITOR, Scope(territory=2), by=7)


async def page_of(directory: Directory, page: str) -> Page:
    """The page as it stands in the database now."""
    async with directory.db.read() as connection:
        (found,) = await records.read_pages(connection, [page])
    return found


async def is_hidden(directory: Directory, page: str) -> bool:
    """Whether the page is withdrawn."""
    return (await page_of(directory, page)).status is Status.HIDDEN
