"""The real process, polling: it finds, answers inline, waits, keeps running, outlives a restart."""

from __future__ import annotations

import asyncio
import io
import json
import signal
from collections.abc import Callable

import aiohttp
import openpyxl
import pytest

from tests.e2e.botapi import TOKEN, BotApi, Params, RefusedError
from tests.e2e.person import FIRST_NAME, Person, buttons
from tests.e2e.process import ADMIN, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOVERNOR = "Губернатор Курганской области"
NOT_FOUND = "пицца четыре сыра"
HOSPITAL = "Выдуманная больница № 77"
ASKED = "выдуманная больница 77"


@pytest.fixture
def person(api: BotApi, bot: Process) -> Person:
    """A citizen whom the bot has not met."""
    return Person(api, 5_000 + api.number())


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Шумков", GOVERNOR),
        ("губернатор", GOVERNOR),
        ("ievrjd", GOVERNOR),
        ("shumkov", GOVERNOR),
        ("глава кетовского района", "Глава Кетовского муниципального округа"),
    ],
)
async def test_a_query_is_answered_with_the_card(person: Person, query: str, title: str) -> None:
    card = await person.says(query)
    assert title in card["text"]
    if title == GOVERNOR:
        links = [button["url"] for button in buttons(card) if "url" in button]
        assert "https://vk.com/shumkov_vadim" in links


async def test_what_is_not_there_gets_a_next_step(person: Person) -> None:
    answer = await person.says(NOT_FOUND)
    assert GOVERNOR not in answer["text"]
    assert buttons(answer)


async def test_a_list_opens_cards(person: Person) -> None:
    found = await person.says("судебный участок")
    numbered = [button["text"] for button in buttons(found) if "callback_data" in button]
    card = await person.presses(found, numbered[0])
    assert "Судебный участок" in card["text"]


async def test_inline_results_are_cards_and_can_be_scrolled(person: Person) -> None:
    first = answer = await person.asks_inline("суд")
    ids = [result["id"] for result in first["results"]]
    while len(ids) < 25:
        answer = await person.asks_inline("суд", answer["next_offset"])
        ids += [result["id"] for result in answer["results"]]
    assert len(ids) == len(set(ids))
    assert all("уд" in result["title"] for result in first["results"])
    card = first["results"][0]
    assert any("url" in b for row in card["reply_markup"]["inline_keyboard"] for b in row)


async def test_an_old_button_is_answered(person: Person, api: BotApi) -> None:
    message = await person.says("/start")
    message["reply_markup"] = {"inline_keyboard": [[{"text": "Был", "callback_data": "old:1"}]]}
    answer = await person.presses(message, "Был")
    assert "устарел" in answer["text"]


async def test_english_for_those_whose_telegram_is_in_english(api: BotApi, bot: Process) -> None:
    answer = await Person(api, 6_001, language="en-GB").says("/start")
    assert "Official pages: Курганская область" in answer["text"]


async def test_the_menu_is_set_in_both_languages(api: BotApi, bot: Process) -> None:
    def of(language: str | None) -> list[Params]:
        calls = [c for c in api.calls if c.method == "setMyCommands" and not c.refused]
        mine = [c.params for c in calls if "scope" not in c.params]
        found = [params for params in mine if params.get("language_code") == language]
        return json.loads(found[0]["commands"]) if found else []

    await api.wait(lambda call: call.params.get("language_code") == "en", 0)
    assert {command["command"] for command in of(None)} == {c["command"] for c in of("en")}
    assert of(None) != of("en")


async def test_the_profile_bears_the_name_of_the_region(api: BotApi, bot: Process) -> None:
    named = await api.wait(lambda call: call.method == "setMyName", 0)
    assert named.params == {"name": "Официальные страницы: Курганская область"}
    described = await api.wait(lambda call: call.method == "setMyDescription", 0)
    assert described.params["description"].startswith("Официальные страницы: Курганская область.")


async def test_the_bot_waits_when_telegram_asks_to(person: Person, api: BotApi) -> None:
    api.faults["sendMessage"].append(
        _to(person, RefusedError(429, "Too Many Requests: retry after 1", retry_after=1))
    )
    since = len(api.calls)
    card = await person.says("Шумков")
    refused, sent = [c for c in api.calls[since:] if c.method == "sendMessage"]
    assert refused.refused
    assert sent.at - refused.at >= 1
    assert GOVERNOR in card["text"]


async def test_a_person_who_blocked_the_bot_harms_nobody(
    person: Person, api: BotApi, bot: Process
) -> None:
    blocked = Person(api, 7_001)
    api.faults["sendMessage"].append(
        _to(blocked, RefusedError(403, "Forbidden: bot was blocked by the user"))
    )
    since = len(api.calls)
    await blocked.writes("Шумков")
    await api.wait(lambda call: call.params.get("chat_id") == "7001", since)
    assert GOVERNOR in (await person.says("Шумков"))["text"]
    assert len([c for c in api.calls[since:] if c.params.get("chat_id") == "7001"]) == 1
    assert "ERROR" not in bot.log


async def test_a_failure_is_told_and_does_not_stop_the_bot(
    person: Person, api: BotApi, bot: Process
) -> None:
    api.faults["sendMessage"].append(
        _to(person, RefusedError(400, 'Bad Request: made up "Шумков"'))
    )
    answer = await person.says("Шумков")
    assert GOVERNOR not in answer["text"]
    assert "TelegramBadRequest: Bad Request: made up" in bot.log
    assert GOVERNOR in (await person.says("Шумков"))["text"]
    assert bot.log.count("message: failed, ") == 1


async def test_a_second_poller_is_told_of_and_outlived(
    person: Person, api: BotApi, bot: Process
) -> None:
    url = f"{api.url}/bot{TOKEN}/getUpdates"
    async with aiohttp.ClientSession() as other:
        for _ in range(100):
            await (await other.post(url, data={"timeout": "0"})).release()
            if "Another process receives this bot's updates" in bot.log:
                break
            await asyncio.sleep(0.05)
    assert "Another process receives this bot's updates" in bot.log
    assert GOVERNOR in (await person.says("Шумков"))["text"]


def _workbook() -> bytes:
    """A workbook such as agencies make: another sheet first, two columns, a title above them."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Всего", 2])
    sheet = book.create_sheet("Страницы")
    sheet.append(["Страницы медицинских организаций"])
    sheet.append([])
    sheet.append(["№", "Наименование", "Ссылка"])
    sheet.append([1, HOSPITAL, "https://vk.com/made_up_hospital_77"])
    sheet.append([2, "Выдуманная поликлиника № 78", "vk.com/made_up_clinic_78"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


async def test_an_import_survives_a_restart_and_leaves_no_trace_when_undone(
    person: Person, api: BotApi, bot: Process
) -> None:
    admin = Person(api, ADMIN)
    refused = await person.sends_file("список.xlsx", _workbook())
    assert not [b for b in buttons(refused) if "Применить" in b["text"]]
    before = await person.says(ASKED)
    preview = await admin.sends_file("список.xlsx", _workbook())

    # Telegram puts an answer off, and just then the host stops the bot.
    busy = RefusedError(429, "Too Many Requests: retry after 2", retry_after=2)
    api.faults["sendMessage"].append(_to(person, busy))
    since = len(api.calls)
    await person.writes("губернатор")
    await api.wait(lambda call: bool(call.refused), since)
    bot.interrupt(signal.SIGTERM)
    late = await api.wait(lambda c: c.method == "sendMessage" and not c.refused, since)
    assert "Губернатор" in late.params["text"]
    assert await bot.ended() == 0
    await bot.begin()

    applied = await admin.presses(preview, "Применить")
    card = await person.says(ASKED)
    assert HOSPITAL in card["text"]
    assert "https://vk.com/made_up_hospital_77" in [b.get("url") for b in buttons(card)]

    undone = await admin.presses(applied, "Откатить")
    assert "откачено" in undone["text"]
    after = await person.says(ASKED)
    assert (after["text"], buttons(after)) == (before["text"], buttons(before))


async def test_the_log_has_neither_the_token_nor_what_was_typed(bot: Process) -> None:
    log = bot.log
    assert "answerInlineQuery" in log  # it is at its most talkative
    assert TOKEN.partition(":")[2] not in log
    typed = ("Шумков", "ievrjd", "shumkov", "кетовского", NOT_FOUND, ASKED)
    for word in (*typed, HOSPITAL, "made_up_hospital", FIRST_NAME):
        assert word not in log


def _to(person: Person, refusal: RefusedError) -> Callable[[Params], RefusedError | None]:
    """A refusal of what is sent to this person."""
    return lambda params: refusal if params.get("chat_id") == str(person.id) else None
