"""Links that are sent, forwarded, hidden behind words or on buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import REASONS, hide
from directory.model import Action, Origin, Status
from directory.store import reports, revisions
from tests.bot.conftest import People
from tests.bot.person import Talker, hidden_link

REAL = "https://vk.com/shumkov_vadim"


async def test_a_real_link_is_official(citizen: Talker, subtests: pytest.Subtests) -> None:
    for text in [REAL, "vk.com/shumkov_vadim", "это он? https://m.vk.com/shumkov_vadim?from=feed"]:
        with subtests.test(text=text):
            answer = await citizen.says(text)
            assert "официальная страница" in answer.text
            assert "Губернатор Курганской области" in answer.text
            assert "Шумков" in (await citizen.presses("Открыть: Губернатор")).text


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
    assert answer.text.count("справочнике") == 1, "said once"
    assert "не значит" not in answer.text
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


async def test_many_links_get_one_answer(citizen: Talker) -> None:
    answer = await citizen.says(" ".join(f"vk.com/made_up_{n}" for n in range(7)))
    assert len(citizen.replies) == 1
    assert answer.text.count("Неизвестно") == 5
    assert "Остальные — нет в справочнике: 2." in answer.text
    await citizen.says(f"{REAL} {REAL} vk.com/shumkov_vadim m.vk.com/shumkov_vadim?from=feed")
    assert citizen.reply.text.count("официальная страница") == 1


OFFICIAL = [
    *("https://vk.com/kurgan_region", "https://ok.ru/kurganregion", "https://t.me/kurganskayaobl"),
    *("https://kurganobl.ru/", "https://vk.com/club201863318", "https://ketovo45.ru/", REAL),
]


async def test_a_bad_link_comes_first_and_nothing_reassures_beside_it(citizen: Talker) -> None:
    for place in range(len(OFFICIAL) + 1):
        links = [*OFFICIAL[:place], "vk.com/shumkov_vadlm", *OFFICIAL[place:]]
        answer = await citizen.says("\n".join(links))
        assert len(citizen.replies) == 1
        first, second, *_ = answer.text.split("\n\n")
        assert first == "Ссылок: 8. Сначала опасные."
        assert second.startswith("Осторожно: vk.com/shumkov_vadlm")
        assert "официальная страница" not in answer.text
        assert "Остальные — официальные: 7." in answer.text
        assert answer.labels == ["Настоящая: Губернатор Курганской области"]


async def test_of_many_links_the_worst_are_told_and_the_rest_are_counted(citizen: Talker) -> None:
    doubles = [f"vk.com/shumkov_vadim_{word}" for word in ("official", "news", "gov", "bot")]
    unknown = [f"vk.com/made_up_{n}" for n in range(4)]
    answer = await citizen.says("\n".join([*OFFICIAL, *unknown, *doubles]))
    told = answer.text.split("\n\n")
    assert [x.split(":")[0] for x in told if x.endswith("не она.")] == ["Осторожно"] * 4
    assert answer.text.count("Неизвестно") == 1
    assert "Остальные — нет в справочнике: 3, официальные: 7." in answer.text


async def test_more_links_than_can_be_judged_are_said_to_be_unjudged(citizen: Talker) -> None:
    # Formatted text may be eight times as long as a plain one.
    links = " ".join([*OFFICIAL, *(f"kurganobl.ru/{n}" for n in range(1003))])
    block = {"type": "paragraph", "text": links}
    fields = citizen.message().model_dump(exclude_none=True)
    sent = Message.model_validate({**fields, "rich_message": {"blocks": [block]}})
    await citizen.update(message=sent)
    (answer,) = citizen.replies
    assert "Остальные — официальные: 1000, не проверены: 10." in answer.text
    assert "официальная страница" not in answer.text
    assert answer.labels == ["Что можно спросить?"]


async def test_two_addresses_of_an_account_are_one_only_when_both_open_it(
    citizen: Talker,
) -> None:
    window = f"{REAL}?w=wall-666_1"
    for text in (f"{REAL} {window}", f"{window} {REAL}", f"{REAL}?from=feed {window}"):
        answer = await citizen.says(text)
        assert answer.text.startswith(f"Осторожно: {window}")
        assert "официальная страница" not in answer.text


async def test_a_closed_page_is_not_called_official(
    people: People, citizen: Talker, directory: Directory
) -> None:
    await _close(directory, "45-gubernator", successor="45-pravitelstvo")
    for person in (citizen, people(1000, group=-100)):
        answer = await person.says(f"/check {REAL}")
        assert "официальная страница" not in answer.text
        assert "Закрыта" in answer.text
        assert "Теперь вместо неё: Правительство Курганской области" in answer.text
        assert answer.labels == ["Открыть: Правительство Курганской области"]
        card = await person.presses("Открыть: Правительство")
        assert "vk.com/kurgan_region" in card.text
    await _close(directory, "45-gubernator", successor="")
    answer = await citizen.says(REAL)
    assert "Что теперь вместо неё, неизвестно." in answer.text
    assert answer.buttons == []


async def test_the_same_name_on_another_network_may_be_either(citizen: Talker) -> None:
    answer = await citizen.says("https://max.ru/kurganregion")
    (heading, *_) = answer.text.split("\n\n")
    assert "MAX" in heading
    assert "Правительство Курганской области" in heading
    assert "в MAX её страницы в справочнике нет; может быть и её, и двойник" in heading
    assert "Осторожно" not in answer.text
    assert "не она" not in answer.text
    assert answer.labels == [
        "Открыть: Правительство Курганской области",
        "Предложить эту страницу",
    ]
    question = await citizen.presses("Предложить эту страницу")
    assert "max.ru/kurganregion" in question.text
    done = await citizen.says("Правительство, канал в MAX", reply_to_message=question.message)
    assert "Спасибо" in done.text
    async with directory_of(citizen).db.read() as connection:
        (found,) = await reports.queue(connection)
    assert found.text == "Правительство, канал в MAX, https://max.ru/kurganregion"


async def test_services_are_nobodys_pages(citizen: Talker) -> None:
    answer = await citizen.says("https://www.gosuslugi.ru/")
    assert answer.text.startswith("https://www.gosuslugi.ru/ — государственный сервис")
    assert answer.buttons == []
    answer = await citizen.says("https://id.vk.com/")
    assert answer.text.startswith("https://id.vk.com/ — служебный адрес")
    assert answer.buttons == []
    answer = await citizen.says("https://www.gosuslugi.ru/ vk.com/shumkov_vadlm")
    assert "государственный сервис" not in answer.text


async def test_a_link_that_is_searched_for_is_judged(people: People, citizen: Talker) -> None:
    for person in (citizen, people(1000, group=-100)):
        answer = await person.says("/find vk.com/shumkov_vadlm")
        assert "Осторожно" in answer.text
        assert "Шумков Вадим" not in answer.text


def directory_of(person: Talker) -> Directory:
    """The directory that the person's bot works with."""
    directory: Directory = person.dispatcher["directory"]
    return directory


async def _close(directory: Directory, page: str, successor: str) -> None:
    before = await directory.page(page)
    assert before is not None
    after = replace(before, status=Status.CLOSED, successor=successor)
    change = page_change(before, after)
    async with directory.db.write() as connection:
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    await directory.refresh()


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


async def test_reasons_are_in_english_for_english_readers(
    people: People, directory: Directory, subtests: pytest.Subtests
) -> None:
    reader = people(1001, language="en")
    for text, reason in [
        ("vk.com/shumkov_vadlm", "Instead of “i” there is “l”"),
        ("https://vk.com/sovsem_drugoe_soobshchestvo", "Press the tick beside the name"),
        ("https://vk.com/away.php?to=evil.ru", "a passage through VK"),
        ("https://login.vk.com/", "signing in to VK"),
    ]:
        with subtests.test(text=text):
            assert reason in (await reader.says(text)).text


async def test_a_ready_reason_is_in_the_language_of_the_reader(
    people: People, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", REASONS["hacked"], None)
    await directory.refresh()
    said = {
        language: (await people(1001 + n, language=language).says(REAL)).text
        for n, language in enumerate(("ru", "en"))
    }
    assert REASONS["hacked"] in said["ru"]
    assert "the page seems to be hacked" in said["en"]
    assert REASONS["hacked"] not in said["en"]


@pytest.mark.parametrize(
    "text",
    [
        "Перевод на карту 2200 7001 2345 6789, подробности vk.com/shumkov_vadim",
        "vk.com/shumkov_vadim звоните 8 (900) 123-45-67",
        "Уважаемые жители, губернатор просит каждого срочно собрать деньги: vk.com/shumkov_vadim",
        "vk.com/shumkov_vadim, но писать в wa.me/79001234567",
    ],
)
async def test_a_real_link_vouches_for_nothing_that_is_said_beside_it(
    citizen: Talker, text: str
) -> None:
    answer = await citizen.says(text)
    assert answer.text.endswith("Настоящая ссылка рядом не делает сообщение настоящим.")
    asked = await citizen.says("Это настоящая страница губернатора Шумкова? vk.com/shumkov_vadim")
    assert "Настоящая ссылка рядом" not in asked.text


@pytest.mark.parametrize(
    "form",
    [
        "vk[.]com/{}", "vk(.)com/{}", "https[:]//vk[.]com/{}", "hxxps://vk.com/{}",
        "vk .com/{}", "vk. com/{}", "VK . com/{}",
    ],
)  # fmt: skip
async def test_a_link_that_was_put_apart_is_judged_and_not_searched_for(
    citizen: Talker, form: str
) -> None:
    double = await citizen.says(f"Голосуем тут: {form.format('shumkov_vadlm')}")
    assert "похожа на официальную страницу, но это не она" in double.text
    real = await citizen.says(form.format("shumkov_vadim"))
    assert real.text.lower().startswith(
        ("vk.com/shumkov_vadim — офиц", "https://vk.com/shumkov_va")
    )
