"""A link that is shown, and another that opens: one verdict, never a reassuring one."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    LoginUrl,
    Message,
    MessageEntity,
    SwitchInlineQueryChosenChat,
    TextQuote,
    User,
    WebAppInfo,
)

from tests.bot.conftest import People
from tests.bot.person import Talker, hidden_link

REAL = "https://vk.com/shumkov_vadim"
NICK = "@silavpravdevshumkov"
EVIL = "https://evil.ru/login"

OPENED = [
    EVIL,
    "https://t.me/+AbCdEf123",
    "tg://user?id=12345",
    "https://vk.com/shumkov_vadlm",
    "http://1.2.3.4/",
    "https://vk.com/away.php?to=evil.ru",
    "https://vk.com/sovsem_drugaya",
    "https://vk.com/club201863318",
    "javascript:alert(1)",
    "mailto:evil@evil.ru",
]


def _is_swapped(person: Talker, shown: str, opens: str) -> None:
    (answer,) = person.replies
    assert f"написано {shown}, а откроется {opens}\n" in answer.text
    _reassures_not(person)


def _reassures_not(person: Talker) -> None:
    for answer in person.replies:
        assert "официальная страница" not in answer.text
        assert "Осторожно" in answer.text
        assert answer.urls == answer.links == []


@pytest.mark.parametrize("shown", [REAL, NICK, "vk.com/shumkov_vadim", "https://kurganobl.ru/"])
@pytest.mark.parametrize("opens", OPENED)
async def test_behind_an_address_or_a_nick(citizen: Talker, shown: str, opens: str) -> None:
    for text in (shown, f"Пишите губернатору: {shown}, он ответит."):
        await citizen.says(text, entities=[hidden_link(text, shown, opens)])
        _is_swapped(citizen, shown, opens)


async def test_behind_a_part_of_an_address(citizen: Talker) -> None:
    for part in ("h", "vk.com", "/shumkov", "m"):
        await citizen.says(f"вот {REAL}", entities=[hidden_link(f"вот {REAL}", part, EVIL)])
        _is_swapped(citizen, REAL, EVIL)


async def test_offsets_are_in_units_of_telegram(citizen: Talker) -> None:
    text = f"😀😀😀 {REAL} 😀"
    entity = MessageEntity(type="text_link", offset=7, length=len(REAL), url=EVIL)
    await citizen.says(text, entities=[entity])
    _is_swapped(citizen, REAL, EVIL)


@pytest.mark.parametrize("nick", [None, "kto_to_drugoy"])
async def test_behind_a_mention_of_a_person(citizen: Talker, nick: str | None) -> None:
    user = User(id=77, is_bot=False, first_name="Кто-то", username=nick)
    for shown in (NICK, REAL):
        entity = MessageEntity(type="text_mention", offset=0, length=len(shown), user=user)
        await citizen.says(shown, entities=[entity])
        _is_swapped(citizen, shown, f"@{nick}" if nick else "профиль человека")


async def test_in_a_caption(citizen: Talker) -> None:
    entity = hidden_link(REAL, REAL, EVIL)
    await citizen.send(caption=REAL, caption_entities=[entity])
    _is_swapped(citizen, REAL, EVIL)


async def test_in_a_preview(citizen: Talker) -> None:
    for text in (REAL, f"Смотрите {REAL} и {NICK}"):
        await citizen.says(text, link_preview_options=LinkPreviewOptions(url=EVIL))
        _reassures_not(citizen)
        assert f"написано {REAL}, а откроется {EVIL}\n" in citizen.reply.text
    answer = await citizen.says("Голосуем", link_preview_options=LinkPreviewOptions(url=EVIL))
    assert EVIL in answer.text
    own = LinkPreviewOptions(url="https://vk.com/shumkov_vadim")
    answer = await citizen.says("vk.com/shumkov_vadim", link_preview_options=own)
    assert "официальная страница" in answer.text


@pytest.mark.parametrize(
    "opens",
    [
        {"url": EVIL},
        {"login_url": LoginUrl(url=EVIL)},
        {"web_app": WebAppInfo(url=EVIL)},
        {"copy_text": CopyTextButton(text=f"зайдите на {EVIL}")},
        {"switch_inline_query": EVIL},
        {"switch_inline_query_current_chat": EVIL},
        {"switch_inline_query_chosen_chat": SwitchInlineQueryChosenChat(query=EVIL)},
    ],
    ids=lambda opens: next(iter(opens)),
)
async def test_on_every_sort_of_button(citizen: Talker, opens: dict[str, Any]) -> None:
    row = [InlineKeyboardButton(text=f"Голос: {REAL}", **opens)]
    markup = InlineKeyboardMarkup(inline_keyboard=[row])
    await citizen.says("Голосование", reply_markup=markup)
    _is_swapped(citizen, REAL, EVIL)


async def test_in_a_quote_and_in_what_is_answered(citizen: Talker, people: People) -> None:
    entity = hidden_link(REAL, REAL, EVIL)
    await citizen.says("правда?", quote=TextQuote(text=REAL, position=0, entities=[entity]))
    _is_swapped(citizen, REAL, EVIL)
    said = people(1001, group=-100).message(REAL, entities=[entity])
    for words in ("@official_pages_bot это правда?", "/check"):
        member = people(1000, group=-100)
        await member.says(words, reply_to_message=said)
        _is_swapped(member, REAL, EVIL)


async def test_within_formatted_text(citizen: Talker) -> None:
    part = {"type": "url", "text": ["https://", {"type": "bold", "text": "vk.com/"}], "url": EVIL}
    block = {"type": "paragraph", "text": ["Вот: ", part, "shumkov_vadim"]}
    fields = citizen.message().model_dump(exclude_none=True)
    sent = Message.model_validate({**fields, "rich_message": {"blocks": [block]}})
    await citizen.update(message=sent)
    _is_swapped(citizen, REAL, EVIL)


async def test_a_window_over_the_page_that_is_shown(citizen: Talker) -> None:
    window = f"{REAL}?w=wall-666_1"
    await citizen.says(REAL, entities=[hidden_link(REAL, REAL, window)])
    _reassures_not(citizen)


async def test_a_window_that_is_shown_over_the_page_that_opens(citizen: Talker) -> None:
    window = f"{REAL}?w=wall-666_1"
    await citizen.says(window, entities=[hidden_link(window, window, REAL)])
    _is_swapped(citizen, window, REAL)


async def test_a_double_that_is_shown_is_told_of_where_it_opens_too(citizen: Talker) -> None:
    double = "vk.com/shumkov_vadlm"
    text = f"{double} или {double}"
    answer = await citizen.says(text, entities=[hidden_link(text, double, REAL)])
    assert f"написано {double}, а откроется {REAL}\n" in answer.text
    assert f"{double} похожа на официальную страницу" in answer.text
    _reassures_not(citizen)


async def test_what_opens_as_it_is_written_is_no_pair(citizen: Talker) -> None:
    for text, opens in (
        ("vk.com/shumkov_vadim", "https://m.vk.com/shumkov_vadim?from=feed"),
        (NICK, "https://t.me/silavpravdevshumkov"),
        ("kurganobl.ru", "https://kurganobl.ru/news"),
        ("(vk.com/shumkov_vadim)", REAL),
        ("https://vk.com/shumk…", REAL),
        ("vk.com", REAL),
        # Both are the governor's.
        (NICK, REAL),
    ):
        entity = MessageEntity(type="text_link", offset=0, length=len(text), url=opens)
        answer = await citizen.says(text, entities=[entity])
        assert "официальная страница" in answer.text, text
        assert len(citizen.replies) == 1


async def test_a_real_link_elsewhere_in_the_message_does_not_help(citizen: Talker) -> None:
    text = f"Наша страница {REAL}, вход тут: {NICK}"
    answer = await citizen.says(text, entities=[hidden_link(text, NICK, EVIL)])
    assert len(citizen.replies) == 1
    assert answer.text.startswith(f"Осторожно: написано {NICK}, а откроется {EVIL}\n")
    assert "Остальные — официальные: 1." in answer.text
    assert answer.text.endswith("Настоящая ссылка рядом не делает сообщение настоящим.")


async def test_the_real_page_is_one_press_away(citizen: Talker) -> None:
    await citizen.says(REAL, entities=[hidden_link(REAL, REAL, EVIL)])
    assert "Шумков" in (await citizen.presses("Настоящая")).text
