"""Turns and pace by themselves: how many at once, whose turn is next, who is too fast."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.process.turns import AT_ONCE, MOST, OF_ONE, SECONDS, Pace, Speed, Turns


class Work:
    """Updates that are at work until they are let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.at_work: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, *names: str) -> None:
        """Have updates ask for their turns; of «a1» and «a2» the person is «a»."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._work(name))
            await asyncio.sleep(0)

    async def _work(self, name: str) -> None:
        async with self.turns.turn(name[0]):
            self.at_work.append(name)
            await self._ends[name].wait()
            self.at_work.remove(name)

    async def end(self, *names: str) -> None:
        """Finish the work on these updates."""
        for name in names:
            self._ends[name].set()
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture
def work() -> Work:
    """Nothing is at work yet."""
    return Work(Turns())


async def _full(work: Work) -> list[str]:
    """As many people at work as may be: capital letters."""
    names = [f"{chr(ord('A') + n)}1" for n in range(AT_ONCE)]
    await work.begin(*names)
    assert work.at_work == names
    return names


async def test_no_more_are_at_work_than_may_be(work: Work) -> None:
    names = await _full(work)
    await work.begin("a1")
    assert "a1" not in work.at_work
    await work.end(names[0])
    assert "a1" in work.at_work
    await work.end("a1", *names)
    assert work.at_work == []


async def test_one_person_has_few_turns_at_once(work: Work) -> None:
    await work.begin(*(f"a{n}" for n in range(OF_ONE + 2)), "b1")
    assert work.at_work == [*(f"a{n}" for n in range(OF_ONE)), "b1"]
    await work.end("a0")
    assert f"a{OF_ONE}" in work.at_work


async def test_the_last_who_came_and_the_first_who_waits_come_before_second_turns(
    work: Work,
) -> None:
    names = await _full(work)
    await work.begin("a1", "a2", "a3", "b1", "c1", "d1", "e1")
    order = []
    for name in names[:7]:
        before = set(work.at_work)
        await work.end(name)
        order += sorted(set(work.at_work) - before)
    assert set(order) == {"a1", "a2", "a3", "b1", "c1", "d1", "e1"}
    # Of three turns one is the newest person's, one the oldest's, one a second turn.
    assert set(order[:3]) == {"e1", "a1", "a2"}
    assert set(order[3:6]) == {"d1", "b1", "a3"}


async def test_a_cancelled_update_gives_its_turn_back(work: Work) -> None:
    names = await _full(work)
    await work.begin("a1", "b1")
    for name in ("a1", names[0]):
        work.tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            await work.tasks[name]
    await asyncio.sleep(0)
    assert "b1" in work.at_work
    await work.end("b1", *names[1:])
    again = Work(work.turns)
    await _full(again)


async def test_a_turn_that_is_cancelled_as_it_is_given_is_not_lost(work: Work) -> None:
    names = await _full(work)
    await work.begin("a1")
    work._ends[names[0]].set()
    await asyncio.sleep(0)
    work.tasks["a1"].cancel()  # given, and not begun
    with suppress(asyncio.CancelledError):
        await work.tasks["a1"]
    await work.begin("b1")
    assert "b1" in work.at_work


@pytest.mark.parametrize("kind", [*MOST, "guest_message"])
def test_too_many_get_one_word(kind: str) -> None:
    pace, most = Pace(), MOST.get(kind, MOST["message"])
    speeds = [pace.speed(1, kind, n * 0.01) for n in range(most * 3)]
    assert speeds[: most - 1] == [Speed.FINE] * (most - 1)
    assert speeds[most - 1] is Speed.TOO_FAST
    assert set(speeds[most:]) == {Speed.STILL}
    assert pace.speed(2, kind, 1) is Speed.FINE
    assert pace.speed(1, kind, most * 0.03 + SECONDS + 1) is Speed.FINE


def test_a_slow_talk_is_never_too_fast() -> None:
    pace = Pace()
    step = SECONDS / (MOST["message"] - 1) + 0.01
    assert {pace.speed(1, "message", n * step) for n in range(500)} == {Speed.FINE}


def test_the_pace_of_people_who_fell_silent_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.process.turns._REMEMBERED", 100)
    pace = Pace()
    for person in range(1_000):
        pace.speed(person, "message", float(person))
    assert len(pace._recent) <= 101
