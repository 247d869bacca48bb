"""Politeness: one request to a site at a time, a pause between two, and so many to all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


def site(host: str) -> str:
    """The host with all its sub-domains: schools by the thousand stand on one server."""
    return ".".join(host.rstrip(".").split(".")[-2:])


class HostTurns:
    """Gives each request its turn."""

    def __init__(self, pause: float, at_once: int) -> None:
        self._pause = pause
        self._all = asyncio.Semaphore(at_once)
        self._sites: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ended: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it for the block."""
        name = site(host)
        loop = asyncio.get_running_loop()
        async with self._sites[name]:
            if name in self._ended:
                await asyncio.sleep(self._ended[name] + self._pause - loop.time())
            try:
                async with self._all:
                    yield
            finally:
                self._ended[name] = loop.time()
