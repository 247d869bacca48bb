"""The real process: `python -m bot` in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.e2e.botapi import TOKEN, BotApi

ADMIN = 1001


class Process:
    """A running bot; its log stands in `log`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    async def start(cls, folder: Path, api: BotApi) -> Process:
        """Start the bot in the working folder `folder`; it has begun to poll `api`."""
        log = folder / "log.txt"
        settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "ADMIN_IDS": str(ADMIN)}
        polls = api.polls
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "error", "-m", "bot"),
                cwd=folder,
                env={"PATH": os.environ["PATH"], "LOG_LEVEL": "DEBUG", **settings},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        started = cls(process, log)
        for _ in range(600):
            if api.polls > polls:
                return started
            if process.returncode is not None:
                break
            await asyncio.sleep(0.1)
        await started.stop()
        raise AssertionError(f"the bot did not start:\n{started.log}")

    @property
    def log(self) -> str:
        """All that the process has written so far."""
        return self._log.read_text()

    def interrupt(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the process a signal."""
        self._process.send_signal(number)

    async def ended(self, seconds: float = 30) -> int:
        """The exit status, once the process has ended."""
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def stop(self) -> None:
        """End the process if it still runs."""
        if self._process.returncode is None:
            self.interrupt()
            await self.ended()
