"""What revisions tell of pages: which changed one, what one changed, and what thinning leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.changes import page_change
from directory.model import Action, Change, Origin, Page, Revision, Status
from directory.store import change_log, revisions
from directory.store.database import Database

BOTH = Page("both", "Музей", phone="1")
ONE = Page("one", "Библиотека")


async def made(db: Database, *changes: Change, file: str = "") -> Revision:
    """Apply the changes as one revision."""
    async with db.write() as connection:
        number = await revisions.apply(connection, changes, Origin(Action.IMPORT, 7, file))
        assert number is not None
        known = await revisions.get(connection, number)
    assert known is not None
    return known


@pytest.fixture
async def three(db: Database) -> list[Revision]:
    """Two pages made, one changed, the other removed."""
    return [
        await made(db, page_change(None, BOTH), page_change(None, ONE), file="a.csv"),
        await made(db, page_change(BOTH, replace(BOTH, phone="2")), file="b.csv"),
        await made(
            db,
            page_change(replace(BOTH, phone="2"), None),
            page_change(ONE, replace(ONE, phone="3")),
        ),
    ]


async def test_the_changes_of_a_page_newest_first(db: Database, three: list[Revision]) -> None:
    async with db.read() as connection:
        found = await change_log.of_page(connection, "both", limit=10)
        second = await change_log.of_page(connection, "both", limit=1, offset=1)
        counts = [await change_log.count_of_page(connection, key) for key in ("both", "one", "no")]
    assert [(each.kind, each.revision) for each in found] == [
        ("removed", three[2].id), ("changed", three[1].id), ("created", three[0].id),
    ]  # fmt: skip
    assert (found[1].before, found[1].after) == ({"phone": "1"}, {"phone": "2"})
    assert found[0].before["title"] == "Музей"
    assert found[0].after == {}
    assert found[2].before == {}
    assert found[2].after["phone"] == "1"
    assert second == found[1:2]
    assert counts == [3, 2, 0]


async def test_the_records_of_a_revision(db: Database, three: list[Revision]) -> None:
    async with db.read() as connection:
        done = [await change_log.of_revision(connection, each.id, limit=5) for each in three]
        fewer = await change_log.of_revision(connection, three[0].id, limit=1, offset=1)
        assert await change_log.count_of_revision(connection, three[0].id) == 2
        only = await change_log.only_pages(connection, three)
    assert [[(each.kind, each.key, each.title) for each in some] for some in done] == [
        [("created", "both", "Музей"), ("created", "one", "Библиотека")],
        [("changed", "both", "both")],  # its title is nowhere any more
        [("removed", "both", "Музей"), ("changed", "one", "Библиотека")],
    ]
    assert fewer == done[0][1:]
    assert only == {three[1].id: ("both", "both")}


async def test_revisions_carry_who_when_and_from_what(db: Database, three: list[Revision]) -> None:
    async with db.write() as connection:
        number = await revisions.apply(
            connection, [page_change(replace(ONE, phone="3"), ONE)],
            Origin(Action.UNDO, 8, undoes=three[2].id),
        )  # fmt: skip
    async with db.read() as connection:
        last, *rest = await revisions.history(connection, limit=2)
        earlier = await revisions.history(connection, limit=5, offset=2)
        stamp = await revisions.stamp(connection, three[0].id)
        assert await revisions.get(connection, 99) is None
        passed_over = await revisions.stamp(connection, 99)
    assert number == last.id
    assert (last.origin.actor, last.origin.undoes) == (8, three[2].id)
    assert [each.id for each in rest] == [three[2].id]
    assert rest[0].undone_by == last.id
    assert earlier == three[1::-1]
    assert [each.origin.file for each in earlier] == ["b.csv", "a.csv"]
    assert abs(datetime.now(UTC) - last.at) < timedelta(minutes=1)
    assert last.at.utcoffset() == timedelta(0)
    assert stamp == f"{three[0].id} {three[0].at.isoformat()}"
    assert passed_over == f"99 {last.at.isoformat()}"


async def test_thinning_forgets_what_and_keeps_that(db: Database, three: list[Revision]) -> None:
    hidden = replace(ONE, phone="3", status=Status.HIDDEN, hidden="взломана")
    async with db.write() as connection:
        assert await revisions.thin(connection, three[0].at) == 0
    await made(db, page_change(None, BOTH))
    await made(db, page_change(replace(ONE, phone="3"), hidden))
    async with db.write() as connection:
        until = datetime.now(UTC) + timedelta(seconds=1)
        assert await revisions.thin(connection, until) == 4  # all of «both», none of the hidden one
        assert await revisions.thin(connection, until) == 0
        found = await change_log.of_page(connection, "both", limit=10)
        kept = await change_log.of_page(connection, "one", limit=10)
    assert [each.kind for each in found] == ["created", "removed", "changed", "created"]
    assert not any(each.before or each.after for each in found)
    assert [each.revision for each in found[1:]] == [each.id for each in three[::-1]]
    assert [each.after.get("phone") for each in kept] == [None, "3", None]
    assert kept[0].after["hidden"] == "взломана"
