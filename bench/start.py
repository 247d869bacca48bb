"""`python -m bench.start`: how soon the bot answers after a start, and what it then holds.

It counts as started when a search and a pasted look-alike of an account are answered right. The
index was kept by a start before. Then a day of changes is made by another process, `_CHANGES` small
revisions, each batch of which the bot follows and answers a search after: what it holds then is the
last column. Memory is the process's own, and that of mapped files, such as the kept index, whose
pages come in as they are looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Memory, the_bot
from bench.telegram import Telegram, message
from directory.changes import page_change
from directory.directory import Directory
from directory.links import url
from directory.model import Action, Origin
from directory.seed import load_seed
from directory.store import records, revisions
from directory.store.database import Database

SIZES = (0, 1_700, 175_000)
"""Pages, made up; 0 stands for the seed."""

_PATIENCE = 300
"""Seconds within which an answer must come."""

_CHANGES, _TOGETHER = 600, 10
"""Revisions of one page each, and how many of them are made between two looks of the bot's."""

_WARNED = "не она"
"""Of what is said of a look-alike."""


def print_start(sizes: Sequence[int] = SIZES) -> None:
    """Print what a start costs with directories of so many pages."""
    heads = "".join(f"{head:>11}" for head in ("pages", "polls", "answers", "processor"))
    print(f"\n{'start':18}{heads}{'memory':>16}{'a day later':>16}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{folder}/bench.sqlite3"
            pages, name, lookalike = asyncio.run(_make(database, size))
            polls, answers, cpu, held, later = asyncio.run(_start(database, name, lookalike))
        title = f"made up, {size}" if size else "the seed"
        print(
            f"{title:18}{pages:11}{polls:9.1f} s{answers:9.1f} s{cpu:9.1f} s"
            f"{held!s:>16}{later!s:>16}"
        )


async def _make(database: str, size: int) -> tuple[int, str, str]:
    """A directory with its index kept: how many pages, the title of one, a look-alike of a link."""
    if size:
        made, territories = corpus(size)
        await fill(database, with_links(made), territories)
    else:
        db = await Database.open(database)
        await load_seed(db)
        await db.close()
    directory = await Directory.open(database, links=False)
    async with directory.db.read() as connection:
        pages = [page async for page in records.each_page(connection)]
    await directory.close()
    link, page = next(
        (x.link, page) for page in pages for x in page.links if x.link.kind == "name" and page.title
    )
    shown = url(link)
    return len(pages), page.title, shown[:-1] + ("q" if shown[-1] != "q" else "p")


async def _start(
    database: str, name: str, lookalike: str
) -> tuple[float, float, float, Memory, Memory]:
    """Seconds until it polls, until it has answered, of the processor; what it holds then, and
    after a day of changes."""
    telegram = Telegram()
    await telegram.start()
    bot = the_bot(telegram, database)
    begun = time.perf_counter()
    await bot.begin()
    polls = time.perf_counter() - begun
    found = await telegram.ask(message(1_000, name), _PATIENCE)
    judged = await telegram.ask(message(1_001, lookalike), _PATIENCE)
    answers = time.perf_counter() - begun
    cpu, held = bot.processor(), bot.held()
    await _change(telegram, database)
    later = bot.held()
    await bot.end()
    await telegram.stop()
    if name.split()[0] not in found or _WARNED not in judged:
        raise RuntimeError(f"answered wrongly: {found!r}, {judged!r}")
    return polls, answers, cpu, held, later


async def _change(telegram: Telegram, database: str) -> None:
    """Rename pages, a revision each, and wait until the bot finds each batch's last."""
    db = await Database.open(database)
    async with db.read() as connection:
        ids = await records.page_ids(connection)
        pages = await records.read_pages(connection, ids[:: len(ids) // _CHANGES][:_CHANGES])
    asked = itertools.count(10_000)
    for start in range(0, len(pages), _TOGETHER):
        for n, page in enumerate(pages[start : start + _TOGETHER], start):
            changed = replace(page, title=f"{page.title} {_name(n).upper()}")
            async with db.write() as connection:
                made = [page_change(page, changed)]
                await revisions.apply(connection, made, Origin(Action.EDIT))
        said = _name(n).upper()  # an answer without the page repeats the query as it was typed
        while said not in await telegram.ask(message(next(asked), _name(n)), _PATIENCE):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    await db.close()


def _name(number: int) -> str:
    """A word that no page has: «кбвгб»."""
    return "к" + "".join("абвгдежзик"[int(digit)] for digit in f"{number:04}")


def main() -> None:
    """Print what a start costs."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pages; 0: the seed")
    print_start([int(size) for size in parser.parse_args().sizes.split(",")])


if __name__ == "__main__":
    main()
