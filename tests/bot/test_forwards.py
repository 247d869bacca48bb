"""Who wrote what is forwarded: judged like a link, and never searched for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiogram.types import (
    Chat,
    ExternalReplyInfo,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Location,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUnion,
    MessageOriginUser,
    TextQuote,
    User,
)
from sqlalchemy import insert, update

from bot.terminal.loopback import BOT
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.store.tables import link_checks
from tests.bot.conftest import People
from tests.bot.person import Talker

OWN, DOUBLE = "silavpravdevshumkov", "silavpravdevshumkow"
REAL = "https://vk.com/shumkov_vadim"
KETOVO = "Администрация Кетовского муниципального округа"
SCAM = "Переведите 500 рублей на ремонт школы и голосуйте"


def _channel(
    nick: str | None, title: str = "Новости", number: int = -100600
) -> MessageOriginChannel:
    chat = Chat(id=number, type="channel", title=title, username=nick)
    return MessageOriginChannel(date=_DATE, message_id=5, chat=chat)


def _group(nick: str | None, title: str = "Новости") -> MessageOriginChat:
    chat = Chat(id=-100700, type="supergroup", title=title, username=nick)
    return MessageOriginChat(date=_DATE, sender_chat=chat)


def _person(name: str, nick: str | None = None) -> MessageOriginUser:
    user = User(id=555, is_bot=False, first_name=name, username=nick)
    return MessageOriginUser(date=_DATE, sender_user=user)


def _hidden(name: str) -> MessageOriginHiddenUser:
    return MessageOriginHiddenUser(date=_DATE, sender_user_name=name)


_DATE = datetime(2026, 11, 26, tzinfo=UTC)


async def _forwarded(person: Talker, origin: MessageOriginUnion, text: str, **more: Any) -> str:
    await person.send(text, forward_origin=origin, **more)
    (answer,) = person.replies
    assert SCAM not in answer.text
    assert "официальная страница" not in answer.text or "Осторожно" not in answer.text
    assert not [x for x in answer.buttons if x.switch_inline_query_current_chat]
    return answer.text


@pytest.mark.parametrize("text", [SCAM, f"{SCAM} {REAL}", f"{SCAM} @{OWN}", "губернатор", ""])
@pytest.mark.parametrize(
    "origin",
    [_channel(DOUBLE), _group(DOUBLE), _person("Имя", DOUBLE), _channel(f"{OWN}_official")],
    ids=["channel", "group", "person", "words added"],
)
async def test_a_double_is_warned_about_whatever_it_writes(
    citizen: Talker, origin: MessageOriginUnion, text: str
) -> None:
    said = await _forwarded(citizen, origin, text)
    assert said.startswith("Осторожно: автор")
    assert "официальная страница" not in said
    assert citizen.reply.labels[0] == "Настоящая: Губернатор Курганской области"


@pytest.mark.parametrize(
    "origin",
    [
        _channel(None, "Губернатор Курганской области Вадим Шумков"),
        _channel("vadim_privet", "Вадим Шумков"),
        _person("Шумков Вадим Михайлович"),
        _hidden("Вадим Шумков"),
        _hidden("Губернaтор Шумков 🇷🇺"),
        _group("chat_chat", "Правительство Курганской области"),
    ],
)
async def test_a_name_can_be_taken_by_anybody(citizen: Talker, origin: MessageOriginUnion) -> None:
    for text in (SCAM, f"{SCAM} {REAL}"):
        said = await _forwarded(citizen, origin, text)
        assert "Осторожно: автор назвался" in said
        assert "Так назваться может кто угодно" in said


@pytest.mark.parametrize(
    "origin",
    [
        _channel("live_zauralye", "Шумков LIVE"),
        _channel(None, "Команда Шумкова 🔥"),
        _channel("shumkov_45", "Зауралье сегодня"),
        _group("chat_chat", "Прямая линия с Шумковым"),
        _channel("q45", "Шумков_45: деньги жителям"),
        _channel("q45", "ШумковLIVE"),
    ],
)
async def test_a_channel_that_reminds_of_an_official_is_not_in_the_directory(
    citizen: Talker, origin: MessageOriginUnion
) -> None:
    for text in (SCAM, f"{SCAM} {REAL}"):
        said = await _forwarded(citizen, origin, text)
        assert "нет в справочнике, хотя название напоминает «Губернатор Курганской области" in said
        assert "Так назваться может кто угодно" in said
        assert "Настоящая: Губернатор Курганской области" in citizen.reply.labels
    real = await citizen.presses("Настоящая")
    assert "Шумков Вадим Михайлович" in real.text


async def test_the_part_of_a_title_that_names_a_body_reminds_of_it(citizen: Talker) -> None:
    origin = _channel("q45", "Помощь населению. Правительство Курганской области")
    said = await _forwarded(citizen, origin, SCAM)
    assert "название напоминает «Правительство Курганской области" in said


@pytest.mark.parametrize("title", ["Подслушано Курган", "Школа танцев", "Губернатор", "Новости 45"])
async def test_an_ordinary_title_reminds_of_nobody(citizen: Talker, title: str) -> None:
    assert "напоминает" not in await _forwarded(citizen, _channel("q45", title), SCAM)


async def test_a_question_about_such_a_channel_is_answered_with_the_doubt(
    citizen: Talker, directory: Directory
) -> None:
    origin = _channel("live_zauralye", "Шумков LIVE")
    replied = ExternalReplyInfo(origin=origin)
    said = await citizen.says("это губернатор?", external_reply=replied)
    assert "нет в справочнике, хотя название напоминает" in said.text


@pytest.mark.parametrize("link", ["t.me/shumkov_live", "https://vk.com/gubernator_shumkov45"])
async def test_a_link_whose_nick_reminds_of_an_official_shows_the_real_page(
    citizen: Talker, link: str
) -> None:
    said = await citizen.says(f"Это он? {link}")
    assert "нет в справочнике, хотя название напоминает «Губернатор Курганской" in said.text
    assert "Настоящая: Губернатор Курганской области" in said.labels


@pytest.mark.parametrize(
    "origin", [_hidden("Кто-то"), _person("Вадим"), _hidden("Школа"), _hidden("Иван Петров")]
)
async def test_ordinary_names_are_nobodys(citizen: Talker, origin: MessageOriginUnion) -> None:
    said = await _forwarded(citizen, origin, SCAM)
    assert "Осторожно" not in said
    assert "проверить нельзя" in said
    assert "Я ищу только то, что вы пишете сами" in said


async def test_an_official_channel_is_said_to_be_that(citizen: Talker) -> None:
    said = await _forwarded(citizen, _channel(OWN, "Шумков"), "С праздником!")
    assert said.startswith("Автор — официальный канал: Губернатор Курганской области.")
    said = await _forwarded(citizen, _channel(OWN), "Вот: https://vk.com/shumkov_vadlm")
    assert said.startswith("Осторожно: https://vk.com/shumkov_vadlm")
    assert "Возможно, его взломали" in said
    assert "официальный канал:" not in said


async def test_an_unknown_channel_is_said_to_be_unknown(citizen: Talker) -> None:
    said = await _forwarded(citizen, _channel("sovsem_drugoe"), SCAM)
    assert "Автора «Новости» (@sovsem_drugoe) в справочнике нет." in said
    said = await _forwarded(citizen, _channel("sovsem_drugoe"), f"{SCAM} {REAL}")
    assert said.index("Автора") < said.index("официальная страница")


async def test_a_withdrawn_channel_is_not_to_be_trusted(
    citizen: Talker, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "взломана", None)
    await directory.refresh()
    said = await _forwarded(citizen, _channel(OWN), SCAM)
    assert said.startswith("Не доверяйте автору")
    assert citizen.reply.labels == ["Что можно спросить?"]


async def test_a_channel_is_known_by_its_number(citizen: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        values: dict[str, Any] = {"platform": "telegram", "account": OWN, "number": -100600}
        values |= {"outcome": "ok", "last_checked": date(2026, 11, 20)}
        await connection.execute(insert(link_checks), values)
    renamed = await _forwarded(citizen, _channel("shumkov_novy_nick"), "С праздником!")
    assert "официальный канал: Губернатор" in renamed
    taken = await _forwarded(citizen, _channel(OWN, number=-100601), "С праздником!")
    assert f"ник «Новости» (@{OWN}) перешёл к другому каналу" in taken
    async with directory.db.write() as connection:
        await connection.execute(update(link_checks).values(number=None))
    assert "официальный канал" in await _forwarded(citizen, _channel(OWN, number=-100601), "Привет")


async def test_without_text_too(citizen: Talker) -> None:
    photo: list[Any] = []
    await citizen.send(None, photo=photo, forward_origin=_channel(DOUBLE))
    assert "Осторожно" in citizen.reply.text
    await citizen.send(None, caption=SCAM, photo=photo, forward_origin=_channel("sovsem_drugoe"))
    assert "в справочнике нет" in citizen.reply.text
    assert SCAM not in citizen.reply.text


async def test_an_album_gets_one_answer_and_each_link_its_own(citizen: Talker) -> None:
    for origin in (_channel(DOUBLE), _channel("sovsem_drugoe")):
        album = f"album {origin.chat.username}"
        answers = []
        for caption in (SCAM, None, None, "vk.com/shumkov_vadlm"):
            await citizen.send(caption=caption, forward_origin=origin, media_group_id=album)
            answers.append([each.text for each in citizen.replies])
        assert [len(each) for each in answers] == [1, 0, 0, 1]
        assert "vk.com/shumkov_vadlm" in answers[-1][0]
    await citizen.send(forward_origin=_channel(DOUBLE), media_group_id="another album")
    assert "Осторожно" in citizen.reply.text


async def test_ones_own_and_the_bots_own_are_nobodys(citizen: Talker) -> None:
    for user in (citizen.user, BOT):
        origin = MessageOriginUser(date=_DATE, sender_user=user)
        said = await _forwarded(citizen, origin, SCAM)
        assert said == "Я ищу только то, что вы пишете сами: напишите название."


async def test_a_card_of_the_bots_in_a_double(citizen: Talker) -> None:
    me = await citizen.bot.me()
    row = [InlineKeyboardButton(text="ВКонтакте", url=REAL)]
    markup = InlineKeyboardMarkup(inline_keyboard=[row])
    said = await _forwarded(
        citizen, _channel(DOUBLE), "Губернатор", via_bot=me, reply_markup=markup
    )
    assert said.startswith("Осторожно: автор")


async def test_the_author_of_what_is_answered(citizen: Talker, people: People) -> None:
    reply = ExternalReplyInfo(origin=_channel(DOUBLE))
    await citizen.says("это правда?", external_reply=reply)
    assert "Осторожно: автор" in citizen.reply.text
    unknown = ExternalReplyInfo(origin=_channel("sovsem_drugoe"))
    await citizen.says("это правда?", external_reply=unknown)
    assert "в справочнике нет" in citizen.reply.text
    await citizen.says("Шумков", external_reply=unknown)
    assert "Шумков Вадим Михайлович" in citizen.reply.text
    member = people(1000, group=-100)
    post = member.message(SCAM).model_copy(
        update={
            "from_user": None,
            "sender_chat": Chat(id=-100600, type="channel", title="Новости", username=DOUBLE),
        }
    )
    for words in ("/check", "@official_pages_bot это правда?"):
        await member.says(words, reply_to_message=post)
        assert "Осторожно: автор" in member.reply.text


async def test_an_ordinary_member_who_is_answered_is_not_spoken_of(people: People) -> None:
    member = people(1000, group=-100)
    said = people(1001, group=-100).message("Кто у нас губернатор?")
    answer = await member.says("@official_pages_bot Шумков", reply_to_message=said)
    assert "Шумков Вадим Михайлович" in answer.text


async def test_a_member_may_bear_the_name_of_an_official(people: People) -> None:
    member, other = people(1000, group=-100), people(1001, group=-100)
    namesake = other.user.model_copy(update={"first_name": "Вадим", "last_name": "Шумков"})
    said = other.message("Кто губернатор?").model_copy(update={"from_user": namesake})
    answer = await member.says("@official_pages_bot Шумков", reply_to_message=said)
    assert "Шумков Вадим Михайлович" in answer.text


async def test_a_card_that_somebody_sent_inline_is_the_bots_own(people: People) -> None:
    member, other = people(1000, group=-100), people(1001, group=-100)
    card = other.message(f"Страница {REAL}", via_bot=BOT)
    answer = await member.says("@official_pages_bot цур", reply_to_message=card)
    assert "Центр управления регионом" in answer.text


async def test_a_comment_below_a_post_is_a_query(people: People) -> None:
    member = people(1000, group=-100)
    post = member.message(f"{SCAM} https://evil.ru").model_copy(update={"message_id": 50})
    answer = await member.says(
        "@official_pages_bot Шумков", reply_to_message=post, message_thread_id=50
    )
    assert "Шумков Вадим Михайлович" in answer.text


@pytest.mark.parametrize("command", ["/find Шумков", "/start", "/forget", "/help", "/saved"])
async def test_a_forwarded_command_is_no_command(citizen: Talker, command: str) -> None:
    said = await _forwarded(citizen, _channel("sovsem_drugoe"), command)
    assert "в справочнике нет" in said
    said = await _forwarded(citizen, _channel("sovsem_drugoe"), f"{command} vk.com/shumkov_vadlm")
    assert said.startswith("Осторожно")


async def test_a_forwarded_reply_answers_no_question(citizen: Talker) -> None:
    await citizen.says("такого здесь точно нет")
    question = await citizen.presses("Предложить страницу")
    await citizen.send(
        "Школа выдуманная",
        forward_origin=_channel("sovsem_drugoe"),
        reply_to_message=question.message,
    )
    assert "Спасибо" not in citizen.reply.text


async def test_what_is_forwarded_to_a_group_is_talk(people: People) -> None:
    member = people(1000, group=-100)
    for text in ("@official_pages_bot Шумков", "/find Шумков", f"@official_pages_bot {REAL}"):
        await member.send(text, forward_origin=_channel(DOUBLE))
        assert member.replies == []


async def test_a_forwarded_place_is_a_place(citizen: Talker) -> None:
    place = Location(latitude=55.44, longitude=65.34)
    await citizen.send(location=place, forward_origin=_hidden("Кто-то"))
    assert "проверить нельзя" not in citizen.reply.text
    await citizen.send(location=place, forward_origin=_channel(DOUBLE))
    assert "Осторожно" in citizen.reply.text


async def test_a_channel_named_like_a_page_without_one_may_be_its_own(citizen: Talker) -> None:
    said = await _forwarded(citizen, _channel("ketovo_official", KETOVO), "С праздником!")
    assert "Может быть и канал" in said
    assert "Осторожно" not in said
    assert "Осторожно" in await _forwarded(citizen, _channel(None, KETOVO), "С праздником!")


async def test_the_bots_own_words_that_are_quoted_are_not_judged(citizen: Talker) -> None:
    verdict = await citizen.says("vk.com/shumkov_vadlm")
    quote = TextQuote(text="vk.com/shumkov_vadlm", position=11)
    answer = await citizen.says("Шумков", reply_to_message=verdict.message, quote=quote)
    assert "Шумков Вадим Михайлович" in answer.text
    elsewhere = ExternalReplyInfo(origin=MessageOriginUser(date=_DATE, sender_user=BOT))
    answer = await citizen.says("Шумков", external_reply=elsewhere, quote=quote)
    assert "Шумков Вадим Михайлович" in answer.text


async def test_in_a_group_a_query_goes_before_an_author_of_whom_nothing_is_known(
    people: People,
) -> None:
    member, other = people(1000, group=-100), people(1001, group=-100)
    post = other.message(SCAM, forward_origin=_channel("sovsem_drugoe"))
    found = await member.says("@official_pages_bot Шумков", reply_to_message=post)
    assert "Шумков Вадим Михайлович" in found.text
    asked = await member.says("@official_pages_bot это правда?", reply_to_message=post)
    assert "в справочнике нет" in asked.text
    bad = other.message(SCAM, forward_origin=_channel(DOUBLE))
    asked = await member.says("@official_pages_bot Шумков", reply_to_message=bad)
    assert asked.text.startswith("Осторожно")


async def test_the_group_itself_is_no_author(people: People) -> None:
    member = people(1000, group=-100)
    group = member.chat.model_copy(update={"title": "Наш двор", "username": "nash_dvor"})
    said = member.message("объявление").model_copy(update={"sender_chat": group})
    answer = await member.says("@official_pages_bot Шумков", reply_to_message=said)
    assert "Шумков Вадим Михайлович" in answer.text
    assert "Пришлите ссылку" in (await member.says("/check", reply_to_message=said)).text
