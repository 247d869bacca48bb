"""`python -m bench.changes`: what citizens wait while a large list is applied and undone.

The whole process, a Bot API server on loopback, an owner who sends a CSV file and presses the
buttons, and citizens who ask 20 times a second. Printed is how long each step took from the press
to the last word, and how long the citizens waited meanwhile, beside what they wait when the bot has
nothing else to do. Half of the rows are of pages that exist.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.queries import NEGATIVE, queries
from tests.e2e.botapi import BotApi, Call, Params
from tests.e2e.person import Person
from tests.e2e.process import ADMIN, Process

PAGES = 10_000
ROWS = (1_700, 6_000)
_RATE = 20.0
"""Searches a second."""

_IDLE = 8.0
"""Seconds of searches alone."""

_LONGEST = 120.0
"""Seconds that a step may take."""


class Owner(Person):
    """Whoever sends the list, and waits for as long as it takes."""

    async def _answer(self, since: int) -> Params:
        answer = await self.api.wait(
            lambda call: self._shows(call) and not call.refused, since, _LONGEST
        )
        return self.api.shown(self.id, int(answer.params["message_id"]))

    def _shows(self, call: Call) -> bool:
        return call.method != "sendDocument" and super()._shows(call)  # the plan as a workbook


class Citizens:
    """People who search, each once; `waits` has the seconds that each waited."""

    def __init__(self, api: BotApi, texts: Sequence[str]) -> None:
        self.waits: list[float] = []
        self._api = api
        self._texts = itertools.cycle(texts)
        self._numbers = itertools.count(100_000)
        self._asking: set[asyncio.Task[None]] = set()

    async def ask(self) -> None:
        """Search `_RATE` times a second, until cancelled."""
        while True:
            one = asyncio.create_task(self._ask_once())
            self._asking.add(one)
            one.add_done_callback(self._asking.discard)
            await asyncio.sleep(1 / _RATE)

    async def settled(self) -> None:
        """Wait until all are answered."""
        await asyncio.gather(*self._asking)

    async def _ask_once(self) -> None:
        person = Person(self._api, next(self._numbers))
        begun = time.perf_counter()
        await person.says(next(self._texts))
        self.waits.append(time.perf_counter() - begun)


async def _measure(rows: int, folder: Path) -> None:
    """Print what applying and undoing a list of so many rows costs, and costs others."""
    made, territories = corpus(PAGES)
    pages = with_links(made)
    await fill(f"sqlite:///{folder}/bench.sqlite3", pages, territories)
    changed = [f"{page.id};{page.title};8-800-100-00-00;" for page in pages[: rows // 2]]
    new = [
        f";Выдуманный клуб № {n};;https://vk.com/made_up_club_{n}"
        for n in range(rows - len(changed))
    ]
    list_of_pages = "\n".join(["Код;Название;Телефон;ВКонтакте", *changed, *new]).encode()
    texts = [each.text for each in queries(made, 40) if each.kind not in NEGATIVE]
    api = BotApi()
    await api.start()
    url = f"sqlite:///{folder}/bench.sqlite3"
    process = await Process.start(folder, api, DATABASE_URL=url, SEED="none", LOG_LEVEL="INFO")
    owner, citizens = Owner(api, ADMIN), Citizens(api, texts)
    await _beside(citizens, asyncio.sleep(_IDLE))
    print(
        f"\na list of {rows} rows, half of them new, {PAGES} pages, {_RATE:.0f} searches a second"
    )
    await _step("nothing else", citizens, asyncio.sleep(_IDLE))
    preview = await _step("to the preview", citizens, owner.sends_file("l.csv", list_of_pages))
    applied = await _step("«Применить»", citizens, owner.presses(preview, "Применить"))
    await _step("after that", citizens, asyncio.sleep(_IDLE))
    undone = await _step("«Откатить»", citizens, owner.presses(applied, "Откатить"))
    print(f"  {applied['text'].splitlines()[0]} {undone['text'].splitlines()[0]}")
    await process.stop()
    await api.stop()


async def _step(name: str, citizens: Citizens, work: Awaitable[Params | None]) -> Params:
    taken, waits, said = await _beside(citizens, work)
    half, most = (1000 * waits[int(len(waits) * share)] for share in (0.5, 0.99))
    print(
        f"  {name:20}{taken:7.2f} s{len(waits):6} searches waited {half:5.0f} ms,"
        f" 99 % {most:5.0f} ms, longest {1000 * waits[-1]:5.0f} ms",
        flush=True,
    )
    return said or {}


async def _beside(
    citizens: Citizens, work: Awaitable[Params | None]
) -> tuple[float, list[float], Params | None]:
    """Do the work while citizens search: seconds, their waits in order, what the work gave."""
    citizens.waits = []
    asking = asyncio.create_task(citizens.ask())
    begun = time.perf_counter()
    said = await work
    taken = time.perf_counter() - begun
    asking.cancel()
    await citizens.settled()
    return taken, sorted(citizens.waits), said


def print_changes(sizes: Sequence[int] = ROWS) -> None:
    """Print the costs of lists of so many rows."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(rows, Path(folder)))


def main() -> None:
    """Print the costs of the lists."""
    parser = argparse.ArgumentParser(prog="python -m bench.changes", description=__doc__)
    parser.add_argument("--rows", default=",".join(map(str, ROWS)))
    print_changes([int(rows) for rows in parser.parse_args().rows.split(",")])


if __name__ == "__main__":
    main()
