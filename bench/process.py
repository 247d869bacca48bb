"""A bot's process as the benchmark sees it: started, measured from outside, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.telegram import TOKEN, Telegram


class Memory(NamedTuple):
    """Megabytes: a process's own, and of files that it has mapped, which the system takes back when
    others need room."""

    own: float
    mapped: float

    def __str__(self) -> str:
        return f"{self.own:.0f} + {self.mapped:.0f} MB"


class Bot:
    """A process that polls, or has set a webhook."""

    def __init__(
        self, telegram: Telegram, command: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        self._telegram = telegram
        self._command = command
        self._environment = environment
        self._process: asyncio.subprocess.Process

    async def begin(self) -> None:
        """Start it; it has begun to receive. Raises `RuntimeError` when it ends before."""
        began = self._telegram.began
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *self._command),
            env={"PATH": os.environ["PATH"], **self._environment},
            stderr=asyncio.subprocess.DEVNULL,
        )
        while self._telegram.began == began:
            if self._process.returncode is not None:
                raise RuntimeError(f"{self._command[0]} did not start")
            await asyncio.sleep(0.02)

    def processor(self) -> float:
        """Seconds of the processor that it has taken so far (Linux)."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that it holds (Linux)."""
        return sum(self.held())

    def held(self) -> Memory:
        """What these are (Linux)."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        held = {name: value for name, _, value in (line.partition(":") for line in lines)}
        own, mapped = (int(held[each].split()[0]) / 1024 for each in ("RssAnon", "RssFile"))
        return Memory(own, mapped)

    async def kill(self) -> None:
        """End it as a power failure does."""
        self._process.kill()
        await self._process.wait()

    async def end(self) -> None:
        """Stop it."""
        self._process.send_signal(signal.SIGINT)
        await self._process.wait()


def the_bot(
    telegram: Telegram, url: str, *, webhook: bool = False, state: Path | None = None
) -> Bot:
    """This project's bot over the database at `url`, with what can be made anew in `state`."""
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url, "DATABASE_URL": url}
    settings["MALLOC_ARENA_MAX"] = "1"  # as the image and the unit of systemd have it
    if state is not None:
        settings["STATE_DIR"] = str(state)
    if webhook:
        port = str(_free_port())
        settings |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}/updates", "WEB_PORT": port}
    return Bot(telegram, ["bot"], settings)


def bare_bot(telegram: Telegram, *, webhook: bool = False) -> Bot:
    """The least that a bot with aiogram can do."""
    port = [str(_free_port())] if webhook else []
    return Bot(telegram, ["bench.bare_bot", telegram.url, *port], {})


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
