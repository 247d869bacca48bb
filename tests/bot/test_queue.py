"""The queue of reports speaks: news to those who may act, filters, who works on what, what was
done, and edits that begin with what a citizen wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage, TelegramMethod
from sqlalchemy import update

from bot.i18n import Catalogues
from bot.jobs.queue_news import tell_news
from bot.views.citizens.reports import kind_words
from directory.directory import Directory
from directory.reports import TAKEN_FOR, ReportKind, cells_of_report
from directory.store import reports, staff
from directory.store.tables import reports as table
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, page_of
from tests.bot.person import Talker, Telegram

pytestmark = pytest.mark.both

NOW = datetime.now(UTC)


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def editor(people: People) -> Talker:
    """The editor of the school's okrug."""
    return people(EDITOR)


async def _report(
    directory: Directory,
    kind: ReportKind,
    page: str = "",
    text: str = "",
    *,
    ago: timedelta = timedelta(minutes=5),
    people: int = 1,
) -> int:
    number = 0
    async with directory.db.write() as connection:
        for n in range(people):
            _, number = await reports.add(
                *(
                    connection,
                    kind,
                    1_000_000 + n + id(text) % 1_000_000,
                    "ru",
                    datetime.now(UTC) - ago,
                ),
                page=page,
                text=text,
            )
    return number


async def _tell(owner: Talker, directory: Directory) -> None:
    with Catalogues().context():
        await tell_news(owner.bot, directory, owner.dispatcher["settings"])


def _told(telegram: Telegram, person: int) -> list[str]:
    return [
        call.text
        for call in telegram.calls
        if isinstance(call, SendMessage) and call.chat_id == person and "Ждут решения" in call.text
    ]


async def _time_passes(directory: Directory, back: timedelta) -> None:
    """Make all that was told and reported so much older."""
    async with directory.db.write() as connection:
        for person, at in (await reports.told_until(connection)).items():
            await reports.keep_told(connection, person, at - back)
        for found in await reports.queue(connection):
            of_it = update(table).where(table.c.id == found.id)
            await connection.execute(of_it.values(at=found.at - back))


async def test_new_reports_are_told_to_those_who_may_act_grouped_and_once(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    await _tell(owner, directory)
    assert _told(telegram, OWNER) == []
    await _report(directory, ReportKind.DEAD, SCHOOL.id)
    await _report(directory, ReportKind.WRONG, SCHOOL.id)
    await _report(directory, ReportKind.DEAD, LIBRARY.id)
    for _restart in range(2):
        await _tell(owner, directory)
    (to_owner,), (to_editor,) = _told(telegram, OWNER), _told(telegram, EDITOR)
    assert "3 новых обращения" in to_owner
    assert "2 новых обращения" in to_editor
    assert "Ждут решения: 2" in to_editor
    async with directory.db.write() as connection:
        await staff.dismiss(connection, EDITOR, by=OWNER)
        assert set(await reports.told_until(connection)) == {OWNER}


async def test_news_come_at_most_once_an_hour_and_leave_nothing_out(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    await _report(directory, ReportKind.DEAD, SCHOOL.id)
    await _tell(owner, directory)
    await _time_passes(directory, timedelta(minutes=40))
    await _report(directory, ReportKind.WRONG, SCHOOL.id)
    await _tell(owner, directory)
    assert len(_told(telegram, OWNER)) == 1
    await _time_passes(directory, timedelta(minutes=20))
    await _tell(owner, directory)
    assert len(_told(telegram, OWNER)) == 2
    assert "1 новое обращение" in _told(telegram, OWNER)[-1]


async def test_what_was_reported_a_moment_ago_waits_for_the_next_time(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    """Another report of an earlier moment may not be committed yet."""
    await _report(directory, ReportKind.DEAD, SCHOOL.id, ago=timedelta(seconds=2))
    await _tell(owner, directory)
    assert _told(telegram, OWNER) == []
    await _time_passes(directory, timedelta(minutes=2))
    await _tell(owner, directory)
    assert len(_told(telegram, OWNER)) == 1


async def test_what_telegram_did_not_take_is_told_the_next_time(
    owner: Talker, directory: Directory, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _report(directory, ReportKind.DEAD, SCHOOL.id)
    send = telegram.make_request

    async def failing(bot: object, method: TelegramMethod[object], **rest: object) -> object:
        raise TelegramNetworkError(method, "no route")

    monkeypatch.setattr(telegram, "make_request", failing)
    await _tell(owner, directory)
    monkeypatch.setattr(telegram, "make_request", send)
    await _tell(owner, directory)
    assert len(_told(telegram, OWNER)) == len(_told(telegram, EDITOR)) == 1


async def test_the_queue_begins_with_the_oldest_urgent_and_is_narrowed(
    owner: Talker, directory: Directory
) -> None:
    day = timedelta(days=1)
    await _report(directory, ReportKind.DEAD, LIBRARY.id, ago=20 * day)
    await _report(directory, ReportKind.WRONG, SCHOOL.id, ago=2 * day, people=3)
    await _report(directory, ReportKind.HACKED, LIBRARY.id, ago=day)
    await _report(directory, ReportKind.HACKED, SCHOOL.id, ago=3 * day)
    await _report(directory, ReportKind.MISSING, text="Лесная школа", ago=day / 2)
    first = await owner.says("/reports")
    assert "Обращение 1 из 5: похоже, страницу взломали" in first.text
    assert SCHOOL.title in first.text
    assert "Ждут решения: 5. Самое старое ждёт 20 дней.\nПохоже на взлом: 2." in first.text
    order = [SCHOOL.title, LIBRARY.title, SCHOOL.title, LIBRARY.title, "Лесная школа"]
    for n, title in enumerate(order):
        if n:
            await owner.presses("Дальше")
        assert title in owner.replies[-1].text if n else first.text
    await owner.presses("Отовсюду")
    narrowed = await owner.presses("Былинный муниципальный округ: 2")
    assert "1 из 2" in narrowed.text
    await owner.presses("Любые")
    narrowed = await owner.presses("страница не открывается: 1")
    assert "1 из 1: страница не открывается" in narrowed.text
    await owner.presses("Сколько бы ни ждали")
    assert "20 дней" in (await owner.presses("ждут 14 дней и дольше: 1")).text
    done = await owner.presses("Страница на месте")
    assert LIBRARY.title in done.text
    none = await owner.presses("Следующее обращение")
    assert "таких нет" in none.text
    assert "из 4" in (await owner.presses("Все обращения")).text


@pytest.mark.parametrize("kind", ReportKind)
async def test_the_queue_is_narrowed_to_every_kind(
    owner: Talker, directory: Directory, kind: ReportKind
) -> None:
    other = ReportKind.DEAD if kind is not ReportKind.DEAD else ReportKind.WRONG
    await _report(directory, other, LIBRARY.id)
    await _report(directory, kind, SCHOOL.id)
    await owner.says("/reports")
    await owner.presses("Любые")
    with Catalogues().context():
        label = f"{kind_words(kind)}: 1"
    narrowed = await owner.presses(label)
    assert "1 из 1" in narrowed.text
    assert SCHOOL.title in narrowed.text


async def test_a_report_that_an_editor_works_on_is_seen_as_taken_until_its_time_is_over(
    owner: Talker, editor: Talker, directory: Directory
) -> None:
    number = await _report(directory, ReportKind.DEAD, SCHOOL.id, ago=timedelta(days=2))
    await _report(directory, ReportKind.DEAD, LIBRARY.id)
    await editor.says("/reports")
    assert "Вы работаете" in (await editor.presses("Беру в работу")).text
    assert LIBRARY.title in (await owner.says("/reports")).text
    seen = await owner.presses("Дальше")
    assert SCHOOL.title in seen.text
    assert f"работает редактор {EDITOR}" in seen.text
    async with directory.db.write() as connection:
        await staff.rename(connection, EDITOR, "Анна", by=OWNER)
    await owner.says("/reports")
    assert "работает редактор Анна" in (await owner.presses("Дальше")).text
    async with directory.db.write() as connection:
        await reports.take(connection, number, EDITOR, NOW - TAKEN_FOR)
    assert "работает" not in (await owner.says("/reports")).text
    assert SCHOOL.title in owner.reply.text
    await editor.says("/reports")
    await editor.presses("Беру в работу")
    assert "работаете" not in (await editor.presses("Оставить другим")).text


async def test_adding_begins_with_what_the_citizen_wrote_and_closes_the_report(
    owner: Talker, citizen: Talker, directory: Directory, telegram: Telegram
) -> None:
    await citizen.says("такого здесь точно нет")
    question = await citizen.presses("Предложить страницу")
    words = "Лесная школа № 3, vk.com/lesnaya_shkola и t.me/lesnaya_shkola3"
    await citizen.says(words, reply_to_message=question.message)
    await owner.says("/reports")
    preview = await owner.presses("Добавить страницу")
    assert words in preview.text
    assert "Название: Лесная школа № 3" in preview.text
    assert "ВКонтакте: https://vk.com/lesnaya_shkola" in preview.text
    saved = await owner.presses("Сохранить")
    page = next(b.callback_data for b in saved.buttons if b.text == "Открыть карточку")
    links = (await page_of(directory, str(page).removeprefix("p:"))).links
    assert [(x.slot, x.link.account) for x in links] == [
        ("vk", "lesnaya_shkola"),
        ("telegram", "lesnaya_shkola3"),
    ]
    done = await owner.presses("Закрыть обращение")
    assert "Сколько людей получат ответ: 1" in done.text
    (thanks,) = [m for m in telegram.shown if m.chat.id == citizen.chat.id][-1:]
    assert "Спасибо" in (thanks.text or "")


async def test_correcting_begins_with_the_link_that_the_citizen_sent(
    owner: Talker, editor: Talker, directory: Directory
) -> None:
    await _report(directory, ReportKind.OTHER, SCHOOL.id, "новый канал https://t.me/skazka5_new")
    await editor.says("/reports")
    preview = await editor.presses("Исправить")
    assert "новый канал https://t.me/skazka5_new" in preview.text
    assert "стало: https://t.me/skazka5_new" in preview.text
    assert f"редактор {EDITOR}" in (await owner.says("/reports")).text


async def test_a_decision_shows_what_it_did(editor: Talker, directory: Directory) -> None:
    await _report(directory, ReportKind.WRONG, SCHOOL.id, people=2)
    await editor.says("/reports")
    done = await editor.presses("Скрыть ссылку: ВКонтакте")
    for said in (
        "Обращение: это не та страница",
        SCHOOL.title,
        "Скрыто: vk.com/skazochnaya_shkola",
        "Сколько людей получат ответ: 2",
    ):
        assert said in done.text


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Лесная школа", {"title": "Лесная школа"}),
        (
            "https://vk.com/lesnaya — Лесная школа",
            {"title": "Лесная школа", "vk": "https://vk.com/lesnaya"},
        ),
        ("Дом творчества, @lesnoy_dom", {"title": "Дом творчества", "telegram": "@lesnoy_dom"}),
        ("vk.com/one vk.com/two", {"vk": "vk.com/one"}),
        ("ok.ru/group/70000001234567 Клуб", {"title": "Клуб", "ok": "ok.ru/group/70000001234567"}),
        ("Школа https://vk.com@evil.ru/", {"title": "Школа"}),
        ("Школа (искали: лесная (искали: школа)", {"title": "Школа (искали: лесная"}),
        ("а" * 200, {}),
    ],
)
def test_a_suggestion_is_read_as_cells(text: str, cells: dict[str, str]) -> None:
    assert cells_of_report(text, new=True) == cells
