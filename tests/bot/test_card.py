"""The card in three seconds: what is in sight, what is folded, and the four states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import Catalogues
from bot.terminal.html import parse
from bot.views.citizens.card import card
from bot.views.entry import Entry
from bot.views.view import View
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.model import Action, Link, Origin, Page, PageLink, Status
from directory.store import revisions
from tests.bot.made_up import LIBRARY, SCHOOL
from tests.bot.person import Talker, article

TODAY = date(2026, 11, 22)
PLACE = ("Выдуманная область", "Сказочный муниципальный округ")
BOT = "official_pages_bot"
SERVICES = (
    PageLink("doctor", Link("site", "https", "gosuslugi.ru/1")),
    PageLink("club", Link("site", "https", "gosuslugi.ru/2")),
    PageLink("feedback", Link("site", "https", "pos.gosuslugi.ru/3")),
)
WHOLE = replace(
    SCHOOL,
    full_name="Муниципальное общеобразовательное учреждение «Сказочная школа № 5»",
    person="Премудрая Василиса",
    post="Директор",
    address="с. Сказка, ул. Лесная, 5",
    phone="8 (35231) 2-38-85, доб. 3",
    hours="пн–пт 8:00–16:00",
    links=(*SCHOOL.links, *SERVICES),
)


@pytest.fixture(autouse=True)
def catalogues() -> Iterator[Catalogues]:
    """The views find the catalogues where handlers do."""
    with (found := Catalogues()).context():
        yield found


def _shown(page: Page, **more: object) -> tuple[str, str, list[str]]:
    """The card's text in sight, what is folded, and the labels."""
    entry = Entry(page, PLACE, more.pop("parent", None), more.pop("successor", None))  # type: ignore[arg-type]
    options = {"saved": False, "bot": BOT} | more
    view: View = card(entry, TODAY, **options)  # type: ignore[arg-type]
    text, entities = parse(view.text)
    folded = "".join(e.extract_from(text) for e in entities if e.type == "expandable_blockquote")
    rows = view.keyboard.inline_keyboard if view.keyboard else []
    return text.removesuffix(folded).strip(), folded, [each.text for row in rows for each in row]


def test_a_hurried_person_reads_seven_lines() -> None:
    seen, folded, labels = _shown(WHOLE)
    assert seen.replace("\u202f", " ").split("\n") == [
        "Сказочная школа № 5",
        "Директор: Премудрая Василиса",
        "",
        "Выдуманная область, Сказочный муниципальный округ",
        "Адрес: с. Сказка, ул. Лесная, 5",
        "Телефон: +7 (35231) 2-38-85, доб. 3",
        "",
        "Официальные страницы. Проверены 1 ноября 2026 г.",
    ]
    for rest in ("Муниципальное", "Образование", "пн–пт", "Отметка", "Источник", "vk.com/skaz"):
        assert rest in folded
    assert labels == [
        *("ВКонтакте", "Одноклассники"),
        *("Записаться к врачу", "Записать в кружок", "Пожаловаться: «Решаем вместе»"),
        *("На карте", "Сохранить", "Поделиться"),
        *("Скопировать ссылку", "QR-код для печати", "Ошибка на карточке"),
    ]


def test_the_network_that_was_named_comes_first() -> None:
    assert _shown(WHOLE, first="ok")[2][:2] == ["Одноклассники", "ВКонтакте"]


def test_what_nobody_knows_is_folded_and_what_warns_is_not() -> None:
    bare = replace(WHOLE, official_mark=None, checked_at=None)
    seen, folded, _labels = _shown(bare)
    assert "не указано" in folded
    assert "сведений нет" in folded
    assert "не указано" not in seen
    withdrawn = replace(
        WHOLE,
        official_mark=False,
        checked_at=date(2025, 1, 1),
        links=(replace(SCHOOL.links[0], hidden="взломали"), SCHOOL.links[1]),
    )
    seen, _folded, labels = _shown(withdrawn)
    assert "скрыли ссылку: ВКонтакте" in seen
    assert "больше 180 дней" in seen
    assert "Отметки «Госорганизация» нет" in seen
    assert "ВКонтакте" not in labels


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("Иванов И. О.", "Директор: Иванов И. О."),
        ("И.О. Иванов", "Директор: И.О. Иванов"),
        ("Иванов Иван (врио)", "Директор: Иванов Иван (исполняет обязанности)"),
        ("и.о. Иванов Иван", "Директор: Иванов Иван (исполняет обязанности)"),
        ("Иванов Иван, временно исполняющий обязанности", "Иванов Иван (исполняет обязанности)"),
        ("вакансия", "Директор: должность вакантна"),
        ("—", "Директор: должность вакантна"),
        ("Иванов Иван (бывший)", "Директор: Иванов Иван (прежде)"),
        ("Нетребко Анна", "Директор: Нетребко Анна"),
        ("", "Директор. Кто занимает должность, не указано"),
    ],
)
def test_acting_vacant_and_former_are_told_apart(person: str, said: str) -> None:
    assert said in _shown(replace(WHOLE, person=person))[0].split("\n")[1]


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("8 (35231) 2-38-85", "+7 (35231) 2-38-85"),
        ("(812) 531-44-27", "+7 (812) 531-44-27"),
        ("+7 3522 42-92-26", "+7 3522 42-92-26"),
        ("88002000122", "+7 8002000122"),
        ("83522429226; 8(3522)42-92-27", "+7 3522429226; +7 (3522)42-92-27"),
        ("2-38-85", "2-38-85"),
        ("112", "112"),
        ("+375 17 222-22-22", "+375 17 222-22-22"),
    ],
)
def test_a_whole_number_is_written_so_that_it_can_be_pressed(phone: str, said: str) -> None:
    assert f"Телефон: {said}\n" in _shown(replace(WHOLE, phone=phone))[0]


def test_without_a_link_the_founder_is_shown_instead() -> None:
    seen, _folded, labels = _shown(replace(WHOLE, links=()), parent=LIBRARY)
    assert "адресов не угадываю" in seen
    assert f"страница учредителя: {LIBRARY.title}" in seen
    assert "Официальн" not in seen.replace("Официальной страницы пока не знаю", "")
    assert labels[0] == f"Открыть: {LIBRARY.title}"
    assert "Я знаю страницу" in labels


def test_a_closed_page_begins_with_what_stands_in_its_place() -> None:
    closed = replace(WHOLE, status=Status.CLOSED)
    seen, folded, labels = _shown(closed, successor=LIBRARY)
    assert "Телефон" not in seen, "nobody is reached there"
    assert "Телефон" in folded
    lines = seen.split("\n")
    assert lines[1].startswith("Закрыта")
    assert "Премудрая Василиса (прежде)" in lines[2]
    assert "Официальн" not in seen
    assert labels[0] == f"Открыть: {LIBRARY.title}"
    assert _shown(closed, successor=LIBRARY, saved=None)[2][0] == labels[0]


def test_a_hidden_page_warns_and_says_what_to_do() -> None:
    hidden = replace(WHOLE, status=Status.HIDDEN, hidden="взломали")
    seen, folded, labels = _shown(hidden)
    assert "Не открывайте" in seen
    assert "позвоните в банк" in seen
    assert "102" in seen
    assert folded == ""
    assert labels == ["Переслать предупреждение", "Написать, когда вернут"]


def test_in_a_group_the_first_lines_are_the_same() -> None:
    own, _folded, _labels = _shown(WHOLE)
    shared, _folded, labels = _shown(WHOLE, saved=None)
    assert shared == own
    assert labels[-1] == "Открыть в боте"


async def _changed(directory: Directory, before: str, **fields: object) -> Page:
    page = await directory.page(before)
    assert page is not None
    after = replace(page, **fields)  # type: ignore[arg-type]
    async with directory.db.write() as connection:
        change = page_change(page, after)
        assert change is not None
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    await directory.refresh()
    return after


async def test_the_link_to_copy_and_the_map(citizen: Talker, directory: Directory) -> None:
    await _changed(directory, "45-gubernator", lat=55.44, lon=65.34)
    shown = await citizen.says("губернатор")
    copied = shown.button("Скопировать ссылку").copy_text
    assert copied is not None
    assert copied.text == f"https://t.me/{BOT}?start=page_45-gubernator"
    assert (await citizen.says("/start page_45-gubernator")).text == shown.text
    venue = await citizen.presses("На карте")
    assert "Губернатор Курганской области" in venue.text


async def test_an_old_map_button_of_a_hidden_page_shows_the_warning(
    citizen: Talker, directory: Directory
) -> None:
    await _changed(directory, "45-gubernator", lat=55.44, lon=65.34)
    card = await citizen.says("губернатор")
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "взломана", None)
    await directory.refresh()
    answer = await citizen.presses("На карте", on=card)
    assert "Не открывайте" in answer.text
    assert citizen.replies == [answer]
    assert answer.message.venue is None


async def test_who_knows_the_page_of_a_body_without_links(citizen: Talker) -> None:
    await citizen.says("глава кетовского района")
    asked = await citizen.presses("Я знаю страницу")
    assert "ссылкой" in asked.text
    bad = await citizen.says("https://bit.ly/x", reply_to_message=asked.message)
    assert "принять нельзя" in bad.text
    thanks = await citizen.says("vk.com/ketovo_glava_45", reply_to_message=asked.message)
    assert "Спасибо" in thanks.text


async def test_an_inline_card_leads_to_the_bot(citizen: Talker) -> None:
    _result, sent = article(await citizen.types("Шумков"), "Губернатор Курганской области")
    assert sent.button("Открыть в боте").url == f"https://t.me/{BOT}?start=page_45-gubernator"


def _read_aloud(page: Page, **more: object) -> list[str]:
    """What a screen reader says of the card, in order: the text in sight, the folded text with what
    stands on its links, the buttons."""
    seen, folded, labels = _shown(page, **more)
    return [*filter(None, f"{seen}\n{folded}".split("\n")), *labels]


READ_ALOUD: dict[str, tuple[dict[str, object], dict[str, object], list[str]]] = {
    "complete": (
        {},
        {},
        [
            "Сказочная школа", "Директор: Премудрая", "Выдуманная область", "Адрес:", "Телефон:",
            "Официальные страницы.", "ВКонтакте: vk.com/", "Одноклассники: ok.ru/",
            "Записаться к врачу: ", "Часы работы:", "Отметка", "Источник:", "ВКонтакте",
            "Одноклассники", "Записаться к врачу", "Записать в кружок", "Пожаловаться",
            "На карте", "Сохранить", "Поделиться", "Скопировать", "QR-код", "Ошибка на",
        ],
    ),
    "without a link": (
        {"links": ()},
        {"parent": LIBRARY},
        [
            "Сказочная школа", "Директор: Премудрая", "Адрес:", "Официальной страницы пока не знаю",
            "Учредитель:", f"Открыть: {LIBRARY.title}", "На карте", "Я знаю страницу", "Сохранить",
        ],
    ),
    "closed": (
        {"status": Status.CLOSED},
        {"successor": LIBRARY},
        [
            "Сказочная школа", "Закрыта:", "Директор: Премудрая", "Выдуманная область",
            f"Открыть: {LIBRARY.title}", "ВКонтакте", "Сохранить",
        ],
    ),
    "hidden": (
        {"status": Status.HIDDEN, "hidden": "взломали"},
        {},
        [
            "Сказочная школа", "Не открывайте", "Причина: взломали", "Если вы",
            "Переслать предупреждение", "Написать, когда вернут",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", READ_ALOUD)
def test_a_screen_reader_reads_the_state_first_and_every_button_by_words(state: str) -> None:
    fields, around, order = READ_ALOUD[state]
    read = _read_aloud(replace(WHOLE, **fields), **around)  # type: ignore[arg-type]
    rest = iter(read)
    for begin in order:
        assert any(each.startswith(begin) for each in rest), (begin, read)
    _seen, _folded, labels = _shown(replace(WHOLE, **fields), **around)  # type: ignore[arg-type]
    assert len(labels) == len(set(labels)), "two buttons that sound alike"
    for each in (*labels, *read):
        assert re.search(r"[A-Za-zА-Яа-яё]{2}", each), "nothing is said by a sign alone"
        assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf]", each), "a sign is read out"
