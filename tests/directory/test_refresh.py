"""The open directory follows its database, and starts from the index that was kept."""

import asyncio
import gc
import os
import time
import weakref
from dataclasses import replace
from pathlib import Path

import pytest

from directory.changes import page_change, territory_change, territory_record
from directory.directory import Directory
from directory.kept import Kept
from directory.links import Verdict, parse
from directory.model import Action, Change, Link, Origin, Page, PageLink, Territory
from directory.search import kept
from directory.store import revisions
from directory.store.database import Database
from directory.store.undo import undo
from directory.watching import watch
from tests.directory.searched import INDEX, PAGES, TERRITORIES

pytestmark = pytest.mark.both


async def apply(db: Database, *changes: Change) -> None:
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.EDIT))


@pytest.fixture
async def url(db: Database, database_url: str) -> str:
    await apply(
        db,
        *(territory_change(None, t) for t in TERRITORIES),
        *(page_change(None, page) for page in PAGES),
    )
    return database_url


def renamed(page: Page, title: str) -> Change:
    return page_change(page, replace(page, title=title))


def found(directory: Directory, query: str) -> list[str]:
    return [hit.id for hit in directory.search(query).hits]


async def test_changes_of_others_are_found_and_undone(url: str) -> None:
    directory = await Directory.open(url)
    page = PAGES[4]
    assert not await directory.refresh()
    await apply(directory.db, renamed(page, "Школа Абракадаброво"))
    assert await directory.refresh()
    assert found(directory, "абракадаброво") == [page.id]
    async with directory.db.write() as connection:
        await undo(connection, directory.revision, Origin(Action.UNDO))
    await directory.refresh()
    assert found(directory, "абракадаброво") == []
    assert found(directory, "школа 5 выдумск")[0] == page.id
    await directory.close()


async def test_an_index_that_is_replaced_is_freed_at_once(url: str) -> None:
    directory = await Directory.open(url)
    found(directory, "шкла 5 выдумск")
    replaced = weakref.ref(directory.index)
    gc.disable()
    try:
        await apply(directory.db, renamed(PAGES[4], "Школа Абракадаброво"))
        assert await directory.refresh()
        for _ in range(100):
            if replaced() is None:
                break
            await asyncio.sleep(0.01)  # the thread that made the new one lets go of the old
        assert replaced() is None
    finally:
        gc.enable()
    await directory.close()


async def test_a_renamed_territory_renames_its_pages(url: str) -> None:
    directory = await Directory.open(url)
    before = TERRITORIES.get(7)
    assert before
    after = Territory(7, "д. Небываловка", 6, before.kind, former_names=(before.name,))
    await apply(
        directory.db,
        Change("territory", "7", territory_record(before), territory_record(after)),
    )
    await directory.refresh()
    assert found(directory, "клуб небываловка")[0] == "club"
    await directory.close()


async def test_searches_go_on_while_the_index_is_rebuilt(url: str) -> None:
    directory = Directory(await Database.open(url))
    refreshing = asyncio.create_task(directory.refresh())
    while not refreshing.done():
        directory.search("школа 5")
        await asyncio.sleep(0)
    assert found(directory, "школа 15")[0] == "school-15"
    await directory.close()


@pytest.mark.slow
async def test_many_changes_are_indexed_by_another_process(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = await Directory.open(url)
    monkeypatch.setattr("directory.directory.REBUILD_FROM", 0)
    monkeypatch.setattr("directory.kept.Builder", None)
    await apply(directory.db, *(renamed(page, f"{page.title} Абракадаброво") for page in PAGES))
    await directory.refresh()
    assert len(found(directory, "абракадаброво")) == 10
    await directory.close()


@pytest.mark.slow
async def test_what_changes_while_that_process_works_is_found_too(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = await Directory.open(url)
    monkeypatch.setattr("directory.directory.REBUILD_FROM", 0)
    build_apart = Kept.build_apart

    async def overtaken(self: Kept) -> None:
        late = replace(PAGES[4], title=f"{PAGES[4].title} Абракадаброво")
        await apply(directory.db, renamed(late, "Школа Позднеево"))
        monkeypatch.setattr("directory.directory.REBUILD_FROM", 2000)
        await build_apart(self)

    monkeypatch.setattr(Kept, "build_apart", overtaken)
    # This process makes the small segment of what came later, and never the whole.
    monkeypatch.setattr("directory.kept.Builder", None)
    await apply(directory.db, *(renamed(page, f"{page.title} Абракадаброво") for page in PAGES))
    assert await directory.refresh()
    assert await directory.refresh()
    assert found(directory, "позднеево") == [PAGES[4].id]
    assert len(found(directory, "абракадаброво")) == 10
    await directory.close()


@pytest.mark.slow
async def test_a_worn_index_is_renewed_by_another_process_while_others_are_answered(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = await Directory.open(url)
    monkeypatch.setattr("directory.watching.REFRESH_SECONDS", 0.05)
    monkeypatch.setattr("directory.watching.WORN_FROM", 2)
    monkeypatch.setattr("directory.kept.Builder", None)
    build_apart = Kept.build_apart
    built: list[bool] = []

    async def overtaken(self: Kept) -> bool:
        built.append(await build_apart(self))
        await apply(directory.db, renamed(PAGES[4], "Школа Позднеево"))
        while not found(directory, "позднеево"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        return built[-1]

    monkeypatch.setattr(Kept, "build_apart", overtaken)
    watching = asyncio.create_task(watch(directory))
    await apply(directory.db, *(renamed(p, f"{p.title} Абракадаброво") for p in PAGES[5:]))
    while len(found(directory, "абракадаброво")) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    assert not built  # the kept one is new
    assert directory.index.added > 2
    pages = directory.links.pages
    day_ago = time.time() - 86_400
    os.utime(directory.kept.index_file, (day_ago, day_ago))
    async with asyncio.timeout(30):
        while directory.index.added != 1:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert built == [True]
    assert len(found(directory, "абракадаброво")) >= 2
    assert found(directory, "позднеево") == [PAGES[4].id]
    assert directory.links.pages == pages
    assert directory.kept.age() < 60
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await directory.close()


@pytest.mark.slow
async def test_all_links_are_known_after_many_changes_of_any_kind(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = await Directory.open(url)
    monkeypatch.setattr("directory.directory.REBUILD_FROM", 6)
    places = [Territory(900 + n, f"д. Нововыдумка {n}") for n in range(6)]
    texts = [f"vk.com/vydumka_novaya_{n}" for n in range(6)]
    pages = []
    for n, text in enumerate(texts):
        link = parse(text, slot="vk")
        assert isinstance(link, Link)
        pages.append(Page(f"new-{n}", f"Школа {n}", links=(PageLink("vk", link),)))
    await apply(
        directory.db,
        *(territory_change(None, t) for t in places),
        *(page_change(None, page) for page in pages),
    )
    await directory.refresh()
    assert [directory.verify(text).verdict for text in texts] == [Verdict.OFFICIAL] * len(texts)
    assert len(directory.territories) == len(TERRITORIES) + len(places)
    await directory.close()


@pytest.mark.slow
async def test_without_that_process_the_index_is_made_here(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    directory = await Directory.open(url)
    monkeypatch.setattr("directory.directory.REBUILD_FROM", 0)
    # It finds no database there, and dies of that.
    monkeypatch.setattr(directory.kept, "_url", "mysql://nowhere/else")
    await apply(directory.db, *(renamed(page, f"{page.title} Абракадаброво") for page in PAGES))
    await directory.refresh()
    assert len(found(directory, "абракадаброво")) == 10
    assert "died" in caplog.text
    await directory.close()


async def test_a_start_uses_the_kept_index_and_adds_what_changed_since(
    db: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await Directory.open(url)).close()
    await apply(db, renamed(PAGES[4], "Школа Абракадаброво"))
    monkeypatch.setattr(Directory, "_rebuilt", None)
    directory = await Directory.open(url)
    assert found(directory, "абракадаброво") == [PAGES[4].id]
    assert found(directory, "губернатор")[0] == "governor"
    await directory.close()


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other", "lexicon", "gone"])
async def test_a_damaged_or_foreign_file_is_rebuilt_silently(url: str, damage: str) -> None:
    directory = await Directory.open(url)
    file = directory.kept.index_file
    await directory.close()
    whole = file.read_bytes()
    head, _, rest = whole.partition(b"\n")
    file.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "changed": head + b"\n" + rest[:-9] + b"\xff" + rest[-8:],
            "empty": b"",
            "other": b"{}\n",
            "lexicon": whole.replace(b'"built_from": "1', b'"built_from": "9', 1),
            "gone": whole,
        }[damage]
    )
    if damage == "gone":
        file.unlink()
    directory = await Directory.open(url)
    assert found(directory, "школа 15")[0] == "school-15"
    assert file.read_bytes() == whole
    await directory.close()


async def test_a_kept_index_answers_as_the_one_that_was_built(tmp_path: Path) -> None:
    file = tmp_path / "index"
    segment = INDEX.segments[0]
    kept.save(file, segment, "here")
    loaded = kept.load(file)
    assert loaded is not None
    assert kept.built_from(file) == "here"
    again = type(INDEX)(TERRITORIES, (loaded,))
    for query in ("школа 5", "irjkf 15", "небывалов п. и.", "админестрация", "детский са"):
        assert again.search(query) == INDEX.search(query)


async def test_an_index_that_cannot_be_kept_is_used_all_the_same(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(kept, "save", full)
    directory = await Directory.open(url)
    assert found(directory, "школа 15")[0] == "school-15"
    assert "no space left" in caplog.text
    await directory.close()
