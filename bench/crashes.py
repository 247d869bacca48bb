"""`python -m bench.crashes`: the real bot, killed again and again while people use it.

People save pages and owners load lists meanwhile. Counted is what was acknowledged and is not
there, what was done twice, who was never answered, who was answered twice, and damaged files. With
`--restores` a copy, made while the bot worked, is put back after each kill, with the journal left.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import select

from directory.store.copies import DamagedError, backup
from directory.store.database import Database
from directory.store.tables import pages, revisions, saved
from tests.e2e.botapi import BotApi, Call, Params
from tests.e2e.person import Person, buttons
from tests.e2e.process import Process

_CITIZENS, _OWNERS = 100_000, 10_000
"""Where the numbers of either begin: each acts once."""

_AT_ONCE = 8
"""Citizens that come after each start, and one owner when no other waits."""

_LIFE, _GRACE = 1.5, 20.0
"""Seconds at most from the first errand that a start brings to its end, or from so many seconds
without any, until the kill: starts that do nothing would show nothing."""

_PATIENCE = 60
"""Seconds after the last kill within which somebody more must be answered, until all are."""

_PROGRESS = ("Читаю…", "Проверяю…", "Записываю…")
_EXCUSES = ("Что-то пошло не так", "По этому файлу решение")
"""How it begins when somebody must ask again: after so many starts that were killed over it, and
when a list was applied in the moment of the kill."""

_SAVED, _APPLIED = "Убрать из сохранённых", "ничего не меняет"
"""What who asks again after an excuse is shown when it was done all the same."""

_JOURNAL = "-wal"


class Crowd:
    """People, each with one errand, and what came of it."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.came: list[int] = []
        self.acknowledged: set[int] = set()
        self.excuses = 0
        self.errands: set[asyncio.Task[None]] = set()

    def comes(self, number: int) -> None:
        """A citizen who saves a page, or an owner who loads a list."""
        self.came.append(number)
        errand = self._saves(number) if number >= _CITIZENS else self._loads(number)
        self.errands.add(asyncio.create_task(errand))

    @property
    def loading(self) -> bool:
        """Whether an owner waits for a list to be loaded."""
        return any(n < _CITIZENS and n not in self.acknowledged for n in self.came)

    def has_done_more(self, than: int) -> bool:
        """Whether more than so many errands came to their end."""
        return len(self.acknowledged) > than

    async def _saves(self, number: int) -> None:
        person = Person(self.api, number)
        while number not in self.acknowledged:
            since = len(self.api.calls)
            await person.writes("губернатор")
            card = await self._shown(person, ["Сохранить", _SAVED], since)
            if _SAVED in str(card) or (card and await self._pressed(person, card, "Сохранить")):
                self.acknowledged.add(number)

    async def _loads(self, number: int) -> None:
        owner = Person(self.api, number)
        shown: Params = {}
        while not any(each in str(shown) for each in ("Откатить", _APPLIED)):
            since = len(self.api.calls)
            if shown:
                await self._pressed(owner, shown, "Применить")
            else:
                await self._sends(owner)
            shown = await self._shown(owner, ["Применить", "Откатить", _APPLIED], since)
        self.acknowledged.add(number)

    async def _sends(self, owner: Person) -> None:
        name = f"{owner.id}.csv"
        self.api.files[name] = f"Код;Название\nk{owner.id};Выдуманная школа {owner.id}\n".encode()
        document = {"file_id": name, "file_unique_id": name, "file_name": name}
        message = self.api.message(owner.id, document=document, **{"from": owner.user})
        await self.api.deliver(message=message)

    async def _shown(self, person: Person, words: Sequence[str], since: int) -> Params:
        """The first message of the person's chat that has one of these, in its text or on buttons;
        an empty one when the bot says that they must ask again."""

        def comes(call: Call) -> bool:
            if call.params.get("chat_id") != str(person.id) or call.refused:
                return False
            said = f"{call.params.get('text')} {call.params.get('reply_markup')}"
            return any(each in said for each in words) or _is_excuse(call)

        call = await self.api.wait(comes, since, seconds=1e6)
        if _is_excuse(call):
            self.excuses += 1
            return {}
        return self.api.shown(person.id, int(call.params["message_id"]))

    async def _pressed(self, person: Person, message: Params, label: str) -> bool:
        """Press; return whether the bot said that the page is saved."""
        query = str(self.api.number())
        self.api.open_queries.add(query)
        since = len(self.api.calls)
        (data,) = [b["callback_data"] for b in buttons(message) if b["text"].startswith(label)]
        press = {"id": query, "from": person.user, "chat_instance": "1", "message": message}
        await self.api.deliver(callback_query=press | {"data": data})
        said = await self.api.wait(
            lambda call: (
                (call.params.get("callback_query_id") == query and not call.refused)
                or (call.params.get("chat_id") == str(person.id) and _is_excuse(call))
            ),
            since,
            seconds=1e6,
        )
        return str(said.params.get("text", "")).startswith("Сохранено")


async def _until(come: Callable[[], bool], seconds: float) -> None:
    """Wait for it, at most so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not come():  # noqa: ASYNC110
                await asyncio.sleep(0.05)


def _is_excuse(call: Call) -> bool:
    return str(call.params.get("text")).startswith(_EXCUSES)


async def kill(kills: int, url: str, folder: Path, seed: int, life: float = _LIFE) -> None:
    """Kill so many times, each start within `life` seconds, then print what was found."""
    url = url or f"sqlite:///{folder / 'data' / 'directory.sqlite3'}"
    chance, begun = Random(seed), time.monotonic()
    api = BotApi()
    await api.start()
    settings = {"LOG_LEVEL": "WARNING", "DATABASE_URL": url, "SEED": "region"}
    settings["ADMIN_IDS"] = ",".join(str(_OWNERS + n) for n in range(kills))
    bot = await Process.start(folder, api, **settings)
    crowd, damaged = Crowd(api), 0
    for n in range(kills):
        if not crowd.loading:
            crowd.comes(_OWNERS + n)
        for each in range(_AT_ONCE):
            crowd.comes(_CITIZENS + n * _AT_ONCE + each)
        await _until(partial(crowd.has_done_more, than=len(crowd.acknowledged)), _GRACE)
        await asyncio.sleep(chance.uniform(0, life))
        bot.interrupt(signal.SIGKILL)
        await bot.ended()
        damaged += await asyncio.to_thread(_is_damaged, url)
        await bot.begin(**settings)
        if n % 10 == 9:
            print(f"{n + 1} kills", end="\r", file=sys.stderr, flush=True)
    done, late = -1, set(crowd.errands)
    while late and len(crowd.acknowledged) > done:
        done = len(crowd.acknowledged)
        _, late = await asyncio.wait(crowd.errands, timeout=_PATIENCE)
    for task in late:
        task.cancel()
    await asyncio.gather(*crowd.errands, return_exceptions=True)
    await asyncio.sleep(2)
    await bot.stop()
    await api.stop()
    await _print_outcome(kills, crowd, len(late), damaged, url)
    print(f"{time.monotonic() - begun:.0f} s; log: {len(bot.log.splitlines())} lines of warnings")


async def _print_outcome(kills: int, crowd: Crowd, late: int, damaged: int, url: str) -> None:
    db = await Database.open(url)
    async with db.read() as connection:
        keepers = Counter((await connection.execute(select(saved.c.person))).scalars())
        loaded = Counter((await connection.execute(select(revisions.c.file))).scalars())
        there = set((await connection.execute(select(pages.c.id))).scalars())
    await db.close()
    calls = [call for call in crowd.api.calls if not call.refused]
    cards = Counter(
        int(call.params["chat_id"]) for call in calls if "Сохранить" in str(call.params)
    )
    owners = [n for n in crowd.came if n < _CITIZENS]
    lost = [
        n
        for n in crowd.acknowledged
        if not (keepers[n] if n >= _CITIZENS else loaded[f"{n}.csv"] and f"k{n}" in there)
    ]
    reading = [
        number
        for number, message in crowd.api._messages.items()
        if str(message.get("text", "")).startswith(_PROGRESS)
    ]
    print(f"{kills} kills, {len(crowd.came)} people, {len(owners)} of them loaded a list")
    print(f"acknowledged: {len(crowd.acknowledged)}; of these lost: {len(lost)} {lost[:5]}")
    print(f"lists that were applied twice: {[n for n in owners if loaded[f'{n}.csv'] > 1]}")
    print(f"errands that came to no end: {late}")
    print(f"excuses, after which people asked again: {crowd.excuses}")
    twice = sum(n > 1 for number, n in cards.items() if number >= _CITIZENS)
    print(f"who got the same card twice: {twice} of {len(cards)}")
    print(f"messages that still say that it is read or written: {len(reading)} {reading[:5]}")
    print(f"damaged files: {damaged}")


def _is_damaged(url: str) -> bool:
    """Whether the database, or the file of taken updates, is not sound."""
    if not url.startswith("sqlite"):
        return False
    database = Path(url.removeprefix("sqlite:///"))
    with tempfile.TemporaryDirectory() as other:
        try:
            backup(database, Path(other) / "copy.sqlite3")
        except DamagedError as error:
            print(error)
            return True
    for taken in database.parent.glob("*.updates"):
        with closing(sqlite3.connect(taken)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return True
    return False


async def restore(times: int, folder: Path, seed: int) -> None:
    """Put copies back so many times, each made at a random moment; print how many came back."""
    chance, begun = Random(seed), time.monotonic()
    database = folder / "data" / "directory.sqlite3"
    url = f"sqlite:///{database}"
    api = BotApi()
    await api.start()
    settings = {"LOG_LEVEL": "WARNING", "DATABASE_URL": url, "SEED": "region"}
    settings["ADMIN_IDS"] = ",".join(str(_OWNERS + n) for n in range(2 * times))
    bot = await Process.start(folder, api, **settings)
    same = journals = 0
    for n in range(times):
        crowd, copy = Crowd(api), folder / f"{n}.sqlite3"
        for number in (2 * n, 2 * n + 1):
            crowd.comes(_OWNERS + number)
        for each in range(_AT_ONCE):
            crowd.comes(_CITIZENS + n * _AT_ONCE + each)
        await asyncio.sleep(chance.uniform(0, 1))
        if not await _directory(folder, url, "backup", str(copy)):
            raise RuntimeError("no copy was made")
        await asyncio.sleep(chance.uniform(0, 1))
        bot.interrupt(signal.SIGKILL)
        await bot.ended()
        for task in crowd.errands:
            task.cancel()
        journal = database.with_name(database.name + _JOURNAL)
        journals += journal.exists() and journal.stat().st_size > 0
        # What reads lists in a process of its own outlives the bot by some seconds.
        while not await _directory(folder, url, "restore", str(copy)):  # noqa: ASYNC110
            await asyncio.sleep(1)
        same += await asyncio.to_thread(_content, database) == _content(copy)
        await bot.begin(**settings)
        print(f"{n + 1} restores", end="\r", file=sys.stderr, flush=True)
    await bot.stop()
    await api.stop()
    print(f"{times} restores, {journals} with a journal left: the copy's state {same} times")
    print(f"{time.monotonic() - begun:.0f} s")


async def _directory(folder: Path, url: str, *command: str) -> bool:
    """Run a command; return whether it did what it should."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "directory", *command),
        cwd=folder,
        env={"DATABASE_URL": url},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await process.wait() == 0


def _content(database: Path) -> str:
    """A hash of all that the database holds."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(database)) as connection:
        for line in connection.iterdump():
            found.update(line.encode())
    return found.hexdigest()


def _on_a_server() -> str:
    """The address of a new database of PostgreSQL, gone with this process."""
    from tests.postgres import Server

    server = Server(Path(tempfile.mkdtemp(prefix="official-pages-")))
    return server.url(asyncio.run(server.create()))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--restores", type=int, default=50)
    parser.add_argument("--postgres", action="store_true", help="kill on a server of PostgreSQL")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--life",
        type=float,
        default=_LIFE,
        help="seconds at most from a start's first answer to the kill; a replica that is gone is"
        " noticed after ten",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.kills:
            database = _on_a_server() if chosen.postgres else ""
            asyncio.run(kill(chosen.kills, database, Path(folder), chosen.seed, chosen.life))
    with tempfile.TemporaryDirectory() as folder:
        if chosen.restores:
            asyncio.run(restore(chosen.restores, Path(folder), chosen.seed))


if __name__ == "__main__":
    main()
