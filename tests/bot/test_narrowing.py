"""A long list of search results narrows by place and by topic, with counts, in its own message."""

from __future__ import annotations

import pytest

from bot.buttons.citizens import Narrow, ResultsIn
from tests.bot.conftest import People
from tests.bot.person import Reply, Talker


async def _listed(citizen: Talker, first: Reply) -> int:
    """How many entries the list has on all its screens."""
    numbers = [line for line in first.text.splitlines() if line.partition(". ")[0].isdigit()]
    while "Дальше →" in first.labels:
        first = await citizen.presses("Дальше", on=first)
        numbers += [line for line in first.text.splitlines() if line.partition(". ")[0].isdigit()]
    return len(numbers)


async def test_by_place_with_counts(citizen: Talker) -> None:
    courts = await citizen.says("судебный участок")
    assert "Есть и другие" in courts.text
    places = await citizen.presses("По местам", on=courts)
    assert places.message.message_id == courts.message.message_id
    assert "«судебный участок»" in places.text
    label, *_others, whole = places.labels
    assert whole == "Всё, что нашлось"
    name, _dash, n = label.rpartition(" — ")
    assert n.endswith("+"), "not all were counted"
    narrow = await citizen.presses(label, on=places)
    assert f"Только: {name}." in narrow.text
    assert all(name in line for line in narrow.text.splitlines() if "Курганская обл" in line)
    assert await _listed(citizen, narrow) >= int(n[:-1]) > 1


async def test_by_topic_and_then_by_place(citizen: Talker) -> None:
    found = await citizen.says("Курган")
    assert "По местам" not in found.labels, "a place is no list"
    found = await citizen.says("курганский")
    topics = await citizen.presses("По темам", on=found)
    label = next(each for each in topics.labels if each.startswith("Власть — "))
    power = await citizen.presses(label, on=topics)
    assert "Только: Власть." in power.text
    assert "По темам" not in power.labels, "one topic is left"
    opened = await citizen.says("1")
    assert f"1. {opened.text.splitlines()[0]}" in power.text


async def test_the_whole_list_comes_back(citizen: Talker) -> None:
    courts = await citizen.says("районный суд")
    places = await citizen.presses("По местам", on=courts)
    again = await citizen.presses("Всё, что нашлось", on=places)
    assert again.text == courts.text
    assert again.labels == courts.labels


async def test_a_short_list_and_a_group_have_no_such_buttons(
    citizen: Talker, people: People
) -> None:
    assert "По местам" not in (await citizen.says("школа")).labels
    member = people(group=-100)
    assert "По местам" not in (await member.says("/find районный суд")).labels


@pytest.mark.parametrize(
    "data", [Narrow(by="place"), ResultsIn(territory=9999), ResultsIn(category="00000000")]
)
async def test_a_button_without_its_list_says_so(citizen: Talker, data: Narrow | ResultsIn) -> None:
    start = await citizen.says("/start")
    await citizen.sends_press(start.message, data.pack())
    assert citizen.notice.startswith("Кнопка устарела")


async def test_of_what_is_gone_meanwhile_an_empty_list_leads_back(citizen: Talker) -> None:
    courts = await citizen.says("районный суд")
    await citizen.sends_press(courts.message, ResultsIn(territory=9999).pack())
    assert citizen.reply.labels[-1] == "Всё, что нашлось"
