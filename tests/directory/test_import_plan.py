"""Plans: which page a row means, what becomes of it, of its place, and of what the file lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.imports.merge import Mode
from directory.imports.outcome import FEW_RETIRED
from directory.imports.plan import PlanOfFile, silent
from directory.imports.read import read
from directory.imports.read.book import SkipReason
from directory.imports.terms import Terms
from directory.model import SETTLEMENT, Link, Page, PageLink, Status, Territory
from directory.rights import Rights, Role, Scope, Scopes
from tests.directory.importing import (
    DISTRICT,
    OTHER,
    REGION,
    after,
    counts,
    page,
    planned,
    state,
    whys,
)

pytestmark = pytest.mark.both

VK = PageLink("vk", Link("vk", "name", "vydumka"))
SCHOOL = Page("school", "Школа № 5", territory=2, person="Иванова Анна", links=(VK,))
NAMESAKE = Page("namesake", "Школа № 5", territory=3)


def test_a_row_means_the_page_of_its_id() -> None:
    plan = planned("Код;Название\nschool;Гимназия\n", state(SCHOOL, NAMESAKE))
    assert counts(plan) == {"changed": 1, "missing": 1}
    assert page(plan).id == "school"
    assert page(plan).person == "Иванова Анна"


def test_or_the_page_of_its_account() -> None:
    plan = planned("Название;ВК\nГимназия;https://m.vk.com/vydumka\n", state(SCHOOL, NAMESAKE))
    assert (page(plan).id, page(plan).title) == ("school", "Гимназия")


def test_or_the_page_of_its_name_and_territory() -> None:
    text = "Название;Регион;Территория;Телефон\nшкола №5;Ивановский край;Лесной район;112\n"
    plan = planned(text, state(SCHOOL, NAMESAKE))
    assert (page(plan).id, page(plan).territory) == ("school", 2)


def test_never_the_first_of_several() -> None:
    plan = planned("Название;Телефон\nШкола № 5;112\n", state(SCHOOL, NAMESAKE))
    assert not plan.pages
    assert "school" in whys(plan)[0]
    assert "namesake" in whys(plan)[0]
    assert not plan.retired


def test_accounts_of_two_pages_in_one_row_are_refused() -> None:
    other = Page("other", "Сад", links=(PageLink("ok", Link("ok", "name", "sadik")),))
    plan = planned("Название;ВК;ОК\nЦентр;vk.com/vydumka;ok.ru/sadik\n", state(SCHOOL, other))
    assert "подходят несколько" in whys(plan)[0]


def test_a_name_alone_does_not_join_what_accounts_tell_apart() -> None:
    plan = planned("Название;ВК\nШкола № 5;vk.com/sovsem_drugaya\n", state(SCHOOL))
    assert counts(plan) == {"new": 1, "missing": 1}


def test_a_page_named_by_its_id_is_no_match_for_another_row() -> None:
    text = "Код;Название;ВК\nschool;Школа № 5;vk.com/vydumka\n;Филиал;vk.com/vydumka\n"
    plan = planned(text, state(SCHOOL))
    assert counts(plan) == {"new": 1, "unchanged": 1}
    assert "та же ссылка" in plan.warnings[0].why


def test_an_unknown_id_with_a_known_account_is_that_page_and_said() -> None:
    text = "Код;Название;ВК;Учредитель\n77;Школа № 5;vk.com/vydumka;\nsad;Сад;;77\n"
    plan = planned(text, state(SCHOOL))
    assert counts(plan) == {"new": 1, "unchanged": 1}
    assert page(plan, 3).parent == "school"
    assert plan.warnings[0].column == "id"


def test_the_same_page_twice_is_refused_and_an_equal_row_is_passed_over() -> None:
    others = "".join(f"{key};Клуб {key}\n" for key in "abcdefghij")
    same = "school;Лицей\nschool;Гимназия\nschool;Лицей\n;Сад\n;Сад\n"
    text = f"Код;Название\n{others}{same}"
    plan = planned(text, state(SCHOOL))
    assert counts(plan) == {"new": 11, "changed": 1}
    assert [p.row for p in plan.refused] == [13]
    assert [s.row for s in plan.skipped if s.why is SkipReason.REPEATED_ROW] == [14, 16]


def test_importing_again_changes_nothing_even_without_ids() -> None:
    text = (
        "Название;Регион;Территория;Населённый пункт;ВК;ФИО\n"
        "Школа № 1;Ивановский край;Лесной район;с. Сосновка;vk.com/pervaya;\n"
        "Глава;Ивановский край;Лесной район;;;Петров Пётр\n"
        "Глава;Ивановский край;Лесной район;;;Сидоров Сидор\n"
        "ЦУР;;;;vk.com/pervaya;\n"
    )
    first = planned(text)
    assert counts(first) == {"new": 4}
    again = planned(text, after(first))
    assert counts(again) == {"unchanged": 4}
    assert not again.warnings


def test_update_leaves_what_is_empty_and_replace_clears_it() -> None:
    text = "Код;Название;ФИО;ВКонтакте;Территория\nschool;Школа № 5;;;\n"
    assert counts(planned(text, state(SCHOOL))) == {"unchanged": 1}
    cleared = page(planned(text, state(SCHOOL), mode=Mode.REPLACE))
    assert (cleared.person, cleared.links, cleared.territory) == ("", (), 1)


def test_replace_leaves_the_columns_that_the_file_lacks() -> None:
    plan = planned("Код;Название\nschool;Школа № 5\n", state(SCHOOL), mode=Mode.REPLACE)
    assert counts(plan) == {"unchanged": 1}


def test_replace_retires_active_pages_and_update_only_counts_them() -> None:
    before = state(SCHOOL, NAMESAKE, Page("shut", "Сад", status=Status.CLOSED))
    text = "Код;Название\nschool;Школа № 5\n"
    assert counts(planned(text, before)) == {"unchanged": 1, "missing": 2}
    plan = planned(text, before, mode=Mode.REPLACE)
    assert counts(plan) == {"unchanged": 1, "missing": 2, "retired": 1}
    assert plan.retired[0].after == replace(NAMESAKE, status=Status.RETIRED)


def test_a_page_whose_row_is_refused_is_not_retired() -> None:
    text = "Код;Название;ВКонтакте\nschool;Школа № 5;vк.com/chuzhaya\n"
    plan = planned(text, state(SCHOOL), mode=Mode.REPLACE)
    assert plan.refused
    assert not plan.retired


@pytest.mark.parametrize(("kept", "needed"), [(100 - FEW_RETIRED, False), (95, False), (89, True)])
def test_retiring_many_needs_a_consent_of_its_own(kept: int, needed: bool) -> None:
    pages = [Page(f"p{n}", f"Страница {n}") for n in range(100)]
    rows = "".join(f"p{n};Страница {n}\n" for n in range(kept))
    plan = planned(f"Код;Название\n{rows}", state(*pages), mode=Mode.REPLACE)
    assert len(plan.retired) == 100 - kept
    assert plan.needs_consent is needed


def test_a_limited_replace_touches_nothing_outside() -> None:
    before = state(SCHOOL, NAMESAKE)
    text = "Название;Регион;Территория\nСад;Ивановский край;Полевой округ\n"
    plan = planned(text, before, mode=Mode.REPLACE, scope=Scope(OTHER.id))
    assert counts(plan) == {"new": 1, "missing": 1, "retired": 1}
    assert plan.retired[0].after.id == "namesake"
    outside = planned(text, before, scope=Scope(DISTRICT.id))
    assert "ограничен" in whys(outside)[0]


def test_rows_beyond_an_editors_rights_are_refused_one_by_one() -> None:
    rights = Rights(Role.EDITOR, Scopes((Scope(DISTRICT.id),)))
    text = (
        "Название;Регион;Территория;Населённый пункт;Сфера\n"
        "Сад;Ивановский край;Лесной округ;с. Новое;\n"
        "Клуб;Ивановский край;Полевой округ;;\n"
        "Театр;Ивановский край;Лесной округ;;Культура\n"
    )
    plan = planned(text, rights=rights)
    assert [edit.row for edit in plan.pages] == [2]
    assert [p.row for p in plan.refused] == [3, 4]
    assert [t.name for t in plan.created_places] == ["с. Новое"]
    assert not plan.categories


def test_former_and_other_names_lead_to_the_known_territory() -> None:
    text = (
        "Название;Регион;Территория\n"
        "А;ивановский край;Лесной район\n"
        "Б;Ивановский край;Лесной р-н\n"
        "В;;Лесной муниципальный округ\n"
    )
    plan = planned(text)
    assert {edit.after.territory for edit in plan.pages} == {2}
    assert not plan.places


def test_new_places_are_made_once_and_only_for_rows_that_are_taken() -> None:
    text = (
        "Название;Регион;Территория;Населённый пункт;ВК;Сфера\n"
        "А;Заречный край;Горный округ;с. Высокое;;Спорт\n"
        "Б;Заречный край;Горный район;Высокое;;спорт\n"
        "В;Дальний край;;;vк.com/a;Музыка\n"
    )
    plan = planned(text)
    assert [plan.territories.in_words(t.id) for t in plan.created_places] == [
        "Заречный край",
        "Заречный край, Горный округ",
        "Заречный край, Горный округ, с. Высокое",
    ]
    assert len({edit.after.territory for edit in plan.pages}) == 1
    assert plan.categories == ("Спорт",)


def test_a_city_and_the_district_of_its_name_are_two() -> None:
    rows = "А;Дальний край;Лесной;\nБ;Дальний край;;Лесной\n"
    text = f"Название;Регион;Территория;Населённый пункт\n{rows}"
    plan = planned(text)
    assert [(t.name, t.kind) for t in plan.created_places[1:]] == [
        ("Лесной", ""),
        ("Лесной", SETTLEMENT),
    ]


def test_an_ambiguous_or_unplaceable_place_is_left_out() -> None:
    places = [
        *(REGION, Territory(9, "Заречный край")),
        Territory(4, "с. Никольское", 1, SETTLEMENT),
        Territory(5, "д. Никольское", 1, SETTLEMENT),
    ]
    text = (
        "Название;Регион;Населённый пункт;Территория\n"
        "А;Ивановский край;Никольское;\n"
        "Б;;;Неведомый округ\n"
    )
    plan = planned(text, state(places=places))
    assert not plan.refused
    assert (page(plan).territory, page(plan, 3).territory) == (1, None)
    assert "«с. Никольское»" in plan.warnings[0].why
    assert "«Регион»" in plan.warnings[1].why


def test_a_slip_in_the_name_of_a_region_is_a_warning() -> None:
    plan = planned("Название;Регион\nА;Иваноский край\n")
    assert "Ивановский край" in plan.warnings[0].why


def test_update_of_a_district_keeps_the_settlement_that_was_known() -> None:
    village = Territory(4, "с. Сосновка", 1, SETTLEMENT)
    before = state(Page("p", "Клуб", territory=4), places=[REGION, DISTRICT, village])
    plan = planned("Код;Название;Территория\np;Клуб;Лесной район\n", before)
    assert plan.territories.in_words(page(plan).territory) == (
        "Ивановский край, Лесной муниципальный округ, с. Сосновка"
    )


def test_parents_and_successors_must_exist() -> None:
    text = (
        "Код;Название;Учредитель;Преемник;ВК\n"
        "a;А;b;;\n"
        "b;Б;c;;\n"
        "c;В;;;vк.com/a\n"
        "d;Г;;d;\n"
        "e;Д;school;;\n"
        "f;Е;Школа № 5;б;\n"
    )
    plan = planned(text, state(SCHOOL))
    assert [edit.after.id for edit in plan.pages] == ["a", "b", "d", "e", "f"]
    refers = {edit.after.id: (edit.after.parent, edit.after.successor) for edit in plan.pages}
    assert refers["a"] == ("b", "")
    assert refers["b"] == refers["d"] == ("", "")
    assert refers["e"] == ("school", "")
    assert refers["f"] == ("school", "b")
    left_out = [(w.row, w.column) for w in plan.warnings if "такой страницы нет" in w.why]
    assert left_out == [(3, "parent"), (5, "successor")]


def test_withdrawn_links_and_pages_do_not_come_back_by_a_file() -> None:
    hidden = PageLink("vk", Link("vk", "name", "ugnali"), "взломана")
    bad = Page("bad", "Сад", links=(hidden, VK))
    gone = Page("gone", "Клуб", status=Status.HIDDEN, hidden="подделка")
    text = (
        "Код;Название;ВКонтакте;Статус\n"
        "bad;Сад;vk.com/ugnali vk.com/novaya;действует\n"
        "gone;Клуб;;действует\n"
        "new;Двойник;vk.com/ugnali;\n"
    )
    plan = planned(text, state(bad, gone))
    assert [x.link.account for x in page(plan).shown_links] == ["novaya"]
    assert hidden in page(plan).links
    assert page(plan, 4).links == ()
    assert counts(plan) == {"new": 1, "changed": 1, "unchanged": 1}
    assert [(w.row, w.column) for w in plan.warnings] == [(2, "vk"), (3, "status"), (4, "vk")]


def test_a_hidden_link_that_the_file_leaves_out_stays_hidden() -> None:
    hidden = PageLink("vk", Link("vk", "name", "ugnali"), "взломана")
    before = state(Page("p", "Сад", links=(VK, hidden)))
    plan = planned("Код;Название;ВКонтакте\np;Сад;\n", before, mode=Mode.REPLACE)
    assert page(plan).links == (hidden,)


def test_nearly_the_same_name_nearby_is_a_warning() -> None:
    text = (
        "Название;Регион;Территория\n"
        "МБДОУ «Детский сад «Теремок»;Ивановский край;Лесной район\n"
        "Детский сад «Теремок»;Ивановский край;Лесной район\n"
        "Детский сад «Теремк»;Ивановский край;Лесной район\n"
        "Детский сад «Теремок»;Ивановский край;Полевой округ\n"
        "Школа № 1;Ивановский край;Лесной район\n"
        "Школа № 11;Ивановский край;Лесной район\n"
    )
    plan = planned(text)
    assert counts(plan) == {"new": 6}
    assert [w.row for w in plan.warnings] == [3, 4]


def test_a_list_of_territories_is_planned_the_same_way() -> None:
    text = (
        "Название;Тип;Регион;Центр;ОКТМО;Прежние названия\n"
        "Лесной район;муниципальный округ;Ивановский край;с. Сосновка;;\n"
        "Степной округ;округ;Ивановский край;;37502000;Степной район|Ковыльный район\n"
        "Горный округ;;Заречный край;;375;\n"
    )
    plan = planned(text)
    assert plan.kind == "territories"
    assert counts(plan) == {"new": 1, "changed": 1, "missing": 2}
    assert not plan.created_places
    assert [p.column for p in plan.refused] == ["oktmo"]
    (changed,) = plan.changed
    assert changed.after == replace(DISTRICT, kind="муниципальный округ", centre="с. Сосновка")
    renamed = planned(
        "Название;Регион;ОКТМО;Прежние названия\nКовыльный округ;Ивановский край;37502000;\n",
        state(places=[*plan.territories]),
    )
    (edit,) = renamed.changed
    assert edit.after.former_names[-1] == "Степной округ"  # type: ignore[union-attr]


def test_rows_that_are_spent_on_the_way_give_the_same_plan() -> None:
    text = (
        "Код;Название;Регион;Территория;ВК\n"
        "school;Гимназия;Ивановский край;Лесной район;vk.com/vydumka\n"
        "school;Гимназия;Ивановский край;Лесной район;vk.com/vydumka\n"
        "school;Лицей;Ивановский край;Лесной район;vk.com/vydumka\n"
        ";Сад;Ивановский край;;vk.com/sadik\n"
        ";;Ивановский край;Полевой округ;vk.com/nikto\n"
        ";Сад;Ивановский край;;vk.com/sadik\n"
    )
    work = PlanOfFile("список.csv", "", Terms(Mode.REPLACE, Scope(), None, "", "", False))
    kept, spent = (read(text.encode(), "список.csv") for _ in range(2))
    plans = [
        work.plan(kept, state(SCHOOL, NAMESAKE), {}, silent),
        work.plan(spent, state(SCHOOL, NAMESAKE), {}, silent, spend=True),
    ]
    assert (len(kept.table.rows), spent.table.rows) == (6, [])
    one, other = ({**vars(plan), "territories": list(plan.territories)} for plan in plans)
    assert one == other
    assert len(plans[0].refused) == 2
    assert [row.row for row in plans[0].skipped] == [1, 3, 7]


def test_more_changes_than_somebody_reads_are_made_in_the_order_of_the_ids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = planned("Код;Название\nc;Лицей\na;Школа\nb;Музей\n")
    assert [change.key for change in plan.changes()] == ["c", "a", "b"]
    monkeypatch.setattr("directory.imports.outcome.READ_BY_PEOPLE", 2)
    assert [change.key for change in plan.changes()] == ["a", "b", "c"]
