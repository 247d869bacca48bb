"""The verdict on names and hosts that resemble those of the directory or of the platforms."""

from __future__ import annotations

from directory.links.address import SITE
from directory.links.data import DOMAINS, HOSTS, Platform
from directory.links.hosts import is_trusted, within
from directory.links.imitation import embedded, is_same_name, platform_imitated, platforms_hinted
from directory.links.keys import identity, name_of
from directory.links.known_page import Resemblance
from directory.links.letters import latin
from directory.links.parse import parse
from directory.links.reasons import resembles_account, resembles_platform, same_name
from directory.links.refusal import Refusal
from directory.links.registry import Registry
from directory.links.verdict import Ground, LinkVerdict, Verdict
from directory.model import Link

SERVICE = "feedback"
"""The slot in which links are read here: services are official links as well."""

_LONGEST_NICK = 64
"""Longer names no network gives; comparing them would take long."""


class LookAlikes:
    """Tells what a link imitates; None for a link that imitates nothing."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def of_link(self, link: Link) -> LinkVerdict | None:
        """What an account or a site that the directory lacks imitates."""
        if link.platform != SITE:
            if link.kind != "name":
                same = self._registry.number_elsewhere(link)
                return self.verdict(link.account, link.platform, same)
            nick = link.account.rpartition("/")[2]
            return self.of_nick(nick, link.platform)
        host, _, path = link.account.partition("/")
        if self._registry.has_host(host):
            return None
        return None if is_trusted(host) else self.of_host(host, path)

    def of_nick(self, nick: str, platform: str | None) -> LinkVerdict | None:
        """What a nick imitates."""
        if len(nick) > _LONGEST_NICK:
            return None
        found = self._registry.nick_resembled(latin(nick), platform)
        return self.verdict(nick, platform, found)

    def verdict(
        self, given: str, platform: str | None, found: Resemblance | None
    ) -> LinkVerdict | None:
        """The verdict on a name that is taken for the account `found`."""
        if found is None:
            return None
        if platform and _may_be_its_own(given, platform, found):
            why = same_name(platform, found)
            return LinkVerdict(Verdict.UNKNOWN, Ground.SAME_NAME, found.known.id, found.key, why)
        why = resembles_account(given, platform, found)
        return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, found.known.id, found.key, why)

    def of_host(self, host: str, path: str) -> LinkVerdict | None:
        """What a host outside the platforms imitates."""
        seen = latin(host)
        inner = embedded(host, self._is_known_host) or embedded(seen, self._is_known_host)
        if inner:
            platform = HOSTS.get(inner)
            site = self._registry.on_host(inner) if platform is None else None
            if site:
                return self.verdict(host, SITE, site)
            return false_host(inner, self.account(platform, path))
        domain = platform_imitated(seen)
        if domain:
            platform = HOSTS.get(domain)
            return false_host(domain, self.account(platform, path))
        for hinted in platforms_hinted(seen):
            if account := self.account(HOSTS.get(hinted), path):
                return false_host(hinted, account)
        zone = self._registry.domain_resembled(host)
        if zone:
            domain, site = zone
            if site is None or self._registry.likeness.is_housing(domain):
                return false_host(domain, site)
            return self.verdict(host, SITE, site)
        return self.verdict(host, SITE, self._registry.host_resembled(host))

    def _is_known_host(self, host: str) -> bool:
        return (
            host in HOSTS
            or within(host, DOMAINS) is not None
            or is_trusted(host)
            or self._registry.has_host(host)
            or self._registry.likeness.has_domain(host)
        )

    def account(self, platform: Platform | None, path: str) -> Resemblance | None:
        """The account of the directory that a path would name on a platform."""
        if platform is None:
            return None
        link = parse(f"{platform.domains[0]}/{latin(path)}", slot=SERVICE)
        if isinstance(link, Refusal):
            return None
        key = identity(link)
        known = self._registry.find(key)
        return Resemblance(key, known, key.partition(":")[2]) if known else None


def false_host(domain: str, account: Resemblance | None) -> LinkVerdict:
    """The verdict on a host made to resemble a domain, and the account meant by its path."""
    page, of = (account.known.id, account.key) if account else (None, None)
    why = resembles_platform(domain, account)
    return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, page, of, why)


def _may_be_its_own(given: str, platform: str, found: Resemblance) -> bool:
    """Whether the page resembled may have opened the account itself: the same name on a network on
    which the directory has no account of the page."""
    if found.key.startswith(f"{platform}:") or found.known.has_account_on(platform):
        return False
    return name_of(found.key) is not None and is_same_name(given, found.name)
