"""/about: what the directory has, in words and as a picture, true of the last revision."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from aiogram.methods import SendChatAction, SendPhoto

from bot.i18n import Catalogues
from bot.pictures import apart
from bot.talk import progress
from bot.views.citizens import about as views
from bot.views.text import utf16
from bot.views.view import View
from bot.views.words import share
from directory import aside
from directory.changes import page_change
from directory.directory import Directory
from directory.model import SLOTS, Action, Change, Level, Origin, Status
from directory.store import revisions
from directory.store.statistics import Statistics
from tests.bot.conftest import People
from tests.bot.made_up import LIBRARY, SCHOOL
from tests.bot.person import Talker
from tests.telegram_limits import CAPTION_UNITS, visible


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """Two pages that do not exist."""
    return made_up


async def _apply(directory: Directory, *changes: Change) -> None:
    async with directory.db.write() as connection:
        await revisions.apply(connection, list(changes), Origin(Action.EDIT))
    await directory.refresh()


async def test_the_figures_are_told_in_words_and_drawn(
    citizen: Talker, directory: Directory
) -> None:
    library = replace(
        LIBRARY, level=Level.MUNICIPAL, official_mark=False, subscribers=1200, checked_at=None
    )
    school = replace(SCHOOL, level=Level.SETTLEMENT, subscribers=300_000)
    await _apply(directory, page_change(LIBRARY, library), page_change(SCHOOL, school))
    told = (await citizen.says("/about")).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "В справочнике 2 страницы" in told
    assert "— муниципальный уровень: 1 (50%)" in told
    assert "— Образование: 1 (50%)" in told
    assert "— ВКонтакте: 2 (100%)\n— Одноклассники: 1 (50%)" in told
    assert "есть — 1 (50%), нет — 1, не записано — 0" in told
    assert "Последняя проверка: 1 ноября 2026 г. Проверено за полгода: 1 (50%)" in told
    assert "Подписчиков: 301 200. Страниц, о которых это известно: 2." in told
    photo = citizen.reply.message.photo
    assert photo
    assert citizen.session.files[photo[0].file_id].startswith(b"\x89PNG")


async def test_they_are_true_of_the_last_revision_and_counted_once_in_it(
    citizen: Talker, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    of_the_store = views.about

    def about(found: Statistics, region: str, at_home: int) -> View:
        counted.append(found)
        return of_the_store(found, region, at_home)

    monkeypatch.setattr(views, "about", about)
    await citizen.says("/about")
    await citizen.says("/about")
    assert counted[0] is counted[1]
    await _apply(directory, page_change(SCHOOL, replace(SCHOOL, status=Status.CLOSED)))
    assert "1 страница" in (await citizen.says("/about")).text
    assert "Образование" not in citizen.reply.text


async def test_without_the_picture_the_words_come_all_the_same(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object, **__: object) -> bytes:
        raise EOFError

    monkeypatch.setattr(apart, "_drawn", OrderedDict())
    monkeypatch.setattr(aside, "run", dies)
    told = await citizen.says("/about")
    assert "2 страницы" in told.text
    assert told.message.photo is None


async def test_while_it_is_drawn_the_chat_is_told_so(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(*_: object, **__: object) -> bytes:
        await asyncio.sleep(0.1)
        return b"\x89PNG"

    monkeypatch.setattr(apart, "_drawn", OrderedDict())
    monkeypatch.setattr(aside, "run", slow)
    await citizen.says("/about")
    assert not any(isinstance(call, SendChatAction) for call in citizen.session.calls)
    monkeypatch.setattr(progress, "FIRST", 0.02)
    monkeypatch.setattr(apart, "_drawn", OrderedDict())
    await citizen.says("/about")
    assert [c.action for c in citizen.session.calls if isinstance(c, SendChatAction)] == [
        "upload_photo"
    ]


async def test_in_a_group_it_is_a_line_and_the_way_to_the_rest(people: People) -> None:
    member = people(group=-100)
    told = await member.says("/about")
    assert "2 страницы" in told.text
    assert "По темам" not in told.text
    assert told.urls == ["https://t.me/official_pages_bot?start=about"]
    assert not any(isinstance(call, SendPhoto) for call in member.session.calls)
    whole = await people().says("/start about")
    assert "По темам" in whole.text


def test_the_words_fit_below_a_picture_whatever_the_topics_are_called() -> None:
    topics = {f"{'Содействие всестороннему развитию ' * 3}{n}": 10_000 - n for n in range(40)}
    found = Statistics(
        by_status={Status.ACTIVE: 400_000},
        by_slot=dict.fromkeys(SLOTS, 999_999),
        without_links=1,
        checked=2,
        revisions=3,
        by_level=dict.fromkeys((*Level, None), 100_000),
        by_category=topics,
        markable=150_000,
        marked=9,
        unlooked=9,
        followers=50_000_000,
        followed=175_000,
        last_check=date(2026, 9, 30),
    )
    for language in ("ru", "en"):
        catalogues = Catalogues()
        with catalogues.context(), catalogues.use_locale(language):
            view = views.about(found, "Республика Северная Осетия — Алания", 123_456)
            assert utf16(visible(view.text)) <= CAPTION_UNITS


@pytest.mark.parametrize(
    ("n", "of", "told"), [(0, 0, "0%"), (1, 2, "50%"), (5, 10_267, "0,05%"), (1, 1, "100%")]
)
def test_a_share_of_a_few_is_not_none(n: int, of: int, told: str) -> None:
    with Catalogues().context():
        assert share(n, of) == told
