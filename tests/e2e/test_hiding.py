"""Hiding, in the real process: gone from every surface within seconds, whoever did it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic

import pytest
import pytest_asyncio

from directory import links
from directory.directory import Directory
from directory.editing import quarantine
from directory.model import PageLink
from tests.bot.made_up import OK, OKRUG, SCHOOL, VK, fill
from tests.e2e.botapi import BotApi, Params
from tests.e2e.person import Person, buttons
from tests.e2e.process import ADMIN, Process

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECONDS = 5
"""Within which a change must be seen everywhere."""

CARD = f"/start page_{SCHOOL.id}"
REASON = "похоже, страницу взломали"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Directory]:
    """The made-up directory as another process has it open: a command, or another replica."""
    file = tmp_path_factory.mktemp("hiding") / "data" / "directory.sqlite3"
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


@pytest_asyncio.fixture(loop_scope="module")
async def citizen(api: BotApi, bot: Process) -> Person:
    """Somebody who has saved the page."""
    person = Person(api, 9_000 + api.number())
    await person.presses(await person.says(CARD), "Сохранить")
    return person


@pytest_asyncio.fixture(loop_scope="module")
async def old(citizen: Person) -> Params:
    """A list with the page that stands in the chat since before all that happens to the page."""
    return await citizen.says("/saved")


def _urls(message: Params) -> set[str]:
    return {button["url"] for button in buttons(message) if "url" in button}


async def _shown(saver: Person, old: Params, url: str) -> set[str]:
    """The surfaces on which people meet the page together with the address `url`; `old` is a list
    that was sent while the page stood on it to somebody who has saved it."""
    seen = set()
    person = Person(saver.api, 10_000 + saver.api.number())  # nobody asks so much so fast
    if url in _urls(await person.says("сказочная школа")):
        seen.add("search")
    if url in _urls(await person.says(CARD)):
        seen.add("deep link")
    for name, reader, listed in (
        ("old list", saver, old),
        ("saved", saver, await saver.says("/saved")),
        ("near", person, await person.sends_place(SCHOOL.lat or 0, SCHOOL.lon or 0)),
        ("shelf", person, await _shelf(person)),
    ):
        if url in await _opened(reader, listed):
            seen.add(name)
    found = await person.asks_inline("сказочная школа")
    if any(url in _urls(result) for result in found["results"]):
        seen.add("inline")
    shared = await person.asks_inline(f"page_{SCHOOL.id}")
    if any(url in _urls(result) for result in shared["results"]):
        seen.add("share")
    if "Не доверяйте" not in (await person.says(url))["text"]:
        seen.add("verdict")
    if url in _urls(await person.says_in_group(GROUP, "/find сказочная школа")):
        seen.add("group")
    return seen


async def _shelf(person: Person) -> Params:
    """What /browse shows of the page's territory, or what it shows where that is not offered."""
    shelf = await person.says("/browse")
    if any(button["text"].startswith(OKRUG.name) for button in buttons(shelf)):
        return await person.presses(shelf, OKRUG.name)
    return shelf


async def _opened(person: Person, listed: Params) -> set[str]:
    """The addresses on the page's card when it is opened from a list; none if it is not listed."""
    for button in buttons(listed):
        if SCHOOL.title in button["text"]:
            return _urls(await person.presses(listed, button["text"]))
    return set()


async def _soon(reached: Callable[[], Awaitable[bool]]) -> float:
    """Seconds until it is so. Fails when it takes longer than it may."""
    start = monotonic()
    while not await reached():
        assert monotonic() - start < SECONDS
        await asyncio.sleep(0.1)
    return monotonic() - start


GROUP = -1_000_000_777

EVERYWHERE = {
    *("search", "deep link", "old list", "saved", "near", "shelf"),
    *("inline", "share", "verdict", "group"),
}


async def test_what_another_process_hides_is_gone_from_every_surface(
    citizen: Person, old: Params, other: Directory
) -> None:
    url = links.url(VK)
    assert await _shown(citizen, old, url) == EVERYWHERE
    async with other.db.write() as connection:
        assert await quarantine.hide(connection, SCHOOL.id, REASON, None)

    async def gone() -> bool:
        return not await _shown(citizen, old, url)

    await _soon(gone)
    told = await citizen.says(CARD)
    assert REASON in told["text"]
    assert not _urls(told)

    async with other.db.write() as connection:
        assert await quarantine.restore(connection, SCHOOL.id, None)

    async def back() -> bool:
        return await _shown(citizen, old, url) == EVERYWHERE

    await _soon(back)


async def test_what_an_editor_hides_in_the_chat_is_gone_when_they_are_told(
    api: BotApi, citizen: Person, old: Params, other: Directory
) -> None:
    editor = Person(api, ADMIN)
    screen = await editor.presses(await editor.says(CARD), "Скрыть…")
    screen = await editor.presses(screen, "Скрыть ссылку: ВКонтакте")
    done = await editor.presses(screen, "Похоже")
    assert "Скрыто" in done["text"]
    assert await _shown(citizen, old, links.url(VK)) == set()
    assert await _shown(citizen, old, links.url(OK)) == EVERYWHERE
    page = await other.page(SCHOOL.id)
    assert page is not None
    assert page.shown_links == (PageLink("ok", OK),)
    await editor.presses(done, "Вернуть")
    assert await _shown(citizen, old, links.url(VK)) == EVERYWHERE


async def test_no_inline_answer_may_be_kept_longer_than_a_minute(
    api: BotApi, citizen: Person
) -> None:
    for query in ("", "сказочная", "ничего такого"):
        await citizen.asks_inline(query)
    answers = [call for call in api.calls if call.method == "answerInlineQuery"]
    assert len(answers) >= 3
    assert all(int(call.params["cache_time"]) <= 60 for call in answers)
