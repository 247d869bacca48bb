"""`python -m bench.turns`: what a turn of the whole process costs, beside a bare aiogram bot.

Both bots poll a Bot API of the same make on loopback, and are measured in turns every few seconds,
so that what else the machine does falls on both. «updates/s» is what a bot answers when 64 updates
always wait, «processor» its own time for each of them, «waiting» what it takes to answer at half
that load. Both have answered each question before.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.queries import NEGATIVE, queries
from bench.telegram import TOKEN, Telegram, Turn, inline, message, press
from bot.buttons import Open

REGIONAL, NATIONAL = 1_700, 175_000
_SECONDS = 1.5
_WARM = 800
_EACH = 40
_NUMBERS = itertools.count(1_000)
"""Each update is another person's: nobody is too fast."""


@dataclass
class Bot:
    """A bot's process."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    folder: Path
    process: asyncio.subprocess.Process = field(init=False)

    async def begin(self, telegram: Telegram) -> None:
        """Start it; it has begun to poll."""
        polls = telegram.polls
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            cwd=self.folder,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), **self.environment},
        )
        while telegram.polls == polls:
            if self.process.returncode is not None:
                raise RuntimeError(f"{self.name} did not start")
            await asyncio.sleep(0.02)

    def processor(self) -> float:
        """Seconds of the processor that it has taken so far (Linux)."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that it holds (Linux)."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096 / 2**20

    async def end(self) -> None:
        """Stop it."""
        self.process.send_signal(signal.SIGINT)
        await self.process.wait()


@dataclass
class Cost:
    """Of one bot and one kind of turn: a figure a round."""

    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    half: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)


def print_turns(size: int = REGIONAL, rounds: int = 5) -> None:
    """Print what the turns cost over a made-up directory of so many pages."""
    made, territories = corpus(size)
    pages = with_links(made)
    asked = [each for each in queries(made, _EACH) if each.kind not in NEGATIVE]
    right = [page for each in asked for page in sorted(each.right)[:1]]
    kinds: dict[str, Iterator[Turn]] = {
        "private search": _turns(message, [each.text for each in asked]),
        "inline": _turns(inline, [each.text for each in asked]),
        "press": _turns(press, [Open(page=page).pack() for page in right]),
    }
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        asyncio.run(fill(url, pages, territories))
        costs = asyncio.run(_compare(url, Path(folder), kinds, rounds))
    print(f"\na turn of the whole process, {size} pages, beside a bare aiogram bot")
    heads = ("updates/s", "bare", "ratio", "ms of processor", "bare", "times", "waiting 50 %, 99 %")
    print(f"{'':16}" + "".join(f"{head:>{max(8, len(head) + 2)}}" for head in heads))
    for kind, (ours, bare) in costs.items():
        rate, bare_rate = median(ours.rates), median(bare.rates)
        cost, bare_cost = median(ours.processor), median(bare.processor)
        print(
            f"{kind:16}{rate:11.0f}{bare_rate:8.0f}{rate / bare_rate:8.2f}"
            f"{cost:17.2f}{bare_cost:8.2f}{cost / bare_cost:8.1f}"
            f"{median(ours.half):9.1f} ms, {median(ours.most):.1f} ms"
        )


def _turns(make: Callable[[int, str], Turn], texts: Sequence[str]) -> Iterator[Turn]:
    return (make(next(_NUMBERS), text) for text in itertools.cycle(texts))


async def _compare(
    url: str, folder: Path, kinds: dict[str, Iterator[Turn]], rounds: int
) -> dict[str, tuple[Cost, Cost]]:
    costs = {kind: (Cost(), Cost()) for kind in kinds}
    servers = Telegram(), Telegram()
    for server in servers:
        await server.start()
    bots = _ours(servers[0], url, folder), _bare(servers[1], folder)
    both = list(zip(servers, bots, strict=True))
    for server, bot in both:
        await bot.begin(server)
    for kind, turns in kinds.items():
        for server, _bot in both:
            await _warm_up(server, turns)
        for _ in range(rounds):
            for which, (server, bot) in enumerate(both):
                await _measure(server, bot, turns, costs[kind][which])
    for server, bot in both:
        await bot.end()
        await server.stop()
    return costs


async def _warm_up(telegram: Telegram, turns: Iterator[Turn]) -> None:
    answered = 0
    while answered < _WARM:
        answered += (await telegram.saturate(turns, 0.5)).answered


async def _measure(telegram: Telegram, bot: Bot, turns: Iterator[Turn], cost: Cost) -> None:
    before = bot.processor()
    load = await telegram.saturate(turns, _SECONDS)
    cost.rates.append(load.rate)
    cost.processor.append(1000 * (bot.processor() - before) / load.answered)
    calm = await telegram.steadily(turns, _SECONDS, load.rate / 2)
    cost.half.append(calm.waited(0.5))
    cost.most.append(calm.waited(0.99))


def _ours(telegram: Telegram, url: str, folder: Path) -> Bot:
    environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url, "DATABASE_URL": url}
    # What a turn takes is written to the log at INFO: as in use.
    return Bot("the bot", (sys.executable, "-m", "bot"), environment, folder)


def _bare(telegram: Telegram, folder: Path) -> Bot:
    command = (sys.executable, "-m", "bench.bare_bot", telegram.url)
    return Bot("the bare bot", command, {}, folder)


def main() -> None:
    """Print what turns cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--pages", type=int, default=REGIONAL, help="of the made-up directory")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print_turns(chosen.pages, chosen.rounds)


if __name__ == "__main__":
    main()
