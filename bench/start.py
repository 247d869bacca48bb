"""`python -m bench.start`: how soon the bot answers after a start, and what it then holds.

It counts as started when a search and a pasted look-alike of an account are answered right. The
index was kept by a start before. Then days of changes are made by another process, `_CHANGES` small
revisions of other pages each day, each batch of which the bot follows and answers a search after.
What it holds after each day, and after the night in which the worn index is renewed, stands in the
last columns, so that what grows without end can be told from what is reached once. Memory is the
process's own, and that of mapped files, such as the kept index, whose pages come in as they are
looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Memory, the_bot
from bench.telegram import Telegram, message
from directory.changes import page_change
from directory.directory import Directory
from directory.links import url
from directory.model import Action, Origin, Page
from directory.seed import load_seed
from directory.store import records, revisions
from directory.store.database import Database
from directory.watching import RENEW_SECONDS

SIZES = (0, 1_700, 175_000)
"""Pages, made up; 0 stands for the seed."""

_PATIENCE = 300
"""Seconds within which an answer must come."""

_CHANGES, _TOGETHER = 600, 10
"""Revisions of one page each a day, and how many are made between two looks of the bot's."""

_DAYS, _PEOPLE = 2, 300

_NIGHT, _SETTLE = 1_200, 10
"""Seconds within which the index is renewed, by a process that steps back, and those within which
the bot takes it."""

_LETTERS = "абвгдежзик"
"""What the words are made of that pages are renamed by, one for each digit."""

_WARNED = "не она"
"""Of what is said of a look-alike."""


def print_start(sizes: Sequence[int] = SIZES, days: int = _DAYS) -> None:
    """Print what a start costs with directories of so many pages, and what is held days later."""
    heads = "".join(f"{head:>11}" for head in ("pages", "polls", "answers", "processor"))
    later = "".join(
        f"{f'{time} {day}':>16}" for day in range(1, days + 1) for time in ("day", "night")
    )
    print(f"\n{'start':18}{heads}{'memory':>16}{later}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{folder}/bench.sqlite3"
            pages, name, lookalike = asyncio.run(_make(database, size))
            polls, answers, cpu, held = asyncio.run(_start(database, name, lookalike, days))
        title = f"made up, {size}" if size else "the seed"
        print(
            f"{title:18}{pages:11}{polls:9.1f} s{answers:9.1f} s{cpu:9.1f} s"
            + "".join(f"{each!s:>16}" for each in held),
            flush=True,
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
    database: str, name: str, lookalike: str, days: int
) -> tuple[float, float, float, list[Memory]]:
    """Seconds until it polls, until it has answered, of the processor; what it holds then, and
    after each day of changes."""
    telegram = Telegram()
    await telegram.start()
    bot = the_bot(telegram, database)
    begun = time.perf_counter()
    await bot.begin()
    polls = time.perf_counter() - begun
    found = await telegram.ask(message(1_000, name), _PATIENCE)
    judged = await telegram.ask(message(1_001, lookalike), _PATIENCE)
    answers = time.perf_counter() - begun
    cpu, held = bot.processor(), [bot.held()]
    for day in range(days):
        await _change(telegram, database, day)
        held.append(bot.held())
        await _sleep(telegram, Path(f"{database.removeprefix('sqlite:///')}.index"))
        held.append(bot.held())
    await bot.end()
    await telegram.stop()
    if name.split()[0] not in found or _WARNED not in judged:
        raise RuntimeError(f"answered wrongly: {found!r}, {judged!r}")
    return polls, answers, cpu, held


async def _change(telegram: Telegram, database: str, day: int) -> None:
    """Rename pages, a revision each, and wait until the bot finds each batch's last."""
    db = await Database.open(database)
    async with db.read() as connection:
        ids = await records.page_ids(connection)
        step = max(1, len(ids) // _CHANGES)
        pages = await records.read_pages(connection, ids[day % step :: step][:_CHANGES])
    # So many people that none writes too fast, and no more: the bot remembers each for a while.
    asked = itertools.cycle(range(10_000, 10_000 + _PEOPLE))
    for start in range(0, len(pages), _TOGETHER):
        for n, page in enumerate(pages[start : start + _TOGETHER], day * _CHANGES + start):
            changed = replace(page, title=f"{_own_title(page)} {_name(n).upper()}")
            async with db.write() as connection:
                made = [page_change(page, changed)]
                await revisions.apply(connection, made, Origin(Action.EDIT))
        said = _name(n).upper()  # an answer without the page repeats the query as it was typed
        while said not in await telegram.ask(message(next(asked), _name(n)), _PATIENCE):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    await db.close()


async def _sleep(telegram: Telegram, index: Path) -> None:
    """Have hours pass, in which the bot renews its index, and somebody ask after that."""
    night = time.time() - RENEW_SECONDS
    os.utime(index, (night, night))
    async with asyncio.timeout(_NIGHT):
        while _age(index) > RENEW_SECONDS / 2:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    await asyncio.sleep(_SETTLE)
    await telegram.ask(message(5_000, _name(0)), _PATIENCE)


def _age(file: Path) -> float:
    return time.time() - file.stat().st_mtime


def _name(number: int) -> str:
    """A word that no page has: «кбвгб»."""
    return "к" + "".join(_LETTERS[int(digit)] for digit in f"{number:04}")


def _own_title(page: Page) -> str:
    """The title without the word of a day before: the directory has as many words after each."""
    return re.sub(rf" К[{_LETTERS}]{{4}}$", "", page.title, flags=re.IGNORECASE)


def main() -> None:
    """Print what a start costs."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pages; 0: the seed")
    parser.add_argument("--days", type=int, default=_DAYS, help="days of changes")
    chosen = parser.parse_args()
    print_start([int(size) for size in chosen.sizes.split(",")], chosen.days)


if __name__ == "__main__":
    main()
