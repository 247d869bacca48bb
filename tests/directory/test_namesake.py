"""Who calls themselves by a page's name."""

from __future__ import annotations

import pytest

from directory.model import Page
from directory.namesake import is_namesake

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
