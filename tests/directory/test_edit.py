"""Edits of one page: read by the rules of an import, previewed, bounded by rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directory.changes import page_change, page_record, territory_change
from directory.editing import edit
from directory.editing.edit import Proposal, Step
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
from directory.rights import Rights, Role, Scope, Scopes
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.undo import undo
from directory.territories import Territories

REGION = Territory(1, "Выдуманная область")
NORTH = Territory(2, "Северный муниципальный округ", 1, former_names=("Северный район",))
SOUTH = Territory(3, "Южный муниципальный округ", 1)
VILLAGE = Territory(4, "с. Верхнее", 2, kind=SETTLEMENT)
TREE = (REGION, NORTH, SOUTH, VILLAGE)
SCHOOL = Page(
    "school",
    "Школа № 5",
    category="Образование",
    level=Level.MUNICIPAL,
    territory=4,
    phone="8 (000) 000-00-00",
    links=(
        PageLink("vk", Link("vk", "name", "made_up_school"), hidden="взломана"),
        PageLink("site", Link("site", "https", "school.example.ru"), confirmed=date(2026, 11, 1)),
    ),
    official_mark=True,
)
BOARD = Page("board", "Управление образования", category="Образование", territory=3)
TODAY = date(2026, 11, 22)
OWNER = Rights(Role.OWNER)
OF_NORTH = Rights(Role.EDITOR, Scopes((Scope(territory=2),)))


@pytest.fixture
async def filled(db: Database) -> Database:
    made = [
        Change("category", "Образование", None, {"name": "Образование"}),
        *(territory_change(None, t) for t in TREE),
        *(page_change(None, p) for p in (SCHOOL, BOARD)),
    ]
    async with db.write() as connection:
        await revisions.apply(connection, made, Origin(Action.IMPORT))
    return db


async def propose(
    db: Database, cells: dict[str, str], page: str | None = "school", rights: Rights = OWNER
) -> Proposal:
    async with db.read() as connection:
        proposed = await edit.propose(connection, rights, page, cells, TODAY)
    assert proposed is not None
    return proposed


@pytest.mark.parametrize(
    ("column", "text", "before", "after"),
    [
        ("title", "  Школа №\u00a06 ", "Школа № 5", "Школа № 6"),
        ("phone", "8 (000) 111-11-11", "8 (000) 000-00-00", "8 (000) 111-11-11"),
        ("phone", "—", "8 (000) 000-00-00", ""),
        ("level", "Региональный", "муниципальный", "региональный"),
        ("level", "очистить", "муниципальный", ""),
        ("official_mark", "—", "да", "нет"),
        ("official_mark", "Очистить", "да", ""),
        ("subscribers", "12 345", "", "12345"),
        ("aliases", "пятая|5-я школа", "", "пятая | 5-я школа"),
        ("checked_at", "2026-11-01", "", "01.11.2026"),
        ("lat", "55.5", "", "55,5"),
        ("parent", "board", "", "Управление образования (board)"),
        ("status", "закрыта", "действует", "закрыта"),
        ("settlement", "—", "с. Верхнее", ""),
        ("telegram", "@made_up_school", "", "https://t.me/made_up_school"),
    ],
)
async def test_a_cell_is_read_and_shown_as_a_file_has_it(
    filled: Database, column: str, text: str, before: str, after: str
) -> None:
    proposed = await propose(filled, {column: text})
    assert proposed.steps == (Step(column, before, after),)
    assert proposed.refused == ()
    assert [change.key for change in proposed.changes] == ["school"]


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("title", "—", "без названия"),
        ("level", "пятый", "нет такого уровня"),
        ("vk", "https://t.me/made_up_school", ""),
        ("vk", "vк.com/school", ""),
        ("parent", "school", "на саму себя"),
        ("parent", "nowhere", "страницы с кодом «nowhere» в справочнике нет"),
        ("checked_at", "31.02.2026", "такого дня нет"),
    ],
)
async def test_what_an_import_refuses_is_refused(
    filled: Database, column: str, text: str, why: str
) -> None:
    proposed = await propose(filled, {column: text})
    assert why in proposed.wrong(column) != ""
    assert proposed.wrong("person") == ""


async def test_what_changes_nothing_makes_no_change(filled: Database) -> None:
    same = {"title": "Школа № 5", "territory": "северный р-н", "category": "ОБРАЗОВАНИЕ"}
    proposed = await propose(filled, same)
    assert not proposed.steps
    assert not proposed.changes
    assert not proposed.refused
    assert await propose(filled, {}) == proposed


async def test_a_link_that_stays_keeps_what_is_known_of_it(filled: Database) -> None:
    cells = {"vk": "https://vk.com/club77", "site": "two.example.ru https://school.example.ru/"}
    proposed = await propose(filled, cells)
    assert proposed.after.links == (
        PageLink("vk", Link("vk", "club", "club77")),
        SCHOOL.links[0],
        PageLink("site", Link("site", "https", "two.example.ru")),
        SCHOOL.links[1],
    )


async def test_oddities_are_told_and_do_not_stop(filled: Database) -> None:
    cells = {
        "category": "Спорт",
        "territory": "Севернй муниципальный округ",
        "site": "https://new.example.ru/",
    }
    proposed = await propose(filled, cells)
    assert proposed.refused == ()
    assert [c.entity for c in proposed.changes] == ["category", "territory", "page"]
    category, okrug, site = proposed.warnings
    assert "сферы «Спорт» в справочнике ещё нет" in category
    assert "похожа на «Северный муниципальный округ»" in okrug
    assert "новый адрес сайта, проверьте его: new.example.ru" in site
    taken = await propose(filled, {"site": "school.example.ru"}, page="board")
    assert taken.warnings == ("ссылка school.example.ru уже стоит у страницы «Школа № 5»",)


async def test_what_is_hidden_comes_back_only_with_a_restoration(filled: Database) -> None:
    hidden = replace(BOARD, status=Status.HIDDEN, hidden="взломана")
    async with filled.write() as connection:
        made = [Change("page", "board", page_record(BOARD), page_record(hidden))]
        await revisions.apply(connection, made, Origin(Action.HIDE))
    page = await propose(filled, {"status": "действует"}, page="board")
    link = await propose(filled, {"vk": "vk.com/made_up_school"})
    assert not page.changes
    assert not link.changes
    assert "остаётся скрытой" in page.warnings[0]
    assert "ссылка скрыта (взломана)" in link.warnings[0]


async def test_a_link_that_was_withdrawn_elsewhere_is_warned_of(filled: Database) -> None:
    link = await propose(filled, {"vk": "vk.com/made_up_school"}, page="board")
    assert link.changes
    assert "скрыта у страницы «Школа № 5» (взломана): проверьте" in link.warnings[0]


async def test_an_editor_of_a_part_edits_that_part_alone(filled: Database) -> None:
    assert (await propose(filled, {"phone": "1"}, rights=OF_NORTH)).refused == ()
    for page, cells in (
        ("board", {"phone": "1"}),
        ("school", {"territory": "Южный муниципальный округ", "settlement": "—"}),
        ("school", {"category": "Спорт"}),
        (None, {"title": "Новая", "region": REGION.name, "territory": SOUTH.name}),
    ):
        proposed = await propose(filled, cells, page, OF_NORTH)
        assert [refused.column for refused in proposed.refused] == [""]
        assert "вам поручено: территория «Северный" in proposed.refused[0].text


async def test_a_new_page_begins_within_its_editors_rights(filled: Database) -> None:
    tree = Territories(TREE)
    cells = edit.cells_of(OF_NORTH.scope, tree)
    assert cells == {"region": REGION.name, "territory": NORTH.name}
    assert edit.cells_of(Scopes((Scope(category="Образование"),)), tree) == {
        "category": "Образование"
    }
    proposed = await propose(filled, cells | {"title": "Школа № 5"}, None, OF_NORTH)
    assert proposed.refused == ()
    assert proposed.before is None
    assert (proposed.after.id, proposed.after.territory) == ("shkola-5", 2)
    nameless = await propose(filled, cells, None, OF_NORTH)
    assert nameless.refused[0].text == "«Название»: страницы без названия не бывает"


async def test_the_changes_are_a_revision_that_can_be_undone(filled: Database) -> None:
    proposed = await propose(filled, {"territory": "Новый округ", "settlement": "—"})
    async with filled.write() as connection:
        number = await revisions.apply(
            connection, proposed.changes, Origin(Action.EDIT), base=proposed.revision
        )
        assert await records.read_pages(connection, ["school"]) == [proposed.after]
        await undo(connection, number, Origin(Action.UNDO, undoes=number))
        assert await records.read_pages(connection, ["school"]) == [SCHOOL]
        assert len(await records.read_territories(connection)) == len(TREE)


async def test_there_is_nothing_to_propose_for_a_page_that_is_gone(filled: Database) -> None:
    async with filled.read() as connection:
        assert await edit.propose(connection, OWNER, "nowhere", {"title": "Имя"}, TODAY) is None
