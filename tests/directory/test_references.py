"""Founders and successors that go round in a circle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.changes import page_record
from directory.editing import edit
from directory.imports.merge import Mode
from directory.model import Action, Change, Origin, Page
from directory.references import around, circles
from directory.rights import Rights, Role
from directory.store import revisions
from directory.store.database import Database
from tests.directory.importing import planned, state, whys

ids = st.sampled_from("abcdefgh")


@given(st.dictionaries(ids, ids | st.just("")))
def test_a_page_is_in_a_circle_when_its_references_lead_back_to_it(refers: dict[str, str]) -> None:
    found = circles(refers)
    for start in refers:
        at, steps = refers[start], 1
        while at and at != start and steps <= len(refers):
            at, steps = refers.get(at, ""), steps + 1
        assert (start in found) == (at == start)
        if start in found:
            assert len(found[start]) == steps


def test_a_very_long_chain_is_followed_quickly() -> None:
    chain = {str(n): str(n + 1) for n in range(200_000)}
    assert circles(chain) == {}
    chain["200000"] = "0"
    found = circles(chain)
    assert len(found) == 200_001
    assert around(found["7"], "7").startswith("7 → 8 → 9 → 10 → 11 → 12 → … → 7")


@pytest.mark.parametrize(
    ("column", "header"), [("parent", "Учредитель"), ("successor", "Преемник")]
)
@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
def test_rows_that_close_a_circle_are_refused_with_their_rows(
    column: str, header: str, mode: Mode
) -> None:
    text = f"Код;Название;{header}\na;А;b\nb;Б;c\nc;В;a\nd;Г;a\ne;Д;\n"
    plan = planned(text, mode=mode)
    rows = {problem.row: problem for problem in plan.refused if "круг" in problem.why}
    assert sorted(rows) == [2, 3, 4]
    assert {problem.column for problem in rows.values()} == {column}
    assert "круг: b → c → a → b" in rows[3].why
    assert "e" in [page.after.id for page in plan.pages]


def test_a_row_that_closes_a_circle_with_what_is_there_is_refused_alone() -> None:
    before = state(Page("a", "А", parent="b"), Page("b", "Б", parent="c"), Page("c", "В"))
    plan = planned("Код;Название;Учредитель\na;А;b\nb;Б;c\nc;В;a\n", before)
    (why,) = whys(plan)
    assert why.startswith("Строка 4")
    assert "круг: c → a → b → c" in why


def test_a_circle_opened_in_the_same_file_is_none() -> None:
    before = state(Page("a", "А", parent="b"), Page("b", "Б"))
    plan = planned("Код;Название;Учредитель\na;А;\nb;Б;a\n", before, mode=Mode.REPLACE)
    assert not [why for why in whys(plan) if "круг" in why]


def test_an_old_circle_stops_no_other_change() -> None:
    before = state(Page("a", "А", parent="b"), Page("b", "Б", parent="a"))
    plan = planned("Код;Название;Учредитель;Телефон\na;А;b;5-55\nb;Б;a;6-66\n", before)
    assert whys(plan) == []
    assert len(plan.pages) == 2


@pytest.mark.parametrize("column", ["parent", "successor"])
async def test_an_edit_that_closes_a_circle_is_refused(db: Database, column: str) -> None:
    pages = [Page("a", "А"), Page("b", "Б"), Page("c", "В")]
    made = [page_record(page) for page in pages]
    made[0][column], made[1][column] = "b", "c"
    async with db.write() as connection:
        changes = [Change("page", record["id"], None, record) for record in made]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
        owner, day = Rights(Role.OWNER), date(2026, 11, 26)
        closing = await edit.propose(connection, owner, "c", {column: "a"}, day)
        fine = await edit.propose(connection, owner, "a", {column: "c"}, day)
    assert closing is not None
    assert "круг: c → a → b → c" in closing.wrong(column)
    assert fine is not None
    assert fine.refused == ()
