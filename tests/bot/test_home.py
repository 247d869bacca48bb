"""A person's own place: chosen in four ways, first in answers, and nobody else's business."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.screens import home
from directory.directory import Directory
from directory.store import homes
from tests.bot.conftest import People
from tests.bot.person import Talker, titles


@pytest.fixture
def begins_with(country: Path) -> Path:
    """The whole seed."""
    return country


async def _kept(directory: Directory, person: int) -> str | None:
    async with directory.db.read() as connection:
        place = directory.territories.get(await homes.get(connection, person))
    return place.name if place else None


async def test_a_place_is_chosen_by_its_name(citizen: Talker, directory: Directory) -> None:
    await citizen.says("Кетовский округ")
    said = await citizen.presses("Это моё место")
    assert said.text.startswith("Ваше место: Кетовский муниципальный округ")
    assert await _kept(directory, 1000) == "Кетовский муниципальный округ"
    head = await citizen.says("глава моего округа")
    assert "Глава Кетовского муниципального округа\nЯзовских Олег" in head.text
    assert "Искать шире" in head.labels
    governor = await citizen.says("губернатор")
    assert governor.text.startswith("Губернатор Курганской области")
    assert (await citizen.says("областной суд")).text.startswith("Курганский областной суд")


async def test_a_place_is_chosen_from_the_list(citizen: Talker, directory: Directory) -> None:
    await citizen.says("/start")
    none = await citizen.presses("Моё место")
    assert "не выбрано" in none.text
    await citizen.presses("Выбрать из списка")
    await citizen.presses("Город Шадринск")
    await citizen.presses("Это моё место")
    assert await _kept(directory, 1000) == "Город Шадринск"


async def test_a_place_is_chosen_by_where_one_is(citizen: Talker, directory: Directory) -> None:
    await citizen.sends_place(56.087, 63.629)
    await citizen.presses("Это моё место: Город Шадринск")
    assert await _kept(directory, 1000) == "Город Шадринск"


async def test_who_keeps_asking_about_a_place_is_asked_once(
    citizen: Talker, directory: Directory
) -> None:
    question = "Город Шадринск — ваше место?"
    for _time in range(home.TIMES - 1):
        assert question not in (await citizen.says("суд шадринск")).text
    assert question in (await citizen.says("библиотека шадринск")).text
    for _time in range(home.TIMES * 2):
        assert question not in (await citizen.says("суд шадринск")).text
    assert await _kept(directory, 1000) is None
    await citizen.presses("Да, показывать первым")
    assert await _kept(directory, 1000) == "Город Шадринск"


async def test_ones_own_comes_first_and_one_press_looks_wider(citizen: Talker) -> None:
    everywhere = await citizen.says("районный суд")
    assert "Шадринский районный суд" not in everywhere.labels[0]
    await citizen.says("Город Шадринск")  # answers the question for the place
    await citizen.presses("Город Шадринск")
    await citizen.presses("Это моё место")
    own = await citizen.says("районный суд")
    assert "сначала то, что есть в вашем месте, Город Шадринск" in own.text
    assert "Шадринский районный суд" in own.text
    wide = await citizen.presses("Искать шире")
    assert wide.labels == everywhere.labels[: len(wide.labels) - 2] + wide.labels[-2:]
    turned = await citizen.presses("Дальше →", on=wide)
    assert "9–16" in turned.text
    assert "сначала то" not in turned.text


async def test_inline_begins_with_ones_own_and_a_group_knows_nobodys(
    citizen: Talker, people: People
) -> None:
    await citizen.says("Город Шадринск")
    await citizen.presses("Это моё место")
    assert titles(await citizen.types(""))[0] == "Администрация города Шадринска"
    assert titles(await citizen.types("районный суд"))[0] == "Шадринский районный суд"
    group = people(1000, group=-5)
    assert "Шадринский районный суд" not in (await group.says("/find районный суд")).labels[0]


async def test_near_begins_with_ones_own(citizen: Talker) -> None:
    await citizen.says("/near")
    assert len(citizen.replies) == 1
    await citizen.says("Город Шадринск")
    await citizen.presses("Это моё место")
    nearest = await citizen.says("/near")
    assert citizen.asked_for_place
    assert "Администрация города Шадринска" in nearest.text


async def test_a_place_is_given_up_and_forgotten(citizen: Talker, directory: Directory) -> None:
    await citizen.says("Город Шадринск")
    await citizen.presses("Это моё место")
    await citizen.presses("Не показывать никакое место первым")
    assert await _kept(directory, 1000) is None
    await citizen.presses("Это моё место")
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    assert await _kept(directory, 1000) is None
    assert "ничего о вас не храню" in (await citizen.says("/forget")).text


async def test_the_mayor_of_another_city_is_no_answer(citizen: Talker) -> None:
    assert (await citizen.says("мэр")).text.startswith("Глава города Кургана")
    await citizen.says("Город Шадринск")
    await citizen.presses("Это моё место")
    for asked in ("мэр", "глава города", "глава"):
        answer = await citizen.says(asked)
        assert not answer.text.startswith("Глава города Кургана")
        assert "Город Шадринск: такой страницы в справочнике пока нет." in answer.text
        assert "1. Администрация города Шадринска" in answer.text
    garden = await citizen.says("детский сад")
    assert "Возможно" in garden.text, "it is Kurgan's"
