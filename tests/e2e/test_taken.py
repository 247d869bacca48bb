"""What was taken is answered, once: whatever happens to the process and to the token."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.process.taken import TRIES
from tests.e2e.botapi import BotApi, Call
from tests.e2e.person import Person, buttons
from tests.e2e.process import ADMIN, Process

GOVERNOR = "Губернатор Курганской области"
PEOPLE = 12


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server of the test's own."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.violations == []


@pytest.fixture
async def bot(api: BotApi, tmp_path: Path) -> AsyncIterator[Process]:
    """A polling bot of the test's own."""
    process = await Process.start(tmp_path, api)
    yield process
    await process.stop()


async def test_a_killed_bot_answers_at_its_next_start_whom_it_had_not_answered(
    api: BotApi, bot: Process
) -> None:
    people = [Person(api, 5_000 + number) for number in range(PEOPLE)]
    hung = [lambda _params: 60.0] * PEOPLE
    api.faults["sendMessage"] += hung
    since, polls = len(api.calls), api.polls
    for person in people:
        await person.writes("губернатор")
    await _until(lambda: api.polls >= polls + 2 and not api.pending)  # all of them are confirmed
    await _until(lambda: len(api.faults["sendMessage"]) < PEOPLE)  # some answers are on their way
    bot.interrupt(signal.SIGKILL)
    await bot.ended()
    api.faults["sendMessage"].clear()
    await bot.begin()
    for person in people:
        sent = await api.wait(
            lambda call, person=person: (  # type: ignore[misc]
                call.params.get("chat_id") == str(person.id) and "message_id" in call.params
            ),
            since,
            seconds=20,
        )
        assert GOVERNOR in sent.params["text"]
    await _until(lambda: bot.log.count("message: handled") == PEOPLE)
    await asyncio.sleep(1)  # what was answered just before a death is answered again
    bot.interrupt(signal.SIGKILL)
    await bot.ended()
    answered = len(api.calls)
    await bot.begin()
    assert GOVERNOR in (await Person(api, 6_000).says("губернатор"))["text"]
    again = [c for c in api.calls[answered:] if c.method == "sendMessage"]
    assert [c.params["chat_id"] for c in again] == ["6000"]


async def test_a_press_that_a_kill_interrupted_is_worked_on_at_the_next_start(
    api: BotApi, bot: Process
) -> None:
    owner = Person(api, ADMIN)
    preview = await owner.sends_file("школы.csv", "Название\nВыдуманная школа № 77\n".encode())
    (data,) = [b["callback_data"] for b in buttons(preview) if b["text"].startswith("Применить")]
    api.open_queries.add("a press")
    since = len(api.calls)
    press = {"id": "a press", "from": owner.user, "chat_instance": "1", "message": preview}
    await api.deliver(callback_query=press | {"data": data})
    await api.wait(lambda call: call.params.get("callback_query_id") == "a press", since)
    bot.interrupt(signal.SIGKILL)
    await bot.ended()
    await bot.begin()
    # Its answer is refused this time, as Telegram does with a second one.
    done = await api.wait(lambda call: "Откатить" in str(call.params), since, seconds=20)
    assert done.params["message_id"] == str(preview["message_id"])
    assert [v for v in api.violations if "answered before" not in v] == []
    api.violations.clear()
    card = await Person(api, 5_005).says("выдуманная школа 77")
    assert "Выдуманная школа № 77" in card["text"]


async def test_a_press_that_was_done_when_it_was_killed_is_told_what_came_of_it(
    api: BotApi, bot: Process
) -> None:
    owner = Person(api, ADMIN)
    preview = await owner.sends_file("школы.csv", "Название\nВыдуманная школа № 78\n".encode())
    api.faults["editMessageText"].append(lambda _params: 60.0)
    since = len(api.calls)
    with suppress(TimeoutError):
        async with asyncio.timeout(10):  # its answer is on its way when the bot dies
            await owner.presses(preview, "Применить")
    card = await Person(api, 5_005).says("выдуманная школа 78")
    assert "Выдуманная школа № 78" in card["text"]
    bot.interrupt(signal.SIGKILL)
    await bot.ended()
    api.faults["editMessageText"].clear()
    await bot.begin()
    done = await api.wait(lambda call: "Откатить" in str(call.params), since, seconds=20)
    assert done.params["message_id"] == str(preview["message_id"])
    assert "школы.csv" in done.params["text"]
    assert [v for v in api.violations if "answered before" not in v] == []
    api.violations.clear()


LARGE = "Название\n" + "".join(f"Выдуманная школа № {n}\n" for n in range(20_000))
"""A list that is read for seconds: longer than it takes until the first word on the progress."""


async def test_a_list_whose_reading_was_killed_is_shown_in_the_message_that_waits_for_it(
    api: BotApi, bot: Process, tmp_path: Path
) -> None:
    owner = Person(api, ADMIN)
    since = len(api.calls)
    sending = asyncio.create_task(owner.sends_file("школы.csv", LARGE.encode()))
    told = await api.wait(_tells_progress, since, seconds=30)
    await _until(lambda: _is_noted(tmp_path))
    bot.interrupt(signal.SIGKILL)
    await bot.ended()
    await bot.begin()
    sending.cancel()
    number = int(told.params["message_id"])
    shown = await api.wait(lambda call: "Применить" in str(call.params), since, seconds=150)
    assert shown.method == "editMessageText"
    assert int(shown.params["message_id"]) == number
    assert [c.method for c in api.calls[since:] if "Читаю" in str(c.params)].count(
        "sendMessage"
    ) == 1


async def test_a_list_that_ends_each_start_leaves_no_message_that_it_is_read(
    api: BotApi, bot: Process, tmp_path: Path
) -> None:
    owner = Person(api, ADMIN)
    since = len(api.calls)
    sending = asyncio.create_task(owner.sends_file("школы.csv", LARGE.encode()))
    told = await api.wait(_tells_progress, since, seconds=30)
    await _until(lambda: _is_noted(tmp_path))
    for _start in range(TRIES + 1):
        bot.interrupt(signal.SIGKILL)
        await bot.ended()
        await bot.begin()
    await api.wait(lambda call: "пошло не так" in str(call.params), since, seconds=30)
    sending.cancel()
    assert "остановиться" in api.shown(owner.id, int(told.params["message_id"]))["text"]


def _is_noted(folder: Path) -> bool:
    """Whether it is kept in which message the file is told of."""
    with closing(sqlite3.connect(folder / "data" / "directory.sqlite3")) as connection:
        rows = connection.execute("SELECT told_in FROM pending_imports").fetchall()
    return bool(rows and rows[0][0])


def _tells_progress(call: Call) -> bool:
    return str(call.params.get("text")).startswith("Читаю…") and "message_id" in call.params


async def test_what_was_typed_is_kept_no_longer_than_it_waits(
    api: BotApi, bot: Process, tmp_path: Path
) -> None:
    await Person(api, 5_001).says("выдуманное-слово-для-поиска")
    await bot.stop()
    kept = list((tmp_path / "data").glob("*.updates*"))
    assert kept
    assert not any("выдуманное-слово".encode() in file.read_bytes() for file in kept)


async def test_what_can_be_made_anew_is_where_state_dir_says(api: BotApi, tmp_path: Path) -> None:
    state = tmp_path / "elsewhere"
    for _start in range(2):
        bot = await Process.start(tmp_path, api, STATE_DIR=str(state))
        await Person(api, 5_006).says("губернатор")
        assert await bot.stop() == 0
    assert {".index", ".links", ".updates"} <= {file.suffix for file in state.iterdir()}
    beside = {file.name for file in (tmp_path / "data").iterdir()}
    assert beside == {"directory.sqlite3"}


async def test_an_update_that_comes_again_is_handled_once(api: BotApi, bot: Process) -> None:
    person = Person(api, 5_002)
    message = api.message(person.id, text="губернатор", **{"from": person.user})
    update: dict[str, Any] = {"update_id": api.number(), "message": message}
    since = len(api.calls)
    await api.deliver(**update)
    await api.wait(lambda call: call.params.get("chat_id") == "5002", since)
    await bot.stop()
    await bot.begin()
    since = len(api.calls)
    await api.deliver(**update)
    for command in ("/help", "/privacy"):  # by the second answer the first update is long done
        await person.says(command)
    again = [call.params["text"] for call in api.calls[since:] if "text" in call.params]
    assert not [text for text in again if "Губернатор Курганской области" in text]


async def test_a_token_that_is_revoked_later_ends_the_bot_with_its_own_status(
    api: BotApi, bot: Process
) -> None:
    api.token = "424242:another"
    await api.deliver(message=api.message(5_004, text="губернатор"))  # ends the poll that waits
    assert await bot.ended() == 3
    last = bot.log.splitlines()[-1]
    assert last.startswith("BOT_TOKEN: ")
    assert "@BotFather" in last
    assert "Traceback" not in bot.log


async def test_a_bot_that_would_poll_leaves_the_webhook_of_another(
    api: BotApi, bot: Process
) -> None:
    await bot.stop()
    api.webhook = "https://bot.gov45.ru/hook"
    with pytest.raises(AssertionError, match="WEBHOOK_URL"):
        await bot.begin()
    assert await bot.ended() == 2
    assert api.webhook == "https://bot.gov45.ru/hook"
    assert bot.log.count("\nWEBHOOK_URL: ") == 1


async def _until(come: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not come():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
