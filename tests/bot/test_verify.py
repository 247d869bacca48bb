"""Links that are sent, forwarded, hidden behind words or on buttons."""

from __future__ import annotations

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from directory.directory import Directory
from directory.quarantine import hide
from tests.bot.conftest import People
from tests.bot.person import Talker, hidden_link

REAL = "https://vk.com/shumkov_vadim"


async def test_a_real_link_is_official(citizen: Talker, subtests: pytest.Subtests) -> None:
    for text in [REAL, "vk.com/shumkov_vadim", "это он? https://m.vk.com/shumkov_vadim?from=feed"]:
        with subtests.test(text=text):
            answer = await citizen.says(text)
            assert "официальная страница" in answer.text
            assert "Губернатор Курганской области" in answer.text
            assert "Шумков" in (await citizen.presses("1. Губернатор")).text


async def test_a_nick_is_checked(citizen: Talker) -> None:
    assert "официальная страница" in (await citizen.says("@silavpravdevshumkov")).text


async def test_a_double_is_called_one_and_cannot_be_pressed(
    citizen: Talker, subtests: pytest.Subtests
) -> None:
    for double in ["vk.com/shumkov_vadlm", "vk.com/shumkov_vadim_official"]:
        with subtests.test(double=double):
            answer = await citizen.says(double)
            assert "Осторожно" in answer.text
            assert answer.urls == answer.links == []
            code = [e for e in answer.message.entities or [] if e.type == "code"]
            assert double in [e.extract_from(answer.text) for e in code]
            assert "Шумков" in (await citizen.presses("Настоящая")).text


async def test_an_unknown_link_proves_nothing(citizen: Talker) -> None:
    answer = await citizen.says("https://vk.com/sovsem_drugoe_soobshchestvo")
    assert "ничего не доказывает" in answer.text
    assert "Госорганизация" in answer.text
    assert answer.links == []


async def test_a_link_behind_words_in_a_forwarded_message(citizen: Talker) -> None:
    text = "Голосуйте на странице губернатора"
    answer = await citizen.forwards(
        text, entities=[hidden_link(text, "странице", "https://vk.com/shumkov_vadlm")]
    )
    assert "Осторожно" in answer.text


async def test_a_link_on_a_button_of_a_forwarded_message(citizen: Talker) -> None:
    button = InlineKeyboardButton(text="Голосовать", url=REAL)
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    answer = await citizen.forwards("Голосование", reply_markup=markup)
    assert "официальная страница" in answer.text


async def test_each_link_gets_an_answer_five_at_most(citizen: Talker) -> None:
    await citizen.says(" ".join(f"vk.com/made_up_{n}" for n in range(7)))
    assert len(citizen.replies) == 6
    assert "Осталось ещё 2 ссылки" in citizen.reply.text
    await citizen.says(f"{REAL} {REAL}")
    assert len(citizen.replies) == 1


async def test_a_withdrawn_link_is_not_to_be_trusted(citizen: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "страницу взломали", None)
    await directory.refresh()
    answer = await citizen.says(REAL)
    assert "Не доверяйте" in answer.text
    assert answer.urls == answer.links == []


async def test_check_asks_for_a_link_or_takes_it(citizen: Talker) -> None:
    assert "Пришлите ссылку" in (await citizen.says("/check")).text
    assert "официальная страница" in (await citizen.says(f"/check {REAL}")).text
    assert (await citizen.says("/check Шумков")).text
    sent = citizen.message(REAL)
    assert "официальная" in (await citizen.says("/check", reply_to_message=sent)).text


async def test_in_a_group_by_command_reply_or_mention(people: People) -> None:
    member = people(1000, group=-100)
    assert "официальная" in (await member.says(f"/check {REAL}")).text
    doubtful = people(1001, group=-100).message("vk.com/shumkov_vadlm")
    assert "Осторожно" in (await member.says("/check", reply_to_message=doubtful)).text
    answer = await member.says(f"@official_pages_bot {REAL}")
    assert "официальная" in answer.text
    assert not any(button.callback_data for button in answer.buttons)


async def test_a_hostile_link_is_never_sent_back_to_press(
    citizen: Talker, subtests: pytest.Subtests
) -> None:
    for hostile in [
        "https://vk.com\\@evil.ru/",
        "https://vk.com@evil.example/shumkov_vadim",
        "https://vk.com%2eevil.ru/",
        "https://v\u200bk.com/shumkov_vadim",
        "http://0x7f000001/",
        "https://xn--80ak6aa92e.com/",
        "javascript:alert(1)//vk.com",
        "https://vk.com/away.php?to=https://evil.example",
    ]:
        with subtests.test(hostile=hostile):
            answer = await citizen.says(hostile)
            assert "evil" not in " ".join([*answer.urls, *answer.links])
            kinds = {e.type for e in answer.message.entities or []}
            assert kinds <= {"bold", "code"}
