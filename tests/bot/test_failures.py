"""What people see when a handler fails, and what the log says of it."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import AnswerCallbackQuery, AnswerInlineQuery, SendMessage

from bot.metrics import FAILURES, totals
from bot.terminal.loopback import Person
from directory.directory import Directory
from directory.store.faults import DatabaseLostError
from tests.bot.conftest import People
from tests.bot.person import Talker, Telegram

QUERY = "губернатор тайное слово"
FAILED = "Что-то пошло не так"


class Breakage:
    """Makes every reading of pages fail with an error."""

    def __init__(self, directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
        self._directory, self._monkeypatch = directory, monkeypatch

    def begins(self, error: Exception) -> None:
        """From now on."""

        def fail(*_: Any, **__: Any) -> None:
            raise error

        self._monkeypatch.setattr(self._directory, "search", fail)
        self._monkeypatch.setattr(self._directory.db, "read", fail)
        self._monkeypatch.setattr(self._directory.db, "write", fail)


@pytest.fixture
def breakage(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> Breakage:
    """Nothing is broken yet."""
    return Breakage(directory, monkeypatch)


def _said(telegram: Telegram, since: int) -> list[str]:
    return [call.text for call in telegram.calls[since:] if isinstance(call, SendMessage)]


async def _writes(person: Talker, text: str) -> None:
    """Write, where the bot is expected to fail: `Talker` would not have it."""
    await Person.update(person, message=person.message(text))


async def test_a_failure_is_told_once_and_noted_without_what_was_typed(
    citizen: Talker, telegram: Telegram, breakage: Breakage, caplog: pytest.LogCaptureFixture
) -> None:
    breakage.begins(RuntimeError("no such thing"))
    before = totals(FAILURES, "error").get(("RuntimeError",), 0)
    await _writes(citizen, QUERY)
    assert totals(FAILURES, "error")["RuntimeError",] == before + 1
    (said,) = _said(telegram, 0)
    assert said.startswith(FAILED)
    (record,) = [record for record in caplog.records if record.name == "bot.routers.stale"]
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], RuntimeError)
    assert QUERY not in record.getMessage()


async def test_english_for_those_whose_telegram_is_in_english(
    people: People, telegram: Telegram, breakage: Breakage
) -> None:
    breakage.begins(RuntimeError())
    await _writes(people(language="en"), QUERY)
    (said,) = _said(telegram, 0)
    assert said.startswith("Something went wrong")


async def test_a_press_that_fails_is_answered_and_told(
    citizen: Talker, telegram: Telegram, breakage: Breakage
) -> None:
    list_ = await citizen.says("школа")
    card = next(button for button in list_.buttons if button.callback_data)
    breakage.begins(RuntimeError())
    since = len(telegram.calls)
    message = telegram.messages[list_.message.message_id]
    await Person.press_data(_plain(citizen), message, card.callback_data or "")
    (said,) = _said(telegram, since)
    assert said.startswith(FAILED)
    assert any(isinstance(call, AnswerCallbackQuery) for call in telegram.calls[since:])


@pytest.mark.parametrize("error", [RuntimeError(), DatabaseLostError()])
async def test_groups_and_inline_hear_nothing_of_it(
    people: People, telegram: Telegram, breakage: Breakage, error: Exception
) -> None:
    breakage.begins(error)
    await _writes(people(group=-5), f"/find {QUERY}")
    await Person.ask_inline(_plain(people()), QUERY)
    assert _said(telegram, 0) == []
    assert not [call for call in telegram.calls if isinstance(call, AnswerInlineQuery)]


async def test_a_lost_database_is_told_as_such_and_not_noted_at_each_update(
    citizen: Talker, telegram: Telegram, breakage: Breakage, caplog: pytest.LogCaptureFixture
) -> None:
    breakage.begins(DatabaseLostError("/data/directory.sqlite3"))
    await _writes(citizen, QUERY)
    (said,) = _said(telegram, 0)
    assert "не читается" in said
    assert "ERROR" not in [record.levelname for record in caplog.records]


@pytest.mark.parametrize(
    "error",
    [
        TelegramForbiddenError(SendMessage(chat_id=1, text="x"), "Forbidden: bot was blocked"),
        TelegramBadRequest(
            AnswerCallbackQuery(callback_query_id="1"), "Bad Request: query is too old and …"
        ),
    ],
)
async def test_what_is_nobodys_fault_is_left_alone(
    citizen: Talker,
    telegram: Telegram,
    breakage: Breakage,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    breakage.begins(error)
    await _writes(citizen, QUERY)
    assert _said(telegram, 0) == []
    assert "ERROR" not in [record.levelname for record in caplog.records]


async def test_another_refusal_of_telegrams_is_told(
    citizen: Talker, telegram: Telegram, breakage: Breakage
) -> None:
    call = AnswerCallbackQuery(callback_query_id="1")
    breakage.begins(TelegramBadRequest(call, "Bad Request: something new"))
    await _writes(citizen, QUERY)
    (said,) = _said(telegram, 0)
    assert said.startswith(FAILED)


async def test_a_person_who_cannot_be_told_harms_nobody(
    citizen: Talker, telegram: Telegram, breakage: Breakage, caplog: pytest.LogCaptureFixture
) -> None:
    breakage.begins(RuntimeError())
    telegram.blocked.add(citizen.user.id)
    await _writes(citizen, QUERY)
    assert "could not be told" in caplog.text


def _plain(person: Talker) -> Person:
    """The same person without `Talker`'s demand that nothing fails."""
    return Person(person.dispatcher, person.session, person.user.id)
