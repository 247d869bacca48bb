"""The key of an account in the registry, and the names in it that could be imitated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from directory.links.address import SITE
from directory.links.imitation import stem
from directory.model import Link

_NUMBER = re.compile(r"(?:club|id|app)[\d_-]+|(?:group|profile|channel|id)/\w+")


def identity(link: Link) -> str:
    """The key under which a link is the same however it was written: case, «www.», http, last «/».

    Not for making addresses: case may matter to the network.
    """
    account = link.account.casefold()
    if link.platform == SITE:
        account = account.removeprefix("www.").rstrip("/")
    return f"{link.platform}:{account}"


def above(key: str) -> Iterator[str]:
    """The keys of the parts of a site that a page of it lies in, the nearest first."""
    rest, query, _ = key.partition("?")
    rest = rest.rstrip("/")
    if query:
        yield rest
    while "/" in rest:
        rest = rest.rpartition("/")[0].rstrip("/")
        yield rest


def platform_of(key: str) -> str:
    """The platform of an account."""
    return key.partition(":")[0]


def host_of(key: str) -> str:
    """The host of a site's key, without «www.»."""
    return key.partition(":")[2].partition("/")[0].partition("?")[0]


def name_of(key: str) -> str | None:
    """The name in a key that could be imitated: a nick, the name of a host; None for numbers."""
    platform, _, account = key.partition(":")
    if platform == SITE:
        return stem(host_of(key))
    return None if _NUMBER.fullmatch(account) else account.rpartition("/")[2]
