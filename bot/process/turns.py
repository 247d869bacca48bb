"""Whose update is worked on next, and who writes too fast to be answered.

Neither a crowd that waits after an outage nor one person's flood may keep others waiting, or take
more connections to the database than there are.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum

AT_ONCE = 16
"""Updates at work at once. Telegram lets a bot send some thirty messages a second, and an answer
takes some 0.2 s on its way: more would only wait for one another."""

OF_ONE = 3
"""Of these, how many may be one person's: a press on «Отменить» passes the work that it stops."""

CONNECTIONS = AT_ONCE + 8
"""Connections to the database: one for each update at work, and some for the regular tasks and the
look at what others changed. Nobody waits for one so long that it fails."""

SECONDS = 10
"""What the pace of a person is measured over."""

MOST = {"message": 20, "callback_query": 60, "inline_query": 60}
"""By kind of update: how many of one person's in `SECONDS` are too many. A tap or a letter typed
inline is done sooner than a question; kinds that are not here count as messages do."""

_REMEMBERED = 1_000
"""People whose pace is remembered before those are dropped who have been silent for `SECONDS`."""


_end_of_turn: ContextVar[Callable[[], None] | None] = ContextVar("end_of_turn", default=None)


def give_up_turn() -> None:
    """Let others have the turn of the running handler, if it has one: it only waits from now on."""
    end = _end_of_turn.get()
    if end is not None:
        end()


@dataclass(slots=True)
class _PersonTurns:
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    at_work: int = 0
    is_queued: bool = False


class Turns:
    """Gives out `AT_ONCE` turns, `OF_ONE` to one person.

    Every third turn goes to the person who came last, every third to the one who has waited longest
    for a first turn, every third to those who have had one: whoever writes now is answered at once
    although thousands wait, all of these come up, and somebody with many updates is no hindrance.
    """

    def __init__(self) -> None:
        self._free = AT_ONCE
        self._people: dict[Hashable, _PersonTurns] = {}
        self._first: deque[Hashable] = deque()
        self._again: deque[Hashable] = deque()
        self._given = 0

    @asynccontextmanager
    async def turn(self, person: Hashable) -> AsyncIterator[None]:
        """Wait for a turn of this person's, and have it for the block."""
        one = self._people.setdefault(person, _PersonTurns())
        granted = asyncio.get_running_loop().create_future()
        one.waiting.append(granted)
        if not one.is_queued and one.at_work < OF_ONE:
            one.is_queued = True
            (self._again if one.at_work else self._first).append(person)
        self._give()
        try:
            await granted
        except asyncio.CancelledError:
            if not granted.cancelled():
                self._end(person)
            raise
        has_turn = True

        def end() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                self._end(person)

        token = _end_of_turn.set(end)
        try:
            yield
        finally:
            _end_of_turn.reset(token)
            end()

    def _give(self) -> None:
        while self._free and (self._first or self._again):
            person = self._next()
            one = self._people[person]
            one.is_queued = False
            granted = one.waiting.popleft()
            if not granted.cancelled():
                granted.set_result(None)
                one.at_work += 1
                self._free -= 1
            self._queue_again(person)

    def _next(self) -> Hashable:
        self._given += 1
        if self._again and (self._given % 3 == 0 or not self._first):
            return self._again.popleft()
        return self._first.pop() if self._given % 3 == 1 else self._first.popleft()

    def _end(self, person: Hashable) -> None:
        self._people[person].at_work -= 1
        self._free += 1
        self._queue_again(person)
        self._give()

    def _queue_again(self, person: Hashable) -> None:
        one = self._people[person]
        if one.waiting and one.at_work < OF_ONE and not one.is_queued:
            one.is_queued = True
            self._again.append(person)
        elif not one.waiting and not one.at_work and not one.is_queued:
            del self._people[person]


class Speed(Enum):
    """How fast somebody writes: `TOO_FAST` once, and from then on `STILL` until they slow down."""

    FINE = 0
    TOO_FAST = 1
    STILL = 2


@dataclass(slots=True)
class _Recent:
    times: list[float] = field(default_factory=list)  # a deque takes 600 bytes from the first on
    is_told: bool = False


class Pace:
    """Counts what each person has sent in the last `SECONDS`, by kind of update."""

    def __init__(self) -> None:
        self._recent: dict[tuple[Hashable, str], _Recent] = {}
        self._most = _REMEMBERED

    def speed(self, person: Hashable, kind: str, now: float) -> Speed:
        """Count an update of this kind that came at `now` (monotonic seconds)."""
        if len(self._recent) > self._most:
            self._recent = {
                who: recent
                for who, recent in self._recent.items()
                if now - recent.times[-1] <= SECONDS
            }
            # In a crowd all have just written: they are not gone through again at each update.
            self._most = max(_REMEMBERED, 2 * len(self._recent))
        recent = self._recent.get((person, kind))
        if recent is None:
            recent = self._recent[person, kind] = _Recent()
        most = MOST.get(kind, MOST["message"])
        recent.times = [*recent.times[1 - most :], now]
        if len(recent.times) < most or now - recent.times[0] > SECONDS:
            recent.is_told = False
            return Speed.FINE
        if recent.is_told:
            return Speed.STILL
        recent.is_told = True
        return Speed.TOO_FAST
