"""One page, edited field by field or made anew, by the same rules as an import.

What is typed for a field is read like the cell of a file; nothing is changed here: a `Proposal` is
what would be, and its changes are what `store.revisions` takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from directory import links
from directory.imports.columns import PAGE_COLUMNS
from directory.imports.ids import NewIds
from directory.imports.places import PlaceError, Places
from directory.imports.values import READERS, doubt
from directory.links.address import SITE
from directory.model import SLOTS, Change, Level, Link, Page, Status, carried_over
from directory.rights import Rights, Scope
from directory.store import records, revisions
from directory.store.tables import links as link_rows
from directory.store.tables import pages
from directory.territories import Territories
from directory.text import clean

PLACE = ("region", "territory", "settlement")
"""The columns that together are a page's territory."""

MARKS = ("official_mark", "flagship")

CLEAR = "очистить"
"""The word that empties a field; a dash does too, except in a mark, where it means no."""


@dataclass(frozen=True, slots=True)
class Step:
    """A column with its text before and after, as an export would show them."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what was typed for a column cannot be kept, in Russian: what is wrong and the cure."""

    column: str
    why: str

    @property
    def text(self) -> str:
        """The whole in one line: «Уровень»: нет такого уровня; …»."""
        return f"«{PAGE_COLUMNS[self.column]}»: {self.why}" if self.column else self.why


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an edit would do.

    `before` is None for a new page. `refused` stops it, `warnings` do not. `revision` is the state
    of the directory that all this holds for.
    """

    before: Page | None
    after: Page
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]
    revision: int

    def wrong(self, column: str) -> str:
        """Why what was typed for this column cannot be kept; empty when it can."""
        return "; ".join(refused.why for refused in self.refused if refused.column == column)


async def propose(
    connection: AsyncConnection, rights: Rights, page: str | None, cells: Mapping[str, str]
) -> Proposal | None:
    """What the texts given for the columns would do to the page, None when there is no such page.

    `page` is None for a new one. What the person with these `rights` may not do is refused.
    """
    before = None
    if page is not None:
        found = await records.read_pages(connection, [page])
        if not found:
            return None
        before = found[0]
    tree = Territories(await records.read_territories(connection))
    categories = await records.read_categories(connection)
    reading = _Reading(before, cells, Places(tree))
    after = reading.page
    if before is None:
        after = replace(after, id=await _new_id(connection, after.title))
        if not after.title:
            reading.refuse("title", "у страницы должно быть название")
    for column in ("parent", "successor"):
        if column in cells:
            await _check_reference(connection, reading, column, after)
    changes = _changes(before, after, reading.places, categories)
    for why in rights.refusals(changes, tree):
        reading.refuse("", why)
    return Proposal(
        before,
        after,
        tuple(reading.steps(after)),
        tuple(changes),
        tuple(reading.refused),
        (
            *reading.warnings,
            *_created(after, reading.places, categories),
            *await _seen_elsewhere(connection, before, after),
        ),
        await revisions.current(connection),
    )


def cells_of(scope: Scope, territories: Territories) -> dict[str, str]:
    """What a new page begins with: that which it must be for its editor to add it."""
    if scope.category:
        return {"category": scope.category}
    names = Places(territories).names(scope.territory)
    return {column: name for column, name in zip(PLACE, names, strict=True) if name}


class _Reading:
    """The cells read one by one: the page that they make, and what is wrong with them."""

    def __init__(self, before: Page | None, cells: Mapping[str, str], places: Places) -> None:
        self.before = before
        self.cells = cells
        self.places = places
        self.refused: list[Refused] = []
        self.warnings: list[str] = []
        self.page = self._read()

    def refuse(self, column: str, why: str) -> None:
        """Note why a column cannot be kept."""
        self.refused.append(Refused(column, why))

    def steps(self, after: Page) -> list[Step]:
        """The columns that differ, in the order in which they were given."""
        texts, tree = [], self.places.territories
        for column in self.cells:
            was = text_of(self.before, column, tree) if self.before else ""
            texts.append(Step(column, was, text_of(after, column, tree)))
        return [step for step in texts if step.before != step.after]

    def _read(self) -> Page:
        page = self.before or _EMPTY
        values: dict[str, Any] = {}
        for column, text in self.cells.items():
            if column not in (*PLACE, *SLOTS):
                values[column] = self._value(column, text)
        if "status" in values and values["status"] is not Status.HIDDEN:
            values["hidden"] = ""
        if set(PLACE) & set(self.cells):
            values["territory"] = self._territory(page)
        if set(SLOTS) & set(self.cells):
            values["links"] = carried_over(page.links, self._links(page))
        return replace(page, **values)

    def _value(self, column: str, text: str) -> Any:
        before = getattr(self.before or _EMPTY, column)
        if is_cleared(column, text):
            if column != "title":
                return getattr(_EMPTY, column)
            self.refuse(column, "без названия страницы не бывает")
            return before
        try:
            value = READERS[column](text)
        except ValueError as error:
            self.refuse(column, str(error))
            return before
        if why := doubt(column, text):
            self.warnings.append(why)
        return value

    def _territory(self, page: Page) -> int | None:
        names = dict(zip(PLACE, self.places.names(page.territory), strict=True))
        for column in PLACE:
            text = self.cells.get(column)
            if text is None:
                continue
            try:
                names[column] = "" if is_cleared(column, text) else READERS[column](text)
            except ValueError as error:
                self.refuse(column, str(error))
        try:
            return self.places.take((names["region"], names["territory"], names["settlement"]))
        except PlaceError as error:
            self.refuse(error.column, str(error))
            return page.territory

    def _links(self, page: Page) -> list[tuple[str, Link]]:
        kept = {slot: [x.link for x in page.links if x.slot == slot] for slot in SLOTS}
        for slot in SLOTS:
            text = self.cells.get(slot)
            if text is None:
                continue
            given = [] if is_cleared(slot, text) else text.split()
            parsed = [links.parse(one, slot=slot) for one in given]
            wrong = [one for one in parsed if isinstance(one, links.Refusal)]
            for refusal in wrong:
                self.refuse(slot, refusal.why)
            if not wrong:
                kept[slot] = list(dict.fromkeys(x for x in parsed if isinstance(x, Link)))
        return [(slot, link) for slot in SLOTS for link in kept[slot]]


_EMPTY = Page("", "")

_LEVELS = {
    Level.FEDERAL: "федеральный",
    Level.REGIONAL: "региональный",
    Level.MUNICIPAL: "муниципальный",
    Level.SETTLEMENT: "поселение",
}
_STATUSES = {Status.ACTIVE: "действует", Status.CLOSED: "закрыта", Status.HIDDEN: "скрыта"}


def is_cleared(column: str, text: str) -> bool:
    """Whether what was typed empties the field."""
    word = clean(text).lower()
    return word == CLEAR or (column not in MARKS and word in ("", "-", "–", "—"))


def text_of(page: Page, column: str, territories: Territories) -> str:
    """What stands in a column, as people write it; empty when nothing does."""
    if column in PLACE:
        return Places(territories).names(page.territory)[PLACE.index(column)]
    if column in SLOTS:
        return " ".join(links.url(x.link) for x in page.links if x.slot == column)
    value = getattr(page, column)
    match value:
        case None:
            return ""
        case bool():
            return "да" if value else "нет"
        case Level():
            return _LEVELS[value]
        case Status():
            return _STATUSES[value]
        case tuple():
            return " | ".join(value)
        case date():
            return f"{value:%d.%m.%Y}"
        case float():
            return str(value).replace(".", ",")
    return str(value)


def _changes(
    before: Page | None, after: Page, places: Places, categories: Sequence[str]
) -> list[Change]:
    if before == after:
        return []
    made: list[Change] = []
    if after.category and after.category not in categories:
        made.append(Change("category", after.category, None, {"name": after.category}))
    # Only those that the page came to: others were named on the way to a refusal.
    for territory in places.territories.path(after.territory):
        if territory.id in places.new:
            record = records.territory_record(territory)
            made.append(Change("territory", str(territory.id), None, record))
    was = records.page_record(before) if before else None
    return [*made, Change("page", after.id, was, records.page_record(after))]


def _created(after: Page, places: Places, categories: Sequence[str]) -> Iterator[str]:
    """What the edit would add to the directory besides the page."""
    if after.category and after.category not in categories:
        yield f"сферы «{after.category}» в справочнике ещё нет, она будет создана"
    for territory in places.territories.path(after.territory):
        if territory.id in places.new:
            slip = places.slip(territory.id)
            like = f"; похожа на «{slip}»" if slip else ""
            yield f"территории «{territory.name}» в справочнике ещё нет, она будет создана{like}"


async def _new_id(connection: AsyncConnection, title: str) -> str:
    return NewIds(await connection.scalars(select(pages.c.id))).make(title)


async def _check_reference(
    connection: AsyncConnection, reading: _Reading, column: str, after: Page
) -> None:
    other = getattr(after, column)
    if not other:
        return
    if other == after.id:
        reading.refuse(column, "страница не может ссылаться на саму себя")
    elif not await records.read_pages(connection, [other]):
        reading.refuse(column, f"страницы с кодом «{other}» в справочнике нет")


async def _seen_elsewhere(
    connection: AsyncConnection, before: Page | None, after: Page
) -> list[str]:
    """Other pages with a link that the edit brings, and sites that nobody has looked at yet."""
    known = {x.link for x in before.links} if before else set()
    said = []
    for link in dict.fromkeys(x.link for x in after.links if x.link not in known):
        query = (
            select(pages.c.title)
            .join(link_rows, link_rows.c.page == pages.c.id)
            .where(
                link_rows.c.platform == link.platform,
                link_rows.c.account == link.account,
                pages.c.id != after.id,
            )
        )
        title = await connection.scalar(query.limit(1))
        if title is not None:
            said.append(f"ссылка {links.label(link)} уже стоит у страницы «{title}»")
        elif link.platform == SITE and not await _is_known(connection, link):
            said.append(f"новый адрес сайта, проверьте его: {links.both_forms(link)}")
    return said


async def _is_known(connection: AsyncConnection, site: Link) -> bool:
    """Whether the site's host is trusted by its name, or stands in the directory."""
    host = site.account.partition("/")[0]
    account = link_rows.c.account
    same = or_(account == host, account.startswith(f"{host}/", autoescape=True))
    query = select(link_rows.c.page).where(link_rows.c.platform == SITE, same).limit(1)
    return links.is_trusted(host) or await connection.scalar(query) is not None
