"""Rights: what is within an editor's scope, and what no editor of a part may do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.changes import new_category, page_record, territory_record
from directory.model import SETTLEMENT, Change, Page, Territory
from directory.rights import Rights, Role, Scope, Scopes
from directory.territories import Territories

REGION = Territory(1, "Выдуманная область")
NORTH = Territory(2, "Северный муниципальный округ", 1)
SOUTH = Territory(3, "Южный муниципальный округ", 1)
VILLAGE = Territory(4, "с. Верхнее", 2, kind=SETTLEMENT)
TREE = Territories([REGION, NORTH, SOUTH, VILLAGE])

OWNER = Rights(Role.OWNER)
CITIZEN = Rights()
OF_ALL = Rights(Role.EDITOR)
OF_NORTH = Rights(Role.EDITOR, Scopes((Scope(territory=2),)))
OF_SCHOOLS = Rights(Role.EDITOR, Scopes((Scope(category="Образование"),)))

SCHOOL = Page("school", "Школа", category="Образование", territory=4)
CLINIC = Page("clinic", "Больница", category="Здравоохранение", territory=2)
FAR_SCHOOL = replace(SCHOOL, id="far", title="Дальняя школа", territory=3)
NATIONAL = Page("country", "Портал", category="Образование")


def change(before: Page | None, after: Page | None) -> Change:
    page = after or before
    assert page is not None
    return Change(
        "page",
        page.id,
        page_record(before) if before else None,
        page_record(after) if after else None,
    )


def of_territory(before: Territory | None, after: Territory | None) -> Change:
    territory = after or before
    assert territory is not None
    return Change(
        "territory",
        str(territory.id),
        territory_record(before) if before else None,
        territory_record(after) if after else None,
    )


@pytest.mark.parametrize(
    ("rights", "within", "outside"),
    [
        (OWNER, [SCHOOL, CLINIC, FAR_SCHOOL, NATIONAL], []),
        (OF_ALL, [SCHOOL, CLINIC, FAR_SCHOOL, NATIONAL], []),
        (OF_NORTH, [SCHOOL, CLINIC], [FAR_SCHOOL, NATIONAL]),
        (OF_SCHOOLS, [SCHOOL, FAR_SCHOOL, NATIONAL], [CLINIC]),
        (CITIZEN, [], [SCHOOL, CLINIC, FAR_SCHOOL, NATIONAL]),
    ],
)
def test_a_page_is_changed_made_and_removed_by_those_whose_it_is(
    rights: Rights, within: list[Page], outside: list[Page]
) -> None:
    for page in (*within, *outside):
        renamed = replace(page, title="Иначе")
        allowed = page in within
        assert rights.may(page, TREE) is allowed
        for made in (change(None, page), change(page, renamed), change(page, None)):
            assert (rights.refusal(made, TREE) == "") is allowed


def test_a_page_moves_only_between_places_that_are_both_within_the_rights() -> None:
    away = change(SCHOOL, replace(SCHOOL, territory=3))
    taken = change(FAR_SCHOOL, replace(FAR_SCHOOL, territory=4))
    within = change(SCHOOL, replace(SCHOOL, territory=2))
    relabelled = change(SCHOOL, replace(SCHOOL, category="Культура"))
    assert OF_NORTH.refusal(away, TREE) == (
        "страница «Школа» окажется вне ваших прав; вам поручено: "
        "территория «Северный муниципальный округ, Выдуманная область»"
    )
    assert OF_NORTH.refusal(taken, TREE).startswith("страница «Дальняя школа» вне ваших прав")
    assert OF_NORTH.refusal(within, TREE) == ""
    assert OF_NORTH.refusal(relabelled, TREE) == ""
    assert OF_SCHOOLS.refusal(away, TREE) == ""
    assert "окажется вне ваших прав; вам поручено: сфера «Образование»" in OF_SCHOOLS.refusal(
        relabelled, TREE
    )


def test_a_new_category_is_not_for_the_editor_of_a_part() -> None:
    made = Change("category", "Образованее", None, {"name": "Образованее"})
    assert OWNER.refusal(made, TREE) == OF_ALL.refusal(made, TREE) == ""
    for rights in (OF_NORTH, OF_SCHOOLS, CITIZEN):
        assert rights.refusal(made, TREE)


def test_territories_are_made_below_ones_own_and_never_above_or_beside() -> None:
    hamlet = Territory(5, "д. Нижнее", 2, kind=SETTLEMENT)
    foreign = replace(hamlet, parent=3)
    okrug = Territory(6, "Новый муниципальный округ", 1)
    grabbed = of_territory(SOUTH, replace(SOUTH, parent=2))
    assert OF_NORTH.refusal(of_territory(None, hamlet), TREE) == ""
    assert OF_NORTH.refusal(of_territory(VILLAGE, replace(VILLAGE, name="с. Иное")), TREE) == ""
    for made in (
        of_territory(None, foreign),
        of_territory(None, okrug),
        of_territory(NORTH, replace(NORTH, name="Мой округ")),
        grabbed,
    ):
        assert OF_NORTH.refusal(made, TREE)
        assert OF_ALL.refusal(made, TREE) == ""
    assert OF_SCHOOLS.refusal(of_territory(None, foreign), TREE) == ""
    assert OF_SCHOOLS.refusal(of_territory(None, okrug), TREE)
    assert OF_SCHOOLS.refusal(of_territory(VILLAGE, replace(VILLAGE, name="с. Иное")), TREE)


def test_changes_together_know_the_places_that_they_create() -> None:
    hamlet = Territory(5, "д. Нижнее", 2, kind=SETTLEMENT)
    together = [of_territory(None, hamlet), change(None, replace(SCHOOL, territory=5))]
    assert OF_NORTH.refusals(together, TREE) == []
    assert (
        OF_NORTH.refusals(
            [replace(c, before=c.after, after=c.before) for c in together],
            Territories([*TREE, hamlet]),
        )
        == []
    )


def test_each_reason_is_said_once() -> None:
    made = [change(None, FAR_SCHOOL), change(FAR_SCHOOL, None), change(None, SCHOOL)]
    assert OF_NORTH.refusals(made, TREE) == [
        "страница «Дальняя школа» вне ваших прав; вам поручено: "
        "территория «Северный муниципальный округ, Выдуманная область»"
    ]
    assert CITIZEN.refusals(made, TREE) == ["у вас нет права изменять справочник"]


def test_a_refusal_says_what_is_refused_and_what_is_entrusted() -> None:
    north = "; вам поручено: территория «Северный муниципальный округ, Выдуманная область»"
    schools = "; вам поручено: сфера «Образование»"
    added = new_category("Спорт")
    assert OF_SCHOOLS.refusal(added, TREE) == (
        f"сферы «Спорт» в справочнике нет, новую добавляет владелец{schools}"
    )
    village = of_territory(None, replace(VILLAGE, id=9, name="с. Нижнее", parent=3))
    assert OF_NORTH.refusal(village, TREE) == f"территория «с. Нижнее» вне ваших прав{north}"
    moved = change(SCHOOL, replace(SCHOOL, territory=3))
    assert OF_NORTH.refusal(moved, TREE) == f"страница «Школа» окажется вне ваших прав{north}"
    assert OF_NORTH.refusal(change(None, FAR_SCHOOL), TREE) == (
        f"страница «Дальняя школа» вне ваших прав{north}"
    )
    assert CITIZEN.refusal(moved, TREE) == "у вас нет права изменять справочник"
    assert OWNER.scope.words(TREE) == "весь справочник"


def test_what_is_entrusted_is_named_part_by_part() -> None:
    parts = Scopes((Scope(2, "Образование"), Scope(territory=9), Scope(category="Культура")))
    assert parts.words(TREE) == (
        "сфера «Образование», территория «Северный муниципальный округ, Выдуманная область»;"
        " территория «№ 9»; сфера «Культура»"
    )
