"""Whose bot this is: any region's, or the country's, over the whole seed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.types import InlineQueryResultArticle

from directory.directory import Directory
from tests.bot.conftest import People
from tests.bot.person import Talker

NAME_UNITS = 64
"""Telegram takes no longer name."""

REGIONS = (
    "Курганская область",
    "Тамбовская область",
    "Республика Татарстан",
    "Москва",
    "",
)


@pytest.fixture(params=REGIONS)
def region(request: pytest.FixtureRequest) -> str:
    """The setting REGION."""
    name: str = request.param
    return name


@pytest.fixture
async def directory(country: Path, tmp_path: Path, region: str) -> AsyncIterator[Directory]:
    """The whole seed as the directory of one region."""
    shutil.copytree(country.parent, tmp_path / "data")
    opened = await Directory.open(f"sqlite:///{tmp_path / 'data' / country.name}", region=region)
    yield opened
    await opened.close()


async def test_the_bot_is_its_regions(people: People, region: str, directory: Directory) -> None:
    citizen = people()
    greeting = await citizen.says("/start")
    name = f"Официальные страницы: {region or 'Россия'}"
    assert name in greeting.text
    assert len(name) <= NAME_UNITS

    help_ = await citizen.says("/help")
    examples = [label for label in help_.labels if label in greeting.labels]
    assert examples
    for example in examples:
        card = await citizen.presses(example, on=help_)
        assert "Сохранить" in card.labels
        assert region in card.text or directory.home is None

    shelf = await citizen.says("/browse")
    assert shelf.text.startswith(region or "Весь справочник")
    first, *_ = (await citizen.types("")).results
    assert isinstance(first, InlineQueryResultArticle)
    assert region in f"{first.title} {first.description}"


@pytest.mark.parametrize("region", ["Курганская область"])
async def test_a_citizen_of_kurgan(citizen: Talker) -> None:
    await citizen.says("/start")
    assert "Шумков" in (await citizen.presses("губернатор")).text
    assert "Курганский городской суд" in (await citizen.says("городской суд")).text
    assert "Шадринск" in (await citizen.says("Шадринск")).text


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_a_citizen_of_tambov(citizen: Talker) -> None:
    await citizen.says("/start")
    assert "Тамбовский областной суд" in (await citizen.says("областной суд")).text
    assert "Тамбов" in (await citizen.says("МЧС")).text


@pytest.mark.parametrize("region", [""])
async def test_a_citizen_of_nowhere(citizen: Talker) -> None:
    await citizen.says("/start")
    many = await citizen.says("губернатор")
    assert "подходят несколько" in many.text
    assert "Пермский краевой суд" in (await citizen.says("краевой суд пермь")).text
