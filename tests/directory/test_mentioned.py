"""The place that a text mentions among other words."""

from __future__ import annotations

import pytest

from directory.model import SETTLEMENT, Territory
from directory.search.mentioned import place_in
from directory.territories import Territories

HOME = 1
TERRITORIES = Territories(
    [
        Territory(HOME, "Курганская область"),
        Territory(2, "Город Курган", HOME, "город"),
        Territory(3, "Город Шадринск", HOME, "город"),
        Territory(4, "Шадринский муниципальный округ", HOME, former_names=("Шадринский район",)),
        Territory(5, "Кетовский муниципальный округ", HOME, centre="с. Кетово"),
        Territory(6, "с. Кетово", 5, SETTLEMENT),
        Territory(7, "с. Введенское", 5, SETTLEMENT),
        Territory(8, "Шумихинский муниципальный округ", HOME, centre="г. Шумиха"),
        Territory(9, "г. Шумиха", 8, SETTLEMENT),
        Territory(10, "с. Ключи", 5, SETTLEMENT),
        Territory(11, "с. Никольское", 5, SETTLEMENT),
        Territory(12, "с. Никольское", 4, SETTLEMENT),
        Territory(20, "Свердловская область"),
        Territory(21, "Город Каменск-Уральский", 20, "город"),
        Territory(22, "с. Введенское", 23, SETTLEMENT),
        Territory(23, "Камышловский муниципальный округ", 20),
        Territory(30, "Тульская область"),
        Territory(31, "Город Тула", 30, "город"),
    ]
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("яма на дороге в Шадринске", 3),
        ("школа 7 шадринск", 3),
        ("В ШАДРИНСКОМ РАЙОНЕ не чистят снег", 4),
        ("хамят в поликлинике № 2 Кургана", 2),
        ("в кетово нет света", 5),
        ("с. Введенское, яма", 7),
        ("Введенское Кетовского округа", 7),
        ("в шумихе нет воды", 8),
        ("лифт в Каменске-Уральском", 21),
        ("каменск уральский лифт", 21),
        ("в туле яма", 31),
        ("дороги Курганской области", HOME),
        ("село ключи без света", 10),
        ("no water in Shadrinsk", 3),
    ],
)
def test_a_place_is_known_in_any_case_among_other_words(text: str, place: int) -> None:
    found = place_in(text, TERRITORIES, HOME)
    assert found
    assert found.id == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "почему не вывозят мусор",
        "яма на улице Шадринской",
        "на ул. Кургана темно",
        "потеряли ключи от подъезда",
        "из Кургана в Шадринск не ходит автобус",
        "в Никольском нет газа",
        "тула в магазине по скидке",
    ],
)
def test_streets_ordinary_words_and_what_may_be_two_are_no_place(text: str) -> None:
    assert place_in(text, TERRITORIES, HOME) is None


def test_without_a_home_a_name_that_several_bear_is_none() -> None:
    assert place_in("Введенское", TERRITORIES, None) is None
    found = place_in("Введенское", TERRITORIES, 20)
    assert found
    assert found.id == 22
