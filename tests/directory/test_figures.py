"""The figures of the month: counted right, kept once a month, numbers only."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from directory.changes import page_change, territory_change
from directory.figures import (
    CountedPage,
    Cut,
    Figures,
    count,
    lacking,
    month_before,
)
from directory.model import (
    SETTLEMENT,
    Action,
    Change,
    Level,
    Link,
    Origin,
    Page,
    PageLink,
    Status,
    Territory,
)
from directory.store import figures, revisions
from directory.store.database import Database
from directory.store.tables import month_figures
from directory.territories import Territories

pytestmark = pytest.mark.both

TODAY = date(2026, 11, 26)
TREE = Territories(
    [
        Territory(1, "Выдуманная область"),
        Territory(2, "Северный муниципальный округ", 1),
        Territory(3, "Южный муниципальный округ", 1),
        Territory(4, "с. Верхнее", 2, kind=SETTLEMENT),
        Territory(9, "Другая область"),
    ]
)
VK, SITE = Link("vk", "name", "school"), Link("site", "https", "school.example.ru")
SCHOOL = CountedPage(
    *("school", "Школа", "Образование", Level.MUNICIPAL, 4, True, 100, date(2026, 11, 1)),
    (("vk", VK), ("site", SITE)),
)
CLUB = CountedPage(
    *("club", "Клуб", "Культура", Level.MUNICIPAL, 3, None, 20, date(2026, 8, 1)), (("vk", VK),)
)
BARE = CountedPage("bare", "Без ссылок", "", None, 1, True, 0, None)
AHEAD = CountedPage(
    "ahead", "Суд", "Суды", Level.REGIONAL, 9, False, 3, date(2026, 12, 1), (("site", SITE),)
)
PAGES = [SCHOOL, CLUB, BARE, AHEAD]


def test_pages_are_counted_by_every_cut() -> None:
    found = count(PAGES, TREE, 1, TODAY)
    assert found[Cut.ALL, ""] == Figures(
        *(4, 3),
        markable=2,
        marked=1,
        unlooked=1,
        followers=123,
        checked_month=1,
        checked_half_year=2,
    )
    assert {part: f.pages for (cut, part), f in found.items() if cut is Cut.TERRITORY} == {
        "2": 1,
        "3": 1,
        "1": 1,
        "9": 1,
    }
    assert found[Cut.LEVEL, "municipal"].pages == 2
    assert found[Cut.CATEGORY, ""].pages == 1
    assert found[Cut.NETWORK, "vk"].pages == 2
    assert found[Cut.NETWORK, "site"].marked == 1


def test_the_country_is_counted_by_regions() -> None:
    found = count(PAGES, TREE, None, TODAY)
    by = {part: f.pages for (cut, part), f in found.items() if cut is Cut.TERRITORY}
    assert by == {"1": 3, "9": 1}


def test_what_is_lacking_counts_pages_with_a_link_only() -> None:
    found = lacking(PAGES, TREE, 1)
    assert found[2, "Образование"] == 1
    assert found[1, ""] == 0


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 26), date(2026, 10, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
        (date(2026, 3, 31), date(2026, 2, 1)),
    ],
)
def test_the_month_before(day: date, before: date) -> None:
    assert month_before(day) == before


async def test_only_active_pages_and_shown_links_are_read(db: Database) -> None:
    shown, hidden = PageLink("vk", VK), PageLink("site", SITE, hidden="взломали")
    made = [
        Page("a", "А", territory=2, links=(shown, hidden), subscribers=5),
        Page("b", "Б", territory=9, links=(shown,)),
        Page("c", "В", territory=2, status=Status.CLOSED, links=(shown,)),
        Page("d", "Г", territory=2, status=Status.HIDDEN, hidden="двойник", links=(shown,)),
    ]
    changes: list[Change] = [territory_change(None, t) for t in TREE]
    changes += [page_change(None, page) for page in made]
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    async with db.read() as connection:
        (only,) = await figures.counted_pages(connection, TREE.subtree(1))
        every = await figures.counted_pages(connection, None)
    assert (only.id, only.links, only.subscribers) == ("a", (("vk", VK),), 5)
    assert [page.id for page in every] == ["a", "b"]


async def test_the_last_count_of_a_month_is_kept_and_of_each_extent_its_own(db: Database) -> None:
    november = date(2026, 11, 1)
    async with db.write() as connection:
        await figures.keep(connection, november, None, count(PAGES, TREE, None, TODAY))
        await figures.keep(connection, november, 1, count(PAGES, TREE, 1, TODAY))
        await figures.keep(connection, november, 1, count([SCHOOL], TREE, 1, TODAY))
    async with db.read() as connection:
        assert await figures.kept(connection, november, 1) == count([SCHOOL], TREE, 1, TODAY)
        assert await figures.kept(connection, november, None) == count(PAGES, TREE, None, TODAY)
        assert await figures.kept(connection, date(2026, 10, 1), 1) == {}
        rows = await connection.scalar(select(func.count()).select_from(month_figures))
        text = str((await connection.execute(select(month_figures))).all())
    assert rows == len(count([SCHOOL], TREE, 1, TODAY)) + len(count(PAGES, TREE, None, TODAY))
    assert "school" not in text
    assert "Школа" not in text
