"""The verdict on a link: official, hidden, look-alike, unknown, or no link at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from directory.links.address import SITE
from directory.links.data import (
    DOMAINS,
    HOSTS,
    PLATFORMS,
    SERVICES_OF_PLATFORMS,
    SERVICES_OF_STATE,
    Platform,
)
from directory.links.hosts import is_trusted, within
from directory.links.imitation import embedded, is_same_name, platform_imitated, platforms_hinted
from directory.links.keys import above, host_of, identity, name_of
from directory.links.known_page import KnownPage, Resemblance
from directory.links.letters import harmless, latin
from directory.links.parse import Address, is_refused, parse, read, trimmed
from directory.links.reasons import (
    hijacked,
    how_to_check,
    not_listed,
    official,
    opens_other,
    platform_service,
    proves_nothing,
    read_differently,
    resembles_account,
    resembles_platform,
    retired,
    same_name,
    shared_site,
    state_service,
    window_of,
    withdrawn,
)
from directory.links.refusal import Refusal
from directory.links.registry import Registry
from directory.links.rough import RoughReading, host_in, is_mail, nick_in, readable, readings
from directory.links.verdict import Ground, LinkVerdict, Verdict
from directory.mapped import Array, Arrays
from directory.model import Link, Page, PageLink, Status
from directory.translation import say

_SERVICE = "feedback"
"""The slot in which links are read here: services are official links as well."""

_LONGEST_NICK = 64
"""Longer names no network gives; comparing them would take long."""

_UNCHANGED = 4_000
"""Pages of which it is remembered that they are shown as they are: as many as are at hand."""

_TELEGRAM = PLATFORMS["telegram"]


class Verifier:
    """Verdicts from the pages of the directory, in memory.

    Say 175 000 pages with 400 000 links: built in seconds, a verdict takes about a millisecond.
    """

    def __init__(self, pages: Iterable[Page] = (), *, kept: Arrays | None = None) -> None:
        self._registry = Registry(kept)
        self._unchanged: dict[str, Page] = {}
        self.update(pages)

    def update(self, changed: Iterable[Page], removed: Iterable[str] = ()) -> None:
        """Take in pages that are new or have changed, and drop those with the ids `removed`."""
        self._unchanged.clear()  # a link may have been withdrawn on another page
        for page_id in removed:
            self._registry.drop(page_id)
        for page in changed:
            self._registry.put(page)
        self._registry.likeness.settle()

    @property
    def pages(self) -> int:
        """How many pages are known, with and without links."""
        return self._registry.pages

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """All that is known, to be kept in a file."""
        return self._registry.arrays()

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
        return (
            self._known(address)
            or _service_of_state(link)
            or self._resembling(link)
            or self._unknown(link)
        )

    def as_shown(self, page: Page) -> Page:
        """The page without the links that it came to show after they were withdrawn on another one:
        by an undo, or with another territory; and with the doubts of those that are taken over. No
        card shows what is warned of without a warning."""
        if self._unchanged.get(page.id) is page:
            return page
        links = tuple(self._link_as_shown(page, x) for x in page.links)
        if links != page.links:
            return replace(page, links=links)
        if len(self._unchanged) >= _UNCHANGED:
            self._unchanged.clear()
        self._unchanged[page.id] = page
        return page

    def _link_as_shown(self, page: Page, link: PageLink) -> PageLink:
        key = identity(link.link)
        if link.hidden or (known := self._registry.page(page.id)) is None:
            return link
        if why := self._registry.withdrawn_elsewhere(known, key):
            return replace(link, hidden=why)
        taken = self._registry.hijacked_elsewhere(known, key)
        return replace(link, doubt=hijacked(*taken, key)) if taken else link

    def has_site(self, link: Link) -> bool:
        """Whether the host of a site is one that the directory knows already."""
        return link.platform == SITE and self._registry.has_host(link.account.partition("/")[0])

    def _known(self, address: Address) -> LinkVerdict | None:
        key = identity(address.link)
        known = self._registry.find(key)
        if known:
            return self._verdict_on(known, key, self._doubt(address, known))
        platform = address.link.platform
        on_site = self._on_site(key, address.doubt) if platform == SITE else None
        return on_site or self._former(key, platform)

    def _on_site(self, key: str, doubt: str) -> LinkVerdict | None:
        """A page of a site belongs to the holder of the site, or of the part above it."""
        for part in above(key):
            if self._registry.is_shared(part):
                why = shared_site(host_of(part))
                return LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED, why=why)
            known = self._registry.find(part)
            if known:
                return self._verdict_on(known, part, doubt, inside=True)
        return None

    def _former(self, key: str, platform: str) -> LinkVerdict | None:
        """What is said of an account, or a page of a site, whose page left the directory."""
        former = next(filter(None, map(self._registry.retired, (key, *above(key)))), None)
        if former is None:
            return None
        return LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED, why=retired(former, platform))

    def _doubt(self, address: Address, known: KnownPage) -> str:
        """Why what opens may be something else than the page's account, "" when it is that."""
        if address.over and identity(address.over) not in known.keys:
            return window_of(address.over.account)
        return address.doubt if address.link.platform != SITE else ""

    def _verdict_on(
        self, known: KnownPage, key: str, doubt: str, *, inside: bool = False
    ) -> LinkVerdict:
        reason = known.withdrawn(key)
        if reason:
            why = withdrawn(known, reason)
            return LinkVerdict(Verdict.HIDDEN, Ground.WITHDRAWN, known.id, why=why)
        if taken := self._registry.hijacked_elsewhere(known, key):
            why = hijacked(*taken, key)
            return LinkVerdict(Verdict.UNKNOWN, Ground.WITHDRAWN, known.id, key, why)
        if doubt:
            return _opens_other(known, key, doubt)
        after = self._registry.successor_of(known)
        others = self._registry.holders(key) - 1
        why = official(known, key, after, others=others, inside=inside)
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
            why = say("«{given}» — не ник и не ссылка.", given=harmless(text))
            return LinkVerdict(Verdict.NOT_A_LINK, Ground.NO_LINK, why=why)
        address = read(f"{_TELEGRAM.domains[0]}/{nick}", slot=_SERVICE)
        if isinstance(address, Address):
            return self._read(address)
        why, beside = proves_nothing(_TELEGRAM.id), how_to_check(_TELEGRAM.id)
        return self._imitated_nick(nick, _TELEGRAM.id) or LinkVerdict(
            Verdict.UNKNOWN, Ground.NOT_LISTED, why=why, beside=beside
        )

    def _resembling(self, link: Link) -> LinkVerdict | None:
        if link.platform != SITE:
            if link.kind != "name":
                same = self._registry.number_elsewhere(link)
                return self._resembles(link.account, link.platform, same)
            nick = link.account.rpartition("/")[2]
            return self._imitated_nick(nick, link.platform)
        host, _, path = link.account.partition("/")
        if self._registry.has_host(host):
            return None
        return None if is_trusted(host) else self._host(host, path)

    def _imitated_nick(self, nick: str, platform: str | None) -> LinkVerdict | None:
        if len(nick) > _LONGEST_NICK:
            return None
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
        if is_mail(text) or not (found or re.match(r"https?:|tg:", text, re.I)):
            return LinkVerdict(Verdict.NOT_A_LINK, Ground.NO_LINK, why=why)
        for reading in found:
            seen = self._imitation(text, reading)
            if seen and seen.ground is Ground.SERVICE:
                return seen
            if seen:
                return replace(seen, why=f"{seen.why} {why}")
        return LinkVerdict(Verdict.UNKNOWN, Ground.UNREADABLE, why=why)

    def _imitation(self, text: str, reading: RoughReading) -> LinkVerdict | None:
        """What a refused address imitates."""
        seen = reading.seen
        platform = HOSTS.get(seen)
        if platform is not None:
            name = nick_in(reading.path)
            account = self._account(platform, reading.path) or self._account(platform, name)
            if not reading.plain:
                return _false_host(seen, account)
            if account:
                if not name.isascii():
                    return self._resembles(name, platform.id, account)
                return self._verdict_on(account.known, account.key, read_differently())
            named = name.casefold() not in platform.stop and not is_refused(platform, reading.path)
            return self._imitated_nick(name, platform.id) if named else None
        if within(seen, DOMAINS):
            return _service_of_platform(seen) if reading.plain else _false_host(seen, None)
        known = self._registry.on_host(reading.host) or self._registry.on_host(seen)
        if known:
            if reading.plain:
                return self._verdict_on(known.known, known.key, read_differently())
            return self._resembles(readable(host_in(text)), SITE, known)
        if is_trusted(seen):
            return None if reading.plain else _false_host(seen, None)
        return self._host(reading.host, reading.path)

    def _host(self, host: str, path: str) -> LinkVerdict | None:
        """What a host outside the platforms imitates."""
        seen = latin(host)
        inner = embedded(host, self._is_known_host) or embedded(seen, self._is_known_host)
        if inner:
            platform = HOSTS.get(inner)
            site = self._registry.on_host(inner) if platform is None else None
            if site:
                return self._resembles(host, SITE, site)
            return _false_host(inner, self._account(platform, path) if platform else None)
        domain = platform_imitated(seen)
        if domain:
            platform = HOSTS.get(domain)
            return _false_host(domain, self._account(platform, path) if platform else None)
        for hinted in platforms_hinted(seen):
            if account := self._account(HOSTS.get(hinted), path):
                return _false_host(hinted, account)
        zone = self._registry.domain_resembled(host)
        if zone:
            domain, site = zone
            if site is None or self._registry.likeness.is_housing(domain):
                return _false_host(domain, site)
            return self._resembles(host, SITE, site)
        return self._resembles(host, SITE, self._registry.host_resembled(host))

    def _is_known_host(self, host: str) -> bool:
        return (
            host in HOSTS
            or within(host, DOMAINS) is not None
            or is_trusted(host)
            or self._registry.has_host(host)
            or self._registry.likeness.has_domain(host)
        )

    def _unknown(self, link: Link) -> LinkVerdict:
        why, beside = not_listed(link, is_site_known=self.has_site(link))
        return LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED, why=why, beside=beside)

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


def _may_be_its_own(given: str, platform: str, found: Resemblance) -> bool:
    """Whether the page resembled may have opened the account itself: the same name on a network on
    which the directory has no account of the page."""
    if found.key.startswith(f"{platform}:") or found.known.has_account_on(platform):
        return False
    return name_of(found.key) is not None and is_same_name(given, found.name)


def _opens_other(known: KnownPage, key: str, doubt: str) -> LinkVerdict:
    why = opens_other(known, key, doubt)
    return LinkVerdict(Verdict.UNKNOWN, Ground.OPENS_OTHER, known.id, key, why)


def _false_host(domain: str, account: Resemblance | None) -> LinkVerdict:
    page, of = (account.known.id, account.key) if account else (None, None)
    why = resembles_platform(domain, account)
    return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, page, of, why)


def _service_of_state(link: Link) -> LinkVerdict | None:
    if link.platform != SITE:
        return None
    what = SERVICES_OF_STATE.get(host_of(identity(link)))
    if what is None:
        return None
    return LinkVerdict(Verdict.OFFICIAL, Ground.SERVICE, why=state_service(what))


def _service_of_platform(host: str) -> LinkVerdict:
    owner = DOMAINS[within(host, DOMAINS) or ""].name
    why = platform_service(owner, SERVICES_OF_PLATFORMS.get(host, ""))
    return LinkVerdict(Verdict.UNKNOWN, Ground.SERVICE, why=why)
