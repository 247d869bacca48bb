"""What is kept in memory is what the database has, whatever happened to it and in which order."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change
from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.kept import Kept, read_territories
from directory.links.verifier import Verifier
from directory.model import Action, Change, Origin, Page, Status
from directory.store import copies, records, revisions
from directory.store.database import Database
from directory.store.searched import searched
from directory.store.undo import AlreadyUndoneError, NothingLeftError, undo
from tests.directory.dumped import searched_ids

LIMITS = {
    "directory.directory.REBUILD_FROM": 6,
    "directory.directory.LARGE": 12,
    "directory.search.index.SMALL": 3,
    "directory.store.searched.BATCH": 4,
    "directory.store.batches.BATCH": 4,
    "directory.store.records.AT_ONCE": 3,
    "directory.store.revisions.BATCH": 4,
}
"""Every limit that the directory has, so low that a few pages cross it."""


LETTERS = "абвгдежзик"


def word(number: int) -> str:
    """A word that no other number has, and that no typing error makes of another's."""
    return "ъ".join(LETTERS[int(digit)] * 2 for digit in f"{number:03}") + "щука"


@dataclass(frozen=True)
class Import:
    """A file with the pages `first` … `first + count`, all in one place."""

    first: int
    count: int
    place: int
    kind: int
    status: str
    whole: bool


@dataclass(frozen=True)
class Edit:
    """One page is renamed, moved, hidden or gets another link; or a place gets another name."""

    page: int
    what: str
    number: int


@dataclass(frozen=True)
class Undo:
    """One of the last revisions is taken back, or what of it can be."""

    back: int


steps = st.one_of(
    st.builds(
        Import,
        first=st.integers(0, 20),
        count=st.integers(1, 9),
        place=st.integers(0, 2),
        kind=st.integers(0, 2),
        status=st.sampled_from(["", "", "скрыта", "закрыта"]),
        whole=st.booleans(),
    ),
    st.builds(
        Edit,
        page=st.integers(0, 28),
        what=st.sampled_from(["title", "link", "hide", "retire", "show", "leave", "place"]),
        number=st.integers(30, 60),
    ),
    st.builds(Undo, back=st.integers(0, 3)),
    st.sampled_from(["look", "look", "look", "reopen", "copy", "put back"]),
)


@contextmanager
def low_limits() -> Iterator[None]:
    """Set the limits low, and build indexes in this process instead of another."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in LIMITS.items():
            patch.setattr(name, value)
        patch.setattr(Kept, "build_apart", built_here)
        yield


async def built_here(kept: Kept) -> None:
    """What the other process does, without starting it."""
    db = await Database.open(f"sqlite:///{kept.index_file.with_suffix('')}")
    async with db.read() as connection:
        revision = await revisions.current(connection)
        await kept.build_index(connection, await read_territories(connection), revision)
        await kept.build_links(connection, revision, in_use=False)
    await db.close()


class Run:
    """One directory and what happens to it."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.copy = directory.db.path.with_name("copy.sqlite3")

    async def do(self, step: Any) -> None:
        match step:
            case Import():
                await self.bring(step)
            case Edit():
                await self.edit(step)
            case Undo():
                await self.undo(step)
            case "look":
                await self.directory.refresh()
                await self.compare()
            case "reopen":
                await self.directory.close()
                self.directory = await Directory.open(f"sqlite:///{self.directory.db.path}")
                await self.compare()
            case "copy":
                self.copy.unlink(missing_ok=True)
                copies.backup(self.directory.db.path, self.copy)
            case "put back" if self.copy.exists():
                self.copy.replace(self.directory.db.path)
                await self.directory.refresh()
                await self.compare()

    async def bring(self, step: Import) -> None:
        lines = [
            f"p{n};Школа {word(n)};Сфера {step.kind};Область;с. Село{word(90 + step.place)};"
            f"vk.com/{'abcdefghij'[n % 10] * 9}_{n};{step.status}"
            for n in range(step.first, step.first + step.count)
        ]
        header = "Код;Название;Сфера;Регион;Населённый пункт;ВКонтакте;Статус"
        text = "\n".join([header, *lines, ""])
        mode = Mode.REPLACE if step.whole else Mode.UPDATE
        db = self.directory.db
        found = await plan(db, text.encode(), "список.csv", mode=mode)
        await apply(db, found, Origin(Action.IMPORT), partial=True, retire_many=True)

    async def edit(self, step: Edit) -> None:
        async with self.directory.db.write() as connection:
            pages = await records.read_pages(connection, [f"p{step.page}"])
            if not pages:
                return
            (page,) = pages
            if step.what == "place":
                if page.territory is None:
                    return
                number = str(page.territory)
                place = (await records.read_records(connection, "territory", [number]))[number]
                name = f"с. Село{word(100 + step.number)} {number}"
                change = Change("territory", number, place, {**place, "name": name})
            else:
                after = self.edited(page, step)
                change = page_change(page, after)
            if change.before != change.after:
                await revisions.apply(connection, [change], Origin(Action.EDIT))

    def edited(self, page: Page, step: Edit) -> Page:
        match step.what:
            case "title":
                return replace(page, title=f"Школа {word(step.number)}")
            case "link":
                link = replace(page.links[0].link, account=f"klmn_{step.number}_op")
                return replace(page, links=(replace(page.links[0], link=link),))
            case "hide":
                return replace(page, status=Status.HIDDEN, hidden="проба")
            case "retire":
                return replace(page, status=Status.RETIRED, hidden="")
            case "show":
                return replace(page, status=Status.ACTIVE, hidden="")
        return replace(page, territory=None)

    async def undo(self, step: Undo) -> None:
        db = self.directory.db
        async with db.read() as connection:
            number = await revisions.current(connection) - step.back
        try:
            async with db.write() as connection:
                origin = Origin(Action.UNDO, undoes=number)
                await undo(connection, number, origin)
        except (KeyError, AlreadyUndoneError, NothingLeftError):
            return

    async def compare(self) -> None:
        """Assert that all that is in memory is what the database has."""
        directory = self.directory
        async with directory.db.read() as connection:
            pages = await records.read_pages(connection)
            territories = await records.read_territories(connection)
            assert directory.categories == tuple(await records.read_categories(connection))
            assert directory.revision == await revisions.current(connection)
        assert {t.id: t for t in directory.territories} == {t.id: t for t in territories}
        assert directory.index.territories is directory.territories
        ids = [page.id for page in pages]
        assert await directory.pages(ids, retired=True) == pages
        shown = [page for page in pages if page.status is not Status.RETIRED]
        assert sorted(searched_ids(directory.index)) == sorted(page.id for page in shown)
        assert directory.index.pages == len(shown)
        for page in shown:
            hit = directory.search(page.title).hits[0]
            assert hit.title == page.title
            if place := directory.territories.get(page.territory):
                query = f"{page.title} {place.name}"
                assert directory.search(query).hits[0].title == page.title
        anew = Verifier(pages)
        assert directory.links.pages == len(pages)
        accounts = {page.links[0].link.account for page in pages}
        accounts.update(f"{'abcdefghij'[number % 10] * 9}_{number}" for number in range(30))
        for account in accounts:
            for text in (f"vk.com/{account}", f"vk.com/{account}_official"):
                assert directory.verify(text) == anew.verify(text)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(steps, min_size=1, max_size=12))
def test_memory_is_what_the_database_has(migrated: Path, happened: list[Any]) -> None:
    async def work(folder: Path) -> None:
        shutil.copytree(migrated.parent, folder, dirs_exist_ok=True)
        run = Run(await Directory.open(f"sqlite:///{folder / 'directory.sqlite3'}"))
        try:
            for step in [*happened, "look", "reopen"]:
                await run.do(step)
        finally:
            await run.directory.close()

    with TemporaryDirectory() as folder, low_limits():
        asyncio.run(work(Path(folder)))


@pytest.mark.slow
async def test_a_file_of_thousands_with_one_new_category_is_indexed_whole(
    db: Database, database_url: str
) -> None:
    count = 2438
    directory = await Directory.open(database_url)
    header = "Код;Название;Сфера;Регион"
    for category, first in (("Власть", 0), ("Суды", 100)):
        lines = [f"p{n};Суд {word(n % 1000)} № {n};{category};Область" for n in range(first, count)]
        found = await plan(db, "\n".join([header, *lines]).encode(), "список.csv")
        await apply(db, found, Origin(Action.IMPORT))
        await directory.refresh()
        assert directory.index.pages == count
    assert sorted(searched_ids(directory.index)) == sorted(f"p{n}" for n in range(count))
    await directory.close()


async def half(connection: AsyncConnection) -> AsyncIterator[list[Page]]:
    """Half of the pages, as an index that was built wrongly has them."""
    async for pages in searched(connection):
        yield pages[: len(pages) // 2]


async def test_a_start_with_a_kept_index_that_lacks_pages_rebuilds_it_and_says_so(
    db: Database,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lines = [f"p{n};Школа {word(n)}" for n in range(9)]
    found = await plan(db, "\n".join(["Код;Название", *lines]).encode(), "список.csv")
    await apply(db, found, Origin(Action.IMPORT))
    with monkeypatch.context() as patch:
        patch.setattr("directory.kept.searched", half)
        await (await Directory.open(database_url)).close()
    directory = await Directory.open(database_url)
    assert sorted(searched_ids(directory.index)) == sorted(f"p{n}" for n in range(9))
    said = [record.message for record in caplog.records]
    assert said == ["the search index has 4 pages of 9: it is rebuilt"]
    await directory.close()
