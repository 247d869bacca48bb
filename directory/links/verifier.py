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
)
from directory.links.hosts import is_trusted, within
from directory.links.keys import above, host_of, identity
from directory.links.known_page import KnownPage
from directory.links.letters import harmless
from directory.links.lookalikes import SERVICE, LookAlikes, false_host
from directory.links.parse import Address, is_refused, read, trimmed
from directory.links.reasons import (
    hijacked,
    how_to_check,
    not_listed,
    official,
    opens_other,
    platform_service,
    proves_nothing,
    read_differently,
    retired,
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

_UNCHANGED = 4_000
"""Pages of which it is remembered that they are shown as they are: as many as are at hand."""

_TELEGRAM = PLATFORMS["telegram"]


class Verifier:
    """Verdicts from the pages of the directory, in memory.

    Say 175 000 pages with 400 000 links: built in seconds, a verdict takes about a millisecond.
    """

    def __init__(self, pages: Iterable[Page] = (), *, kept: Arrays | None = None) -> None:
        self._registry = Registry(kept)
        self._lookalikes = LookAlikes(self._registry)
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
        address = read(text, slot=SERVICE)
        if isinstance(address, Refusal):
            return self._refused(text, address.why)
        return self._read(address)

    def _read(self, address: Address) -> LinkVerdict:
        link = address.link
        return (
            self._known(address)
            or _service_of_state(link)
            or self._lookalikes.of_link(link)
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
            why, beside = withdrawn(known, reason)
            return LinkVerdict(Verdict.HIDDEN, Ground.WITHDRAWN, known.id, why=why, beside=beside)
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
        address = read(f"{_TELEGRAM.domains[0]}/{nick}", slot=SERVICE)
        if isinstance(address, Address):
            return self._read(address)
        why, beside = proves_nothing(_TELEGRAM.id), how_to_check(_TELEGRAM.id)
        return self._lookalikes.of_nick(nick, _TELEGRAM.id) or LinkVerdict(
            Verdict.UNKNOWN, Ground.NOT_LISTED, why=why, beside=beside
        )

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
            account = self._lookalikes.account(platform, reading.path) or self._lookalikes.account(
                platform, name
            )
            if not reading.plain:
                return false_host(seen, account)
            if account:
                if not name.isascii():
                    return self._lookalikes.verdict(name, platform.id, account)
                return self._verdict_on(account.known, account.key, read_differently())
            named = name.casefold() not in platform.stop and not is_refused(platform, reading.path)
            return self._lookalikes.of_nick(name, platform.id) if named else None
        if within(seen, DOMAINS):
            return _service_of_platform(seen) if reading.plain else false_host(seen, None)
        known = self._registry.on_host(reading.host) or self._registry.on_host(seen)
        if known:
            if reading.plain:
                return self._verdict_on(known.known, known.key, read_differently())
            return self._lookalikes.verdict(readable(host_in(text)), SITE, known)
        if is_trusted(seen):
            return None if reading.plain else false_host(seen, None)
        return self._lookalikes.of_host(reading.host, reading.path)

    def _unknown(self, link: Link) -> LinkVerdict:
        why, beside = not_listed(link, is_site_known=self.has_site(link))
        return LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED, why=why, beside=beside)


def _opens_other(known: KnownPage, key: str, doubt: str) -> LinkVerdict:
    why = opens_other(known, key, doubt)
    return LinkVerdict(Verdict.UNKNOWN, Ground.OPENS_OTHER, known.id, key, why)


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
