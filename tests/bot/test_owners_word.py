"""What owners hear of the bot unasked: once a week how it did, at once what breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage

from bot.i18n import Catalogues
from bot.jobs import tell_troubles
from bot.jobs.tell_troubles import Troubles
from bot.jobs.weekly_word import Tally, send_weekly_word
from bot.metrics import FAILURES, TASK_FAILURES, UNSENT
from bot.settings import Settings
from directory.directory import Directory
from directory.store import backups, tallies
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker, Telegram


@pytest.fixture
def owner(people: People) -> Talker:
    """The owner."""
    return people(OWNER)


def _told(telegram: Telegram, since: int) -> list[str]:
    """What the owner was told without asking."""
    return [
        call.text
        for call in telegram.calls[since:]
        if isinstance(call, SendMessage) and call.chat_id == OWNER
    ]


async def _no_route(_bot: Bot, method: SendMessage, **_: Any) -> None:
    raise TelegramNetworkError(method, "no route")


async def test_the_week_is_told_in_numbers_and_begins_anew(
    owner: Talker, citizen: Talker, directory: Directory, settings: Settings, telegram: Telegram
) -> None:
    tally = Tally(directory)
    for query in ("губернатор", "ыфвапролдж", "губернатор"):
        await citizen.says(query)
    await citizen.types("губ")
    UNSENT.inc(2)
    await tally.keep()
    await Tally(directory).keep()  # that of a restarted process: nothing counts twice
    await citizen.says("губернатор")
    await tally.keep()
    at = datetime.now(UTC) - timedelta(days=2)
    backups.make(directory.backups_of, now=at)
    with Catalogues().context():
        await send_weekly_word(owner.bot, directory, settings)
        await send_weekly_word(owner.bot, directory, settings)
    first, second = _told(telegram, 0)
    assert "Вопросов в сообщениях: 4" in first
    assert "Нашлось: 75%, не нашлось ничего: 25%" in first
    assert "Telegram не принял: 2" in first
    assert f"Последняя копия базы: {at.day} " in first
    assert "Свободно на диске: " in first
    assert "Ждут решения в /reports: 0" in first
    assert "Вопросов в сообщениях: 0" in second
    async with directory.db.read() as connection:
        assert await tallies.read(connection) == {}


async def test_what_breaks_is_told_at_once_grouped_and_once_an_hour(
    owner: Talker,
    directory: Directory,
    settings: Settings,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(tell_troubles, "monotonic", lambda: now[0])
    troubles = Troubles(owner.bot, directory, settings)
    with Catalogues().context():
        await troubles.tell()
        since = len(telegram.calls)
        await troubles.tell()
        assert _told(telegram, since) == []
        FAILURES.labels("MadeUpError").inc()
        monkeypatch.setattr(telegram, "make_request", _no_route)
        await troubles.tell()
        monkeypatch.undo()
        monkeypatch.setattr(tell_troubles, "monotonic", lambda: now[0])
        FAILURES.labels("MadeUpError").inc(2)
        TASK_FAILURES.labels("links").inc()
        await troubles.tell()
        (said,) = _told(telegram, since)
        assert "3 (<code>MadeUpError</code>)" in said
        assert "задача: <code>links</code>" in said
        FAILURES.labels("MadeUpError").inc(2)
        FAILURES.labels("OtherMadeUpError").inc()
        TASK_FAILURES.labels("backup").inc()  # its own job tells of it
        since = len(telegram.calls)
        await troubles.tell()
        (said,) = _told(telegram, since)
        assert "OtherMadeUpError" in said
        assert "<code>MadeUpError" not in said
        now[0] += tell_troubles.SELDOM_SECONDS
        since = len(telegram.calls)
        await troubles.tell()
        (said,) = _told(telegram, since)
        assert "2 (<code>MadeUpError</code>)" in said
        assert "OtherMadeUpError" not in said


async def test_a_disk_that_fills_is_told_once_until_there_is_room(
    owner: Talker,
    directory: Directory,
    settings: Settings,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(tell_troubles, "monotonic", lambda: now[0])
    troubles = Troubles(owner.bot, directory, settings)
    with Catalogues().context():
        for least, times in ((2**60, 1), (2**60, 0), (0, 0), (2**60, 1)):
            monkeypatch.setattr(tell_troubles, "LEAST_FREE", least)
            since = len(telegram.calls)
            await troubles.tell()
            said = [text for text in _told(telegram, since) if "Диск почти заполнен" in text]
            assert len(said) == times
            now[0] += tell_troubles.SELDOM_SECONDS
