"""The accounts of the directory in memory: who has which, and which names resemble a given one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.links.address import SITE
from directory.links.data import PLATFORMS
from directory.links.imitation import (
    is_generic,
    numbers_differ,
    parent,
    stem,
    swapped,
    without_added,
    without_number,
)
from directory.links.letters import skeleton
from directory.links.names import Names
from directory.model import Link, Page, Status

_COMMUNITY = re.compile(rf"(?:{'|'.join(map(skeleton, ('club', 'public', 'event')))})([\dols]+)")
_DIGITS = str.maketrans("ols", "015")
_NUMBER = re.compile(r"(?:club|id|app)[\d_-]+|(?:group|profile|channel|id)/\w+")


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What is known of one link of a page beside its being there; see `model.PageLink`."""

    hidden: str
    on_site: date | None
    confirmed: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a verdict tells of a page. `notes` has only the links of which something is known."""

    id: str
    title: str
    category: str
    territory: int | None
    source: str
    mark: bool | None
    checked_at: date | None
    status: Status
    hidden: str
    successor: str
    keys: tuple[str, ...]
    notes: dict[str, LinkNote]

    def has_account_on(self, platform: str) -> bool:
        """Whether the page has an account on a platform, shown or withdrawn."""
        return any(key.startswith(f"{platform}:") for key in self.keys)

    def withdrawn(self, key: str) -> str:
        """Why the link with this key was withdrawn, "" when it may be shown."""
        if self.status is Status.HIDDEN:
            return self.hidden or "причина не названа"
        note = self.notes.get(key)
        return note.hidden if note else ""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The account that a given one resembles, and the name of it that was compared."""

    key: str
    known: Known
    name: str

    @property
    def host(self) -> str:
        """The account without its platform."""
        return self.key.partition(":")[2]


_HOUSING = 3
"""As many sites of the directory under one domain show that it houses bodies of every sort."""

_SHORTEST_HOST = 5
"""Shorter names of sites are taken by chance («isu», «lsu»)."""

_NO_NOTES: dict[str, LinkNote] = {}


def identity(link: Link) -> str:
    """The key under which a link is the same however it was written: case, «www.», http, last «/».

    Not for making addresses: case may matter to the network.
    """
    account = link.account.casefold()
    if link.platform == SITE:
        account = account.removeprefix("www.").rstrip("/")
    return f"{link.platform}:{account}"


def name_of(key: str) -> str | None:
    """The name in a key that could be imitated: a nick, the name of a host; None for numbers."""
    platform, _, account = key.partition(":")
    if platform == SITE:
        return None if "/" in account else stem(account)
    return None if _NUMBER.fullmatch(account) else account.rpartition("/")[2]


def _host(key: str) -> str:
    return key.partition(":")[2]


def _reaches(withdrawn: Known, page: Known) -> bool:
    """Whether a withdrawal on one page holds for the other; see `directory.withdrawals`.

    The registry knows no places below others: those count as beyond its reach.
    """
    at_or_above = withdrawn.territory in (None, page.territory)
    return at_or_above and withdrawn.category == page.category


class Registry:
    """Links by identity, and their names by resemblance. Kept up to date page by page."""

    def __init__(self) -> None:
        self._pages: dict[str, Known] = {}
        self._links: dict[str, tuple[Known, ...]] = {}
        self._retired: dict[str, tuple[Known, ...]] = {}
        self._nicks = Names(one_edit=7, two_edits=12)
        self._cores = Names(one_edit=7, two_edits=12)
        self._hosts = Names(one_edit=9, two_edits=14)
        self._zones: Counter[str] = Counter()
        self._zone_names = Names(one_edit=6, two_edits=14)

    def put(self, page: Page) -> None:
        """Enter a page, in the place of what was known of it."""
        self.drop(page.id)
        keys = tuple(dict.fromkeys(identity(x.link) for x in page.links))
        notes = {
            identity(x.link): LinkNote(x.hidden, x.on_site, x.confirmed)
            for x in page.links
            if x.hidden or x.on_site or x.confirmed
        }
        known = Known(
            page.id, page.title, page.category, page.territory,
            page.source, page.official_mark, page.checked_at,
            page.status, page.hidden, page.successor, keys, notes or _NO_NOTES,
        )  # fmt: skip
        self._pages[page.id] = known
        links = self._links_of(known)
        for key in keys:
            others = links.get(key)
            links[key] = (*others, known) if others else (known,)
            if not others and links is self._links:
                self._enter(key, Names.add)

    def drop(self, page_id: str) -> None:
        """Forget a page; unknown ids are passed over."""
        known = self._pages.pop(page_id, None)
        if known is None:
            return
        links = self._links_of(known)
        for key in known.keys:
            rest = tuple(other for other in links[key] if other is not known)
            if rest:
                links[key] = rest
                continue
            del links[key]
            if links is self._links:
                self._enter(key, Names.remove)

    def _links_of(self, known: Known) -> dict[str, tuple[Known, ...]]:
        """Where a page's links are kept: nothing is vouched for by, or compared with, a retired
        page."""
        return self._retired if known.status is Status.RETIRED else self._links

    def settle(self) -> None:
        """Do at once what the first verdict would otherwise wait for."""
        self._nicks.settle()
        self._hosts.settle()
        self._zone_names.settle()

    def _enter(self, key: str, into: Callable[[Names, str, str], None]) -> None:
        name = name_of(key)
        if not name:
            return
        if key.startswith(f"{SITE}:"):
            into(self._hosts, name, key)
            self._house(parent(_host(key)), 1 if into is Names.add else -1)
            return
        into(self._nicks, name, key)
        for core in set(without_added(name)):
            into(self._cores, core, key)

    def _house(self, zone: str, sites: int) -> None:
        before = self._zones[zone]
        self._zones[zone] += sites
        if (before >= _HOUSING) != (self._zones[zone] >= _HOUSING):
            (self._zone_names.add if sites > 0 else self._zone_names.remove)(stem(zone), zone)

    def find(self, key: str) -> Known | None:
        """The page with this account. Of several, one that shows it, unless the link was withdrawn
        on a page whose withdrawals reach that one."""
        found = self._links.get(key)
        if not found:
            return None
        bad = [page for page in found if self._bad(page, key)]
        good = [
            page
            for page in found
            if not page.withdrawn(key) and not any(_reaches(other, page) for other in bad)
        ]
        return min(good or bad or found, key=lambda x: x.status is not Status.ACTIVE)

    def successor_of(self, known: Known) -> Known | None:
        """The last page in the chain of successors of a closed one, None when it is not shown."""
        seen = {known.id}
        found = known
        while found.status is Status.CLOSED and found.successor and found.successor not in seen:
            seen.add(found.successor)
            after = self._pages.get(found.successor)
            if after is None:
                break
            found = after
        unseen = (Status.HIDDEN, Status.RETIRED)
        return None if found is known or found.status in unseen else found

    def retired(self, key: str) -> Known | None:
        """The retired page with this account, which no page of the directory has."""
        return next(iter(self._retired.get(key, ())), None)

    @staticmethod
    def _bad(known: Known, key: str) -> bool:
        note = known.notes.get(key)
        return bool(note and note.hidden)

    def has_host(self, host: str) -> bool:
        """Whether the host itself (not a path on it) is an account."""
        return f"{SITE}:{host.removeprefix('www.')}" in self._links

    def nick_resembled(self, nick: str, platform: str | None) -> Resemblance | None:
        """The account that a nick resembles: the same on another network, drawn alike, with words
        added, with its parts swapped, with a number added, or a few edits away."""
        nick = nick.casefold()
        seen = skeleton(nick)
        own = f"{platform}:"
        return self._first(
            platform,
            nick,
            () if is_generic(nick) else self._elsewhere(nick),
            (
                key
                for key in self._nicks.same(seen)
                if not is_generic(nick) or key[: len(own)] == own
            ),
            self._numbers(seen, *without_added(nick)),
            (key for rest in without_added(nick) for key in self._nicks.same(rest)),
            (
                key
                for rest in without_added(nick)
                if len(rest) > 5
                for key in self._cores.same(rest)
            ),
            (key for order in swapped(nick) for key in self._nicks.same(order)),
            (key for rest in without_number(nick) for key in self._nicks.same(rest)),
            (key for key in self._nicks.near(seen) if not numbers_differ(nick, name_of(key) or "")),
        )

    def number_elsewhere(self, link: Link) -> Resemblance | None:
        """The account with the same number or name on another network, for a link without a name:
        a channel that calls itself «club123» as a community of another network is numbered."""
        account = link.account.casefold()
        return self._first(None, account, self._elsewhere(account))

    def _elsewhere(self, nick: str) -> Iterator[str]:
        for platform in PLATFORMS:
            for account in (nick, f"u/{nick}"):
                key = f"{platform}:{account}"
                if key in self._links:
                    yield key

    def _numbers(self, *seen: str) -> Iterator[str]:
        """The communities for whose numbers these skeletons pass: «c1ub123», «club123_bot»."""
        for name in seen:
            found = _COMMUNITY.fullmatch(name)
            if found:
                key = f"vk:club{found[1].translate(_DIGITS)}"
                if key in self._links:
                    yield key

    def zone_resembled(self, host: str) -> str | None:
        """The domain housing sites of the directory that the host's domain is made to resemble."""
        own = parent(host)
        name = stem(own)
        seen = skeleton(name)
        if self._zones[own] or len(seen) < _SHORTEST_HOST:
            return None
        ways = (
            self._zone_names.same(seen),
            (zone for rest in without_added(name) for zone in self._zone_names.same(rest)),
            self._zone_names.near(seen),
        )
        return next((zone for way in ways for zone in way), None)

    def host_resembled(self, host: str) -> Resemblance | None:
        """The site that a host resembles. Hosts under one domain, and under domains that house
        several sites of the directory, resemble others rightfully («rubcovsk6.alt.msudrf.ru»,
        «rubcovsky.alt.sudrf.ru»), unless they are drawn alike."""
        name = stem(host)
        seen = skeleton(name)
        if len(seen) < _SHORTEST_HOST or is_generic(name):
            return None

        def another(keys: Iterable[str]) -> Iterator[str]:
            return (key for key in keys if not numbers_differ(name, stem(_host(key))))

        own = parent(host)
        near = self._hosts.near(seen) if self._zones[own] < _HOUSING else []
        elsewhere = another(key for key in near if parent(_host(key)) != own)
        if len(skeleton(name.partition(".")[0])) < _SHORTEST_HOST:
            # Short names below a domain tell little («5.perm», «mail»): only the domain does.
            alike = [key for key in self._hosts.same(seen) if parent(_host(key)) != own]
            return self._first(SITE, name, alike, elsewhere)
        return self._first(
            SITE,
            name,
            self._hosts.same(seen),
            another(key for rest in without_added(name) for key in self._hosts.same(rest)),
            elsewhere,
        )

    def _first(self, platform: str | None, given: str, *ways: Iterable[str]) -> Resemblance | None:
        for way in ways:
            keys = sorted(dict.fromkeys(way), key=lambda x: not x.startswith(f"{platform}:"))
            for key in keys:
                known = self.find(key)
                name = name_of(key) or key.partition(":")[2]
                if known is not None:
                    return Resemblance(key, known, name)
        return None
