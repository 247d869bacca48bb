"""Whose bot this is: any region's, or the country's, over the whole seed."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.types import InlineQueryResultArticle

from directory.directory import Directory
from directory.store import listing
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
    okrug = await citizen.says("Кетовский район")
    assert okrug.text.startswith("Кетовский муниципальный округ\nПрежде: Кетовский район")
    assert "Кетовского муниципального округа" in okrug.labels[0]


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_a_citizen_of_tambov(citizen: Talker) -> None:
    await citizen.says("/start")
    assert "Тамбовский областной суд" in (await citizen.says("областной суд")).text
    assert "Тамбов" in (await citizen.says("МЧС")).text
    city = await citizen.says("Тамбов")
    assert city.text.startswith("Город Тамбов\nТамбовская область")
    assert "Суды — 22" in city.labels


NOT_YET = "Тамбовская область: такой страницы в справочнике пока нет."


@pytest.mark.parametrize("region", ["Тамбовская область"])
@pytest.mark.parametrize(
    "query",
    ["школа 1", "загс", "соцзащита", "театр кукол", "губернатор", "библиотека", "глава района"],
)
async def test_what_others_have_is_a_guess_and_said_so(citizen: Talker, query: str) -> None:
    guess = await citizen.says(query)
    assert NOT_YET in guess.text
    assert "Возможно, вы искали" in guess.text


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_the_regions_authority_is_guessed_before_other_governors(citizen: Talker) -> None:
    guess = await citizen.says("губернатор")
    assert guess.labels[0] == "1. Официальный портал Тамбовской области"


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_people_of_another_city_hear_what_there_is_of_it(citizen: Talker) -> None:
    answer = await citizen.says("школа 5 челябинск")
    assert "Город Челябинск: такой страницы в справочнике пока нет." in answer.text
    assert "Об этом месте в справочнике есть: Суды — 72." in answer.text
    card = await citizen.presses("Город Челябинск")
    assert card.text.startswith("Город Челябинск")
    assert "Суды — 72" in card.labels


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_a_place_without_pages_has_a_card(citizen: Talker, directory: Directory) -> None:
    async with directory.db.read() as connection:
        having = {number for number, _sphere in await listing.counts(connection)}
    tree = directory.territories
    lone = (t for t in tree if t.parent and len(tree.named(t.name)) == 1)
    bare = next(t for t in lone if not tree.subtree(t.id) & having)
    card = await citizen.says(bare.name)
    assert card.text.startswith(bare.name)
    assert "пока нет" in card.text


@pytest.mark.parametrize("region", ["Республика Татарстан"])
async def test_the_centre_of_a_district_leads_to_it(citizen: Talker) -> None:
    card = await citizen.says("Елабуга")
    assert card.text.startswith("Елабужский муниципальный район")


@pytest.mark.parametrize("region", [""])
async def test_a_citizen_of_nowhere(citizen: Talker) -> None:
    await citizen.says("/start")
    many = await citizen.says("губернатор")
    assert "подходят несколько" in many.text
    assert "Пермский краевой суд" in (await citizen.says("краевой суд пермь")).text
    assert (await citizen.says("Пермь")).text.startswith("Город Пермь")


@pytest.mark.parametrize("region", ["Тамбовская область"])
async def test_an_administrator_of_tambov_imports_their_list_and_finds_it_first(
    owner: Talker,
) -> None:
    rows = (
        "Название;Регион;Территория;ВКонтакте",
        "Управление ЗАГС Тамбовской области;Тамбовская область;;vk.com/made_up_zags68",
        "Школа № 5 г. Мичуринска;Тамбовская область;Мичуринск;vk.com/made_up_school5_68",
        "Губернатор Тамбовской области;Тамбовская область;;vk.com/made_up_governor68",
    )
    preview = await owner.sends_file("\n".join(rows).encode(), "Тамбов.csv")
    assert "Применить" in preview.labels
    await owner.presses("Применить")
    for query, first in (
        ("загс", "Управление ЗАГС Тамбовской области"),
        ("губернатор", "Губернатор Тамбовской области"),
        ("школа 5", "Школа № 5 г. Мичуринска"),
        ("школа 5 мичуринск", "Школа № 5 г. Мичуринска"),
    ):
        card = await owner.says(query)
        assert card.text.startswith(first), query
        assert "Тамбовская область" in card.text


@pytest.mark.parametrize(
    ("region", "query"),
    [
        ("Курганская область", "глава округа"),
        ("Курганская область", "школа 5"),
        ("Тамбовская область", "суд"),
        ("Тамбовская область", "губернатор"),
    ],
    indirect=["region"],
)
async def test_pages_of_other_regions_do_not_stand_beside_the_regions_own(
    citizen: Talker, region: str, query: str
) -> None:
    answer = await citizen.says(query)
    places = [line for line in answer.text.splitlines() if re.search("область(?:,|$)", line)]
    listed = [line for line in places if not re.match(r"\d+\. ", line)]
    assert listed
    assert all(region in line for line in listed), answer.text
    assert "Такие страницы есть и в других регионах." in answer.text
    wide = await citizen.presses("Искать шире")
    assert "Такие страницы есть" not in wide.text
    assert "1–8 из" in wide.text


@pytest.mark.parametrize("region", ["Курганская область"], indirect=True)
async def test_what_only_shares_the_place_is_not_one_of_those_that_are_meant(
    citizen: Talker,
) -> None:
    answer = await citizen.says("мировой суд шадринск")
    entries = [label for label in answer.labels if label[:1].isdigit()]
    assert len(entries) == 6
    assert all("Судебный участок" in entry for entry in entries)


@pytest.mark.parametrize("region", ["Курганская область"], indirect=True)
async def test_a_guess_is_no_court_for_who_asks_for_a_body_of_another_kind(
    citizen: Talker,
) -> None:
    for query in (
        "школа 5 челябинск",
        "глава тюменской области",
        "администрация далматовского района",
        "страница школы старая",
    ):
        answer = await citizen.says(query)
        entries = [label for label in answer.labels if label[:1].isdigit()]
        assert not any("уд" in entry for entry in entries), (query, entries)
        assert len(entries) <= 3
        assert len(answer.labels) == len(set(answer.labels))
    chelyabinsk = await citizen.says("школа 5 челябинск")
    assert "Об этом месте в справочнике есть: Суды" in chelyabinsk.text
    assert "Не понял" not in chelyabinsk.text
    court = await citizen.says("судебный участок тюмень 77")
    assert any("удебный участок" in label for label in court.labels)


async def test_the_figures_are_those_of_the_region(
    citizen: Talker, region: str, directory: Directory
) -> None:
    told = (await citizen.says("/about")).text.replace("\xa0", "").replace("\u202f", "")
    levels = told.partition("По уровням\n")[2].partition("\n\n")[0]
    counted = sum(int(n) for n in re.findall(r": (\d+) \(", levels))
    tree, home = directory.territories, directory.home
    counts = await directory.at_hand.counts(directory.db)
    within = [n for (at, _topic), n in counts.items() if home is None or tree.within(at, home.id)]
    assert counted == sum(within)
    assert (f"{region}: {counted} " in told) == bool(region)
