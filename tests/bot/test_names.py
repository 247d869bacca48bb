"""Names cannot lie: whatever stands in the directory's data, only its own links can be pressed.

Hostile texts are put into every field of pages, past all checks of an import, and everything that
the bot sends is looked at: messages, edits and inline results, for people and for editors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from aiogram.methods import AnswerInlineQuery, EditMessageText, SendMessage
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent

from bot.terminal.html import parse
from bot.views.text import bold, plain
from directory import links
from directory.directory import Directory
from directory.model import SLOTS, Link, Page, PageLink, Status
from tests.bot.autolinks import pressable
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, fill
from tests.bot.person import Reply, Talker, Telegram

HOSTILE = (
    *("evil.ru", "Школа EVIL.RU № 1", "(evil.ru)", "«школа-зло.рф»", "сайт—evil.ru", "evil.ru."),
    *("https://evil.ru/a?b=c&d", "http://vk.com@evil.ru", "HTTPS://ЗЛО.ВЫДУМКА/х", "10.0.0.1"),
    *("xn--80adjlwe.xn--p1ai", "evil.中国", "почта@evil.ru", "a.b@evil.ru", "зло@школа.рф"),
    *("@evil_bot", "Директор:@evil_bot", "#зло", "школа (#зло)", "$EVIL", "/start", "да: /1"),
    *("/find@evil_bot x", "tg://resolve?domain=evil", "ton://evil", "t.me/evil_bot"),
    *(
        '<a href="https://evil.ru">Школа</a>',
        "<b>Школа",
        "</code>evil.ru<code>",
        "&lt;a&gt;evil.ru",
    ),
    *("`evil.ru`", "[Школа](https://evil.ru)", "ev\u200bil.ru", "\u202eur.live", "e\u0301vil.ru"),
    *("Школа\nhttps://evil.ru\n", "\u2066evil.ru\u2069", "evil\u00ad.ru", "x" * 5000 + " evil.ru"),
)
LONG = {"evil-endless": " ".join(HOSTILE * 3), "evil-emoji": "😀" * 700 + "&<>\"'" * 200}
"""Texts that must be cut, by the page's id."""

SHOWN = Link("vk", "name", "made_up_only_this")
GONE = Link("ok", "group", "group/7")
MANY = tuple(
    PageLink(slot, Link("site", "https", f"{slot}{n}-{'x' * 55}.example.ru"))
    for slot in SLOTS
    for n in range(3)
)
ALLOWED = {links.url(x) for x in (SHOWN, *(many.link for many in MANY))} | {
    "https://pos.gosuslugi.ru/"
}

_COMMANDS = re.compile(r"/[a-z]+")


def _pages() -> list[Page]:
    return [
        Page(
            f"evil-{n}",
            f"Злое учреждение {text}",
            full_name=f"{text} полное",
            category=text if n < 3 else "Образование",
            territory=2,
            person=text,
            post=f"глава {text}",
            address=text,
            phone=text,
            lat=55.0,
            lon=65.0,
            links=(PageLink("vk", SHOWN), PageLink("ok", GONE, hidden=text)),
            official_mark=True,
            aliases=(f"злой {text}",),
            source=text,
        )
        for n, text in enumerate(HOSTILE)
    ]


def _long() -> list[Page]:
    return [
        replace(page, id=key, title=text, full_name=text, person=text, source=text, links=MANY)
        for page, (key, text) in zip(_pages(), LONG.items(), strict=False)
    ]


@pytest.fixture
async def directory(database_url: str) -> AsyncIterator[Directory]:
    """A directory that nobody has cleaned."""
    opened = await Directory.open(database_url)
    hidden = Page(
        "evil-gone", "evil.ru", status=Status.HIDDEN, hidden="см. https://evil.ru @evil_bot"
    )
    closed = replace(_pages()[0], id="evil-closed", status=Status.CLOSED, successor="evil-1")
    await fill(opened, [*_pages(), *_long(), hidden, closed])
    yield opened
    await opened.close()


def _texts(telegram: Telegram) -> Iterator[str]:
    for call in telegram.calls:
        if isinstance(call, SendMessage | EditMessageText):
            yield call.text or ""
        elif isinstance(call, AnswerInlineQuery):
            for result in call.results:
                assert isinstance(result, InlineQueryResultArticle)
                assert isinstance(result.input_message_content, InputTextMessageContent)
                yield result.input_message_content.message_text


def _check(telegram: Telegram) -> None:
    for message in telegram.shown:
        assert not [label for label in Reply(message).labels if not _seen(label)]
        assert set(Reply(message).urls) <= ALLOWED
    texts = list(_texts(telegram))
    assert texts
    for source in texts:
        text, entities = parse(source)
        found = set(pressable(text, entities)) - ALLOWED
        assert not {x for x in found if not _COMMANDS.fullmatch(x) or x == "/start"}, text
        assert _seen(text), text


def _seen(text: str) -> bool:
    """Whether every sign of the text shows something, and none turns it round."""
    return not any(unicodedata.category(char) in ("Cf", "Co", "Cs") for char in text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_pressable(text: str) -> None:
    for source in (plain(text), bold(text), f"«{plain(text)}», {bold(text)}: {plain(text, 12)}"):
        assert pressable(*parse(source)) == [], source


async def test_nothing_hostile_reaches_people(
    citizen: Talker, people: People, telegram: Telegram
) -> None:
    for page in [*_pages(), *_long()]:
        await citizen.says(f"/start page_{page.id}")
    foreigner, member = people(1001, language="en"), people(1002, group=-100)
    for key in (*LONG, "evil-gone", "evil-closed"):
        await foreigner.says(f"/start page_{key}")
    for text in HOSTILE[:40:4]:
        await member.says(f"/find пицца {text[:100]}")
        await citizen.says(f"/find пицца {text[:100]}")
    for gone in ("evil-gone", "evil-closed"):
        await citizen.says(f"/start page_{gone}")
    await citizen.presses("Ошибка на карточке")
    for query in ("злое учреждение", "evil ru", *HOSTILE[:20]):
        await citizen.types(query.strip("/")[:200])
    await citizen.says("злое учреждение")
    await citizen.presses("Дальше")
    await citizen.says("/start page_evil-2")
    await citizen.presses("Сохранить")
    await citizen.says("/saved")
    await citizen.says("/browse")
    await citizen.sends_place(55.0, 65.0)
    await citizen.says("https://vk.com/made_up_only_this")
    _check(telegram)


async def test_nothing_hostile_reaches_editors(
    people: People, citizen: Talker, telegram: Telegram
) -> None:
    for person in (people(OWNER), people(EDITOR)):
        for page in ("evil-5", "evil-25", "evil-gone"):
            await person.says(f"/start page_{page}")
        await person.says("/start page_evil-26")
        await person.presses("Скрыть…")
        await person.presses("Скрыть ссылку: ВКонтакте")
        await person.says("/start page_evil-27")
        await person.presses("Страница на месте")
        await person.says("/reports")
        await person.presses("Давно не проверены")
        await person.presses("Дальше")
    await citizen.says("/start page_evil-3")
    await citizen.presses("Ошибка на карточке")
    await citizen.presses("Похоже")
    owner = people(OWNER)
    await owner.says("/reports")
    await owner.presses("Отклонить")
    await owner.says("/history")
    _check(telegram)
