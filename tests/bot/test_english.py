"""What people read in English has no Russian in it but names: all that can be pressed is tried."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

import pytest

from directory.directory import Directory
from directory.store import records
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker

_RUSSIAN = re.compile(r"[а-яё]+\b(?!…)", re.IGNORECASE)
"""Russian words; one that is cut off is a part of a name."""

_SERVICES = {"госорганизация", "госуслуги", "решаем", "вместе"}
"""What is called so in English, too."""

_READ = {"больница", "пожарная", "имя"}
"""For what English words are read, as it is shown; and what the owner is called."""

_ALARM = "It looks hacked"
"""The editors are told of it at once, in Russian: whoever is not asking has no language here."""

_MOST = 60
"""Different buttons that are pressed."""

CITIZEN = (
    *("/start", "/help", "/find", "/browse", "/near", "/saved", "/check", "/privacy", "/forget"),
    *("/about", "school 5 kurgan", "Кетово", "Шадринск", "governor", "qwrtzpl", "hello", "thanks"),
    *("vk.com/kurgan_fake_1", "https://vk.com/kurganskaya_oblast", "@durov", "operator", "fire"),
    *("a pothole in my street", "hospital kurgan"),
)
OFFICE = (
    *("/admin", "/import", "/export", "/history", "/stats", "/reports", "/audit", "/editor"),
    *("/add", "Администрация города Кургана"),
)


async def _names(directory: Directory) -> set[str]:
    """The words of all that the directory has."""
    async with directory.db.read() as connection:
        kept = [*await records.read_pages(connection), *directory.territories]
        kept += await records.read_categories(connection)
    return {word.lower() for word in _RUSSIAN.findall(" ".join(map(repr, kept)))}


async def _all_replies(person: Talker, starts: Sequence[str]) -> list[tuple[str, Reply]]:
    """What these messages bring, and the buttons below, each kind of them pressed once."""
    found: list[tuple[str, Reply]] = []
    waiting: deque[tuple[str, Reply, str]] = deque()
    seen = set()

    def take(way: str) -> None:
        for reply in person.replies:
            found.append((way, reply))
            for button in reply.buttons:
                kind = (button.callback_data or "").partition(":")[0], button.text[:6]
                if button.callback_data and kind not in seen and button.text != _ALARM:
                    seen.add(kind)
                    waiting.append((button.callback_data, reply, f"{way} > {button.text}"))

    for start in starts:
        await person.says(start)
        take(start)
    for _press in range(_MOST):
        if waiting:
            data, reply, way = waiting.popleft()
            person.replies = []
            await person.sends_press(reply.message, data)
            take(way)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("number", "starts"), [(1000, CITIZEN), (OWNER, OFFICE)])
async def test_english_is_whole(
    people: People, directory: Directory, number: int, starts: tuple[str, ...]
) -> None:
    known = _SERVICES | await _names(directory) | _READ
    replies = await _all_replies(people(number, language="en"), starts)
    assert len(replies) > _MOST
    odd = {
        way: left
        for way, reply in replies
        for text in (reply.text, reply.message.caption or "", *reply.labels)
        if (left := {w for w in _RUSSIAN.findall(text) if w.lower() not in known})
    }
    assert odd == {}


async def test_topics_have_english_names(people: People) -> None:
    reader = people(1003, language="en")
    assert "Authorities · regional level" in (await reader.says("governor of kurgan oblast")).text
    await reader.says("/browse")
    topics = await reader.presses("By topic")
    assert any(label.startswith("Courts — ") for label in topics.labels)
    shelf = await reader.presses("Education — ")
    assert shelf.text.startswith("Курганская область · Education")
    assert "— Courts: " in (await reader.says("/about")).text
    other = people(1004)
    assert "— Суды: " in (await other.says("/about")).text
