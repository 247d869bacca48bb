"""The verdict on a link: official, hidden, look-alike, unknown, or no link at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from directory.links.address import SITE, platform_name
from directory.links.data import HOSTS, PLATFORMS, Platform
from directory.links.hosts import is_trusted
from directory.links.imitation import embedded, parent, platform_hinted, platform_imitated
from directory.links.letters import harmless, latin
from directory.links.parse import Address, parse, read, trimmed
from directory.links.reasons import (
    how_to_check,
    official,
    opens_other,
    resembles_account,
    resembles_platform,
    retired,
    same_name,
    window_of,
    withdrawn,
)
from directory.links.refusal import Refusal
from directory.links.registry import Known, Registry, Resemblance, identity
from directory.links.rough import Reading, readable, readings
from directory.links.verdict import Ground, LinkVerdict, Verdict
from directory.model import Link, Page, Status

_SERVICE = "feedback"
"""The slot in which links are read here: services are official links as well."""

_TELEGRAM = PLATFORMS["telegram"]


class Verifier:
    """Verdicts from the pages of the directory, in memory.

    Say 175 000 pages with 400 000 links: built in seconds, a verdict takes about a millisecond.
    """

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._registry = Registry()
        self.update(pages)

    def update(self, changed: Iterable[Page], removed: Iterable[str] = ()) -> None:
        """Take in pages that are new or have changed, and drop those with the ids `removed`."""
        for page_id in removed:
            self._registry.drop(page_id)
        for page in changed:
            self._registry.put(page)
        self._registry.settle()

    def verify(self, text: str) -> LinkVerdict:
        """The verdict on one link as pasted: an address in any form, or Telegram's `@nick`."""
        text = trimmed(text)
        if text.startswith("@"):
            return self._nick(text)
        address = read(text, slot=_SERVICE)
        if isinstance(address, Refusal):
            return self._refused(text, address.why)
        return self._read(address)

    def _read(self, address: Address) -> LinkVerdict:
        link = address.link
        return self._known(address) or self._resembling(link) or _unknown(link)

    def has_site(self, link: Link) -> bool:
        """Whether the host of a site is one that the directory knows already."""
        return link.platform == SITE and self._registry.has_host(link.account.partition("/")[0])

    def _known(self, address: Address) -> LinkVerdict | None:
        for key in _keys(address):
            known = self._registry.find(key)
            if known:
                return self._verdict_on(known, key, self._doubt(address, known))
        former = next(filter(None, map(self._registry.retired, _keys(address))), None)
        if former:
            return LinkVerdict(
                Verdict.UNKNOWN, Ground.NOT_LISTED, why=retired(former, address.link.platform)
            )
        return None

    def _doubt(self, address: Address, known: Known) -> str:
        """Why what opens may be something else than the page's account, "" when it is that."""
        if address.over and identity(address.over) not in known.keys:
            return window_of(address.over.account)
        return address.doubt if address.link.platform != SITE else ""

    def _verdict_on(self, known: Known, key: str, doubt: str) -> LinkVerdict:
        reason = known.withdrawn(key)
        if reason:
            why = withdrawn(known, reason)
            return LinkVerdict(Verdict.HIDDEN, Ground.WITHDRAWN, known.id, why=why)
        if doubt:
            why = opens_other(known, key, doubt)
            return LinkVerdict(Verdict.UNKNOWN, Ground.OPENS_OTHER, known.id, key, why)
        after = self._registry.successor_of(known)
        why = official(known, key, after)
        if known.status is Status.CLOSED:
            instead = after.id if after else None
            return LinkVerdict(
                Verdict.OFFICIAL, Ground.CLOSED, known.id, why=why, successor=instead
            )
        return LinkVerdict(Verdict.OFFICIAL, Ground.LISTED, known.id, why=why)

    def _nick(self, text: str) -> LinkVerdict:
        """A nick means Telegram, whatever other networks have an account of that name."""
        nick = text.removeprefix("@")
        if not re.fullmatch(r"[\w.]{2,64}", nick):
            why = f"«{harmless(text)}» — не ник и не ссылка."
            return LinkVerdict(Verdict.NOT_A_LINK, Ground.NO_LINK, why=why)
        address = read(f"{_TELEGRAM.domains[0]}/{nick}", slot=_SERVICE)
        if isinstance(address, Address):
            return self._read(address)
        return self._imitated_nick(nick, _TELEGRAM.id) or LinkVerdict(
            Verdict.UNKNOWN, Ground.NOT_LISTED, why=how_to_check(_TELEGRAM.id)
        )

    def _resembling(self, link: Link) -> LinkVerdict | None:
        if link.platform != SITE:
            if link.kind != "name":
                same = self._registry.number_elsewhere(link)
                return self._resembles(link.account, link.platform, same)
            nick = link.account.rpartition("/")[2]
            return self._imitated_nick(nick, link.platform)
        host, _, path = link.account.partition("/")
        return None if is_trusted(host) else self._host(latin(host), path)

    def _imitated_nick(self, nick: str, platform: str | None) -> LinkVerdict | None:
        found = self._registry.nick_resembled(latin(nick), platform)
        return self._resembles(nick, platform, found)

    def _resembles(
        self, given: str, platform: str | None, found: Resemblance | None
    ) -> LinkVerdict | None:
        if found is None:
            return None
        if platform and _may_be_its_own(given, platform, found):
            why = same_name(platform, found)
            return LinkVerdict(Verdict.UNKNOWN, Ground.SAME_NAME, found.known.id, found.key, why)
        why = resembles_account(given, platform, found)
        return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, found.known.id, found.key, why)

    def _refused(self, text: str, why: str) -> LinkVerdict:
        found = list(readings(text))
        if _is_mail(text) or not (found or re.match(r"https?:|tg:", text, re.I)):
            return LinkVerdict(Verdict.NOT_A_LINK, Ground.NO_LINK, why=why)
        for reading in found:
            seen = self._imitation(text, reading)
            if seen:
                return replace(seen, why=f"{seen.why} {why}")
        return LinkVerdict(Verdict.UNKNOWN, Ground.UNREADABLE, why=why)

    def _imitation(self, text: str, reading: Reading) -> LinkVerdict | None:
        """What a refused address imitates."""
        platform = HOSTS.get(reading.host)
        if platform is not None:
            account = self._account(platform, reading.path)
            if not reading.plain:
                return _false_host(reading.host, account)
            name = reading.path.partition("/")[0]
            if account and not name.isascii():
                return self._resembles(name, platform.id, account)
            return None if name.isascii() else self._imitated_nick(name, platform.id)
        known = self._registry.find(f"{SITE}:{reading.host.removeprefix('www.')}")
        if known:
            key = f"{SITE}:{reading.host.removeprefix('www.')}"
            found = Resemblance(key, known, key.partition(":")[2])
            return None if reading.plain else self._resembles(readable(_host_of(text)), SITE, found)
        if is_trusted(reading.host):
            return None if reading.plain else _false_host(reading.host, None)
        return self._host(reading.host, reading.path)

    def _host(self, host: str, path: str) -> LinkVerdict | None:
        """What a host outside the platforms imitates."""
        inner = embedded(host, lambda part: self._is_known_host(part))
        if inner:
            platform = HOSTS.get(inner)
            if platform is None and self._registry.has_host(inner):
                key = f"{SITE}:{inner.removeprefix('www.')}"
                known = self._registry.find(key)
                assert known is not None
                return self._resembles(host, SITE, Resemblance(key, known, inner))
            return _false_host(inner, self._account(platform, path) if platform else None)
        domain = platform_imitated(host)
        if domain:
            platform = HOSTS.get(domain)
            return _false_host(domain, self._account(platform, path) if platform else None)
        hinted = platform_hinted(host)
        account = self._account(HOSTS.get(hinted), path) if hinted else None
        if hinted and account:
            return _false_host(hinted, account)
        zone = self._registry.zone_resembled(host)
        if zone:
            inner = host.removesuffix(parent(host)) + zone
            known = self._registry.find(f"{SITE}:{inner}")
            account = Resemblance(f"{SITE}:{inner}", known, inner) if known else None
            return _false_host(zone, account)
        found = self._registry.host_resembled(host)
        if found is None:
            return None
        return self._resembles(host, SITE, Resemblance(found.key, found.known, found.host))

    def _is_known_host(self, host: str) -> bool:
        return HOSTS.get(host) is not None or is_trusted(host) or self._registry.has_host(host)

    def _account(self, platform: Platform | None, path: str) -> Resemblance | None:
        """The account of the directory that a path would name on a platform."""
        if platform is None:
            return None
        link = parse(f"{platform.domains[0]}/{latin(path)}", slot=_SERVICE)
        if isinstance(link, Refusal):
            return None
        key = identity(link)
        known = self._registry.find(key)
        return Resemblance(key, known, key.partition(":")[2]) if known else None


def _keys(address: Address) -> Iterator[str]:
    """The keys under which the link may be known: a page of a site belongs to whoever has the site
    or the part of it above the page, unless the site may lead elsewhere by it."""
    link = address.link
    yield identity(link)
    if link.platform == SITE and not address.doubt:
        account = link.account.partition("?")[0].rstrip("/")
        while account:
            yield identity(Link(SITE, link.kind, account))
            account = account.rpartition("/")[0]


def _may_be_its_own(given: str, platform: str, found: Resemblance) -> bool:
    """Whether the page resembled may have opened the account itself: the same name on a network on
    which the directory has no account of the page."""
    if found.key.startswith(f"{platform}:") or found.known.has_account_on(platform):
        return False
    return _bare(given) == _bare(found.name)


def _bare(name: str) -> str:
    return re.sub(r"[._-]", "", name.casefold())


def _host_of(text: str) -> str:
    return re.split(r"[/?#]", re.sub(r"^\w+:/*", "", text), maxsplit=1)[0]


def _is_mail(text: str) -> bool:
    return re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text) is not None


def _false_host(domain: str, account: Resemblance | None) -> LinkVerdict:
    page, of = (account.known.id, account.key) if account else (None, None)
    why = resembles_platform(domain, account)
    return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, page, of, why)


def _unknown(link: Link) -> LinkVerdict:
    state = "Такого сайта в справочнике нет."
    if link.platform != SITE:
        state = f"{platform_name(link)}: такой страницы в справочнике нет."
    elif is_trusted(link.account.partition("/")[0]):
        state += " Адрес в государственной зоне: чужих сайтов в ней не бывает."
    why = f"{state} {how_to_check(link.platform)}"
    return LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED, why=why)
