"""No file brings back what was withdrawn, and none takes away what is known of a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directory.changes import page_change
from directory.directory import Directory
from directory.editing import quarantine
from directory.export import export
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.model import Action, Link, Origin, Page, PageLink, Status
from directory.store import revisions
from directory.store.database import Database

VK = Link("vk", "name", "made_up_school")
OK = Link("ok", "group", "group/70000001234567")
DAY = date(2026, 11, 1)
SCHOOL = Page(
    "school",
    "Выдуманная школа № 5",
    links=(PageLink("vk", VK, on_site=DAY, confirmed=DAY), PageLink("ok", OK, confirmed=DAY)),
    checked_at=DAY,
)


@pytest.fixture
async def directory(db: Database) -> Directory:
    """A directory of one page."""
    opened = Directory(db)
    async with opened.db.write() as connection:
        change = page_change(None, SCHOOL)
        await revisions.apply(connection, [change], Origin(Action.IMPORT))
    await opened.refresh()
    return opened


async def _hide(directory: Directory, link: Link | None = None) -> None:
    async with directory.db.write() as connection:
        await quarantine.hide(connection, SCHOOL.id, "взломана", 7, link)
    await directory.refresh()


async def _import(directory: Directory, data: bytes, mode: Mode = Mode.UPDATE) -> list[str]:
    """Import a file; return what was warned of."""
    found = await plan(directory.db, data, "список.csv", mode=mode)
    assert not found.refused
    await apply(directory.db, found, Origin(Action.IMPORT))
    await directory.refresh()
    return [problem.why for problem in found.warnings]


@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
async def test_an_older_file_brings_no_hidden_page_back(directory: Directory, mode: Mode) -> None:
    older = await export(directory, "csv")
    await _hide(directory)
    (why,) = await _import(directory, older, mode)
    assert "скрыта (взломана)" in why
    page = await directory.page(SCHOOL.id)
    assert page == replace(SCHOOL, status=Status.HIDDEN, hidden="взломана")


@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
async def test_an_older_file_brings_no_hidden_link_back(directory: Directory, mode: Mode) -> None:
    older = await export(directory, "csv")
    await _hide(directory, VK)
    (why,) = await _import(directory, older, mode)
    assert "скрыта (взломана)" in why
    page = await directory.page(SCHOOL.id)
    assert page is not None
    hidden = replace(SCHOOL.links[0], hidden="взломана")
    assert set(page.links) == {hidden, SCHOOL.links[1]}


@pytest.mark.parametrize("link", [None, VK])
async def test_what_was_withdrawn_does_not_come_back_on_another_page(
    directory: Directory, link: Link | None
) -> None:
    await _import(directory, "Код;Название\nlibrary;Выдуманная библиотека\n".encode())
    await _hide(directory, link)
    file = "Код;Название;ВКонтакте\nlibrary;Выдуманная библиотека;vk.com/made_up_school\n"
    warnings = await _import(directory, file.encode())
    assert any("взломана" in why for why in warnings)
    page = await directory.page("library")
    assert page is not None
    assert page.links == ()


async def test_an_import_keeps_what_is_known_of_a_link_that_stays(directory: Directory) -> None:
    same = await export(directory, "csv")
    assert (await plan(directory.db, same, "список.csv")).is_empty
    file = (
        "Код;Название;ВКонтакте;Одноклассники\n"
        "school;Выдуманная школа № 5;vk.com/made_up_school;ok.ru/group/70000007654321\n"
    )
    assert await _import(directory, file.encode()) == []
    page = await directory.page(SCHOOL.id)
    assert page is not None
    vk, ok = page.links
    assert vk == SCHOOL.links[0]
    assert ok == PageLink("ok", replace(OK, account="group/70000007654321"))


async def test_an_unchanged_export_of_hidden_things_changes_nothing(directory: Directory) -> None:
    await _hide(directory, OK)
    await _hide(directory)
    assert (await plan(directory.db, await export(directory, "xlsx"), "список.xlsx")).is_empty


async def test_a_withdrawn_site_does_not_come_back_written_otherwise(
    directory: Directory,
) -> None:
    site = "Код;Название;Сайт\nschool;Выдуманная школа № 5;{}\n"
    await _import(directory, site.format("https://school.ru/dir").encode())
    page = await directory.page(SCHOOL.id)
    assert page is not None
    await _hide(directory, page.links[-1].link)
    for written in ("http://school.ru/dir", "https://www.school.ru/dir/"):
        (why,) = await _import(directory, site.format(written).encode())
        assert "скрыта (взломана)" in why
        page = await directory.page(SCHOOL.id)
        assert page is not None
        assert "site" not in [x.slot for x in page.shown_links]
