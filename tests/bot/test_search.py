"""Any text in the private chat is a search."""

from __future__ import annotations

import pytest

from tests.bot.conftest import People
from tests.bot.person import Talker

GOVERNOR = "Губернатор Курганской области"


async def test_the_governor_is_found(citizen: Talker, subtests: pytest.Subtests) -> None:
    for query in ["Шумков", "губернатор", "ievrjd", "shumkov"]:
        with subtests.test(query=query):
            card = await citizen.says(query)
            assert card.text.splitlines()[0] == GOVERNOR or "Показано по запросу" in card.text
            assert "Шумков Вадим Михайлович" in card.text
            assert "https://vk.com/shumkov_vadim" in card.urls
            assert card.urls == card.links, "each address stands as a button and in the text"


async def test_another_reading_is_announced(citizen: Talker) -> None:
    card = await citizen.says("ievrjd")
    assert card.text.startswith("Показано по запросу «шумков»")


async def test_a_card_says_what_it_knows_and_what_it_does_not(citizen: Talker) -> None:
    card = await citizen.says("Шумков")
    seen, folded = card.text.split("\n\n", 2)[:2], card.text.rpartition("\n\n")[2]
    assert seen == [
        "Губернатор Курганской области\nШумков Вадим Михайлович",
        "Курганская область",
    ]
    assert "Власть · региональный уровень" in folded
    assert "Отметка «Госорганизация»" in folded
    assert "не указано" in folded
    assert card.labels == [
        *("ВКонтакте", "Telegram", "Сохранить", "Поделиться"),
        *("Скопировать ссылку", "QR-код для печати", "Ошибка на карточке"),
    ]


async def test_a_page_without_links_says_so(citizen: Talker) -> None:
    card = await citizen.says("глава кетовского района")
    assert "Глава Кетовского муниципального округа" in card.text
    assert "адресов не угадываю" in card.text
    assert card.urls == []


async def test_several_answers_are_a_list_to_turn_and_open(citizen: Talker) -> None:
    first = await citizen.says("судебный участок")
    assert "подходят несколько страниц" in first.text
    assert "1–8 из" in first.text
    assert all(label.split(". ")[0].isdigit() for label in first.labels[:8])
    card = await citizen.presses(first.labels[0])
    assert card.text.splitlines()[0] in first.text

    second = await citizen.presses("Дальше", on=first)
    assert "\n9. " in second.text
    back = await citizen.presses("← Назад", on=second)
    assert back.text == first.text


async def test_a_double_tap_on_a_pager_harms_nothing(citizen: Talker) -> None:
    first = await citizen.says("судебный участок")
    await citizen.presses("Дальше", on=first)
    await citizen.presses("Дальше", on=first)
    assert citizen.replies == []


async def test_a_pager_works_after_a_restart(citizen: Talker, people: People) -> None:
    first = await citizen.says("судебный участок")
    same = people()
    assert "9–16 из" in (await same.presses("Дальше", on=first)).text


async def test_nothing_found_has_next_steps_and_keeps_what_was_typed(citizen: Talker) -> None:
    answer = await citizen.says("пицца")
    assert "«пицца» ничего не нашлось" in answer.text
    again = answer.button("Спросить иначе")
    assert again.switch_inline_query_current_chat == "пицца"
    assert "https://pos.gosuslugi.ru/" in answer.urls
    assert "Курганская область" in (await citizen.presses("Листать справочник")).text


async def test_a_complaint_is_shown_the_right_door(
    citizen: Talker, subtests: pytest.Subtests
) -> None:
    for text in [
        "яма на дороге у школы",
        "не работает лифт в поликлинике",
        "Уважаемый губернатор! Прошу принять меры",
        "нет отопления третий день",
        "когда уберут снег",
        "Добрый день. " + "Третий месяц пишу во все инстанции, и везде отвечают одно и то же. " * 4,
    ]:
        with subtests.test(text=text):
            answer = await citizen.says(text)
            assert "Я только справочник" in answer.text
            assert "112" in answer.text
            assert answer.urls[0] == "https://pos.gosuslugi.ru/"


async def test_a_search_is_not_taken_for_a_complaint(
    citizen: Talker, subtests: pytest.Subtests
) -> None:
    for text in [
        "Кетовская СОШ",
        "суд Шадринск",
        "управление культуры",
        "центр помощи детям",
        "цур",
    ]:
        with subtests.test(text=text):
            assert "Я только справочник" not in (await citizen.says(text)).text


async def test_find_asks_or_answers(citizen: Talker) -> None:
    assert "Что ищете?" in (await citizen.says("/find")).text
    assert GOVERNOR in (await citizen.says("/find Шумков")).text


async def test_an_unknown_command_has_a_next_step(citizen: Talker) -> None:
    assert "Что можно спросить?" in (await citizen.says("/nonsense")).labels


async def test_markup_and_long_text_come_back_as_text(citizen: Talker) -> None:
    answer = await citizen.says("<b>пицца</b> & <a href='https://evil.example'>x")
    assert "evil" not in "".join(answer.links)
    assert (await citizen.says("щ" * 4000)).text
    assert (await citizen.says("😀" * 2000)).text
    assert (await citizen.says("\u202e\u200b")).text


async def test_what_is_no_text_gets_a_word(citizen: Talker) -> None:
    await citizen.send(sticker=_sticker())
    assert "понимаю текст" in citizen.reply.text
    await citizen.send(pinned_message=citizen.message("Было"))
    assert citizen.replies == []


async def test_a_blocked_bot_is_no_error(citizen: Talker) -> None:
    citizen.session.blocked.add(citizen.user.id)
    await citizen.send("Шумков")
    assert citizen.replies == []


async def test_english_for_those_whose_telegram_is_in_english(people: People) -> None:
    english = people(1001, language="en-GB")
    card = await english.says("Шумков")
    assert card.labels == [
        *("VK", "Telegram", "Save", "Share"),
        *("Copy the link", "QR code to print", "A mistake on the card"),
    ]
    assert "Official mark" in card.text


async def test_russian_for_everybody_else(people: People, subtests: pytest.Subtests) -> None:
    for language in ["ru", "uk", "", "zh-hans", "x!"]:
        with subtests.test(language=language):
            card = await people(1002, language=language).says("Шумков")
            assert "Сохранить" in card.labels


def _sticker() -> dict[str, object]:
    return {
        "file_id": "1",
        "file_unique_id": "1",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }


async def test_a_place_alone_answers_with_its_authority_and_its_spheres(citizen: Talker) -> None:
    for query in ["Шадринск", "в Шадринске", "шадринск"]:
        place = await citizen.says(query)
        assert place.text.splitlines()[0] == "Город Шадринск"
        assert place.labels[0].startswith("1. ")
        assert any(label.startswith("Суды — ") for label in place.labels), place.labels
    shelf = await citizen.presses(next(x for x in place.labels if x.startswith("Суды — ")))
    assert "суд" in shelf.text.lower()


async def test_the_network_that_was_named_comes_first(citizen: Talker) -> None:
    assert (await citizen.says("губернатор")).labels[:2] == ["ВКонтакте", "Telegram"]
    assert (await citizen.says("губернатор в телеграме")).labels[:2] == ["Telegram", "ВКонтакте"]
    assert (await citizen.says("тг губернатора")).labels[:2] == ["Telegram", "ВКонтакте"]


async def test_a_need_is_answered_with_whom_it_is_taken_to(citizen: Talker) -> None:
    answer = await citizen.says("найти работу безработному Шадринск")
    assert "Возможно, вы искали" in answer.text
    assert "По запросу «" in answer.text


async def test_what_was_not_understood_is_named(citizen: Talker) -> None:
    answer = await citizen.says("цирк-шапито суд Шумиха")
    assert "Не знаю слова «шапито»" in answer.text
    assert any("Шумихинский районный суд" in label for label in answer.labels)


async def test_a_guess_with_one_hit_is_its_card(citizen: Talker) -> None:
    card = await citizen.says("гулливр спектаклище")
    assert card.text.startswith("Возможно, вы искали")
    assert "Курганский театр кукол «Гулливер»" in card.text
    assert "Сохранить" in card.labels
