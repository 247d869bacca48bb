"""Headers as offices write them, to the columns of the contract."""

from __future__ import annotations

import pytest

from directory.file.columns import PAGE_COLUMNS, TERRITORY_COLUMNS
from directory.imports.columns import recognise


def named(header: str, *rows: str) -> dict[str, str]:
    """What the columns are, by their headers; both separated by `;`."""
    cells = header.split(";")
    columns = recognise(cells, [row.split(";") for row in rows])
    return {cells[at]: name for at, name in columns.names.items()}


@pytest.mark.parametrize("names", [list(PAGE_COLUMNS), list(PAGE_COLUMNS.values())])
def test_the_names_of_the_contract_in_any_case_and_spacing(names: list[str]) -> None:
    for written in (names, [f" {name.upper()}  " for name in names]):
        columns = recognise([name.replace("_", "  ").replace(" ", "\u00a0") for name in written])
        assert (columns.kind, columns.unknown) == ("pages", {})
        assert list(columns.names.values()) == list(PAGE_COLUMNS)
        assert columns.title == 1


@pytest.mark.parametrize("names", [list(TERRITORY_COLUMNS), list(TERRITORY_COLUMNS.values())])
def test_a_list_of_territories(names: list[str]) -> None:
    columns = recognise(names)
    assert (columns.kind, columns.title) == ("territories", 0)
    assert list(columns.names.values()) == list(TERRITORY_COLUMNS)


def test_a_page_file_with_one_such_column_is_no_list_of_territories() -> None:
    assert recognise(["Название", "Тип", "ВКонтакте"]).kind == "pages"
    assert recognise(["Название", "Тип", "Регион"]).kind == "territories"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Наименование", "title"),
        ("Организация", "title"),
        ("Учреждение", "title"),
        ("Наименование медицинской организации", "title"),
        ("Cокращённое наименование", "title"),  # its С is Latin
        ("Полное наименование учреждения", "title"),  # where there is no other
        ("Ссылка", "links"),
        ("Ссылка на страницу", "links"),
        ("Адрес страницы", "links"),
        ("Официальный госпаблик", "links"),
        ("Ссылка на страницу ВКонтакте", "vk"),
        ("Группа ВК", "vk"),
        ("Страница в VK", "vk"),
        ("ОК", "ok"),
        ("Телеграм-канал", "telegram"),
        ("Канал в MAX", "max"),
        ("Официальный сайт", "site"),
        ("Адрес сайта", "site"),
        ("Район", "territory"),
        ("Округ", "territory"),
        ("Муниципалитет", "territory"),
        ("Муниципальный район (городской округ)", "territory"),
        ("Наименование муниципального образования", "territory"),
        ("Субъект РФ", "region"),
        ("Нас. пункт", "settlement"),
        ("Руководитель", "person"),
        ("Глава", "person"),
        ("Ф.И.О. директора", "person"),
        ("Должность руководителя", "post"),
        ("Телефон руководителя", "phone"),
        ("Юридический адрес", "address"),
        ("Отрасль", "category"),
        ("Сфера деятельности", "category"),
        ("Количество подписчиков", "subscribers"),
        ("Отметка «Госорганизация»", "official_mark"),
        ("Дата проверки", "checked_at"),
    ],
)
def test_the_words_of_offices(header: str, name: str) -> None:
    assert named(header) == {header: name}


@pytest.mark.parametrize(
    "header", ["№ п/п", "Кол-во месяцев", "E-mail", "Дата создания страницы", "ИНН организации",
               "ФИО администратора страницы", "Количество публикаций", ""]
)  # fmt: skip
def test_what_is_no_column_is_named(header: str) -> None:
    assert recognise(["Название", header]).unknown == {1: header}


def test_the_column_of_remarks_is_passed_over() -> None:
    columns = recognise(["Название", "Что исправить"])
    assert (columns.names, columns.unknown) == ({0: "title"}, {})


def test_the_narrow_word_wins_wherever_it_stands() -> None:
    assert named("Наименование организации;Краткое наименование") == {
        "Краткое наименование": "title",
        "Наименование организации": "full_name",
    }
    assert named("Адрес страницы;Адрес;Сайт") == {
        "Адрес страницы": "links", "Адрес": "address", "Сайт": "site",
    }  # fmt: skip


def test_only_columns_of_links_may_come_twice() -> None:
    columns = recognise(["Название", "Ссылка", "Ссылка", "Название", "ВКонтакте", "VK"])
    assert columns.names == {0: "title", 1: "links", 2: "links", 4: "vk", 5: "vk"}
    assert columns.unknown == {3: "Название"}


def test_a_column_merely_like_one_of_links_must_hold_some() -> None:
    header = "Название;Название группы"
    assert named(header, "А;Солнышко наше", "Б;Сад и дети") == {"Название": "title"}
    assert named(header, "А;vk.com/a", "Б;") == {"Название": "title", "Название группы": "links"}
    assert named("Название;Группа ВК", "А;@example", "Б;нет")["Группа ВК"] == "vk"


def test_links_are_known_by_themselves_where_no_header_says_so() -> None:
    rows = ("Школа;https://vk.com/a;г.Курган", "Сад;ok.ru/b;a.b@example.ru")
    assert named("Что;Где смотреть;Прочее", *rows) == {"Что": "title", "Где смотреть": "links"}
    # Where a header does say so, other addresses are something else.
    assert named("Название;Ссылка;Подтверждение", "А;vk.com/a;https://example.ru/news") == {
        "Название": "title", "Ссылка": "links",
    }  # fmt: skip


def test_a_person_may_say_which_column_has_the_names() -> None:
    header = ["Что", "Название", "Ссылка"]
    assert recognise(header[::2]).title is None
    said = recognise(header, chosen={0: "title"})
    assert said.names == {0: "title", 2: "links"}
    assert said.unknown == {1: "Название"}
