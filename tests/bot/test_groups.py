"""Groups: answers to what is meant for the bot, silence on all else."""

from __future__ import annotations

import pytest

from directory.changes import territory_change
from directory.directory import Directory
from directory.model import Action, Origin, Territory
from directory.store import revisions
from tests.bot.conftest import People
from tests.bot.person import Talker


@pytest.fixture
def member(people: People) -> Talker:
    """Somebody in a group."""
    return people(1000, group=-100)


async def test_find(member: Talker) -> None:
    card = await member.says("/find Шумков")
    assert "Шумков Вадим Михайлович" in card.text
    assert card.labels == ["ВКонтакте", "Telegram", "Открыть в боте"], "a group keeps nothing"
    assert "Шумков" in (await member.says("/find@official_pages_bot Шумков")).text


async def test_find_without_a_query_asks_and_the_reply_is_answered(member: Talker) -> None:
    asked = await member.says("/find")
    answer = await member.says("Шумков", reply_to_message=asked.message)
    assert "Шумков Вадим Михайлович" in answer.text


async def test_a_mention_is_answered(member: Talker) -> None:
    assert "Шумков Вадим" in (await member.says("@official_pages_bot, шумков")).text


async def test_lists_are_short_and_open_cards(member: Talker) -> None:
    found = await member.says("/find судебный участок")
    assert len(found.labels) == 6
    assert found.labels[-1] == "Дальше →"
    card = await member.presses("1. ")
    assert "удебный участок" in card.text
    assert not any(button.callback_data for button in card.buttons)


async def test_nothing_found_is_one_line(member: Talker) -> None:
    answer = await member.says("/find пицца")
    assert answer.labels == []
    assert "\n" not in answer.text


async def test_talk_not_meant_for_it_is_left_alone(
    member: Talker, subtests: pytest.Subtests
) -> None:
    for talk in [
        "Шумков",
        "всем привет",
        "/find@other_bot Шумков",
        "/roll",
        "@other_bot суд",
        "vk.com/kurgan",
    ]:
        with subtests.test(talk=talk):
            await member.send(talk)
            assert member.replies == []


async def test_other_peoples_replies_are_left_alone(member: Talker, people: People) -> None:
    said = people(1001, group=-100).message("Кто губернатор?")
    await member.send("Шумков", reply_to_message=said)
    assert member.replies == []


async def test_what_needs_a_private_chat_leads_there(member: Talker) -> None:
    for command in ("/saved", "/near", "/browse", "/forget", "/start", "/help"):
        answer = await member.says(command)
        assert answer.urls == ["https://t.me/official_pages_bot?start=help"]


async def test_a_service_message_is_left_alone(member: Talker) -> None:
    await member.send(new_chat_title="Новое имя")
    assert member.replies == []


async def test_a_mention_alone_is_asked_what_it_wants(member: Talker) -> None:
    assert "Что ищете?" in (await member.says("@official_pages_bot")).text


async def test_one_message_is_changed_while_its_asker_turns_it(
    member: Talker, people: People
) -> None:
    found = await member.says("/find судебный участок")
    second = await member.presses("Дальше")
    assert second.message.message_id == found.message.message_id
    assert "6–10 из" in second.text
    other = people(1005, group=member.chat.id)
    await other.presses("Дальше", on=second)
    assert other.replies == []
    assert "кто спросил" in other.notice
    card = await member.presses("6. ", on=second)
    assert card.message.message_id == found.message.message_id
    assert "удебный участок" in card.text


async def test_a_complaint_in_a_group_opens_the_page_in_its_own_message(member: Talker) -> None:
    answer = await member.says("/find яма на дороге в Шадринске")
    assert answer.urls == ["https://pos.gosuslugi.ru/"]
    card = await member.presses("1. Администрация города Шадринска")
    assert card.message.message_id == answer.message.message_id
    assert card.labels[-1] == "Открыть в боте"


async def test_places_and_sections_open_in_the_lists_own_message(
    member: Talker, directory: Directory
) -> None:
    first, second = (
        directory.territories.named(name)[0] for name in ("Кетовский район", "Катайский район")
    )
    made = [Territory(90_001 + n, "с. Дубравное", at.id) for n, at in enumerate((first, second))]
    async with directory.db.write() as connection:
        changes = [territory_change(None, each) for each in made]
        await revisions.apply(connection, changes, Origin(Action.EDIT))
    await directory.refresh()
    which = await member.says("/find Дубравное")
    place = await member.presses("1. с. Дубравное")
    assert place.message.message_id == which.message.message_id

    await member.says("/find цветы кетово")
    listed = await member.presses("Дальше")
    sections = await member.presses(next(x for x in listed.labels if "Мировые судьи" in x))
    assert sections.message.message_id == listed.message.message_id
