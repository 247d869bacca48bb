"""A place that is written after the bot asked for one completes what was asked before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.appeals.responsible import all_responsible
from bot.buttons.fields import category_key
from bot.screens.asked_place import asked_for, complained_of, kinds_of, responsible_of
from bot.talk import picked
from directory.directory import Directory
from directory.language.lexicon import lexicon
from tests.bot.conftest import People
from tests.bot.person import Talker


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    yield
    picked.forget(1000)


@pytest.mark.parametrize(
    ("asked", "place", "shown"),
    [
        ("суд", "щучье", "Щучанский районный суд"),
        ("суд", "в Кетово", "Кетовский районный суд"),
        ("судебный участок", "шадринск", "Шадринского судебного района"),
        ("поликлиника", "Кетово", "Администрация Кетовского муниципального округа"),
        ("паспорт", "Шадринск", "Администрация города Шадринска"),
        ("яма на дороге", "Шадринск", "Куда ещё обратиться (дороги, дворы и порядок на улицах)"),
        ("хамят в поликлинике", "Кетовский район", "в справочнике нет (Кетовский"),
    ],
)
async def test_the_place_completes_it(citizen: Talker, asked: str, place: str, shown: str) -> None:
    first = await citizen.says(asked)
    assert "Назвать место" in first.labels
    found = await citizen.says(place)
    assert shown in found.text
    assert any(label in ("Город Шадринск", "Шадринский муниципальный округ") or "округ" in label
               for label in found.labels)  # fmt: skip


async def test_a_place_after_anything_else_is_the_place(citizen: Talker) -> None:
    await citizen.says("суд")
    await citizen.says("спасибо")
    place = await citizen.says("Щучье")
    assert place.text.startswith("Щучанский муниципальный округ")


async def test_another_search_is_another_search(citizen: Talker) -> None:
    await citizen.says("суд")
    found = await citizen.says("губернатор")
    assert found.text.startswith("Губернатор Курганской области")
    await citizen.says("суд")
    found = await citizen.says("пожар в Щучье")
    assert "112" in found.text


async def test_the_button_asks_for_the_place_and_needs_no_memory(citizen: Talker) -> None:
    courts = await citizen.says("суд")
    question = await citizen.presses("Назвать место", on=courts)
    assert question.text.startswith("Какое место?")
    picked.forget(1000)
    found = await citizen.says("Щучье", reply_to_message=question.message)
    assert "Щучанский районный суд" in found.text


async def test_a_reply_to_the_list_needs_no_memory(citizen: Talker) -> None:
    courts = await citizen.says("суд")
    picked.forget(1000)
    found = await citizen.says("Щучье", reply_to_message=courts.message)
    assert "Щучанский районный суд" in found.text


async def test_groups_are_asked_for_no_place(people: People) -> None:
    member = people(group=-100)
    first = await member.says("/find суд")
    assert "Назвать место" not in first.labels


async def test_what_was_typed_is_not_kept(directory: Directory) -> None:
    for query in ("школа радуга", "школа 5 и 7", "шумков", "суд щучье", ""):
        assert asked_for(directory, query) is None, query
    asked = asked_for(directory, "подскажите школу № 5")
    assert asked is not None
    assert (kinds_of(asked), asked.n) == (("школа",), "5")


def test_short_names_are_told_apart() -> None:
    kinds = set(lexicon().asked.phrases.values())
    keys = {category_key("\n".join(each)) for each in kinds}
    topics = [complained_of(each) for each in all_responsible()]
    assert len(keys) == len(kinds)
    assert len({*keys, *(each.of for each in topics)}) == len(keys) + len(topics)
    assert [responsible_of(each) for each in topics] == all_responsible()
