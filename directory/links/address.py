"""From a link back to an address: the only place where addresses are made."""

from __future__ import annotations

from directory.links.data import PLATFORMS
from directory.links.hosts import ascii_host
from directory.model import NETWORKS, Link
from directory.translation import say

SITE = "site"
"""The platform of links that are on no platform. Its kinds are the schemes `https` and `http`:
many courts and schools answer by http only, so the scheme is kept as it was given. Where none was
given it is https, as browsers try first."""


def url(link: Link) -> str:
    """The address of the link: ASCII, its host read alike by every parser."""
    if link.platform == SITE:
        host, slash, path = link.account.partition("/")
        return f"{link.kind}://{ascii_host(host)}/{path if slash else ''}"
    return PLATFORMS[link.platform].url[link.kind].format(account=link.account)


def label(link: Link) -> str:
    """The link as a short text: «vk.com/kurgan», «142-курган.все-доу.рф»."""
    if link.platform == SITE:
        return link.account
    return url(link).removeprefix("https://").rstrip("/")


def both_forms(link: Link) -> str:
    """The label, and for a national name also what travels: «…рф (xn--….xn--p1ai)»."""
    if link.platform != SITE or link.account.isascii():
        return label(link)
    return f"{link.account} ({ascii_host(link.account.partition('/')[0])})"


def slot_of(link: Link) -> str:
    """The column in which a link of this platform stands when none was named."""
    return link.platform if link.platform in NETWORKS else SITE


def platform_name(link: Link) -> str:
    """The platform in words: «ВКонтакте», «сайт»."""
    return say("сайт") if link.platform == SITE else say(PLATFORMS[link.platform].name)
