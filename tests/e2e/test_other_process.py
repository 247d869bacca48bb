"""What another process changes besides pages: the running bot knows it within the promised time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
import pytest_asyncio

from directory import links
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Link, Origin, PageLink
from directory.rights import Scope
from directory.store import revisions, saving, staff
from tests.bot.made_up import EDITOR, SCHOOL, VK, fill, page_of
from tests.e2e.botapi import BotApi
from tests.e2e.person import Person, buttons
from tests.e2e.process import ADMIN, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECONDS = 5
"""Within which a change must be seen."""

ASKED = "сказочная школа"
HIDE = "Скрыть…"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Directory]:
    """The made-up directory as another process has it open."""
    file = tmp_path_factory.mktemp("other") / "data" / "directory.sqlite3"
    opened = await Directory.open(f"sqlite:///{file}")
    await fill(opened)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(api: BotApi, other: Directory) -> AsyncIterator[Process]:
    """The bot over the same file."""
    process = await Process.start(other.db.path.parent.parent, api)
    yield process
    await process.stop()


async def _offers(person: Person, label: str) -> bool:
    """Whether the card that a search answers with has this button."""
    return any(b["text"].startswith(label) for b in buttons(await person.says(ASKED)))


async def _soon(reached: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SECONDS):
        while not await reached():  # noqa: ASYNC110
            await asyncio.sleep(0.5)


async def test_who_is_appointed_is_offered_what_editors_may_do(
    api: BotApi, bot: Process, other: Directory
) -> None:
    person = Person(api, 20_001)
    assert not await _offers(person, HIDE)
    async with other.db.write() as connection:
        await staff.appoint(connection, person.id, Scope(), by=ADMIN)
    await _soon(lambda: _offers(person, HIDE))


async def test_no_press_of_a_dismissed_editor_is_taken(
    api: BotApi, bot: Process, other: Directory
) -> None:
    editor = Person(api, EDITOR)
    screen = await editor.presses(await editor.says(ASKED), HIDE)
    screen = await editor.presses(screen, "Скрыть страницу целиком")
    async with other.db.write() as connection:
        assert await staff.dismiss(connection, EDITOR, by=ADMIN)
    # At once: rights are looked up at the press.
    answer = await editor.presses(screen, "Похоже")
    assert "Скрыто" not in answer["text"]
    assert await page_of(other, SCHOOL.id) == SCHOOL
    refused = await editor.says("/admin")
    assert "Отчёты" not in str(buttons(refused))
    # So they are at a file, which an editor gets a preview of.
    told = await editor.sends_file("list.csv", "Название\nВыдуманный музей\n".encode())
    assert "Применить" not in str(buttons(told))

    async def gone() -> bool:
        return not await _offers(editor, HIDE)

    await _soon(gone)


async def test_what_was_saved_elsewhere_is_marked_as_saved(
    api: BotApi, bot: Process, other: Directory
) -> None:
    person = Person(api, 20_002)
    assert await _offers(person, "Сохранить")
    async with other.db.write() as connection:
        assert await saving.save(connection, person.id, SCHOOL.id)
    await _soon(lambda: _offers(person, "Убрать из"))


async def test_what_was_changed_is_shown_as_it_is_now_on_every_surface(
    api: BotApi, bot: Process, other: Directory
) -> None:
    person = Person(api, 20_003)
    card = f"/start page_{SCHOOL.id}"
    listed = await person.says(card)
    assert SCHOOL.title in listed["text"]
    assert (await person.asks_inline(ASKED))["results"][0]["title"] == SCHOOL.title
    account, group = Link("vk", "name", "skazochnaya_shkola_iskusstv"), -1_000_000_778
    assert SCHOOL.title in (await person.says_in_group(group, f"/find {ASKED}"))["text"]
    assert "официальная страница" not in (await person.says(links.url(account)))["text"]
    title = "Сказочная школа искусств № 5"
    changed = replace(SCHOOL, title=title, links=(PageLink("vk", account),))
    async with other.db.write() as connection:
        made = [page_change(SCHOOL, changed)]
        await revisions.apply(connection, made, Origin(Action.EDIT))

    async def shown() -> bool:
        inline = (await person.asks_inline(ASKED))["results"][0]
        seen = [
            (await person.says(ASKED))["text"],
            inline["input_message_content"]["message_text"],
            (await person.says(card))["text"],
            (await person.says_in_group(group, f"/find {ASKED}"))["text"],
            (await person.says(links.url(account)))["text"],
        ]
        return all(title in text for text in seen)

    await _soon(shown)
    assert "официальная страница" in (await person.says(links.url(account)))["text"]
    assert title not in (await person.says(links.url(VK)))["text"]
