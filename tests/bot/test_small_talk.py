"""What people say besides asking, the doors, and what is no text."""

from __future__ import annotations

import pytest
from aiogram.methods import SendMessage
from aiogram.types import PhotoSize, ReplyKeyboardMarkup, ReplyKeyboardRemove, Voice

from bot.appeals.small_talk import small_talk
from tests.bot.conftest import People
from tests.bot.person import Talker


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Привет!", "Здравствуйте"),
        ("привет привет", "Здравствуйте"),
        ("ghbdtn", "Здравствуйте"),
        ("Добрый вечер", "Здравствуйте"),
        ("СПАСИБО БОЛЬШОЕ", "Рад помочь"),
        ("👍🏽", "Рад помочь"),
        ("❤️❤️❤️", "Рад помочь"),
        ("👎", "Жаль"),
        ("меню", "Вот что я умею"),
        ("Оператор", "Я программа"),
        ("пока", "До свидания"),
        ("кто ты?", "Я программа"),
        ("а вы кто вообще", "Я программа"),
        ("ну и кто вы такие?", "Я программа"),
        ("вы мошенники?", "Я программа"),
        ("а вы не мошенники", "Я программа"),
        ("это не то", "Жаль"),
        ("ну это совсем не то!", "Жаль"),
        ("опять не то", "Жаль"),
        ("ты тупой", "Жаль"),
        ("какой же ты глупый", "Жаль"),
        ("назад", "Вот что я умею"),
        ("what can you do?", "Вот что я умею"),
        ("дальше", "Длинные списки"),
        ("ну дальше", "Длинные списки"),
        ("как тебя удалить", "Чтобы уйти"),
        ("у вас неправильный телефон", "Найдите страницу"),
        ("Ссылка не открывается!", "Найдите страницу"),
        ("я администратор страницы", "Найдите страницу"),
        ("как отписаться?", "Чтобы уйти"),
    ],
)
async def test_small_talk_gets_a_short_human_answer(citizen: Talker, text: str, said: str) -> None:
    answer = await citizen.says(text)
    assert answer.text.startswith(said)
    assert "Главы" in answer.labels


@pytest.mark.parametrize(
    "text",
    [
        "привет губернатор",
        "школа",
        "спасибо школе 5",
        "меню школы",
        "оператор связи",
        "👍 суд",
        "мошенники звонят",
        "кто вы по закону",
        "назад в школу",
        "дальше только лес",
        "удалить зуб",
        "тупой угол",
        "и",
        "а",
        "просто школа",
        "так",
        "следующая остановка",
        "stop sign office",
    ],
)
def test_a_search_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


async def test_somebody_who_calls_fraud_is_told_whom_to_call(citizen: Talker) -> None:
    assert "102" in (await citizen.says("мошенники")).text
    assert "102" not in (await citizen.says("вы мошенники")).text


async def test_english_small_talk_in_english(people: People) -> None:
    assert (await people(1001, language="en").says("thank you")).text.startswith("Glad to help")


async def test_voice_and_pictures_are_told_how_to_ask(citizen: Talker) -> None:
    await citizen.send(voice=Voice(file_id="1", file_unique_id="1", duration=2))
    assert "микрофон" in citizen.reply.text
    photo = [PhotoSize(file_id="1", file_unique_id="1", width=9, height=9)]
    await citizen.send(photo=photo)
    assert "Картинки я не читаю" in citizen.reply.text
    await citizen.send(photo=photo, caption="губернатор")
    assert "Шумков" in citizen.reply.text
    await citizen.send(photo=photo, caption="https://vk.com/shumkov_vadim")
    assert "официальная страница" in citizen.reply.text


async def test_the_doors_of_the_greeting(citizen: Talker) -> None:
    greeting = await citizen.says("/start")
    assert "Глава Кетовского" in (await citizen.presses("Главы", on=greeting)).text
    assert "Курганская область" in (await citizen.presses("По местам и темам", on=greeting)).text
    await citizen.presses("Рядом", on=greeting)
    assert citizen.asked_for_place
    assert "ссылку" in (await citizen.presses("Проверить ссылку", on=greeting)).text
    assert "Пока ничего" in (await citizen.presses("Мои страницы", on=greeting)).text


async def test_lasting_doors_come_and_go_by_one_press(citizen: Talker) -> None:
    await citizen.says("/help")
    await citizen.presses("Держать кнопки")
    (call,) = citizen._turn[:1]
    assert isinstance(call, SendMessage)
    assert isinstance(call.reply_markup, ReplyKeyboardMarkup)
    labels = [key.text for row in call.reply_markup.keyboard for key in row]
    assert len(labels) == 5
    assert "Глава Кетовского" in (await citizen.says("Главы")).text
    assert "Курганская область" in (await citizen.says("По местам и темам")).text
    assert "ссылку" in (await citizen.says("Проверить ссылку")).text
    await citizen.says(labels[-1])
    (call,) = citizen._turn[:1]
    assert isinstance(call, SendMessage)
    assert isinstance(call.reply_markup, ReplyKeyboardRemove)


async def test_what_was_not_found_is_suggested_without_typing_it_again(citizen: Talker) -> None:
    await citizen.says("щщщщщщщ")
    asked = await citizen.presses("Предложить страницу")
    assert "щщщщщщщ" in asked.text
    thanks = await citizen.says("vk.com/made_up_page_7", reply_to_message=asked.message)
    assert "Спасибо" in thanks.text


async def test_one_or_two_letters_inline_get_a_hint(citizen: Talker) -> None:
    answer = await citizen.types("ъъ")
    assert answer.button is not None
    assert answer.button.text.startswith("Пишите дальше")
    longer = await citizen.types("ъъъъъъ")
    assert longer.button is not None
    assert "ничего не нашлось" in longer.button.text.lower()
