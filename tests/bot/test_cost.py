"""What a turn may cost: no thread, at most one look at the database, few questions of routers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.directory import Directory
from directory.rights import Scope
from directory.store import staff
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR
from tests.bot.person import Talker

FILTERS = 1
"""Questions that may be asked of a plain search until its handler is found."""


class Costs:
    """Counts threads, reads of the database, calls of filters, and whose rights were looked up."""

    def __init__(self, directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: list[Any] = []
        self.reads = 0
        self.filters: list[str] = []
        self.judged: list[int] = []
        judge = staff.get
        read, call, to_thread = directory.db.read, FilterObject.call, asyncio.to_thread

        def counted_read() -> Any:
            self.reads += 1
            return read()

        async def counted_call(this: FilterObject, *arguments: Any, **more: Any) -> Any:
            self.filters.append(getattr(this.callback, "__name__", repr(this.callback)))
            return await call(this, *arguments, **more)

        async def counted_thread(function: Any, *arguments: Any, **more: Any) -> Any:
            self.threads.append(function)
            return await to_thread(function, *arguments, **more)

        async def noted_judge(connection: AsyncConnection, person: int) -> Any:
            self.judged.append(person)
            return await judge(connection, person)

        monkeypatch.setattr(staff, "get", noted_judge)
        monkeypatch.setattr(directory.db, "read", counted_read)
        monkeypatch.setattr(FilterObject, "call", counted_call)
        monkeypatch.setattr(asyncio, "to_thread", counted_thread)

    def begin(self) -> None:
        """Count from here."""
        self.threads, self.reads, self.filters = [], 0, []


@pytest.fixture
def costs(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> Costs:
    """Nothing is counted yet."""
    return Costs(directory, monkeypatch)


@pytest.mark.parametrize("query", ["губернатор", "суд", "глава кетовского района", "школа"])
async def test_a_plain_search_of_a_citizen(citizen: Talker, costs: Costs, query: str) -> None:
    await citizen.says(query)
    assert (costs.threads, costs.reads <= 1) == ([], True)
    costs.begin()
    await citizen.says(query)
    assert costs.threads == []
    assert costs.reads == 0  # what it shows was read for the first answer
    assert len(costs.filters) <= FILTERS, costs.filters


async def test_other_words_are_asked_about_by_all(citizen: Talker, costs: Costs) -> None:
    """A message that has anything besides words may be another conversation's."""
    listed = await citizen.says("суд")
    costs.begin()
    answer = await citizen.says("1", reply_to_message=listed.message)
    assert FILTERS < len(costs.filters) <= 20
    assert answer.text != listed.text


async def test_an_inline_query(citizen: Talker, costs: Costs) -> None:
    await citizen.types("суд")
    assert (costs.threads, costs.reads <= 1) == ([], True)
    costs.begin()
    await citizen.types("суд")
    assert (costs.threads, costs.reads) == ([], 0)


async def test_a_press_is_judged_in_the_database(citizen: Talker, costs: Costs) -> None:
    listed = await citizen.says("суд")
    label = next(button.text for button in listed.buttons if button.callback_data)
    await citizen.presses(label, listed)
    costs.begin()
    await citizen.presses(label, listed)
    assert (costs.threads, costs.reads) == ([], 1)


async def test_commands_and_answers_of_citizens_are_judged_in_the_database(
    citizen: Talker, costs: Costs
) -> None:
    asked = await citizen.says("/help")
    assert costs.judged == [citizen.user.id]
    await citizen.says("губернатор", reply_to_message=asked.message)
    await citizen.sends_file(b"", "list.csv")
    assert costs.judged == [citizen.user.id] * 3
    await citizen.says("губернатор")
    assert costs.judged == [citizen.user.id] * 3


async def test_a_query_of_an_editor_is_judged_in_the_database(
    people: People, directory: Directory, costs: Costs
) -> None:
    async with directory.db.write() as connection:
        await staff.appoint(connection, EDITOR, Scope(), by=OWNER)
    await directory.refresh()
    costs.judged.clear()
    await people(EDITOR).says("губернатор")
    assert costs.judged == [EDITOR]


def _handlers(router: Any) -> Iterator[HandlerObject]:
    for observer in router.observers.values():
        yield from observer.handlers
    for below in router.sub_routers:
        yield from _handlers(below)


def test_no_handler_and_no_filter_of_the_bot_needs_a_thread(people: People) -> None:
    dispatcher = people(OWNER).dispatcher
    for handler in _handlers(dispatcher):
        assert handler.awaitable, handler.callback
        for each in handler.filters or []:
            assert each.awaitable, (handler.callback, each.callback)
