"""The real process when many updates wait, and when one person sends too many."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.person import Person
from tests.e2e.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOVERNOR = "Губернатор Курганской области"
WAIT = "Подождите"
FAILED = "Что-то пошло не так"
MEANWHILE = 800
"""Of a thousand who wait, how many may be answered while the bot still takes the updates before
those of the ten who write now: all would be if one were taken only when another is answered."""
PASSED_BY = 100
"""How many more may be answered before the ten, once theirs are taken: by whose turn it is some
thirty. Seconds would tell how busy the machine is."""


def _said(api: BotApi, person: Person) -> list[str]:
    sent = [call.params for call in api.calls if call.method == "sendMessage" and not call.refused]
    return [str(params["text"]) for params in sent if params["chat_id"] == str(person.id)]


async def _all_said(api: BotApi, person: Person, number: int) -> list[str]:
    """What the person was told once that many messages have come, and no more come after them."""
    async with asyncio.timeout(10):
        while len(_said(api, person)) < number:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    said = _said(api, person)
    assert len(said) == number
    return said


async def _answered(api: BotApi, first: int) -> None:
    """Ten people write at once, and each gets the answer."""

    async def ask(number: int) -> None:
        assert GOVERNOR in (await Person(api, number).says("губернатор"))["text"]

    await asyncio.gather(*(ask(first + n) for n in range(10)))


async def test_a_flood_gets_one_word_and_keeps_nobody_waiting(api: BotApi, bot: Process) -> None:
    flooder = Person(api, 70_000)
    for _ in range(500):
        await flooder.writes("губернатор")
    await _answered(api, 70_001)
    said = await _all_said(api, flooder, 20)
    assert len([text for text in said if text.startswith(WAIT)]) == 1
    assert len([text for text in said if GOVERNOR in text]) == 19


async def test_nineteen_messages_are_all_answered(api: BotApi, bot: Process) -> None:
    person = Person(api, 71_000)
    for _ in range(19):
        await person.writes("губернатор")
    assert all(GOVERNOR in text for text in await _all_said(api, person, 19))


async def test_whoever_writes_now_is_answered_at_once_although_thousands_wait(
    tmp_path: Path,
) -> None:
    api = BotApi()
    await api.start()
    flooder = Person(api, 80_000)
    crowd = [Person(api, 81_000 + n) for n in range(1_000)]
    for one in crowd:
        for _ in range(3):
            await flooder.writes("губернатор")
        await one.writes("губернатор")
    bot = await Process.start(tmp_path, api)
    try:
        ten = asyncio.create_task(_answered(api, 90_000))
        while api.pending or not api.polls:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        taken = sum(_said_of(api, crowd))
        await ten
        assert taken < MEANWHILE
        assert sum(_said_of(api, crowd)) < taken + PASSED_BY
        async with asyncio.timeout(120):
            while not all(_said_of(api, crowd)):  # noqa: ASYNC110
                await asyncio.sleep(0.5)
    finally:
        await bot.stop()
        await api.stop()
    texts = [str(call.params.get("text", "")) for call in api.calls]
    assert not [text for text in texts if text.startswith(FAILED)]
    assert len([text for text in texts if text.startswith(WAIT)]) == 1
    assert "ERROR" not in bot.log
    assert api.violations == []


def _said_of(api: BotApi, people: list[Person]) -> list[bool]:
    answered = {call.params.get("chat_id") for call in api.calls if call.method == "sendMessage"}
    return [str(person.id) in answered for person in people]
