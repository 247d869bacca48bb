"""Inline: results for every keystroke, whose message is the card."""

from __future__ import annotations

from aiogram.types import InlineQueryResultArticle, InputTextMessageContent

from directory.directory import Directory
from directory.quarantine import hide
from tests.bot.conftest import People
from tests.bot.person import Talker, article, titles

GOVERNOR = "Губернатор Курганской области"


async def test_a_result_is_the_card_with_its_addresses(citizen: Talker) -> None:
    result, sent = article(await citizen.types("Шумков"), GOVERNOR)
    card = await citizen.says("Шумков")
    assert sent.text == card.text
    assert sent.urls == card.urls
    assert len(sent.buttons) == len(sent.urls), "no button that needs the bot's chat"
    assert result.id == "45-gubernator"


async def test_results_are_stable_and_turned_by_offset(citizen: Talker) -> None:
    first = await citizen.types("суд")
    assert [r.id for r in first.results] == [r.id for r in (await citizen.types("суд")).results]
    seen = [r.id for r in first.results]
    answer = first
    while answer.next_offset:
        answer = await citizen.types("суд", answer.next_offset)
        seen += [r.id for r in answer.results]
    assert len(seen) == len(set(seen)) > 25
    assert first.cache_time == 0


async def test_an_odd_offset_is_the_beginning(citizen: Talker) -> None:
    first = await citizen.types("суд")
    assert titles(await citizen.types("суд", "²")) == titles(first)
    assert titles(await citizen.types("суд", "-5")) == titles(first)
    assert titles(await citizen.types("суд", "9" * 60)) == []


async def test_an_empty_query_offers_saved_pages_then_the_best_known(citizen: Talker) -> None:
    offered = await citizen.types("")
    assert GOVERNOR in titles(offered)[:3]
    await citizen.says("Арбитражный суд Курганской области")
    await citizen.presses("Сохранить")
    offered = await citizen.types("")
    assert "рбитражный суд" in titles(offered)[0]
    assert offered.is_personal
    assert len(titles(offered)) == len(set(titles(offered)))


async def test_nothing_found_goes_on_in_the_chat(citizen: Talker) -> None:
    answer = await citizen.types("пицца")
    assert answer.results == []
    assert answer.button is not None
    start = await citizen.says(f"/start {answer.button.start_parameter}")
    assert "«пицца»" in start.text
    long = await citizen.types("пицца " * 20)
    assert long.button is not None
    assert long.button.start_parameter == "help"
    assert "official" not in (await citizen.says("/start q_%%%")).text


async def test_a_shared_card_is_that_card(citizen: Talker) -> None:
    card = await citizen.says("Шумков")
    share = card.button("Поделиться").switch_inline_query_chosen_chat
    assert share is not None
    assert share.query is not None
    assert titles(await citizen.types(share.query)) == [GOVERNOR]


async def test_a_card_sent_here_inline_is_not_checked(citizen: Talker) -> None:
    _result, sent = article(await citizen.types("Шумков"), GOVERNOR)
    me = await citizen.bot.me()
    await citizen.send(sent.text, entities=sent.message.entities, via_bot=me)
    assert citizen.replies == []


async def test_a_hidden_page_is_no_result(citizen: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "взломана", None)
    await directory.refresh()
    for query in ("Шумков", "", "page_45-gubernator"):
        assert GOVERNOR not in titles(await citizen.types(query))


async def test_english_cards_for_those_whose_telegram_is_in_english(people: People) -> None:
    _result, sent = article(await people(1001, language="en").types("Шумков"), GOVERNOR)
    assert sent.labels == ["VK", "Telegram"]


async def test_a_mention_where_the_bot_is_not_a_member(citizen: Talker, people: People) -> None:
    for text, said in (
        ("@official_pages_bot Шумков", "Шумков Вадим"),
        ("@official_pages_bot", "Что ищете?"),
    ):
        guest = people(1003, group=-9)
        await guest.update(guest_message=guest.message(text, guest_query_id="5"))
        call = guest.session.calls[-1]
        result = getattr(call, "result", None)
        assert isinstance(result, InlineQueryResultArticle)
        assert isinstance(result.input_message_content, InputTextMessageContent)
        assert said in result.input_message_content.message_text


async def test_a_link_finds_the_page_that_it_belongs_to_or_imitates(citizen: Talker) -> None:
    real = "Губернатор Курганской области"
    for link in ("https://vk.com/shumkov_vadim", "@silavpravdevshumkov", "vk.com/shumkov_vadlm"):
        assert titles(await citizen.types(link)) == [real]
    assert titles(await citizen.types("https://vk.com/sovsem_drugoe_soobshchestvo")) == []
