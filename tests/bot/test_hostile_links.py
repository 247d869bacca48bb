"""No hostile link gets into the directory by any door, and none is ever sent out to be pressed.

The corpus goes through the real dispatcher over a real file: as a file for import, as suggestions,
into the fields of an edit, to be verified in private, in a group, inline and where the bot is a
guest. After each everything that the bot sent is looked at as Telegram shows it: texts, what is
behind words, buttons, captions, inline results. Many links go into one message: the answer counts
those that it does not tell of, and none may be counted as official.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from aiogram.methods import (
    AnswerGuestQuery,
    AnswerInlineQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
)
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
from directory.model import Action, Origin
from directory.store import revisions
from tests.bot.autolinks import pressable
from tests.bot.conftest import People
from tests.bot.person import Talker, Telegram
from tests.hostile_links import PAGE, hostile_forms, hostile_links

pytestmark = pytest.mark.slow

FORMS = hostile_forms()
HOSTILE = hostile_links()
"""Those that no door takes."""

OWN_CHAT = f"https://t.me/official_pages_bot?start=page_{PAGE.id}"
ALLOWED = {links.url(link.link) for link in PAGE.links} | {"https://pos.gosuslugi.ru/", OWN_CHAT}
MESSAGE = 4096
"""Characters of one that Telegram delivers."""

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


OWN = "https://t.me/official_pages_bot?start=page_"
"""What the bot offers to copy: the way to a card."""


@pytest.fixture(autouse=True)
async def nothing_got_through(directory: Directory, telegram: Telegram) -> object:
    """Whatever a test does: the directory stays as it was, and nothing sent can be pressed."""
    before, page = directory.revision, await directory.page(PAGE.id)
    yield
    await directory.refresh()
    assert directory.revision == before
    assert await directory.page(PAGE.id) == page
    sent = list(_sent(telegram))
    assert sent
    for text, entities, markup in sent:
        found = [x for x in pressable(text, entities) if not _COMMAND.fullmatch(x)]
        assert not set(found) - ALLOWED, f"{found} in\n{text}"
        for button in itertools.chain(*(markup.inline_keyboard if markup else [])):
            assert button.url is None or button.url in ALLOWED, button
            assert (button.web_app, button.login_url) == (None, None), button
            copied = button.copy_text.text if button.copy_text else OWN
            assert copied.startswith(OWN), button


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
                    yield _result(result)
            case AnswerGuestQuery():
                yield _result(call.result)


def _result(
    result: object,
) -> tuple[str, list[MessageEntity], InlineKeyboardMarkup | None]:
    """The message that an inline result makes."""
    assert isinstance(result, InlineQueryResultArticle)
    content = result.input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert result.url is None
    return *parse(content.message_text), result.reply_markup


def _inline(markup: object) -> InlineKeyboardMarkup | None:
    return markup if isinstance(markup, InlineKeyboardMarkup) else None


async def test_as_a_table(owner: Talker) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["Название", "Решаем вместе"])
    writer.writerows([f"Злое учреждение {n}", link] for n, link in enumerate(HOSTILE))
    name = "https://evil.example/@evil_bot evil.example\u202evsc.csv"
    preview = await owner.sends_file(file.getvalue().encode(), name)
    # A row may be taken without its link, never with it.
    assert ", со ссылкой 0" in preview.text
    document = _documents(owner)[0]
    assert (document.file_name or "").isprintable()
    data = owner.session.files[document.file_id].decode("utf-8-sig")
    returned = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1:]
    assert [row[1] for row in returned] == [f"Злое учреждение {n}" for n in range(len(HOSTILE))]
    refused = [row[0] for row in returned if row[0]]
    assert len(refused) > 1000
    assert all(remark.startswith("«Решаем вместе»: ") for remark in refused)


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
    assert ", со ссылкой 0" in preview.text
    remarks = 0
    for document in _documents(owner):
        sent = openpyxl.load_workbook(io.BytesIO(owner.session.files[document.file_id]))
        for row in itertools.chain.from_iterable(sheet.iter_rows(min_row=2) for sheet in sent):
            assert not [cell for cell in row if cell.hyperlink or cell.data_type == "f"]
            # The sender's own cell comes back, as text.
            # Of a path on the sender's own disk the text is read instead, and left out.
            known = row[-1].value in fit or row[-1].value == "страница"
            remarks += known and str(row[0].value).startswith("«Сайт»: ")
    assert remarks > 1000


async def test_as_suggestions_and_in_the_editors_queue(people: People, owner: Talker) -> None:
    first = people()
    await first.says("такого здесь точно нет")
    question = (await first.presses("Предложить страницу")).message
    for link in [x for x in HOSTILE if not re.search(r"\s", x)][::8]:
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
    values = [*HOSTILE[::15], *map(" ".join, _together(60))]
    for value in values:
        if not value.startswith("/"):  # that would be a command
            question = await owner.says(value, reply_to_message=question.message)
            assert "Не подходит: " in question.text, value
            assert not question.buttons


async def test_pasted_in_private(citizen: Talker, telegram: Telegram) -> None:
    for many in _fitting(MESSAGE):
        await citizen.says("\n".join(many))
        assert len(citizen.replies) == 1
    _none_is_vouched_for(telegram)


async def test_behind_words_and_on_buttons_of_a_forwarded_message(
    citizen: Talker, telegram: Telegram
) -> None:
    for many in _packs([form.text for form in FORMS], ENTITIES):
        text = "Голосуем " * len(many)
        row = [InlineKeyboardButton(text="Голосовать", url=link) for link in many[::2]]
        markup = InlineKeyboardMarkup(inline_keyboard=[row])
        await citizen.forwards(text, entities=_behind(text, many[1::2]), reply_markup=markup)
        assert len(citizen.replies) == 1
    _none_is_vouched_for(telegram)


async def test_behind_the_address_that_each_pretends_to_be(
    citizen: Talker, telegram: Telegram
) -> None:
    for many in _packs([form for form in FORMS if form.pretends], 50):
        await citizen.says(
            "\n".join(form.pretends for form in many),
            entities=_behind("\n".join(form.pretends for form in many), [x.text for x in many]),
        )
        assert "Осторожно" in citizen.reply.text
    _none_is_vouched_for(telegram)


async def test_in_a_group(people: People, telegram: Telegram) -> None:
    member = people(1000, group=-100)
    for many in _fitting(MESSAGE - 30):
        await member.says("@official_pages_bot " + "\n".join(many))
        assert len(member.replies) == 1
    _none_is_vouched_for(telegram)


async def test_as_a_guest(people: People, telegram: Telegram) -> None:
    guest = people(1003, group=-9)
    for many in _fitting(MESSAGE - 30):
        text = "@official_pages_bot " + "\n".join(many)
        await guest.update(guest_message=guest.message(text, guest_query_id="5"))
        assert isinstance(telegram.calls[-1], AnswerGuestQuery)
    _none_is_vouched_for(telegram)


async def test_inline(citizen: Talker, telegram: Telegram) -> None:
    for many in _fitting(INLINE_QUERY):
        assert len((await citizen.types(" ".join(many))).results) == 1
    _none_is_vouched_for(telegram)


def _fitting(size: int) -> Iterator[list[str]]:
    """All forms that are one word, as many at a time as fit into so many characters."""
    words = [form.text for form in FORMS if not re.search(r"\s", form.text)]
    assert len(words) >= 3000
    pack: list[str] = []
    for word in words:
        if pack and sum(len(x) + 1 for x in pack) + len(word) > size:
            yield pack
            pack = []
        pack.append(word)
    yield pack


_T = TypeVar("_T")


def _packs(many: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (many[n : n + size] for n in range(0, len(many), size))


def _together(size: int) -> Iterator[Sequence[str]]:
    """The links, so many at a time."""
    return (HOSTILE[n : n + size] for n in range(0, len(HOSTILE), size))


def _behind(text: str, hidden: Sequence[str]) -> list[MessageEntity]:
    """The links behind the first words of a text."""
    words = re.finditer(r"\S+", text)
    return [
        MessageEntity(type="text_link", offset=word.start(), length=len(word[0]), url=link)
        for word, link in zip(words, hidden, strict=False)
    ]


def _none_is_vouched_for(telegram: Telegram) -> None:
    for text, _entities, _markup in _sent(telegram):
        assert "официальная страница" not in text, text
        assert "официальные: " not in text, text
        assert "закрытых страниц: " not in text, text


def _documents(person: Talker) -> list[Document]:
    """The files of the last turn."""
    return [reply.message.document for reply in person.replies if reply.message.document]
