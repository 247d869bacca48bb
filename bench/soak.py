"""`python -m bench.soak`: minutes of even load with changes and a kill in between.

People write, press buttons and type inline; meanwhile lists are imported, pages are hidden and
shown again, and in the first minute the bot is killed and started again. Printed is who was never
answered, who was answered twice, how long they waited, and how the memory grew from the first 6000
people on: as many as a minute of the full rate brings, and most of what is kept at hand of people.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Bot, the_bot
from bench.queries import NEGATIVE, queries
from bench.telegram import Telegram, Turn, Update, inline, message, press
from bot.buttons import Open
from directory.model import Page
from directory.quarantine import hide, restore
from directory.store.database import Database

_PAGES = 1_700
_IMPORT_EVERY, _HIDE_EVERY, _SAMPLE_EVERY = 30.0, 5.0, 5.0
"""Seconds between two imports, two changes of a page, two looks at the memory."""

_LIST = 100
"""Pages that an import changes."""

_SETTLE = 90
"""Seconds after the load within which the last answers must come."""

_KILL_AT = 20.0
"""Seconds after which a process is killed."""

_FIRST_PEOPLE = 6_000
"""How many come after the last start until the memory is looked at for the first time."""


class Crowd(Telegram):
    """Telegram as people see it: what is not confirmed comes again, and answers are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Counter[str] = Counter()
        self.waits: list[float] = []
        self.doubles: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._answered = self.waits.append

    def come(self, turn: Turn) -> None:
        """Somebody acts."""
        self.sent[_kind(turn[0])] += 1
        self._put(*turn)

    @property
    def unanswered(self) -> Counter[str]:
        """Of each kind how many have no answer yet."""
        return Counter(_kind(key) for key in self._asked)

    def _done(self, key: str, said: str) -> None:
        if key in self._seen:
            self.doubles[_kind(key)] += 1
        self._seen.add(key)
        super()._done(key, said)

    async def _updates(self, call: dict[str, list[str]]) -> list[Update]:
        offset = int(call.get("offset", ["0"])[0])
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        kept = self._waiting
        given = await super()._updates(call)
        self._waiting = kept if given and kept else given + self._waiting
        return given


def _kind(key: str) -> str:
    return {"i": "inline", "p": "press"}.get(key[0], "message")


async def soak(seconds: float, rate: float, folder: Path) -> None:
    """Have the load for so long, then print what came of it."""
    made, territories = corpus(_PAGES)
    pages = with_links(made)
    url = f"sqlite:///{folder}/soak.sqlite3"
    await fill(url, pages, territories)
    texts = [each.text for each in queries(made, 40) if each.kind not in NEGATIVE]
    crowd = Crowd()
    await crowd.start()
    bot = the_bot(crowd, url)
    await bot.begin()
    memory: list[tuple[float, float]] = []
    changes: Counter[str] = Counter()
    begun = time.perf_counter()
    beside = [
        asyncio.create_task(each)
        for each in (
            _import(url, pages, folder, changes),
            _hide(url, pages, changes),
            _sample(bot, memory, begun),
            _kill(bot),
        )
    ]
    for n, turn in enumerate(mixed_turns(texts, [page.id for page in pages])):
        if n >= seconds * rate:
            break
        await asyncio.sleep(max(0.0, begun + n / rate - time.perf_counter()))
        crowd.come(turn)
    lasted = time.perf_counter() - begun
    for task in beside:
        task.cancel()
    for outcome in await asyncio.gather(*beside, return_exceptions=True):
        if isinstance(outcome, Exception):
            print(f"beside the load: {outcome!r}")
    with suppress(TimeoutError):
        async with asyncio.timeout(_SETTLE):
            while crowd.unanswered["message"] or crowd.unanswered["press"]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    memory.append((time.perf_counter() - begun, bot.memory()))
    processor = bot.processor()
    await bot.end()
    await crowd.stop()
    _print(crowd, lasted, changes, memory, processor)


def mixed_turns(texts: Sequence[str], pages: Sequence[str]) -> Iterator[Turn]:
    """Of ten updates seven are messages, two inline queries, one a press for the card of a page."""
    for number in itertools.count(1_000):
        text, page = texts[number % len(texts)], pages[number % len(pages)]
        kind = number % 10
        if kind == 0:
            yield press(number, Open(page=page).pack())
        else:
            yield (inline if kind in (3, 6) else message)(number, text)


async def _import(url: str, pages: list[Page], folder: Path, changes: Counter[str]) -> None:
    for n in itertools.count():
        rows = (f"{page.id};{page.title};8-800-{n:04}" for page in pages[:_LIST])
        file = folder / "list.csv"
        file.write_text("\n".join(["Код;Название;Телефон", *rows]), "utf-8")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "directory", "import", str(file)),
            env={"DATABASE_URL": url},
            stdout=asyncio.subprocess.DEVNULL,
        )
        changes["imports" if await process.wait() == 0 else "imports that failed"] += 1
        await asyncio.sleep(_IMPORT_EVERY)


async def _hide(url: str, pages: list[Page], changes: Counter[str]) -> None:
    db = await Database.open(url)
    try:
        for n in itertools.count():
            page = pages[n // 2 % len(pages)].id
            async with db.write() as connection:
                if n % 2:
                    await restore(connection, page, None)
                else:
                    await hide(connection, page, "двойник", None)
            changes["pages hidden or shown"] += 1
            await asyncio.sleep(_HIDE_EVERY)
    finally:
        await db.close()


async def _sample(bot: Bot, memory: list[tuple[float, float]], begun: float) -> None:
    while True:
        with suppress(OSError, IndexError):  # it is being started again
            memory.append((time.perf_counter() - begun, bot.memory()))
        await asyncio.sleep(_SAMPLE_EVERY)


async def _kill(bot: Bot) -> None:
    await asyncio.sleep(_KILL_AT)
    await bot.kill()
    await bot.begin()


def _print(
    crowd: Crowd,
    lasted: float,
    changes: Counter[str],
    memory: list[tuple[float, float]],
    processor: float,
) -> None:
    sent = sum(crowd.sent.values())
    print(f"{sent} updates in {lasted:.0f} s ({sent / lasted:.0f} a second): {dict(crowd.sent)}")
    print(f"meanwhile one SIGKILL and {dict(changes)}")
    print(f"never answered: {dict(+crowd.unanswered) or 'nobody'}")
    print(f"answered twice: {dict(crowd.doubles) or 'nobody'}")
    waits = sorted(crowd.waits)
    half, most = (1000 * waits[int(len(waits) * share)] for share in (0.5, 0.99))
    print(f"waited: half {half:.0f} ms at most, 99 % {most:.0f} ms, longest {waits[-1]:.1f} s")
    print(f"processor since the kill: {processor:.0f} s")
    warm = _KILL_AT + _FIRST_PEOPLE * lasted / sent
    first = next((held for at, held in memory if at >= warm), memory[-1][1])
    last = memory[-1][1]
    print(
        f"memory: {first:.0f} MB {warm:.0f} s after the begin, {last:.0f} MB at the end"
        f" ({last / first - 1:+.1%}); each minute:"
        f" {[round(held) for _at, held in memory[:: round(60 / _SAMPLE_EVERY)]]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=100, help="updates a second")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(chosen.minutes * 60, chosen.rate, Path(folder)))


if __name__ == "__main__":
    main()
