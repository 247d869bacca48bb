"""What the check may connect to, and how politely it asks.

A name is resolved once, every address of it must be allowed, and the address that was judged is the
one connected to: it is judged again where the socket is made, which numeric hosts reach too.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address stands in the last 32 bits."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether the address is one of the open Internet, IPv4 within IPv6 being judged as IPv4."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        # Tunnels (6to4, Teredo) end at an IPv4 address of the sender's choice.
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


@dataclass(frozen=True, slots=True)
class Policy:
    """The defaults are those of production; only tests make another, in code.

    `allows` judges an address. `pause` are the seconds between two requests to one site with all
    its sub-domains, which are never asked at the same time; `at_once` bounds the requests to all.
    `timeout` are the seconds for one request with its answer.
    """

    allows: Callable[[IPv4Address | IPv6Address], bool] = is_public
    pause: float = 1.0
    at_once: int = 8
    timeout: float = 20.0

    def judge(self, address: str) -> None:
        """Raise `OSError` unless the numeric address may be connected to."""
        try:
            allowed = self.allows(ip_address(address.partition("%")[0]))
        except ValueError:
            allowed = False
        if not allowed:
            raise OSError(f"not an allowed address: {address}")

    def socket(self, info: AddrInfoType) -> socket.socket:
        """The socket for a connection to this very address; raises like `judge`."""
        family, kind, protocol, _, address = info
        self.judge(str(address[0]))
        return socket.socket(family, kind, protocol)


class JudgingResolver(AbstractResolver):
    """Resolves names with `resolver`, and refuses a name when any address of it is forbidden."""

    def __init__(self, resolver: AbstractResolver, policy: Policy) -> None:
        self._resolver = resolver
        self._policy = policy

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the name. Raises `OSError`."""
        found = await self._resolver.resolve(host, port, family)
        for each in found:
            self._policy.judge(each["host"])
        return found

    async def close(self) -> None:
        """Close the resolver."""
        await self._resolver.close()
