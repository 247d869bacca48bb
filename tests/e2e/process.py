"""The real process: `python -m bot` in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

from tests.e2e.botapi import TOKEN, BotApi

ADMIN = 1001


class Process:
    """A running bot; its log stands in `log`.

    `beginning` is the file of a database with the seed, which a started bot gets a copy of.
    """

    beginning: Path | None = None

    def __init__(self, folder: Path, api: BotApi) -> None:
        self.folder = folder
        self._api = api
        self._log = folder / "log.txt"
        self._process: asyncio.subprocess.Process

    @classmethod
    async def start(cls, folder: Path, api: BotApi, **settings: str) -> Process:
        """Start the bot in the working folder `folder`; `api` delivers to it."""
        placed = settings.keys() & {"DATABASE_URL", "STATE_DIR", "SEED"}
        if cls.beginning and not placed and not (folder / "data").exists():
            shutil.copytree(cls.beginning.parent, folder / "data")
        process = cls(folder, api)
        await process.begin(**settings)
        return process

    command = (sys.executable, "-W", "error", "-m", "bot")

    def environment(self, **settings: str) -> dict[str, str]:
        """What a process is started with."""
        return {
            "PATH": os.environ["PATH"],
            "LOG_LEVEL": "DEBUG",
            "SEED": "region",
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self._api.url,
            "ADMIN_IDS": str(ADMIN),
            **settings,
        }

    async def begin(self, **settings: str) -> None:
        """Start the bot, again when it has ended; it has begun to poll, or has set its webhook."""
        polls, calls = self._api.polls, len(self._api.calls)
        with self._log.open("ab") as file:
            self._process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self.folder,
                env=self.environment(**settings),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        for _ in range(600):
            set_now = any(
                c.method == "setWebhook" and not c.refused for c in self._api.calls[calls:]
            )
            if self._api.polls > polls or set_now:
                return
            if self._process.returncode is not None:
                break
            await asyncio.sleep(0.1)
        await self.stop()
        raise AssertionError(f"the bot did not start:\n{self.log}")

    @property
    def log(self) -> str:
        """All that the process has written so far."""
        return self._log.read_text()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def interrupt(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the process a signal."""
        self._process.send_signal(number)

    async def ended(self, seconds: float = 30) -> int:
        """The exit status, once the process has ended."""
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def stop(self) -> int:
        """End the process, as Ctrl-C does, if it still runs; its exit status."""
        if self._process.returncode is None:
            self.interrupt(signal.SIGINT)
        return await self.ended()
