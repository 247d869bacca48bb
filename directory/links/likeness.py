"""Which accounts of the directory a name may be mistaken for."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator

from directory.links.address import SITE
from directory.links.data import PLATFORMS, SITES
from directory.links.imitation import (
    bought,
    core,
    is_generic,
    numbers_differ,
    parent,
    redrawn,
    stem,
    swapped,
    unadorned,
    without_added,
    without_number,
)
from directory.links.keys import host_of, name_of, platform_of
from directory.links.letters import skeleton
from directory.links.similar_names import SimilarNames
from directory.mapped import Array, Arrays, Layered, TextTable, part

_COMMUNITY = re.compile(rf"(?:{'|'.join(map(skeleton, ('club', 'public', 'event')))})([\dols]+)")
_DIGITS = str.maketrans("ols", "015")
# MAX names the channel of a body by its taxpayer's number: another number is another body.
_TAXPAYER = re.compile(r"id(\d{9,12})_(?:gos|biz)")
_LONG_NUMBER = re.compile(r"\d{9,14}")

HOUSING = 3
"""Sites of the directory under one domain from which it counts as a shared host."""

_SHORTEST_HOST = 5
"""Shorter names of sites resemble others by chance («isu», «lsu»)."""

_SHORTEST_EDITED = 5
"""Length of a name's own part from which one letter more or less is not another abbreviation."""

_PLACE = 2
"""Letters of the region's code in names of similar bodies."""

_EDITED_ELSEWHERE = 12
"""Length from which a mistyped name is recognised on another network."""

_EDITED_DOMAIN = 9
"""Length from which any typing mistake in the name of a body's own domain is recognised."""

_MISTYPED_DOMAIN = 7
"""Length from which a missing, added or swapped letter in it is recognised."""

Ways = Iterator[Iterable[str]]
"""Keys of accounts, grouped by the way in which a name may be imitated, the surest way first."""


class Likeness:
    """An index of account names by resemblance. `known` has the keys of all accounts.

    `kept` is the output of `arrays`, of this or of an earlier process.
    """

    def __init__(self, known: Container[str], kept: Arrays | None = None) -> None:
        self._known = known
        self._nicks = SimilarNames(7, 12, kept=kept and part("nicks", kept))
        self._cores = SimilarNames(kept=kept and part("cores", kept))
        self._hosts = SimilarNames(9, 14, kept=kept and part("hosts", kept))
        self._domains = SimilarNames(6, 14, kept=kept and part("domains", kept))
        self._housed = Layered[int](
            str, int, TextTable.from_arrays("housed", kept) if kept else None
        )

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """The contents, to be written to a file."""
        for name in ("nicks", "cores", "hosts", "domains"):
            names: SimilarNames = getattr(self, f"_{name}")
            yield from ((f"{name}.{each}", array) for each, array in names.arrays())
        yield from self._housed.kept().arrays("housed")

    def add(self, key: str) -> None:
        """Add an account; of a site, once per host."""
        self._enter(key, SimilarNames.add, 1)

    def remove(self, key: str) -> None:
        """Remove an account."""
        self._enter(key, SimilarNames.remove, -1)

    def settle(self) -> None:
        """Prepare the index now, so that the first verdict need not wait. Optional."""
        for names in (self._nicks, self._hosts, self._domains):
            names.settle()

    def _enter(self, key: str, into: Callable[[SimilarNames, str, str], None], sites: int) -> None:
        name = name_of(key)
        if not name:
            return
        if platform_of(key) == SITE:
            domain = parent(host_of(key))
            if domain != host_of(key):
                into(self._hosts, name, key)
            before = self._housed.get(domain, 0)
            self._housed[domain] = before + sites
            if not before or not before + sites:
                into(self._domains, bought(domain), domain)
            return
        into(self._nicks, name, key)
        for rest in set(without_added(name)):
            into(self._cores, rest, key)

    def has_domain(self, domain: str) -> bool:
        """Whether sites of the directory lie under the domain."""
        return self._housed.get(domain, 0) > 0

    def is_housing(self, domain: str) -> bool:
        """Whether the domain houses several sites of the directory."""
        return self._housed.get(domain, 0) >= HOUSING

    def nicks(self, nick: str, platform: str | None) -> Ways:
        """The accounts that a nick may imitate: the same on another network, one that looks or
        sounds alike, with words or a number added, with its parts swapped, or a few edits away."""
        if _TAXPAYER.fullmatch(nick):
            yield self.elsewhere(nick)
            return
        seen = skeleton(nick)
        generic = is_generic(nick)
        rests = unadorned(nick)
        numbers = [*without_number(nick)]
        yield () if generic else self.elsewhere(nick)
        yield (x for x in self._nicks.same(seen) if not generic or platform_of(x) == platform)
        yield self._numbered(nick, seen, *rests)
        yield (key for rest in rests for key in self._nicks.same(rest))
        yield (key for rest in rests if len(rest) > 5 for key in self._cores.same(rest))
        yield (key for other in redrawn(nick) for key in self._nicks.same(other))
        turned = (order for name in (nick, *rests, *numbers) for order in swapped(name))
        yield (key for order in turned for key in self._nicks.same(order))
        yield (key for rest in numbers for key in self._nicks.same(skeleton(rest)))
        yield self._unless_numbers_differ(nick, () if generic else self._nicks.heard(nick))
        yield (key for key in self._nicks.near(seen) if self._is_mistyped_nick(nick, key, platform))

    @staticmethod
    def _is_mistyped_nick(nick: str, key: str, platform: str | None) -> bool:
        real = name_of(key) or ""
        if numbers_differ(nick, real):
            return False
        if platform_of(key) != platform and len(real) < _EDITED_ELSEWHERE:
            return False
        if _is_same_but_place(nick, real):
            return False
        # «mslu_official» and «msu_official» are two bodies, «msu_offical» is a double.
        own, seen = core(real), skeleton(nick)
        return len(own) >= _SHORTEST_EDITED or seen.startswith(own) or seen.endswith(own)

    def elsewhere(self, nick: str) -> Iterator[str]:
        """The accounts with just this name or number, on any network."""
        for platform in PLATFORMS:
            for account in (nick, f"u/{nick}"):
                key = f"{platform}:{account}"
                if key in self._known:
                    yield key

    def _numbered(self, nick: str, *seen: str) -> Iterator[str]:
        """The numbered accounts that these resemble: «c1ub123», «club123_bot», «id45.._gos»."""
        keys = []
        for name in seen:
            found = _COMMUNITY.fullmatch(name)
            if found:
                keys.append(f"vk:club{found[1].translate(_DIGITS)}")
        if nick.startswith(("id", "1d", "ld")) or nick.endswith(("gos", "g0s")):
            for digits in {re.sub(r"\D", "", part) for part in (nick, nick[2:])}:
                if _LONG_NUMBER.fullmatch(digits):
                    keys += [f"max:id{digits}_gos", f"max:id{digits}_biz"]
        yield from (key for key in keys if key in self._known)

    @staticmethod
    def _unless_numbers_differ(name: str, keys: Iterable[str]) -> Iterator[str]:
        return (key for key in keys if not numbers_differ(name, name_of(key) or ""))

    def domains(self, host: str) -> list[str]:
        """The domains of sites that the domain of a host may imitate, the surest first."""
        own = parent(host)
        name = bought(own)
        seen = skeleton(name)
        if self._housed.get(own) or own in SITES.bodies:
            return []
        if len(seen) < _SHORTEST_HOST:
            return [zone for zone in self._domains.same(seen) if self.is_housing(zone)]
        generic = is_generic(name)
        rests = unadorned(name)
        numbered = [skeleton(rest) for rest in without_number(name)]
        zones = (skeleton(rest) for rest in without_number(name, _SHORTEST_HOST))
        numbered += [x for x in zones if any(map(self.is_housing, self._domains.same(x)))]
        ways: list[Iterable[str]] = [
            () if generic else self._domains.same(seen),
            (zone for rest in (*rests, *redrawn(name)) for zone in self._domains.same(rest)),
            (zone for rest in numbered for zone in self._domains.same(rest)),
            (zone for zone in self._domains.heard(name) if not numbers_differ(name, bought(zone))),
            (zone for zone in self._domains.near(seen) if self._is_mistyped(name, zone)),
        ]
        return [zone for way in ways for zone in way]

    def _is_mistyped(self, name: str, zone: str) -> bool:
        real = bought(zone)
        if numbers_differ(name, real):
            return False
        if self.is_housing(zone) or len(real) >= _EDITED_DOMAIN:
            return True
        # A letter in the place of another makes another abbreviation: «cbs2cao» and «cbs2sao».
        replaced = len(name) == len(real) and sorted(name) != sorted(real)
        return len(real) >= _MISTYPED_DOMAIN and not replaced and (name + real).isalpha()

    def hosts(self, host: str) -> Ways:
        """The sites that a host may imitate. Hosts under one domain, and under domains with several
        sites of the directory, may resemble each other («rubcovsk6.alt.msudrf.ru»,
        «rubcovsky.alt.sudrf.ru»), unless they look the same."""
        name = stem(host)
        seen = skeleton(name)
        if len(seen) < _SHORTEST_HOST or is_generic(name):
            return
        own = parent(host)
        if own in SITES.bodies:
            return
        near = () if self.is_housing(own) else self._hosts.near(seen)
        elsewhere = self._unless_numbers_differ(
            name, (key for key in near if parent(host_of(key)) != own)
        )
        if len(skeleton(name.partition(".")[0])) < _SHORTEST_HOST:
            # Short names below a domain tell little («5.perm», «mail»): only the domain does.
            yield (key for key in self._hosts.same(seen) if parent(host_of(key)) != own)
            yield elsewhere
            return
        yield self._hosts.same(seen)
        yield (f"{SITE}:{domain}" for domain in self._domains.same(seen))
        rests = [*without_added(name)]
        yield self._unless_numbers_differ(
            name, (key for rest in rests for key in self._hosts.same(rest))
        )
        yield elsewhere


def _is_same_but_place(given: str, real: str) -> bool:
    """Whether two names differ in a short last part: «minzdrav_rt» and «minzdrav_rb»."""
    whole, mark, place = real.rpartition("_")
    rest = given.removeprefix(whole).removeprefix("_")
    return bool(mark) and max(len(place), len(rest)) <= _PLACE
