"""Cells: what each may hold, and what is said of one that holds something else."""

from __future__ import annotations

from datetime import date

import pytest

from directory.file import placeholders
from directory.imports.cell_links import links_in
from directory.imports.ids import LONGEST, NewIds, slug
from directory.model import Level, Status
from tests.directory.importing import page, planned, whys
from tests.hostile_links import hostile_links


def _one(column: str, value: str) -> str:
    return f'Название;{column}\nЛицей № 5;"{value}"\n'


@pytest.mark.parametrize(
    ("column", "text", "name", "value"),
    [
        ("Уровень", "Муниципальная", "level", Level.MUNICIPAL),
        ("Уровень", "областной", "level", Level.REGIONAL),
        ("Уровень", "сельское поселение", "level", Level.SETTLEMENT),
        ("level", "FEDERAL", "level", Level.FEDERAL),
        ("Статус", "закрыта", "status", Status.CLOSED),
        ("Статус", "Действует", "status", Status.ACTIVE),
        ("Госорганизация", "+", "official_mark", True),
        ("Госорганизация", "НЕТ", "official_mark", False),
        ("Госорганизация", "не получена", "official_mark", False),
        ("Госорганизация", "Имеется", "official_mark", True),
        ("Госорганизация", "✅", "official_mark", True),
        ("Госорганизация", "Получена 12.03.2023", "official_mark", True),
        ("Флагман", "1", "flagship", True),
        ("Подписчики", "12\u00a0345", "subscribers", 12345),
        ("Подписчики", "0", "subscribers", 0),
        ("Подписчики", "1,2 тыс.", "subscribers", 1200),
        ("Подписчики", "512 чел.", "subscribers", 512),
        ("Широта", "55,441", "lat", 55.441),
        ("Долгота", "-65.5", "lon", -65.5),
        ("Проверено", "01.11.2025", "checked_at", date(2025, 11, 1)),
        ("Проверено", "2025-11-01", "checked_at", date(2025, 11, 1)),
        ("Проверено", "01.11.25", "checked_at", date(2025, 11, 1)),
        ("Проверено", "1 ноября 2025 г.", "checked_at", date(2025, 11, 1)),
        ("Проверено", "01.11.2025 10:30", "checked_at", date(2025, 11, 1)),
        ("Часы работы", "пн–пт 8:00–17:00", "hours", "пн–пт 8:00–17:00"),
        ("Статус", "ликвидирована", "status", Status.CLOSED),
        ("Синонимы", "пятая | пятёрка| |пятая", "aliases", ("пятая", "пятёрка")),
        ("ФИО", "Иванова\u202e \u00a0Анна\n", "person", "Иванова Анна"),
        ("Телефон", "+7 (352) 00-00-00", "phone", "+7 (352) 00-00-00"),
    ],
)
def test_cells_are_read_by_the_contract(column: str, text: str, name: str, value: object) -> None:
    plan = planned(_one(column, text))
    assert not plan.refused
    assert getattr(page(plan), name) == value


@pytest.mark.parametrize(
    ("column", "sound", "text", "reason"),
    [
        ("Уровень", "региональный", "высший", "федеральный, региональный"),
        ("Статус", "действует", "жива", "действует, закрыта, скрыта"),
        ("Госорганизация", "да", "может быть", "«да» или «нет»"),
        ("Подписчики", "12", "1,2E+03", "округлил"),
        ("Подписчики", "12", "много", "целое число"),
        ("Подписчики", "12", "-5", "целое число"),
        ("Подписчики", "12", "99999999999", "целое число"),
        ("Широта", "55,4", "95", "градусы"),
        ("Долгота", "65,4", "восток", "градусы"),
        ("Проверено", "01.11.2025", "31.02.2025", "такого дня нет"),
        ("Проверено", "01.11.2025", "ноябрь", "31.12.2025"),
        ("Учредитель", "", "Неведомая палата", "такой страницы нет"),
        ("ФИО", "Иванова А. А.", "я" * 151, "сократите"),
        ("Регион", "Ивановский край", "Заграница", "не регион России"),
        ("Территория", "Лесной район", "где-то у реки", "не похоже на название"),
        ("ВКонтакте", "vk.com/vydumka", "Группа «Ромашка»", "ни одной ссылки"),
        ("Сайт", "vydumka.gov.ru", "http://vydumka.gov.ru:8080/", "порт"),
        ("Сайт", "vydumka.gov.ru", "http://vydumka.gov.ru/Наш сад №5/", "где в ячейке кончается"),
    ],
)
def test_a_wrong_cell_is_left_out_with_its_place_reason_and_cure(
    column: str, sound: str, text: str, reason: str
) -> None:
    rows = f'Сад № 1;"{sound}"\nСад № 2;"{sound}"\nЛицей № 3;"{text}"\n'
    plan = planned(f"Название;{column}\n{rows}")
    bare = planned(f'Название;{column}\nСад № 1;"{sound}"\nСад № 2;"{sound}"\nЛицей № 3;\n')
    assert not plan.refused
    assert page(plan, 4) == page(bare, 4)
    (problem,) = [w for w in plan.warnings if w.row == 4 and w.why.find("новый адрес") < 0]
    assert problem.text.startswith(f"Строка 4, «{column}»: ")
    assert reason in problem.text


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("ВКонтакте", "vк.com/shkola", "русская"),
        ("ВКонтакте", "vk.com/feed", "не страница"),
        ("Сайт", "https://school.example.ru@evil.ru/", "@"),
        ("Код", "Школа 5", "латинские"),
        ("Код", "a" * 33, "32"),
        ("Код", "7,73605E+09", "округлил"),
    ],
)
def test_a_link_or_an_id_that_cannot_stand_refuses_its_row(
    column: str, text: str, reason: str
) -> None:
    sound = {"Код": ("a-1", "a-2"), "Сайт": ("a.gov.ru", "b.gov.ru")}.get(
        column, ("vk.com/odin", "vk.com/dva")
    )
    plan = planned(f'Название;{column}\nСад № 1;{sound[0]}\nСад № 2;{sound[1]}\nШкола;"{text}"\n')
    assert [edit.row for edit in plan.pages] == [2, 3]
    (problem,) = plan.refused
    assert problem.text.startswith(f"Строка 4, «{column}»: ")
    assert problem.value
    assert reason in problem.text


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Уровень", "высший;средний"),
        ("Статус", "жива;бодра"),
        ("Подписчики", "много;мало"),
        ("Проверено", "ноябрь;декабрь"),
        ("ФИО", "112;113"),
        ("Код", "Школа 5;Школа 6"),
        ("Код", "45;45"),
        ("ВКонтакте", "да;есть"),
    ],
)
def test_a_column_of_other_things_is_not_read_and_said_once(header: str, cells: str) -> None:
    one, two = cells.split(";")
    plan = planned(f"Название;{header}\nСад № 1;{one}\nСад № 2;{two}\n")
    assert [edit.row for edit in plan.pages] == [2, 3]
    assert not plan.refused
    (problem,) = plan.warnings
    assert "столбец не прочитан" in problem.text
    assert {one.header: one.column for one in plan.readings}[header] == ""


def test_all_problems_of_a_row_are_told_at_once() -> None:
    plan = planned("Код;Название;ВКонтакте\na;Сад;\nb;Дом;\nЖ;Лицей;vк.com/a\n")
    assert [p.column for p in plan.refused] == ["id", "vk"]


def test_a_row_without_a_name_is_refused() -> None:
    assert "нет названия" in whys(planned("Название;Сайт\n;school.gov.ru\n"))[0]


def test_a_row_longer_than_the_header_has_lost_a_quotation_mark() -> None:
    plan = planned('Название;Адрес\nШкола;ул. Мира\nСад;ул. "Мира;5";лишнее\n')
    assert plan.pages
    assert all(problem.row == 3 for problem in plan.refused)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("Телефон", "7,73605E+09", "округлил"),
        ("Синонимы", "03.апр", "дату"),
        ("Проверено", "01.01.2999", "не наступил"),
        ("Сайт", "shkola-vydumannaya.ru", "новый адрес"),
    ],
)
def test_what_is_hardly_meant_is_a_warning(column: str, text: str, reason: str) -> None:
    plan = planned(_one(column, text))
    assert not plan.refused
    assert reason in plan.warnings[0].why


def test_a_rounded_phone_is_not_kept() -> None:
    assert page(planned(_one("Телефон", "7,73605E+09"))).phone == ""


def test_a_place_outside_the_country_is_a_warning() -> None:
    plan = planned("Название;Широта;Долгота\nШкола;65,3;55,4\nСад;10;20\n")
    assert [(w.row, w.column) for w in plan.warnings] == [(3, "lat")]


def test_an_unknown_column_is_named() -> None:
    plan = planned("Название;Кол-во месяцев\nШкола;12\n")
    assert [(w.row, w.column) for w in plan.warnings] == [(1, "Кол-во месяцев")]


def test_links_of_a_mixed_column_go_to_their_networks() -> None:
    plan = planned(
        "Наименование;Ссылки\n"
        'Школа;"ВК: vk.com/vydumka, t.me/vydumka_school\nhttps://ok.ru/group/50000000000000"\n'
        "Сад;-\n"
    )
    assert not plan.refused
    assert [link.slot for link in page(plan).links] == ["vk", "ok", "telegram"]
    assert page(plan, 3).links == ()


def test_two_links_in_a_cell_are_two_links() -> None:
    plan = planned(_one("ВКонтакте", "vk.com/odna; https://m.vk.com/drugaya?from=search"))
    assert [x.link.account for x in page(plan).links] == ["odna", "drugaya"]


def test_ids_are_made_of_titles_readable_short_and_unique() -> None:
    assert slug("Детский сад «Ёжик» № 5") == "detskiy-sad-ezhik-5"
    ids = NewIds({"shkola"})
    made = [ids.make(title) for title in ["Школа", "школа", "…", "Ю" * 50, "Ю" * 50]]
    assert made[:3] == ["shkola-2", "shkola-3", "page"]
    assert len(set(made)) == 5
    assert all(0 < len(i) <= LONGEST for i in made)


@pytest.mark.parametrize("column", ["vk", "links", "site", "feedback"])
def test_no_cell_gives_the_account_that_a_hostile_link_pretends_to_be(column: str) -> None:
    for text in hostile_links():
        found = links_in(text, column)
        assert not found.links, text
        assert found.refused or found.left_out, text


def test_the_id_of_a_deleted_page_is_given_to_the_same_page_alone() -> None:
    gone = {"shkola": ("Школа", 2), "sad": ("Сад", None)}
    ids = NewIds(set(), gone)
    assert [ids.make("Школа", 3), ids.make("ШКОЛА", 2)] == ["shkola-2", "shkola-3"]
    assert [ids.make("Школа", 2), ids.make("Сад")] == ["shkola", "sad"]


@pytest.mark.parametrize("said", ["очистить", "Clear"])
def test_no_cell_that_erases_is_taken_for_a_value_by_its_first_letters(said: str) -> None:
    assert placeholders.erases(said)
    assert not placeholders.is_value(said)


@pytest.mark.parametrize(
    "said",
    ["Не ведётся", "нет сайта", "Ещё нет", "страницы нет", "закрыта", "в разработке", "нд"],
)
def test_what_says_nothing_is_told_by_whole_words(said: str) -> None:
    assert placeholders.says_nothing(said, of_links=True)
    assert not placeholders.says_nothing(f"{said}ские новости", of_links=True)
