"""The real process beside a server that sends what aiogram cannot read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.botapi import BotApi, Params
from tests.e2e.person import Person
from tests.e2e.process import Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOVERNOR = "Губернатор Курганской области"

UNREADABLE: dict[str, dict[str, Any]] = {
    "an origin of a new kind": {"forward_origin": {"type": "made_up", "date": 1, "by": "Шумков"}},
    "an origin of no kind": {"forward_origin": {}},
    "paid media of a new kind": {
        "paid_media": {"star_count": 1, "paid_media": [{"type": "made_up", "who": "Шумков"}]}
    },
    "a date as text": {"date": "позавчера"},
    "a reaction where a chat should be": {"chat": "Шумков"},
    "a user without a name": {"from": {"id": 1}},
}


@pytest.fixture
def person(api: BotApi, bot: Process) -> Person:
    """A citizen whom the bot has not met."""
    return Person(api, 5_000 + api.number())


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_an_update_that_cannot_be_read_keeps_nobody_waiting(
    person: Person, api: BotApi, bot: Process, content: dict[str, Any]
) -> None:
    reported = bot.log.count("cannot be read and is skipped")
    before = api.message(person.id, text="Шумков", **{"from": person.user})
    unreadable = api.message(person.id, text="прочтите", **{"from": person.user}) | content
    await api.deliver(message=unreadable)
    await api.deliver(message=before)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    assert bot.log.count("cannot be read and is skipped") == reported + 1
    polls = api.polls
    await person.says("губернатор")
    assert api.polls < polls + 10  # it is confirmed, and not asked for again and again
    assert "прочтите" not in bot.log
    assert "Шумков" not in bot.log


@pytest.mark.parametrize("body", [{"ok": True}, {"ok": True, "result": None}, {"ok": True, "a": 1}])
async def test_updates_without_a_result_do_not_end_the_process(
    person: Person, api: BotApi, bot: Process, body: Params
) -> None:
    api.garbled["getUpdates"].append(lambda _body: body)
    await person.says("губернатор")  # ends the poll that waits
    assert GOVERNOR in (await person.says("губернатор"))["text"]


@pytest.mark.parametrize(
    "garble",
    [
        lambda body: body | {"result": body["result"] | {"date": "сегодня"}},
        lambda body: body | {"result": {"message_id": body["result"]["message_id"]}},
        lambda body: body | {"result": True},
        lambda body: {"ok": True},
    ],
    ids=["a date as text", "only its number", "true", "nothing"],
)
async def test_what_was_sent_is_not_followed_by_an_excuse(
    person: Person, api: BotApi, bot: Process, garble: Any
) -> None:
    since = len(api.calls)
    api.garbled["sendMessage"].append(garble)
    assert GOVERNOR in (await person.says("губернатор"))["text"]
    await person.says("Шумков")
    sent = [call.params for call in api.calls[since:] if call.method == "sendMessage"]
    assert len([p for p in sent if p["chat_id"] == str(person.id)]) == 2
