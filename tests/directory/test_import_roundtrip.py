"""For any directory: its export imports without a change, an import is undone without a trace."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.export import FORMATS, Format, file_of
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import PlanOfFile, plan, silent
from directory.imports.read import read
from directory.imports.terms import Terms
from directory.links import Refusal, parse
from directory.model import (
    SERVICES,
    SETTLEMENT,
    SLOTS,
    Action,
    Level,
    Link,
    Origin,
    Page,
    PageLink,
    Status,
    Territory,
)
from directory.store.database import Database
from directory.store.undo import undo
from directory.text import clean
from tests.directory.dumped import dump
from tests.directory.importing import state

LETTERS = "абвёжй ЩЭЮ abcXYZ 0123456789 «»\"'№;,|\t=+-@.&<>/\\%\u00a0\u00ad\u200b\n"
PLACES = (
    Territory(1, "Ивановский край"),
    Territory(2, "Лесной муниципальный округ", 1, former_names=("Лесной район",)),
    Territory(3, "Лесной", 1, SETTLEMENT),
    Territory(4, "с. Никольское", 2, SETTLEMENT),
    Territory(5, "д. Никольское", 2, SETTLEMENT),
    Territory(6, "Лесной район", 1),
    Territory(7, "Заречный край"),
)
ADDRESSES: dict[str, Sequence[str]] = {
    "vk": ["vk.com/vydumka", "vk.com/club77", "vk.com/id5", "vk.com/a.b_c"],
    "ok": ["ok.ru/group/50000000000000", "ok.ru/Vydumka.1"],
    "telegram": ["t.me/vydumka_bot", "t.me/shkola"],
    "max": ["max.ru/id123456_gos", "max.ru/vydumka"],
    "site": ["https://shkola.gov.ru/", "http://школа-5.рф/о-нас", "a-r45.gosweb.gosuslugi.ru"],
    **dict.fromkeys(SERVICES, ("https://pos.gosuslugi.ru/form/", "https://zapis.gov.ru/x?id=1")),
}


def _links() -> dict[str, list[Link]]:
    found = {s: [parse(a, slot=s) for a in addresses] for s, addresses in ADDRESSES.items()}
    return {s: [x for x in links if not isinstance(x, Refusal)] for s, links in found.items()}


LINKS = _links()
texts = st.text(LETTERS, max_size=20).map(clean)
titles = texts.filter(lambda text: bool(text))
aliases = st.lists(titles.map(lambda t: clean(t.replace("|", "/"))), max_size=3, unique=True)
maybe = st.none() | st.booleans()


# A page's links stand by slot; a hidden one among the others now and then.
links = st.lists(
    st.builds(
        lambda place, hidden, seen: PageLink(place[0], place[1], hidden, seen),
        st.sampled_from([(slot, link) for slot in SLOTS for link in LINKS[slot]]),
        st.sampled_from(["", "", "взломана"]),
        st.sampled_from([None, date(2026, 11, 1)]),
    ),
    max_size=5,
    unique_by=lambda x: (x.slot, x.link),
).map(lambda found: tuple(sorted(found, key=lambda x: SLOTS.index(x.slot))))


@st.composite
def directories(draw: st.DrawFn) -> list[Page]:
    """Some pages that refer to one another."""
    ids = draw(
        st.lists(st.text("abc-_09", min_size=1, max_size=32), min_size=1, max_size=3, unique=True)
    )
    others = st.sampled_from(["", *ids])
    pages = []
    for key in ids:
        status = draw(st.sampled_from(Status))
        parent, successor = (_not(key, draw(others)) for _ in "ab")
        page = Page(
            *(key, draw(titles), draw(texts), draw(st.sampled_from(["", "Учёба", "ЖКХ"]))),
            level=draw(st.none() | st.sampled_from(Level)),
            territory=draw(st.none() | st.sampled_from([p.id for p in PLACES])),
            person=draw(texts),
            post=draw(texts),
            address=draw(texts),
            phone=draw(texts.filter(lambda text: "E" not in text.upper())),
            lat=draw(st.none() | st.floats(-90, 90).filter(_plain)),
            lon=draw(st.none() | st.floats(-180, 180).filter(_plain)),
            links=draw(links),
            official_mark=draw(maybe),
            flagship=draw(maybe),
            subscribers=draw(st.none() | st.integers(0, 2**31 - 1)),
            aliases=tuple(draw(aliases)),
            parent=parent,
            successor=successor,
            status=status,
            hidden="подделка" if status is Status.HIDDEN and draw(st.booleans()) else "",
            source=draw(texts),
            checked_at=draw(st.none() | st.dates(date(1900, 1, 1))),
        )
        pages.append(page)
    return pages


def _not(key: str, other: str) -> str:
    """Another page than this one."""
    return "" if other == key else other


def _plain(number: float) -> bool:
    """Degrees as somebody measures them."""
    return number == 0 or abs(number) > 1e-9


@pytest.mark.slow
@given(directories(), st.sampled_from(FORMATS), st.sampled_from((Mode.UPDATE, Mode.REPLACE)))
@settings(max_examples=80, deadline=None)
def test_an_unchanged_export_changes_nothing(pages: list[Page], form: Format, mode: Mode) -> None:
    before = state(*pages, places=PLACES)
    data = file_of(pages, before.territories, form)
    work = PlanOfFile(f"x.{form}", "", Terms(mode))
    found = work.plan(read(data, f"x.{form}"), before, {}, silent)
    assert [problem.text for problem in found.refused] == []
    assert list(found.pages) == []
    present = sum(page.status is not Status.RETIRED for page in pages)
    assert (found.unchanged, found.missing, found.is_empty) == (present, 0, True)


@pytest.mark.slow
@given(directories(), directories(), st.sampled_from([Mode.UPDATE, Mode.REPLACE]))
@settings(max_examples=8, deadline=None)
def test_an_import_is_undone_without_a_trace(
    first: list[Page], second: list[Page], mode: Mode
) -> None:
    asyncio.run(_import_and_undo(first, second, mode))


async def _import_and_undo(first: list[Page], second: list[Page], mode: Mode) -> None:
    territories = state(places=PLACES).territories
    with tempfile.TemporaryDirectory() as folder:
        async with await Database.open(f"sqlite:///{folder}/directory.sqlite3") as db:
            await _apply(db, file_of(first, territories, "json"), Mode.UPDATE)
            before = await dump(db)
            number = await _apply(db, file_of(second, territories, "csv"), mode)
            if number is not None:
                async with db.write() as connection:
                    await undo(connection, number, Origin(Action.UNDO, undoes=number))
            assert await dump(db) == before


async def _apply(db: Database, data: bytes, mode: Mode) -> int | None:
    found = await plan(db, data, "x", mode=mode)
    return await apply(db, found, Origin(Action.IMPORT), partial=True, retire_many=True)
