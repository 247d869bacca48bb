"""Cells: what each may hold, and what is said of one that holds something else."""

from __future__ import annotations

from datetime import date

import pytest

from directory.imports.ids import LONGEST, NewIds, slug
from directory.model import Level, Status
from tests.directory.importing import page, planned, whys


def _one(column: str, value: str) -> str:
    return f'Название;{column}\nШкола;"{value}"\n'


@pytest.mark.parametrize(
    ("column", "text", "name", "value"),
    [
        ("Уровень", "Муниципальная", "level", Level.MUNICIPAL),
        ("Уровень", "поселение", "level", Level.SETTLEMENT),
        ("level", "FEDERAL", "level", Level.FEDERAL),
        ("Статус", "закрыта", "status", Status.CLOSED),
        ("Статус", "Действует", "status", Status.ACTIVE),
        ("Госорганизация", "+", "official_mark", True),
        ("Госорганизация", "НЕТ", "official_mark", False),
        ("Флагман", "1", "flagship", True),
        ("Подписчики", "12\u00a0345", "subscribers", 12345),
        ("Подписчики", "0", "subscribers", 0),
        ("Широта", "55,441", "lat", 55.441),
        ("Долгота", "-65.5", "lon", -65.5),
        ("Проверено", "01.11.2025", "checked_at", date(2025, 11, 1)),
        ("Проверено", "2025-11-01", "checked_at", date(2025, 11, 1)),
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
    ("column", "text", "reason"),
    [
        ("Код", "Школа 5", "латинские"),
        ("Код", "a" * 33, "32"),
        ("Код", "7,73605E+09", "округлил"),
        ("Уровень", "высший", "федеральный, региональный"),
        ("Статус", "жива", "действует, закрыта, скрыта"),
        ("Госорганизация", "может быть", "«да» или «нет»"),
        ("Подписчики", "1,2E+03", "округлил"),
        ("Подписчики", "много", "целое число"),
        ("Подписчики", "-5", "целое число"),
        ("Подписчики", "99999999999", "целое число"),
        ("Широта", "95", "градусы"),
        ("Долгота", "восток", "градусы"),
        ("Проверено", "31.02.2025", "такого дня нет"),
        ("Проверено", "ноябрь", "31.12.2025"),
        ("ФИО", "я" * 151, "сократите"),
        ("ВКонтакте", "vк.com/shkola", "русская"),
        ("ВКонтакте", "https://ok.ru/group/50000000000000", "ok.ru"),
        ("Сайт", "https://school.example.ru@evil.ru/", "@"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place_reason_and_cure(
    column: str, text: str, reason: str
) -> None:
    plan = planned(_one(column, text))
    assert not plan.pages
    (problem,) = plan.refused
    assert problem.row == 2
    assert problem.value
    assert problem.text.startswith(f"Строка 2, «{column}»: ")
    assert reason in problem.text


def test_all_problems_of_a_row_are_told_at_once() -> None:
    plan = planned("Название;Уровень;Статус;ВКонтакте\n;чужой;жива;vк.com/a\n")
    assert [p.column for p in plan.refused] == ["level", "status", "vk"]


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
    ids = NewIds(["shkola"])
    made = [ids.make(title) for title in ["Школа", "школа", "…", "Ю" * 50, "Ю" * 50]]
    assert made[:3] == ["shkola-2", "shkola-3", "page"]
    assert len(set(made)) == 5
    assert all(0 < len(i) <= LONGEST for i in made)
