"""Who calls themselves by a page's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.model import Level, Page
from directory.namesake import is_namesake, reminds_of

HEAD = Page(
    "head",
    "Глава Сказочного муниципального округа",
    person="Выдумкин Пётр Ильич",
    post="Глава",
    aliases=("Сказочный округ официально",),
)
GARDEN = Page("garden", "Теремок", full_name="Детский сад «Теремок» села Былинного")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Глава Сказочного муниципального округа", HEAD),
        ("ГЛАВА СКАЗОЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА | канал", HEAD),
        ("Глава Сказочного округа", HEAD),
        ("Сказочный округ официально ✅", HEAD),
        ("Выдумкин Пётр", HEAD),
        ("Петр Ильич Выдумкин", HEAD),
        ("Выдумкин П. И.", HEAD),
        ("глава Выдумкин", HEAD),
        ("Bыдyмкин Пeтp", HEAD),  # look-alike letters
        ("Детский сад Теремок", GARDEN),
    ],
)
def test_a_name_that_is_the_pages(name: str, page: Page) -> None:
    assert is_namesake(name, page)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Выдумкин", HEAD),
        ("Пётр", HEAD),
        ("Пётр Ильич", HEAD),
        ("Выдумкин К.", HEAD),
        ("Глава", HEAD),
        ("Новости Сказочного округа", HEAD),
        ("Теремок", GARDEN),
        ("", GARDEN),
        ("👍", GARDEN),
    ],
)
def test_a_name_of_anybody(name: str, page: Page) -> None:
    assert not is_namesake(name, page)


SERVICE = Page("service", "Самоуслуги", aliases=("помощь",), level=Level.FEDERAL)
OFFICE = Page(
    "office",
    "Минсказ России",
    full_name="Министерство сказок Российской Федерации",
    level=Level.FEDERAL,
)
CITY = Page("city", "Администрация города Былинска", level=Level.MUNICIPAL)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Выдумкин LIVE", HEAD),
        ("Команда Выдумкина 🔥", HEAD),
        ("Прямой эфир с Выдумкиным", HEAD),
        ("vydumkin official", HEAD),
        ("Выдумкин LIVE", replace(HEAD, person="и. о. Выдумкин Пётр Ильич")),
        ("petr vydumkin", HEAD),
        ("Сказочный округ официально: выплаты", HEAD),
        ("Самоуслуги поддержка", SERVICE),
        ("samouslugi help", SERVICE),
        ("Минсказ 45", OFFICE),
        ("Министерство сказок. Компенсации", OFFICE),
        ("Администрация Былинска. Выплаты", CITY),
    ],
)
def test_a_name_that_reminds_of_the_page(name: str, page: Page) -> None:
    assert reminds_of(name, page)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Выдумщик LIVE", HEAD),
        ("Пётр LIVE", HEAD),
        ("Сказочный округ. Подслушано", HEAD),
        ("Сказки на ночь", HEAD),
        ("Помощь", SERVICE),
        ("Теремок: игрушки", GARDEN),
        ("Былинск LIVE", CITY),
        ("Администрация", CITY),
        ("Мороз Live", Page("frost", "Глава округа", person="Мороз Иван Ильич")),
        ("Вакансия в округе", replace(HEAD, person="Вакансия")),
        ("", HEAD),
        ("🔥", SERVICE),
        ("Кто угодно", Page("empty", "")),
    ],
)
def test_a_name_that_reminds_of_nobody(name: str, page: Page) -> None:
    assert not reminds_of(name, page)
