"""Editors and the audit log in the database."""

from __future__ import annotations

from datetime import date

import pytest

from directory.changes import territory_record
from directory.model import Action, Change, Origin, Territory
from directory.rights import Role, Scope
from directory.store import audit, revisions, staff
from directory.store.audit import Act, Detail
from directory.store.database import Database
from directory.store.undo import undo
from directory.territories import Territories

pytestmark = pytest.mark.both

OWNER, ANNA, BORIS = 1, 11, 12
NORTH = Territory(2, "Северный муниципальный округ")
TREE = Territories([NORTH])
MADE = (
    Change("territory", "2", None, territory_record(NORTH)),
    Change("category", "Образование", None, {"name": "Образование"}),
)


@pytest.fixture
async def filled(db: Database) -> Database:
    async with db.write() as connection:
        await revisions.apply(connection, MADE, Origin(Action.IMPORT, OWNER, "список.csv"))
        for person, scope in ((ANNA, Scope(territory=2)), (BORIS, Scope(category="Образование"))):
            await staff.appoint(connection, person, scope, by=OWNER)
    return db


async def test_an_editor_has_several_parts_or_the_whole_directory(filled: Database) -> None:
    north, schools = Scope(territory=2), Scope(category="Образование")
    both = Scope(2, "Образование")
    async with filled.write() as connection:
        for scope in (schools, both, schools):
            await staff.appoint(connection, ANNA, scope, by=OWNER)
        anna = await staff.get(connection, ANNA)
        assert anna is not None
        assert anna.scope.each == (north, schools, both)
        assert await staff.withdraw(connection, ANNA, both, by=OWNER)
        assert not await staff.withdraw(connection, ANNA, both, by=OWNER)
        await staff.appoint(connection, ANNA, Scope(), by=OWNER)
    async with filled.read() as connection:
        anna = await staff.get(connection, ANNA)
        assert anna is not None
        assert anna.scope.each == (Scope(),)
        assert anna.appointed_by == OWNER
        assert anna.at.tzinfo is not None
        assert [e.person for e in await staff.everyone(connection)] == [ANNA, BORIS]
        assert await staff.get(connection, 999) is None


async def test_a_dismissed_editor_is_none_and_a_second_dismissal_does_nothing(
    filled: Database,
) -> None:
    async with filled.write() as connection:
        assert await staff.dismiss(connection, ANNA, by=OWNER)
        assert not await staff.dismiss(connection, ANNA, by=OWNER)
        assert await staff.get(connection, ANNA) is None
        log = await audit.entries(connection)
    assert [e.act for e in log].count(Act.DISMISS) == 1


async def test_rights_end_with_what_they_were_given_for(filled: Database) -> None:
    async with filled.write() as connection:
        await undo(connection, 1, Origin(Action.UNDO, OWNER, undoes=1))
    async with filled.read() as connection:
        members = await staff.everyone(connection)
    assert [m.rights(date(2026, 1, 1)).role for m in members] == [Role.CITIZEN, Role.CITIZEN]


async def test_the_log_is_revisions_and_other_acts_the_newest_first(filled: Database) -> None:
    async with filled.write() as connection:
        await audit.record(connection, ANNA, Act.EXPORT, detail=Detail.XLSX)
        await undo(connection, 1, Origin(Action.UNDO, OWNER, undoes=1))
    async with filled.read() as connection:
        log = await audit.entries(connection)
        assert await audit.count(connection) == len(log) == 5
        assert await audit.entries(connection, limit=2, offset=1) == log[1:3]
    assert [(e.actor, e.act, e.subject, e.detail) for e in log] == [
        (OWNER, Action.UNDO, "2", "1"),
        (ANNA, Act.EXPORT, "", Detail.XLSX),
        (OWNER, Act.APPOINT, "12", Scope(category="Образование")),
        (OWNER, Act.APPOINT, "11", Scope(territory=2)),
        (OWNER, Action.IMPORT, "1", "список.csv"),
    ]
    assert all(e.at.tzinfo is not None for e in log)
