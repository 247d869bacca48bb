"""Undo takes back exactly the fields that a revision changed, and tells what it does not."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from directory.changes import new_category, page_change, territory_change
from directory.editing import quarantine
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.linkcheck.own_site import mark
from directory.links.keys import identity
from directory.model import (
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
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.undo import AlreadyUndoneError, NothingLeftError, Undone, undo
from directory.store.undo_conflicts import Conflict
from tests.directory.dumped import dump

pytestmark = pytest.mark.both

SCHOOL = Page("school", "Школа № 5", phone="1-11", subscribers=10)


async def made(db: Database, *changes: Change) -> int:
    async with db.write() as connection:
        return await revisions.apply(connection, changes, Origin(Action.EDIT, 7))


async def undone(db: Database, number: int) -> Undone:
    async with db.write() as connection:
        return await undo(connection, number, Origin(Action.UNDO, 8, undoes=number))


async def page(db: Database, page_id: str = "school") -> Page:
    async with db.read() as connection:
        (found,) = await records.read_pages(connection, [page_id])
    return found


def vk(name: str) -> PageLink:
    return PageLink("vk", Link("vk", "name", name))


async def test_what_was_added_since_stays(db: Database) -> None:
    await made(db, page_change(None, SCHOOL))
    renamed = replace(SCHOOL, title="Гимназия", links=(vk("gimnaziya_vydumki"),))
    number = await made(db, page_change(SCHOOL, renamed))
    since = replace(renamed, phone="2-22", person="Выдумкина Анна")
    await made(db, page_change(renamed, since))
    assert (await undone(db, number)).conflicts == ()
    assert await page(db) == replace(SCHOOL, phone="2-22", person="Выдумкина Анна")


async def test_only_a_field_that_was_changed_again_is_a_conflict(db: Database) -> None:
    pages = [replace(SCHOOL, id=f"p{n}", title=f"Школа № {n}") for n in range(13)]
    await made(db, *(page_change(None, each) for each in pages))
    changed = [replace(p, title=f"{p.title} имени Выдумкина", phone="3-33") for p in pages]
    number = await made(db, *map(page_change, pages, changed))
    await made(db, page_change(changed[4], again := replace(changed[4], title="Лицей")))
    found = await undone(db, number)
    assert (found.done, found.of) == (12, 13)
    (conflict,) = found.conflicts
    assert (conflict.key, conflict.title, conflict.fields) == ("p4", "Лицей", ("title",))
    assert await page(db, "p4") == replace(again, phone="1-11")
    assert await page(db, "p5") == pages[5]


async def test_links_of_each_network_are_a_field_of_their_own(db: Database) -> None:
    ok = PageLink("ok", Link("ok", "name", "vydumka"))
    await made(db, page_change(None, before := replace(SCHOOL, links=(vk("vydumka"), ok))))
    after = replace(before, links=(vk("dvoynik"), ok))
    number = await made(db, page_change(before, after))
    telegram = PageLink("telegram", Link("telegram", "name", "vydumka"))
    await made(db, page_change(after, replace(after, links=(*after.links, telegram))))
    await undone(db, number)
    assert (await page(db)).links == (vk("vydumka"), ok, telegram)


async def test_the_daily_check_of_links_is_in_nobodys_way(db: Database) -> None:
    linked = replace(SCHOOL, links=(vk("vydumka"),))
    created = await made(db, page_change(None, linked))
    changed = await made(db, page_change(linked, moved := replace(linked, links=(vk("vydumka2"),))))
    async with db.write() as connection:
        seen = [("school", identity(moved.links[0].link))]
        assert await mark(connection, seen, date(2026, 11, 20)) is not None
    assert (await page(db)).links[0].on_site
    assert (await undone(db, changed)).conflicts == ()
    assert (await page(db)).links == (vk("vydumka"),)
    assert (await undone(db, created)).conflicts == ()


async def test_a_link_withdrawn_since_is_not_taken_from_under_its_warning(db: Database) -> None:
    await made(db, page_change(None, SCHOOL))
    number = await made(db, page_change(SCHOOL, replace(SCHOOL, links=(vk("dvoynik"),))))
    async with db.write() as connection:
        link = Link("vk", "name", "dvoynik")
        await quarantine.hide(connection, "school", "двойник", 7, link)
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, number)
    assert caught.value.conflicts[0].fields == ("vk",)


async def test_a_renamed_place_is_renamed_back_and_keeps_what_came_since(db: Database) -> None:
    place = Territory(1, "Придуманный район", oktmo="1")
    await made(db, territory_change(None, place))
    renamed = replace(place, name="Придуманный округ")
    number = await made(db, territory_change(place, renamed))
    await made(db, territory_change(renamed, replace(renamed, centre="с. Сосновка")))
    await undone(db, number)
    async with db.read() as connection:
        (found,) = await records.read_territories(connection)
    assert found == replace(place, centre="с. Сосновка")


async def test_a_place_does_not_get_a_name_back_that_another_has_by_now(db: Database) -> None:
    region = Territory(9, "Придуманный край")
    place = Territory(1, "Придуманный район", 9)
    await made(db, territory_change(None, region), territory_change(None, place))
    renamed = replace(place, name="Придуманный округ")
    number = await made(db, territory_change(place, renamed))
    await made(db, territory_change(None, replace(place, id=2)))
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, number)
    (conflict,) = caught.value.conflicts
    assert (conflict.title, conflict.why) == ("Придуманный район", "taken")


async def test_an_update_keeps_only_what_it_altered(db: Database) -> None:
    await made(db, page_change(None, SCHOOL))
    await made(db, page_change(SCHOOL, replace(SCHOOL, phone="", subscribers=11)))
    async with db.read() as connection:
        query = "SELECT CAST(before AS text), CAST(after AS text) FROM changes WHERE revision = 2"
        ((before, after),) = await connection.execute(sql(query))
    assert before == '{"phone":"1-11","subscribers":10}'
    assert after == '{"subscribers":11}'


@pytest.mark.slow
@pytest.mark.file
async def test_a_monthly_refresh_of_followers_is_small(db: Database) -> None:
    rows = [f"p{n};Выдуманная школа № {n};vk.com/vydumka_{n}" for n in range(1700)]
    header = "Код;Название;ВКонтакте;Подписчики;Проверено"

    async def bring(followers: int, day: str) -> int:
        text = "\n".join([header, *(f"{row};{followers};{day}" for row in rows)])
        found = await plan(db, text.encode(), "подписчики.csv")
        await apply(db, found, Origin(Action.IMPORT))
        with closing(sqlite3.connect(db.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return db.path.stat().st_size

    before = await bring(1000, "2026-10-01")
    assert await bring(1234, "2026-11-01") - before <= 500_000


VALUES: dict[str, list[Any]] = {
    "title": ["Школа", "Гимназия", "Лицей"],
    "phone": ["", "1-11", "2-22"],
    "subscribers": [None, 0, 5],
    "official_mark": [None, True, False],
    "level": [None, Level.REGIONAL, Level.MUNICIPAL],
    "aliases": [(), ("пятая",), ("пятая", "шестая")],
    "status": [Status.ACTIVE, Status.CLOSED],
    "checked_at": [None, date(2026, 11, 1)],
    "links": [
        (),
        (vk("vydumka"),),
        (vk("vydumka"), vk("dvoynik")),
        (replace(vk("vydumka"), hidden="проба"), PageLink("ok", Link("ok", "name", "vydumka"))),
        (replace(vk("vydumka"), confirmed=date(2026, 11, 2)),),
    ],
}
field_values = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(field_values, min_size=1, max_size=4), st.data())
def test_undo_puts_back_each_field_that_nobody_changed_again(
    migrated: Path, edits: list[dict[str, Any]], data: st.DataObject
) -> None:
    states = [SCHOOL]
    for edit in edits:
        states.append(replace(states[-1], **edit))
    at = data.draw(st.integers(1, len(edits)))

    async def work(folder: Path) -> None:
        shutil.copytree(migrated.parent, folder, dirs_exist_ok=True)
        db = await Database.open(f"sqlite:///{folder / 'directory.sqlite3'}")
        numbers = [await made(db, page_change(None, SCHOOL))]
        for before, after in pairwise(states):
            numbers.append(await made(db, page_change(before, after)))
        final = await dump(db)
        try:
            found = await undone(db, numbers[at])
        except NothingLeftError:
            assert await dump(db) == final
        else:
            now = await page(db)
            for name in VALUES.keys() - {"links"}:
                old, new, last = (
                    getattr(s, name) for s in (states[at - 1], states[at], states[-1])
                )
                expected = old if last == new else last
                assert getattr(now, name) == expected, name
                told = any(name in conflict.fields for conflict in found.conflicts)
                assert told == (old != new != last)
            if states[-1].links == states[at].links:
                assert now.links == states[at - 1].links
            elif states[at - 1].links == states[at].links:
                assert now.links == states[-1].links
            # And the undo of the undo is where it began.
            await undone(db, found.revision)
            assert await dump(db) == final
        await db.close()

    with TemporaryDirectory() as folder:
        asyncio.run(work(Path(folder)))


def category(name: str, *, gone: bool = False) -> Change:
    record = {"name": name}
    return Change("category", name, record, None) if gone else new_category(name)


@pytest.mark.parametrize("whole", [False, True], ids=["a field", "a page"])
async def test_what_would_refer_to_nothing_is_not_put_back(db: Database, whole: bool) -> None:
    board = Page("board", "Управление")
    school = replace(SCHOOL, category="Учёба", parent="board")
    await made(db, category("Учёба"), page_change(None, board), page_change(None, school))
    freed = None if whole else replace(school, category="", parent="", phone="2-22")
    number = await made(db, page_change(school, freed))
    await made(db, category("Учёба", gone=True), page_change(board, None))
    if whole:
        with pytest.raises(NothingLeftError) as caught:
            await undone(db, number)
        conflicts = caught.value.conflicts
    else:
        conflicts = (await undone(db, number)).conflicts
        assert await page(db) == SCHOOL
    (conflict,) = conflicts
    assert (conflict.key, conflict.title, conflict.why) == ("school", "Школа № 5", "lacking")
    assert conflict.fields == (() if whole else ("category", "parent"))


async def test_places_that_are_used_or_changed_stay(db: Database) -> None:
    used, changed, unused = (Territory(n, f"Место {n}") for n in (1, 2, 3))
    number = await made(db, *(territory_change(None, t) for t in (used, changed, unused)))
    await made(db, page_change(None, replace(SCHOOL, territory=1)))
    await made(db, territory_change(changed, replace(changed, oktmo="2")))
    found = await undone(db, number)
    assert (found.done, found.of, found.conflicts) == (1, 1, ())
    async with db.read() as connection:
        assert [t.id for t in await records.read_territories(connection)] == [1, 2]


async def test_a_revision_of_places_that_are_all_used_is_not_undone(db: Database) -> None:
    number = await made(db, category("Учёба"), territory_change(None, Territory(1, "Место")))
    await made(db, page_change(None, replace(SCHOOL, category="Учёба", territory=1)))
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, number)
    told = [(c.entity, c.key, c.title, c.fields, c.why) for c in caught.value.conflicts]
    assert told == [
        ("territory", "1", "Место", (), "needed"),
        ("category", "Учёба", "Учёба", (), "needed"),
    ]


async def test_changed_places_are_counted_where_no_pages_are(db: Database) -> None:
    places = [Territory(n, f"Место {n}") for n in (1, 2, 3)]
    await made(db, *(territory_change(None, t) for t in places))
    renamed = [replace(t, name=f"Город {t.id}") for t in places]
    number = await made(db, *map(territory_change, places, renamed))
    await made(db, territory_change(renamed[0], replace(renamed[0], name="Посёлок")))
    found = await undone(db, number)
    assert (found.done, found.of) == (2, 3)
    (conflict,) = found.conflicts
    assert (conflict.entity, conflict.title, conflict.fields) == ("territory", "Посёлок", ("name",))


async def test_batches_make_no_difference(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("revisions", "undo_conflicts"):
        monkeypatch.setattr(f"directory.store.{module}.BATCH", 2)
    before = await dump(db)
    places = [Territory(n, f"Место {n}") for n in range(1, 6)]
    pages = [replace(SCHOOL, id=f"p{n}", territory=n) for n in range(1, 6)]
    told: list[int] = []
    async with db.write() as connection:
        changes = [
            *(territory_change(None, t) for t in places),
            *(page_change(None, each) for each in pages),
        ]
        number = await revisions.apply(
            connection, iter(changes), Origin(Action.EDIT), progress=told.append
        )
    assert told == [2, 4, 6, 8, 10]
    told.clear()
    async with db.write() as connection:
        origin = Origin(Action.UNDO, undoes=number)
        found = await undo(connection, number, origin, progress=told.append)
    assert (found.done, found.of, told[:3]) == (5, 5, [2, 4, 5])
    assert await dump(db) == before
    async with db.read() as connection:
        (only,) = await revisions.history(connection, limit=1, offset=1)
        assert (only.id, only.removed, only.undone_by) == (number, 0, found.revision)


async def test_the_errors_say_which_revision(db: Database) -> None:
    number = await made(db, page_change(None, SCHOOL))
    by = (await undone(db, number)).revision
    with pytest.raises(AlreadyUndoneError) as already:
        await undone(db, number)
    assert (already.value.number, already.value.by) == (number, by)
    with pytest.raises(KeyError, match="99"):
        await undone(db, 99)


async def test_removed_pages_count_when_they_come_back(db: Database) -> None:
    await made(db, page_change(None, SCHOOL), page_change(None, replace(SCHOOL, id="b")))
    number = await made(db, page_change(SCHOOL, None))
    found = await undone(db, number)
    assert (found.done, found.of) == (1, 1)
    assert await page(db) == SCHOOL


async def test_each_reason_for_which_something_stays(db: Database) -> None:
    changed = replace(SCHOOL, phone="2-22", title="Гимназия")
    first = await made(db, page_change(None, SCHOOL))
    second = await made(db, page_change(SCHOOL, changed))
    moved = replace(changed, phone="3-33")
    await made(db, page_change(changed, moved))

    assert (await undone(db, second)).conflicts == (
        Conflict("page", "school", "Гимназия", ("phone",), "changed"),
    )
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, first)
    now = await page(db)
    assert caught.value.conflicts == (Conflict("page", "school", now.title, (), "changed"),)

    removed = await made(db, page_change(now, None))
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, first)
    assert caught.value.conflicts == (Conflict("page", "school", "Школа № 5", (), "gone"),)

    await made(db, page_change(None, now))
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, removed)
    assert caught.value.conflicts == (Conflict("page", "school", now.title, (), "back"),)


async def test_a_second_undo_names_the_first(db: Database) -> None:
    await made(db, page_change(None, SCHOOL))
    number = await made(db, page_change(SCHOOL, replace(SCHOOL, phone="2-22")))
    by = (await undone(db, number)).revision
    with pytest.raises(AlreadyUndoneError) as caught:
        await undone(db, number)
    assert (caught.value.number, caught.value.by) == (number, by)


async def test_a_page_comes_back_to_its_territory_and_to_no_later_one(db: Database) -> None:
    async def load(text: str) -> int:
        found = await plan(db, text.encode(), "список.csv")
        number = await apply(db, found, Origin(Action.IMPORT))
        assert number is not None
        return number

    await load("Код;Название;Регион\nschool;Школа № 5;Выдуманная область\n")
    moved = await load("Код;Название;Регион;Территория\nschool;Школа № 5;;Новый округ\n")
    away = (await undone(db, moved)).revision
    await load("Код;Название;Регион;Территория\nother;Музей;Выдуманная область;Чужой округ\n")
    assert (await undone(db, away)).conflicts == ()
    async with db.read() as connection:
        places = {place.id: place.name for place in await records.read_territories(connection)}
    assert places[(await page(db)).territory or 0] == "Новый округ"
    assert sorted(places.values()) == ["Выдуманная область", "Новый округ", "Чужой округ"]
