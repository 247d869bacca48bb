"""What people come for every day: each need is met in three messages and presses at most.

A step is what a person does, a message or a press; `outcome` is what they must have got by the last
one: words of the text, or an address that a button opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from aiogram.types import PhotoSize, Sticker, Voice

from directory.changes import page_change, territory_change
from directory.directory import Directory
from directory.model import Action, Level, Link, Origin, Page, PageLink, Territory
from directory.store import revisions
from tests.bot.conftest import People
from tests.bot.person import Talker, article

MOST = 3
"""Messages and presses."""


@dataclass(frozen=True)
class Says:
    """Write a message."""

    text: str


@dataclass(frozen=True)
class Presses:
    """Press the button that begins so."""

    label: str


@dataclass(frozen=True)
class Sends:
    """Send something else than a text."""

    what: str
    caption: str | None = None


@dataclass(frozen=True)
class Replies:
    """Answer the bot's last message."""

    text: str


Step = Says | Presses | Sends | Replies

NEEDS: list[tuple[str, Sequence[Step], str]] = [
    ("a school's page", [Says("школа 42 курган")], "Школа № 42 города Кургана"),
    ("who heads my okrug", [Says("кто глава кетовского округа")], "Язовских Олег"),
    ("writing to the governor", [Says("написать губернатору")], "https://pos.gosuslugi.ru/"),
    (
        "the nearest library",
        [Says("ближайшая библиотека"), Presses("Рядом"), Sends("place")],
        "библиотека",
    ),
    ("is this link real", [Says("vk.com/shumkov_vadim")], "официальная страница"),
    (
        "a pothole",
        [Says("яма на дороге в Шадринске"), Presses("1. Администрация")],
        "Администрация города Шадринска",
    ),
    ("a doctor", [Says("записаться к врачу Кетово")], "https://gosuslugi.ru/doctor"),
    ("a club for a child", [Says("кружок для ребёнка Кетово")], "https://gosuslugi.ru/club"),
    ("my village's page", [Says("село Введенское")], "Администрация Кетовского"),
    (
        "the page in Odnoklassniki",
        [Says("музей шадринска в одноклассниках")],
        "https://ok.ru/museumshadrinsk",
    ),
    ("in MAX", [Says("губернатор в MAX")], "Страницы в MAX не знаю. Вот где есть:"),
    (
        "saving and coming back",
        [Says("шумков"), Presses("Сохранить"), Says("/saved")],
        "Губернатор",
    ),
    ("somebody with voice messages only", [Sends("voice")], "микрофон"),
    (
        "a photo of a leaflet with an address",
        [Sends("photo"), Sends("photo", "vk.com/shumkov_vadlm")],
        "Осторожно",
    ),
    ("a forwarded scam", [Sends("forward", "vk.com/shumkov_vadlm дарит деньги")], "Осторожно"),
    ("a sticker", [Sends("sticker"), Presses("Главы")], "Губернатор"),
    ("a renamed okrug", [Says("Кетовский район")], "Кетовский муниципальный округ"),
    (
        "somebody from another region",
        [Says("Тюменская область")],
        "1. Правительство Тюменской области",
    ),
    (
        "all pages of a sphere",
        [Says("/browse"), Presses("По темам"), Presses("Образование — ")],
        "1–8 из ",
    ),
    (
        "all schools of a town, in one's own words",
        [Says("все школы кургана"), Presses("Образование: Город Курган")],
        "Город Курган · Образование",
    ),
    (
        "the administrator of a page who wants it corrected",
        [Says("цур курганской области"), Presses("Ошибка на карточке"), Replies("новый адрес")],
        "Спасибо! Редакторы посмотрят",
    ),
]


@pytest.fixture
async def offices(directory: Directory) -> None:
    """A clinic and a house of clubs with the links of their services, and another region's
    government: none of these pages is real."""
    (place,) = directory.territories.named("Кетовский муниципальный округ")
    other = Territory(90_001, "Тюменская область")
    pages = [
        _office("klinika", "Кетовская поликлиника", place.id, "doctor"),
        _office("tvorchestvo", "Кетовский дом детского творчества", place.id, "club"),
        _office("pravitelstvo", "Правительство Тюменской области", other.id, "site"),
    ]
    async with directory.db.write() as connection:
        changes = [territory_change(None, other), *(page_change(None, page) for page in pages)]
        await revisions.apply(connection, changes, Origin(Action.EDIT))
    await directory.refresh()


def _office(key: str, title: str, territory: int, slot: str) -> Page:
    link = PageLink(slot, Link("site", "https", f"gosuslugi.ru/{slot}"))
    return Page(key, title, level=Level.REGIONAL, territory=territory, links=(link,))


async def _does(person: Talker, step: Step) -> None:
    match step:
        case Says(text):
            await person.says(text)
        case Presses(label):
            await person.presses(label)
        case Replies(text):
            await person.says(text, reply_to_message=person.reply.message)
        case Sends("place"):
            await person.sends_place(55.44, 65.34)
        case Sends("forward", caption):
            await person.forwards(caption or "")
        case Sends("voice"):
            voice = Voice(file_id="v", file_unique_id="v", duration=3)
            await person.send(voice=voice)
        case Sends("sticker"):
            sticker = Sticker(
                file_id="s", file_unique_id="s", type="regular", width=9, height=9,
                is_animated=False, is_video=False,
            )  # fmt: skip
            await person.send(sticker=sticker)
        case Sends("photo", caption):
            photo = PhotoSize(file_id="p", file_unique_id="p", width=9, height=9)
            await person.send(photo=[photo], caption=caption)


@pytest.mark.usefixtures("offices")
@pytest.mark.parametrize(("need", "steps", "outcome"), NEEDS, ids=[need for need, *_ in NEEDS])
async def test_a_need_is_met_in_three(
    citizen: Talker, need: str, steps: Sequence[Step], outcome: str
) -> None:
    assert len(steps) <= MOST, need
    for step in steps:
        await _does(citizen, step)
    got = citizen.reply
    assert outcome in got.text or outcome in got.urls or outcome in got.links, got.text


async def test_sharing_with_a_relative(citizen: Talker) -> None:
    card = await citizen.says("шумков")
    shared = card.button("Поделиться").switch_inline_query_chosen_chat
    assert shared
    _result, sent = article(
        await citizen.types(shared.query or ""), "Губернатор Курганской области"
    )
    assert "https://t.me/official_pages_bot?start=page_45-gubernator" in sent.urls


async def test_a_group_asking_together(people: People) -> None:
    member = people(group=-100)
    found = await member.says("/find районный суд")
    card = await member.presses("1. ", on=found)
    assert card.urls


async def test_an_english_speaker(people: People) -> None:
    card = await people(1001, language="en").says("governor of kurgan")
    assert "Website" in card.labels or "VK" in card.labels
    assert "Save" in card.labels
