"""`python -m bench.capacity`: what one core answers, and the memory that it takes, at three sizes.

Of ten updates seven are messages, two inline queries and one is a press, as in the soak. The figure
for a core is that of the bot's own processor time, whatever else the machine does meanwhile.
docs/capacity.md says what follows from it.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import the_bot
from bench.queries import NEGATIVE, queries
from bench.soak import mixed_turns
from bench.telegram import Load, Telegram

SIZES = (1_700, 20_000, 175_000)
"""Pages: a region, a district of the country, the country."""

_WARM, _SECONDS = 10.0, 10.0


def print_capacity(sizes: Sequence[int] = SIZES) -> None:
    """Print what directories of so many pages take."""
    print(f"\n{'pages':>9}{'ms of processor':>17}{'a second a core':>17}{'memory':>10}")
    for size in sizes:
        cost, memory = asyncio.run(_measure(size))
        print(f"{size:9}{cost:17.2f}{1000 / cost:17.0f}{memory:7.0f} MB", flush=True)


async def _measure(size: int) -> tuple[float, float]:
    """Milliseconds of the processor for an answer, and megabytes in the end."""
    made, territories = corpus(size)
    pages = with_links(made)
    texts = [each.text for each in queries(made, 40) if each.kind not in NEGATIVE]
    telegram = Telegram()
    await telegram.start()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        await fill(url, pages, territories)
        bot = the_bot(telegram, url)
        await bot.begin()
        turns = mixed_turns(texts, [page.id for page in pages])
        await telegram.saturate(turns, _WARM)
        before = bot.processor()
        load: Load = await telegram.saturate(turns, _SECONDS)
        cost = 1000 * (bot.processor() - before) / load.answered
        memory = bot.memory()
        await bot.end()
    await telegram.stop()
    return cost, memory


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    print_capacity([int(size) for size in parser.parse_args().sizes.split(",")])


if __name__ == "__main__":
    main()
