"""No hostile link gets into the directory by any door, and none is ever sent out to be pressed.

The corpus goes through the real dispatcher over a real file: as a file for import, as suggestions,
into the fields of an edit, to be verified, and inline. After each everything that the bot sent is
looked at as Telegram shows it: texts, what is behind words, buttons, captions, inline results.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from aiogram.methods import AnswerInlineQuery, EditMessageText, SendDocument, SendMessage
from aiogram.types import (
    Document,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MessageEntity,
)

from bot.terminal.html import parse
from directory import links
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Link, Origin, Page, PageLink
from directory.store import revisions
from tests.bot.autolinks import pressable
from tests.bot.conftest import People
from tests.bot.person import Talker, Telegram
from tests.hostile_links import HONEST, hostile_links

HOSTILE = hostile_links()
REAL = {slot: links.parse(text) for slot, text in HONEST.items()}
PAGE = Page(
    "primerovo",
    "Правительство Примеровской области",
    links=tuple(PageLink(slot, link) for slot, link in REAL.items() if isinstance(link, Link)),
)
ALLOWED = {links.url(link.link) for link in PAGE.links} | {"https://pos.gosuslugi.ru/"}
ENTITIES = 100
"""Of one message that Telegram delivers."""

INLINE_QUERY = 256
"""Characters of one that Telegram delivers."""

_COMMAND = re.compile(r"/[a-z]+")


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
async def directory(directory: Directory) -> Directory:
    """The made-up directory with the page that the hostile links imitate."""
    async with directory.db.write() as connection:
        change = page_change(None, PAGE)
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    await directory.refresh()
    return directory


@pytest.fixture(autouse=True)
async def nothing_got_through(directory: Directory, telegram: Telegram) -> object:
    """Whatever a test does: the directory stays as it was, and nothing sent can be pressed."""
    before = directory.revision
    yield
    await directory.refresh()
    assert directory.revision == before
    assert await directory.page(PAGE.id) == PAGE
    sent = list(_sent(telegram))
    assert sent
    for text, entities, markup in sent:
        found = [x for x in pressable(text, entities) if not _COMMAND.fullmatch(x)]
        assert not set(found) - ALLOWED, f"{found} in\n{text}"
        for button in itertools.chain(*(markup.inline_keyboard if markup else [])):
            assert button.url is None or button.url in ALLOWED, button
            other = (button.web_app, button.login_url, button.copy_text)
            assert other == (None, None, None), button


def _sent(
    telegram: Telegram,
) -> Iterator[tuple[str, list[MessageEntity], InlineKeyboardMarkup | None]]:
    """All that was sent, as Telegram shows it."""
    for call in telegram.calls:
        match call:
            case SendMessage() | EditMessageText():
                yield *parse(call.text or ""), _inline(call.reply_markup)
            case SendDocument():
                yield *parse(call.caption or ""), _inline(call.reply_markup)
            case AnswerInlineQuery():
                for result in call.results:
                    assert isinstance(result, InlineQueryResultArticle)
                    content = result.input_message_content
                    assert isinstance(content, InputTextMessageContent)
                    assert result.url is None
                    yield *parse(content.message_text), result.reply_markup


def _inline(markup: object) -> InlineKeyboardMarkup | None:
    return markup if isinstance(markup, InlineKeyboardMarkup) else None


async def test_as_a_table(owner: Talker) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["Название", "Решаем вместе"])
    writer.writerows([f"Злое учреждение {n}", link] for n, link in enumerate(HOSTILE))
    name = "https://evil.example/@evil_bot evil.example\u202evsc.csv"
    preview = await owner.sends_file(file.getvalue().encode(), name)
    assert "Новых: 0, изменится: 0" in preview.text
    assert not [label for label in preview.labels if label.startswith("Применить")]
    document = _documents(owner)[0]
    assert (document.file_name or "").isprintable()
    data = owner.session.files[document.file_id].decode("utf-8-sig")
    returned = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1:]
    assert [row[1] for row in returned] == [f"Злое учреждение {n}" for n in range(len(HOSTILE))]
    assert all(row[0].startswith("«Решаем вместе»: ") for row in returned)


async def test_as_a_workbook_behind_its_texts(owner: Talker) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Название", "Сайт"])
    fit = [link for link in HOSTILE if link.isprintable()]
    assert len(fit) >= 500
    for n, link in enumerate(fit, start=2):
        sheet.append([f"Злое учреждение {n}", "страница"])
        sheet.cell(n, 2).hyperlink = link
    data = io.BytesIO()
    book.save(data)
    preview = await owner.sends_file(data.getvalue(), "список.xlsx")
    assert "Новых: 0, изменится: 0" in preview.text
    assert not [label for label in preview.labels if label.startswith("Применить")]
    rows = 0
    for document in _documents(owner):
        sent = openpyxl.load_workbook(io.BytesIO(owner.session.files[document.file_id]))
        for row in itertools.chain.from_iterable(sheet.iter_rows(min_row=2) for sheet in sent):
            assert not [cell for cell in row if cell.hyperlink or cell.data_type == "f"]
            # The sender's own cell comes back, as text.
            rows += row[-1].value in fit and str(row[0].value).startswith("«Сайт»: ")
    assert rows == len(fit)


async def test_as_suggestions_and_in_the_editors_queue(people: People, owner: Talker) -> None:
    first = people()
    await first.says("такого здесь точно нет")
    question = (await first.presses("Предложить страницу")).message
    for link in HOSTILE[::15]:
        answer = await first.says(f"Школа: {link}", reply_to_message=question)
        assert "Такую ссылку принять нельзя" in answer.text, link
    for many in _together(ENTITIES):
        text = "Школа " * len(many)
        behind = _behind(text, many)
        answer = await first.says(text, reply_to_message=question, entities=behind)
        assert "Такую ссылку принять нельзя" in answer.text, many
    # What is written without being a link reaches the editors, as text.
    for n, link in enumerate(HOSTILE[::30]):
        words = link.replace(".", " точка ", 1)
        if not links.find_links(words):
            await people(2000 + n).says(f"Школа: {words}", reply_to_message=question)
    screen = await owner.says("/reports")
    while "Дальше" in screen.labels:
        screen = await owner.presses("Дальше", on=screen)


async def test_as_the_value_of_a_field(owner: Talker) -> None:
    await owner.says(f"/start page_{PAGE.id}")
    fields = await owner.presses("Изменить")
    fields = await owner.presses("Ссылки", on=fields)
    question = await owner.presses("Решаем вместе", on=fields)
    values = [*HOSTILE[::30], *map(" ".join, _together(60))]
    for value in values:
        if not value.startswith("/"):  # that would be a command
            question = await owner.says(value, reply_to_message=question.message)
            assert "Не подходит: " in question.text, value
            assert not question.buttons


async def test_pasted_to_be_verified(citizen: Talker) -> None:
    for five in list(_together(5))[:120:2]:
        await citizen.says("\n".join(five))
        _none_is_vouched_for(citizen)


async def test_behind_words_and_on_buttons_of_a_forwarded_message(citizen: Talker) -> None:
    for five in list(_together(5))[1:120:2]:
        text = "Голосуем " * 3
        row = [InlineKeyboardButton(text="Голосовать", url=link) for link in five[3:]]
        markup = InlineKeyboardMarkup(inline_keyboard=[row])
        await citizen.forwards(text, entities=_behind(text, five[:3]), reply_markup=markup)
        assert len(citizen.replies) == len({link.casefold() for link in five})
        _none_is_vouched_for(citizen)


async def test_inline(citizen: Talker) -> None:
    fitting = [five for five in _together(5) if len(" ".join(five)) <= INLINE_QUERY]
    assert len(fitting) >= 100
    for five in fitting[:100]:
        await citizen.types(" ".join(five))


def _together(size: int) -> Iterator[Sequence[str]]:
    """The links, so many at a time."""
    return (HOSTILE[n : n + size] for n in range(0, len(HOSTILE), size))


def _behind(text: str, hidden: Sequence[str]) -> list[MessageEntity]:
    """The links behind the first words of a text."""
    words = re.finditer(r"\w+", text)
    return [
        MessageEntity(type="text_link", offset=word.start(), length=len(word[0]), url=link)
        for word, link in zip(words, hidden, strict=False)
    ]


def _none_is_vouched_for(person: Talker) -> None:
    for reply in person.replies:
        assert "официальная страница" not in reply.text, reply.text


def _documents(person: Talker) -> list[Document]:
    """The files of the last turn."""
    return [reply.message.document for reply in person.replies if reply.message.document]
