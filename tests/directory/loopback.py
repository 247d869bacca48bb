"""Servers on loopback that stand for sites, and names that lead to them."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address

from aiohttp import AddrInfoType, web
from aiohttp.abc import AbstractResolver, ResolveResult

from directory.linkcheck.policy import Policy
from directory.model import Link

OPEN, INNER = "127.0.0.1", "127.0.0.2"
"""The address that tests may connect to, and one that stands for what nobody may."""


def only_open(address: IPv4Address | IPv6Address) -> bool:
    """Judge as production does, with `OPEN` for the open Internet."""
    return str(address) == OPEN


@dataclass(frozen=True, slots=True)
class LoopbackPolicy(Policy):
    """For tests: quick, of one address, and noting each address a socket was made for."""

    allows: Callable[[IPv4Address | IPv6Address], bool] = only_open
    pause: float = 0.0
    timeout: float = 5.0
    sockets: list[str] = field(default_factory=list)

    def socket(self, info: AddrInfoType) -> socket.socket:
        """The socket, noted."""
        # Slots make the class anew: `super()` without arguments would mean the one before.
        made = Policy.socket(self, info)
        self.sockets.append(str(info[4][0]))
        return made


class Names(AbstractResolver):
    """Resolves made-up names to addresses and ports; counts how often each was asked for."""

    def __init__(self) -> None:
        self.places: dict[str, list[tuple[str, int]]] = {}
        self.asked: Counter[str] = Counter()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The places of the name, whichever port was asked for."""
        self.asked[host] += 1
        if host not in self.places:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host, host=address, port=at, family=socket.AF_INET, proto=0, flags=0
            )
            for address, at in self.places[host]
        ]

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Site:
    """A server that answers as `pages` say, and notes what it was asked."""

    port: int = 0
    pages: dict[str, Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = field(
        default_factory=dict
    )
    requests: list[web.BaseRequest] = field(default_factory=list)
    most_at_once: int = 0
    now: int = 0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        self.requests.append(request)
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        try:
            page = self.pages.get(request.path)
            return await page(request) if page else web.Response(text="<h1>Школа</h1>")
        finally:
            self.now -= 1

    @property
    def hits(self) -> int:
        """How many requests came."""
        return len(self.requests)


@asynccontextmanager
async def serving(address: str = OPEN) -> AsyncIterator[Site]:
    """A site on a port of its own."""
    site = Site()
    runner = web.ServerRunner(web.Server(site.answer), shutdown_timeout=0.001)
    await runner.setup()
    try:
        await web.TCPSite(runner, address, 0).start()
        site.port = runner.addresses[0][1]
        yield site
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[int]:
    """A server that sends what `talk` writes, whatever that is; yields its port."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, OPEN, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def sent_on(to: str, status: int = 302) -> Callable[[web.BaseRequest], Awaitable[web.Response]]:
    """A page that redirects."""

    async def page(_request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, headers={"Location": to})

    return page


def says(
    text: str, status: int = 200, charset: str = "utf-8"
) -> Callable[[web.BaseRequest], Awaitable[web.Response]]:
    """A page with this text."""

    async def page(_request: web.BaseRequest) -> web.Response:
        return web.Response(
            body=text.encode(charset), status=status, content_type="text/html", charset=charset
        )

    return page


def link(account: str) -> Link:
    """The link of a made-up site."""
    return Link("site", "http", account)
