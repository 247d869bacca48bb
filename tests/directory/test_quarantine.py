"""Withdrawing a page or a link, its return, and an editor's word that a page is right."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from directory.changes import page_change
from directory.editing import quarantine
from directory.model import (
    Action,
    Link,
    Origin,
    Page,
    PageLink,
    Status,
    carried_over,
)
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.undo import undo

pytestmark = pytest.mark.both

VK = Link("vk", "name", "made_up_school")
OK = Link("ok", "group", "1")
SITE = Link("site", "https", "school.example.ru")
SCHOOL = Page(
    "school",
    "Школа № 5",
    status=Status.CLOSED,
    links=(
        PageLink("vk", VK),
        PageLink("ok", OK, hidden="взломана"),
        PageLink("site", SITE),
        PageLink("feedback", VK),
    ),
)
TODAY = date(2026, 11, 22)
EDITOR = 7


@pytest.fixture
async def school(db: Database) -> Database:
    """A directory of one page."""
    async with db.write() as connection:
        change = page_change(None, SCHOOL)
        await revisions.apply(connection, [change], Origin(Action.IMPORT))
    return db


async def _page(db: Database) -> Page:
    async with db.read() as connection:
        (page,) = await records.read_pages(connection, ["school"])
    return page


async def test_a_hidden_page_shows_nothing_and_says_why(school: Database) -> None:
    async with school.write() as connection:
        assert await quarantine.hide(connection, "school", " взло\u200bмана ", EDITOR) == 2
    page = await _page(school)
    assert (page.status, page.hidden, page.shown_links) == (Status.HIDDEN, "взломана", ())
    async with school.read() as connection:
        revision = await revisions.get(connection, 2)
    assert revision is not None
    assert revision.origin == Origin(Action.HIDE, EDITOR, note="взломана")


async def test_a_page_returns_to_what_it_was(school: Database) -> None:
    async with school.write() as connection:
        await quarantine.hide(connection, "school", "двойник", EDITOR)
        await quarantine.hide(connection, "school", "двойник", EDITOR, SITE)
        await quarantine.restore(connection, "school", EDITOR, SITE)
        assert await quarantine.restore(connection, "school", EDITOR) == 5
    assert await _page(school) == SCHOOL


@pytest.mark.parametrize("thinned", [False, True])
async def test_what_was_hidden_when_it_was_taken_out_returns_hidden_and_then_as_it_was(
    school: Database, thinned: bool
) -> None:
    async with school.write() as connection:
        await quarantine.hide(connection, "school", "взломана", EDITOR)
        await quarantine.remove(connection, "school", "внесена по ошибке", EDITOR)
        if thinned:
            await revisions.thin(connection, datetime.now(UTC))
        await quarantine.restore(connection, "school", EDITOR)
    page = await _page(school)
    assert (page.status, page.hidden, page.shown_links) == (Status.HIDDEN, "взломана", ())
    async with school.write() as connection:
        await quarantine.restore(connection, "school", EDITOR)
    assert await _page(school) == SCHOOL


async def test_one_account_is_hidden_in_every_slot_and_others_stay(school: Database) -> None:
    async with school.write() as connection:
        await quarantine.hide(connection, "school", "чужая", EDITOR, VK)
    page = await _page(school)
    assert [x.link for x in page.shown_links] == [SITE]
    assert [x.hidden for x in page.links] == ["чужая", "взломана", "", "чужая"]


async def test_what_is_done_is_not_done_twice(school: Database) -> None:
    async with school.write() as connection:
        assert await quarantine.restore(connection, "school", EDITOR) is None
        assert await quarantine.restore(connection, "school", EDITOR, VK) is None
        assert await quarantine.hide(connection, "school", "другая причина", EDITOR, OK) is None
        assert await quarantine.hide(connection, "school", "двойник", EDITOR) == 2
        assert await quarantine.hide(connection, "school", "двойник", EDITOR) is None
        assert await quarantine.confirm(connection, "school", TODAY, EDITOR) is None
        assert await revisions.current(connection) == 2


async def test_what_is_not_there_cannot_be_hidden(school: Database) -> None:
    async with school.write() as connection:
        for page, link in (("nobody", None), ("school", Link("vk", "name", "other"))):
            with pytest.raises(KeyError):
                await quarantine.hide(connection, page, "двойник", EDITOR, link)
        with pytest.raises(ValueError, match="reason"):
            await quarantine.hide(connection, "school", " \u200b ", EDITOR)


async def test_an_editor_confirms_the_page_and_its_shown_links(school: Database) -> None:
    async with school.write() as connection:
        assert await quarantine.confirm(connection, "school", TODAY, EDITOR) == 2
        assert await quarantine.confirm(connection, "school", TODAY, EDITOR) is None
    page = await _page(school)
    assert page.checked_at == TODAY
    assert [x.confirmed for x in page.links] == [TODAY, None, TODAY, TODAY]


async def test_undo_of_hiding_is_a_return(school: Database) -> None:
    async with school.write() as connection:
        number = await quarantine.hide(connection, "school", "двойник", EDITOR)
        assert number is not None
        await undo(connection, number, Origin(Action.UNDO, undoes=number))
    assert await _page(school) == SCHOOL


def test_a_link_that_stays_keeps_what_was_known_of_it() -> None:
    known = PageLink("vk", VK, hidden="взломана", on_site=TODAY, confirmed=TODAY)
    other = Link("vk", "name", "other")
    assert carried_over([known], [("vk", other), ("vk", VK), ("feedback", VK)]) == (
        PageLink("vk", other),
        known,
        PageLink("feedback", VK),
    )
