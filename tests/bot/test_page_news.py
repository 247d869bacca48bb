"""News of saved pages and of the return of hidden ones: asked for, rare, by day, never twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.i18n import Catalogues
from bot.jobs import page_news as job
from bot.settings import Settings
from directory.changes import page_change
from directory.directory import Directory
from directory.editing import quarantine
from directory.links.registry import PASSED_ON
from directory.model import Action, Link, Origin, PageLink, Status
from directory.store import news, records, revisions
from directory.store.undo import undo
from tests.bot import made_up
from tests.bot.person import Talker, Telegram

pytestmark = pytest.mark.both

NOON = datetime(2026, 11, 27, 7, tzinfo=UTC)  # 12 o'clock in Kurgan
NIGHT = datetime(2026, 11, 27, 20, tzinfo=UTC)  # 1 o'clock in Kurgan
SCHOOL, LIBRARY = made_up.SCHOOL.id, made_up.LIBRARY.id
HIJACKED = quarantine.REASONS["hacked"]


@pytest.fixture
def begins_with(request: pytest.FixtureRequest) -> Path:
    """A made-up directory."""
    path: Path = request.getfixturevalue("made_up")
    return path


@pytest.fixture
def settings() -> Settings:
    """Settings of Kurgan's bot."""
    return Settings.model_construct(admin_ids=frozenset(), timezone="Asia/Yekaterinburg")


async def _change(directory: Directory, page: str, **fields: Any) -> int:
    async with directory.db.write() as connection:
        before = (await records.read_pages(connection, [page]))[0]
        change = page_change(before, replace(before, **fields))
        number = await revisions.apply(connection, [change], Origin(Action.EDIT, 7))
    await directory.refresh()
    return number


async def _hide(directory: Directory, page: str, why: str) -> None:
    async with directory.db.write() as connection:
        await quarantine.hide(connection, page, why, 7)
    await directory.refresh()


class Days:
    """The regular task at chosen moments, and what the citizen got by it."""

    def __init__(self, citizen: Talker, directory: Directory, settings: Settings) -> None:
        self._citizen, self._directory, self._settings = citizen, directory, settings

    async def at(self, now: datetime) -> list[str]:
        """What came at this moment."""
        shown = len(self._citizen.session.shown)
        with Catalogues(self._settings.zone).context():
            await job.tell_page_news(self._citizen.bot, self._directory, self._settings, now)
        return [message.text or "" for message in self._citizen.session.shown[shown:]]

    async def alarms(self) -> list[str]:
        """What alarms came."""
        shown = len(self._citizen.session.shown)
        with Catalogues(self._settings.zone).context():
            await job.tell_hijacks(self._citizen.bot, self._directory)
        return [message.text or "" for message in self._citizen.session.shown[shown:]]


@pytest.fixture
def days(citizen: Talker, directory: Directory, settings: Settings) -> Days:
    """The regular task."""
    return Days(citizen, directory, settings)


async def _follows(citizen: Talker, *queries: str) -> None:
    for query in queries:
        await citizen.says(query)
        await citizen.presses("Сохранить")
    await citizen.says("/saved")
    await citizen.presses("Присылать новости о них")


async def test_saved_pages_stand_by_place_with_their_warnings(
    citizen: Talker, directory: Directory
) -> None:
    for query in ("сказочная школа", "былинная библиотека"):
        await citizen.says(query)
        await citizen.presses("Сохранить")
    await _hide(directory, SCHOOL, "проба")
    saved = await citizen.says("/saved")
    assert saved.text.startswith("Сохранённые страницы\n\n")
    entities = [e for e in saved.message.entities or [] if e.type == "italic"]
    places = [e.extract_from(saved.text) for e in entities]
    okrugs = ["Былинный муниципальный округ", "Сказочный муниципальный округ"]
    assert places == [f"Выдуманная область, {okrug}" for okrug in okrugs]
    assert "её ссылкам не доверяйте" in saved.text.partition(okrugs[1])[2]
    assert "Присылать новости о них" in saved.labels


async def test_nobody_is_written_to_who_did_not_ask(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await citizen.says("сказочная школа")
    await citizen.presses("Сохранить")
    await _change(directory, SCHOOL, address="Новая улица, 1", status=Status.CLOSED)
    assert await days.at(NOON) == []


async def test_one_message_tells_all_that_is_new(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа", "былинная библиотека")
    assert await days.at(NOON) == []
    old = await directory.page(SCHOOL)
    assert old is not None
    await _change(directory, SCHOOL, address="Старая улица, 1")
    async with directory.db.write() as connection:
        await news.turn(connection, 1000, "ru", on=True)
    channel = PageLink("max", Link("max", "name", "made_up_school_news"))
    await _change(
        directory,
        SCHOOL,
        address="Новая улица, 2",
        person="Новая Глава Главовна",
        links=(*old.links, channel),
    )
    await _change(directory, LIBRARY, status=Status.CLOSED)
    (told,) = await days.at(NOON)
    for word in ("Новый адрес: Новая улица, 2", "Новая Глава Главовна", "Новая страница: MAX"):
        assert word in told
    assert "Закрыта" in told.partition("библиотека")[2]
    assert await days.at(NOON + timedelta(hours=1)) == [], "nothing is told twice"


async def test_once_a_day_and_never_at_night(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    await _change(directory, SCHOOL, person="Первая")
    assert await days.at(NIGHT) == []
    assert len(await days.at(NOON)) == 1
    await _change(directory, SCHOOL, person="Вторая")
    assert await days.at(NOON + timedelta(hours=3)) == []
    (next_day,) = await days.at(NOON + timedelta(days=1))
    assert "Вторая" in next_day


async def test_what_was_taken_back_is_no_news(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    number = await _change(directory, SCHOOL, person="Ошибка")
    async with directory.db.write() as connection:
        await undo(connection, number, Origin(Action.UNDO, 7, undoes=number))
    await directory.refresh()
    assert await days.at(NOON) == []


async def test_two_processes_tell_once(citizen: Talker, directory: Directory, days: Days) -> None:
    await _follows(citizen, "сказочная школа")
    await _change(directory, SCHOOL, person="Новая")
    shown = len(citizen.session.shown)
    await asyncio.gather(days.at(NOON), days.at(NOON))
    assert len(citizen.session.shown) - shown == 1


async def test_what_telegram_did_not_take_comes_later(
    citizen: Talker,
    directory: Directory,
    days: Days,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await _follows(citizen, "сказочная школа")
    await _change(directory, SCHOOL, person="Новая")

    async def down(_bot: object, method: Any, **_rest: Any) -> Any:
        raise TelegramNetworkError(method, "down")

    with monkeypatch.context() as patched:
        patched.setattr(telegram, "make_request", down)
        assert await days.at(NOON) == []
    assert len(await days.at(NOON + timedelta(minutes=10))) == 1


async def test_who_blocked_the_bot_is_struck_off(
    citizen: Talker, directory: Directory, days: Days, telegram: Telegram
) -> None:
    await _follows(citizen, "сказочная школа")
    await _change(directory, SCHOOL, person="Новая")
    telegram.blocked.add(1000)
    await days.at(NOON)
    telegram.blocked.clear()
    async with directory.db.read() as connection:
        assert await news.get(connection, 1000) is None


async def test_a_hijacked_page_is_told_of_at_once_and_once(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    await _hide(directory, SCHOOL, HIJACKED)
    (alarm,) = await days.alarms()
    assert "Не открывайте" in alarm
    assert await days.alarms() == []
    assert await days.at(NOON) == [], "the alarm has told it"


async def test_a_nick_that_passed_on_is_an_alarm(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    async with directory.db.write() as connection:
        why = f"{PASSED_ON}: был № 1, стал № 2"
        await quarantine.hide(connection, SCHOOL, why, None, made_up.VK)
    await directory.refresh()
    (alarm,) = await days.alarms()
    assert "Не открывайте" in alarm
    assert await days.alarms() == await days.at(NOON) == []


async def test_another_reason_to_hide_is_news_of_the_day(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    await _hide(directory, SCHOOL, quarantine.REASONS["dead"])
    assert await days.alarms() == []
    (told,) = await days.at(NOON)
    assert "Скрыта редакторами" in told


async def test_the_return_of_a_hidden_page_is_told_once(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _hide(directory, SCHOOL, HIJACKED)
    await citizen.says("сказочная школа")
    await citizen.presses("Написать, когда вернут")
    assert citizen.notice == "Напишу один раз, когда её вернут."
    assert await days.at(NOON) == []
    async with directory.db.write() as connection:
        await quarantine.restore(connection, SCHOOL, 7)
    await directory.refresh()
    assert await days.at(NIGHT) == []
    (told,) = await days.at(NOON)
    assert "Вернули" in told
    assert "Сказочная" in told
    assert await days.at(NOON + timedelta(days=1)) == []


async def test_a_merged_page_is_followed_where_it_leads(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    await _change(directory, SCHOOL, status=Status.RETIRED, merged_into=LIBRARY)
    await days.at(NOON)
    await _change(directory, LIBRARY, person="Новая")
    (told,) = await days.at(NOON + timedelta(days=1))
    assert "Былинная библиотека" in told
    assert "Новая" in told
    await _hide(directory, LIBRARY, HIJACKED)
    assert len(await days.alarms()) == 1


async def test_it_is_turned_off_and_forgotten(
    citizen: Talker, directory: Directory, days: Days
) -> None:
    await _follows(citizen, "сказочная школа")
    await citizen.presses("Не присылать новости о них")
    await _change(directory, SCHOOL, person="Новая")
    assert await days.at(NOON) == []
    await citizen.presses("Присылать новости о них")
    await _hide(directory, LIBRARY, HIJACKED)
    await citizen.says("былинная библиотека")
    await citizen.presses("Написать, когда вернут")
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    async with directory.db.read() as connection:
        assert await news.get(connection, 1000) is None
        assert not await news.is_awaited(connection, 1000, LIBRARY)
