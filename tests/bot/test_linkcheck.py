"""The check of links in the chat: the alarm to owners and the weekly list."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import GetChat, SendMessage
from aiogram.types import AcceptedGiftTypes, ChatFullInfo

from bot.i18n import Catalogues
from bot.jobs import check_links as linkcheck
from bot.jobs import schedule as tasks
from bot.jobs.check_links import TelegramNumbers, check_links
from directory import links
from directory.changes import page_change
from directory.directory import Directory
from directory.linkcheck.checker import LinkChecker
from directory.links.outcome import Checked, CheckOutcome
from directory.model import Action, Link, Origin, Page, PageLink
from directory.store import checks, revisions
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, VK
from tests.bot.person import Talker, Telegram
from tests.directory.loopback import LoopbackPolicy, Names

CHANNEL = Link("telegram", "name", "skazochny_kanal")
PAGE = Page("skazka-channel", "Сказочный <канал>", links=(PageLink("telegram", CHANNEL),))
DAY = date(2026, 11, 20)


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def owner(people: People) -> Talker:
    """The owner."""
    return people(OWNER)


def _chats(telegram: Telegram, monkeypatch: pytest.MonkeyPatch, ids: dict[str, int]) -> None:
    """Have Telegram know these public chats."""
    answer = telegram.make_request
    monkeypatch.setattr(linkcheck, "_PAUSE", 0)

    async def known(bot: Bot, method: Any, **rest: Any) -> Any:
        if not isinstance(method, GetChat):
            return await answer(bot, method, **rest)
        if method.chat_id not in ids:
            raise TelegramBadRequest(method, "Bad Request: chat not found")
        gifts = dict.fromkeys(AcceptedGiftTypes.model_fields, False)
        return ChatFullInfo(
            id=ids[str(method.chat_id)],
            type="channel",
            accent_color_id=0,
            max_reaction_count=0,
            accepted_gift_types=AcceptedGiftTypes(**gifts),
        )

    monkeypatch.setattr(telegram, "make_request", known)


async def test_telegram_tells_the_numbers_of_its_own_nicks(
    owner: Talker, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    _chats(telegram, monkeypatch, {"@skazochny_kanal": -1001})
    numbers = TelegramNumbers(owner.bot)
    assert await numbers.number(CHANNEL) == -1001
    assert await numbers.number(Link("telegram", "name", "nobody_here")) is None
    assert await numbers.number(VK) is None


async def test_when_telegram_says_to_wait_no_nick_is_asked_for_till_then(
    owner: Talker, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def busy(_bot: Bot, method: Any, **_rest: Any) -> Any:
        asked.append(method.chat_id)
        raise TelegramRetryAfter(method, "Too Many Requests", wait[len(asked) - 1])

    monkeypatch.setattr(linkcheck, "_PAUSE", 0)
    monkeypatch.setattr(telegram, "make_request", busy)
    wait = [0, 7200]
    numbers = TelegramNumbers(owner.bot)
    for n in range(5):
        assert await numbers.number(Link("telegram", "name", f"made_up_{n}")) is None
    assert asked == ["@made_up_0", "@made_up_1"]


async def test_a_nick_in_other_hands_is_hidden_and_its_owners_are_told(
    owner: Talker, directory: Directory, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with directory.db.write() as connection:
        change = page_change(None, PAGE)
        await revisions.apply(connection, [change], Origin(Action.IMPORT))
    # No name resolves: nothing goes out to the Internet.
    monkeypatch.setattr(linkcheck, "LinkChecker", partial(LinkChecker, LoopbackPolicy(), Names()))
    ids = {"@skazochny_kanal": -1001}
    _chats(telegram, monkeypatch, ids)
    settings = owner.dispatcher["settings"]
    with Catalogues().context():
        await check_links(owner.bot, directory, settings)
        assert telegram.shown == []
        ids["@skazochny_kanal"] = -1002
        await check_links(owner.bot, directory, settings)
    (alarm,) = [call for call in telegram.calls if isinstance(call, SendMessage)]
    assert alarm.chat_id == OWNER
    assert "был № -1001, стал № -1002" in alarm.text
    assert "Сказочный &lt;канал&gt;" in alarm.text
    assert links.url(CHANNEL) not in alarm.text
    page = await directory.page(PAGE.id)
    assert page is not None
    assert page.shown_links == ()
    assert directory.verify(links.url(CHANNEL)).verdict is links.Verdict.HIDDEN
    assert telegram.refused == []


async def test_the_weekly_list_names_broken_and_moved_links_to_those_who_may(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    await _break(directory)
    with Catalogues().context():
        await tasks.weekly(owner.bot, directory, owner.dispatcher["settings"])
    lists = {
        call.chat_id: call.text
        for call in telegram.calls
        if isinstance(call, SendMessage) and "Проверьте ссылки" in call.text
    }
    assert set(lists) == {OWNER, EDITOR}
    assert "не открывается, дней подряд: 3" in lists[EDITOR]
    assert SCHOOL.title in lists[EDITOR]
    assert LIBRARY.title not in lists[EDITOR]
    assert "ведёт на <code>vk.com/skazka</code>" in lists[OWNER]
    assert telegram.refused == []


async def _break(directory: Directory, *more: Link) -> None:
    """Have checks of three days find links broken, and the library's moved."""
    async with directory.db.write() as connection:
        for day in range(3):
            found = [Checked(link, CheckOutcome.GONE) for link in (VK, *more)]
            await checks.save(connection, found, DAY + timedelta(days=day))
        moved = Checked(LIBRARY.links[0].link, CheckOutcome.MOVED, "vk.com/skazka")
        await checks.save(connection, [moved], DAY)


async def test_broken_links_are_two_presses_away_with_the_remedy_and_as_a_file(
    owner: Talker, people: People, directory: Directory
) -> None:
    await _break(directory)
    await owner.says("/admin")
    listed = await owner.presses("Битые ссылки")
    assert "Проверьте ссылки: 2" in listed.text
    assert "не открывается, дней подряд: 3\nОткройте её сами." in listed.text
    assert "ведёт на vk.com/skazka\nЕсли это страница того же органа" in listed.text
    await owner.presses("Получить файлом")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    (header, first, second) = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    assert header[0] == "Страница"
    place = "Сказочный муниципальный округ, Выдуманная область"
    assert first[:7] == (
        *(SCHOOL.title, place, "ВКонтакте", "https://vk.com/skazochnaya_shkola"),
        *("не открывается", 3, "22.11.2026"),
    )
    assert second[4] == "ведёт на vk.com/skazka"
    editor = people(EDITOR)
    await editor.says("/admin")
    theirs = await editor.presses("Битые ссылки")
    assert LIBRARY.title not in theirs.text
    await editor.presses("Получить файлом")
    book = openpyxl.load_workbook(io.BytesIO(editor.file))
    assert book.worksheets[0].max_row == 2
    book.close()


async def test_the_list_of_broken_links_is_turned(owner: Talker, directory: Directory) -> None:
    nicks = [Link("vk", "name", f"skazka_{n}") for n in range(10)]
    made = [
        page_change(None, Page(f"p{n}", f"Клуб {n}", links=(PageLink("vk", link),)))
        for n, link in enumerate(nicks)
    ]
    async with directory.db.write() as connection:
        await revisions.apply(connection, made, Origin(Action.IMPORT))
    await directory.refresh()
    await _break(directory, *nicks)
    await owner.says("/admin")
    listed = await owner.presses("Битые ссылки")
    assert "1–8 из 12" in listed.text
    listed = await owner.presses("Дальше")
    assert "9–12 из 12" in listed.text
    assert "12. Карточка" in listed.labels


async def test_the_card_tells_of_a_broken_link_those_who_may_change_it(
    citizen: Talker, people: People, directory: Directory
) -> None:
    await _break(directory)
    editor, owner = people(EDITOR), people(OWNER)
    for who, page, told in (
        (editor, SCHOOL, 1),
        (editor, LIBRARY, 0),
        (owner, LIBRARY, 1),
        (citizen, SCHOOL, 0),
    ):
        card = await who.says(f"/start page_{page.id}")
        assert card.text.count("⚠") == told, (who.user.id, page.id)
