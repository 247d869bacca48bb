"""Inline: results for every keystroke, whose message is the card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.types import (
    Chat,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    MessageOriginChannel,
)

from bot.terminal.html import parse
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.model import Action, Origin, Status
from directory.store import revisions
from tests.bot.conftest import People
from tests.bot.person import Reply, Talker, article, hidden_link, titles

GOVERNOR = "Губернатор Курганской области"


async def test_a_result_is_the_card_with_its_addresses(citizen: Talker) -> None:
    result, sent = article(await citizen.types("Шумков"), GOVERNOR)
    card = await citizen.says("Шумков")
    assert sent.text == card.text
    assert sent.urls == [*card.urls, "https://t.me/official_pages_bot?start=page_45-gubernator"]
    assert sent.labels[-1] == "Открыть в боте"
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


@pytest.mark.both
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
    assert sent.labels == ["VK", "Telegram", "Open in the bot"]


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


async def test_a_link_gets_the_verdict_and_not_the_card_that_it_resembles(
    citizen: Talker,
) -> None:
    for typed, title, said in (
        ("https://vk.com/shumkov_vadim", "Официальная страница", "официальная страница"),
        ("@silavpravdevshumkov", "Официальная страница", "официальная страница"),
        ("это он? vk.com/shumkov_vadlm", "Осторожно: этой ссылке не доверяйте", "не она"),
        (
            "vk.com/shumkov_vadlm vk.com/shumkov_vadim",
            "Осторожно: этой ссылке не доверяйте",
            "не она",
        ),
        ("https://vk.com/drugoe_soobshchestvo", "Нет в справочнике", "ничего не доказывает"),
    ):
        answer = await citizen.types(typed)
        (found,) = titles(answer)
        assert found.startswith(title)
        _result, sent = article(answer, found)
        assert said in sent.text
        assert not any(button.callback_data for button in sent.buttons)
        if title.startswith("Осторожно"):
            assert "официальная страница" not in sent.text
            assert sent.urls == ["https://t.me/official_pages_bot?start=page_45-gubernator"]


async def test_a_link_where_the_bot_is_not_a_member_gets_the_verdict(
    citizen: Talker, people: People
) -> None:
    real, double = "https://vk.com/shumkov_vadim", "vk.com/shumkov_vadlm"
    guest = people(1003, group=-9)
    origin = MessageOriginChannel(
        date=guest.message().date,
        message_id=5,
        chat=Chat(id=-100600, type="channel", title="Новости", username="silavpravdevshumkow"),
    )
    said = people(1004, group=-9).message(real, forward_origin=origin)
    for text, fields, words in (
        (f"@official_pages_bot {real}", {}, "официальная страница"),
        (f"@official_pages_bot это он? {double}", {}, "Осторожно"),
        (
            f"@official_pages_bot {real}",
            {"entities": [hidden_link(f"@official_pages_bot {real}", real, double)]},
            "Осторожно: написано",
        ),
        ("@official_pages_bot правда?", {"reply_to_message": said}, "Осторожно: автор"),
    ):
        message = guest.message(text, guest_query_id="5", **fields)
        await guest.update(guest_message=message)
        result = getattr(guest.session.calls[-1], "result", None)
        assert isinstance(result, InlineQueryResultArticle)
        assert isinstance(result.input_message_content, InputTextMessageContent)
        told = parse(result.input_message_content.message_text)[0]
        assert words in told
        assert "Осторожно" not in words or "официальная страница" not in told
        rows = result.reply_markup.inline_keyboard if result.reply_markup else []
        assert all(button.url for row in rows for button in row)


async def test_the_link_of_a_closed_page_is_not_called_official(
    citizen: Talker, people: People, directory: Directory
) -> None:
    before = await directory.page("45-gubernator")
    assert before is not None
    after = replace(before, status=Status.CLOSED, successor="45-pravitelstvo")
    async with directory.db.write() as connection:
        await revisions.apply(connection, [page_change(before, after)], Origin(Action.EDIT))
    await directory.refresh()
    link = "https://vk.com/shumkov_vadim"
    _result, sent = article(await citizen.types(link), "Страница закрыта")
    guest = people(1003, group=-9)
    text = f"@official_pages_bot {link}"
    await guest.update(guest_message=guest.message(text, guest_query_id="5"))
    result = getattr(guest.session.calls[-1], "result", None)
    assert isinstance(result, InlineQueryResultArticle)
    assert isinstance(result.input_message_content, InputTextMessageContent)
    for told in (sent.text, parse(result.input_message_content.message_text)[0]):
        assert "Закрыта" in told
        assert "официальная страница" not in told
        assert "Теперь вместо неё: Правительство Курганской области" in told
    assert result.reply_markup == sent.message.reply_markup
    assert sent.urls == ["https://t.me/official_pages_bot?start=page_45-pravitelstvo"]


async def test_an_answer_is_small_and_says_place_and_networks(citizen: Talker) -> None:
    answer = await citizen.types("суд")
    results = [r for r in answer.results if isinstance(r, InlineQueryResultArticle)]
    sizes = [
        len(result.reply_markup.model_dump_json(exclude_none=True).encode())
        + len(result.input_message_content.message_text.encode())
        for result in results
        if result.reply_markup and isinstance(result.input_message_content, InputTextMessageContent)
    ]
    assert len(sizes) == len(results)
    assert len(sizes) > 1
    assert sum(sizes) <= 10_000
    result, _sent = article(await citizen.types("Шумков"), GOVERNOR)
    assert (result.description or "").endswith("Курганская область. ВКонтакте, Telegram")


async def _to_guest(people: People, text: str) -> Reply:
    """What a mention is answered in a chat that the bot is not in."""
    guest = people(1003, group=-9)
    await guest.update(guest_message=guest.message(text, guest_query_id="5"))
    result = getattr(guest.session.calls[-1], "result", None)
    assert isinstance(result, InlineQueryResultArticle)
    assert isinstance(result.input_message_content, InputTextMessageContent)
    shown, entities = parse(result.input_message_content.message_text)
    markup = result.reply_markup
    return Reply(Message.model_construct(text=shown, entities=entities, reply_markup=markup))


async def test_a_guests_list_opens_its_cards_in_the_bot(people: People) -> None:
    found = await _to_guest(people, "@official_pages_bot судебный участок")
    assert not any(button.callback_data for button in found.buttons)
    assert found.labels[0].startswith("1. ")
    assert found.labels[-1] == "Открыть в боте"
    asker = people(1003)
    card = await asker.says(f"/start {found.urls[0].partition('start=')[2]}")
    assert f"1. {card.text.splitlines()[0]}" in found.text
    again = await asker.says(f"/start {found.urls[-1].partition('start=')[2]}")
    assert "судебный участок" in again.text


async def test_a_guests_complaint_gets_the_door_and_the_page(people: People) -> None:
    answer = await _to_guest(people, "@official_pages_bot яма на дороге в Шадринске")
    assert answer.urls[0] == "https://pos.gosuslugi.ru/"
    assert answer.labels[1:] == ["1. Администрация города Шадринска"]
    assert "start=page_" in answer.urls[1]
