"""How often a person may ask for what is costly to make, or others of one page."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque

MOST = 5_000
"""People, or pages, whose requests are remembered, in memory only."""


class Seldom:
    """Allows each person, by id, or each page `times` requests within `seconds`."""

    def __init__(self, times: int, seconds: float) -> None:
        self._times, self._seconds = times, seconds
        self._asked: OrderedDict[int | str, deque[float]] = OrderedDict()

    def minutes_to_wait(self, of: int | str) -> int:
        """0 when it may be asked for, which counts as a request; else the minutes until it may."""
        now = time.monotonic()
        asked = self._asked.setdefault(of, deque(maxlen=self._times))
        self._asked.move_to_end(of)
        if len(self._asked) > MOST:
            self._asked.popitem(last=False)
        if len(asked) == self._times and (left := asked[0] + self._seconds - now) > 0:
            return math.ceil(left / 60)
        asked.append(now)
        return 0
