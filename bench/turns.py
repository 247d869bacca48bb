"""`python -m bench.turns`: what a turn of the whole process costs, beside a bare aiogram bot.

Both bots poll a Bot API of the same make on loopback, or are told of updates by it through a
webhook. They are measured in turns every few seconds, so that what else the machine does falls on
both. «updates/s» is what a bot answers when 64 updates
always wait, «processor» its own time for each of them, «waiting» what it takes to answer at half
that load. Both have answered each question before.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Bot, bare_bot, the_bot
from bench.queries import NEGATIVE, queries
from bench.telegram import Telegram, Turn, inline, message, press
from bot.buttons.citizens import Open

REGIONAL, NATIONAL = 1_700, 175_000
_SECONDS = 1.5
"""Of one measurement; each is made in as many rounds as are asked for."""

_EACH, _WARM = 40, 800
"""Queries of each class, and how many turns of a kind come before the first measurement."""

_NUMBERS = itertools.count(1_000)
"""Each update is another person's: nobody is too fast."""


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
        print(f"\na turn of the whole process, {size} pages, beside a bare aiogram bot")
        for webhook in (False, True):
            costs = asyncio.run(_compare(url, kinds, rounds, webhook=webhook))
            _print("webhook" if webhook else "polling", costs)


def _print(way: str, costs: dict[str, tuple[Cost, Cost]]) -> None:
    heads = ("updates/s", "bare", "ratio", "ms of processor", "bare", "times", "waiting 50 %, 99 %")
    print(f"{way:16}" + "".join(f"{head:>{max(8, len(head) + 2)}}" for head in heads))
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
    url: str, kinds: dict[str, Iterator[Turn]], rounds: int, *, webhook: bool
) -> dict[str, tuple[Cost, Cost]]:
    costs = {kind: (Cost(), Cost()) for kind in kinds}
    servers = Telegram(), Telegram()
    for server in servers:
        await server.start()
    ours, bare = servers
    both = (ours, the_bot(ours, url, webhook=webhook)), (bare, bare_bot(bare, webhook=webhook))
    for _, bot in both:
        await bot.begin()
    for kind, turns in kinds.items():
        for server, _ in both:
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


def main() -> None:
    """Print what turns cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--pages", type=int, default=REGIONAL, help="of the made-up directory")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print_turns(chosen.pages, chosen.rounds)


if __name__ == "__main__":
    main()
