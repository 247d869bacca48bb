"""A person's own place: chosen in four ways, first in answers, and nobody else's business."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.screens import home
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Link, Origin, Page, PageLink
from directory.store import homes, revisions
from tests.bot.conftest import People
from tests.bot.person import Talker, article, titles


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


async def test_who_chose_a_network_is_asked_for_their_place_as_well(
    citizen: Talker, directory: Directory
) -> None:
    await citizen.says("/start")
    await citizen.presses("Моё место")
    await citizen.presses("ВКонтакте")
    question = "Город Шадринск — ваше место?"
    for _time in range(home.TIMES - 1):
        assert question not in (await citizen.says("суд шадринск")).text
    assert question in (await citizen.says("библиотека шадринск")).text
    for _time in range(home.TIMES * 2):
        assert question not in (await citizen.says("суд шадринск")).text
    await citizen.presses("Да, показывать первым")
    assert await _kept(directory, 1000) == "Город Шадринск"
    async with directory.db.read() as connection:
        assert await homes.network_of(connection, 1000) == "vk"


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


SCHOOL = "/start page_network-school"


@pytest.fixture
async def school(directory: Directory) -> None:
    """A school that does not exist, on four networks."""
    accounts = {"vk": "name", "ok": "name", "telegram": "name", "max": "name"}
    links = tuple(
        PageLink(slot, Link(slot, kind, "chetyre_seti")) for slot, kind in accounts.items()
    )
    page = Page("network-school", "Школа четырёх сетей", territory=1, links=links)
    async with directory.db.write() as connection:
        await revisions.apply(connection, [page_change(None, page)], Origin(Action.EDIT))
    await directory.refresh()


@pytest.mark.usefixtures("school")
async def test_the_network_that_a_person_chose_is_first_on_every_card(
    citizen: Talker, people: People, directory: Directory
) -> None:
    assert (await citizen.says(SCHOOL)).labels[0] == "ВКонтакте"
    await citizen.says("/start")
    await citizen.presses("Моё место и сеть")
    said = await citizen.presses("Одноклассники")
    assert "Первой на карточках: Одноклассники, только для вас." in said.text
    assert "Одноклассники" not in said.labels
    card = await citizen.says(SCHOOL)
    assert card.labels[:4] == ["Одноклассники", "ВКонтакте", "Telegram", "MAX"]
    assert card.text.index("Одноклассники: ok.ru") < card.text.index("ВКонтакте: vk.com")
    await citizen.presses("Сохранить")
    assert citizen.reply.labels[0] == "Одноклассники"
    _result, sent = article(await citizen.types("школа четырёх сетей"), "Школа четырёх сетей")
    assert sent.labels[0] == "Одноклассники"
    # The network that a query names goes before it.
    assert (await citizen.says("школа четырёх сетей в телеграме")).labels[0] == "Telegram"
    # Others and groups see no change, and the place is chosen beside it.
    assert (await people(1001).says(SCHOOL)).labels[0] == "ВКонтакте"
    member = people(1000, group=-100)
    assert (await member.says("/find школа четырёх сетей")).labels[0] == "ВКонтакте"
    await citizen.says("Город Шадринск")
    await citizen.presses("Это моё место")
    assert (await citizen.says(SCHOOL)).labels[0] == "Одноклассники"
    assert "Ваше место: Город Шадринск" in (await citizen.presses("Не выделять сеть")).text
    assert (await citizen.says(SCHOOL)).labels[0] == "ВКонтакте"
    assert await _kept(directory, 1000) == "Город Шадринск"


@pytest.mark.usefixtures("school")
async def test_a_network_is_learned_from_a_press_and_never_from_words(
    citizen: Talker, directory: Directory
) -> None:
    for _time in range(4):
        asked = await citizen.says("школа четырёх сетей в максе")
        assert asked.labels[0] == "MAX"
    assert (await citizen.says(SCHOOL)).labels[0] == "ВКонтакте"
    await citizen.says("школа четырёх сетей в максе")
    await citizen.presses("Всегда первой: MAX")
    card = await citizen.says("школа четырёх сетей в максе")
    assert "Всегда первой: MAX" not in card.labels
    assert (await citizen.says(SCHOOL)).labels[0] == "MAX"
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    assert (await citizen.says(SCHOOL)).labels[0] == "ВКонтакте"


@pytest.mark.usefixtures("school")
async def test_a_merge_of_territories_that_is_undone_forgets_the_place_and_not_the_network(
    directory: Directory,
) -> None:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    async with directory.db.write() as connection:
        await homes.set_home(connection, 1000, 2)
        await homes.set_network(connection, 1000, "ok")
        await homes.set_home(connection, 1001, 2)
        await homes.move(connection, 2, 3, at)
        await homes.forget_moved(connection, at)
        assert await homes.get(connection, 1000) is None
        assert await homes.network_of(connection, 1000) == "ok"
        assert await homes.persons(connection, at) == ({1000}, at)


@pytest.mark.usefixtures("school")
async def test_a_network_chosen_after_a_merge_keeps_no_place_that_the_merge_gave(
    directory: Directory,
) -> None:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    async with directory.db.write() as connection:
        await homes.set_home(connection, 1000, 2)
        await homes.move(connection, 2, 3, at)
        await homes.set_network(connection, 1000, "ok")
        await homes.forget_moved(connection, at)
        assert await homes.get(connection, 1000) is None
        assert await homes.network_of(connection, 1000) == "ok"
