"""The accounts of the directory in memory: who has which, and which names resemble a given one."""

from __future__ import annotations

from collections.abc import Iterator

from directory.links.address import SITE
from directory.links.imitation import parent
from directory.links.keys import above, host_of, name_of, platform_of
from directory.links.known_page import KnownPage, Resemblance, reaches, read, written
from directory.links.likeness import HOUSING, Likeness, Ways
from directory.mapped import Array, Arrays, Layered, TextTable
from directory.model import Link, Page, Status

HACKED = "похоже, страницу взломали"
PASSED_ON = "ник теперь принадлежит другому аккаунту"
HIJACKS = (HACKED, PASSED_ON)
"""How the reasons begin to withdraw what somebody else has now: it is so on whatever page it
stands."""


class Registry:
    """Links by identity, and their names by resemblance. Kept up to date page by page.

    `kept` is the output of `arrays`, of this or of an earlier process.
    """

    def __init__(self, kept: Arrays | None = None) -> None:
        def table(name: str) -> TextTable | None:
            return TextTable.from_arrays(name, kept) if kept else None

        self._pages = Layered(written, read, table("pages"))
        # The ids of the pages that have an account.
        self._links = Layered[tuple[str, ...]]("\n".join, _lines, table("links"))
        self._retired = Layered[tuple[str, ...]]("\n".join, _lines, table("retired"))
        self.likeness = Likeness(self._links, kept)
        # Of a site, and of each part of it, the accounts that lie in it.
        self._below = Layered[dict[str, None]](
            "\n".join, lambda text: dict.fromkeys(_lines(text)), table("below")
        )

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """The contents, to be written to a file."""
        for name in ("pages", "links", "retired", "below"):
            held: Layered[object] = getattr(self, f"_{name}")
            yield from held.kept().arrays(name)
        yield from self.likeness.arrays()

    @property
    def pages(self) -> int:
        """How many pages are entered."""
        return len(self._pages)

    def put(self, page: Page) -> None:
        """Add a page, or replace it."""
        self.drop(page.id)
        known = KnownPage.of(page)
        self._pages[page.id] = known
        links = self._links_of(known)
        for key in known.keys:
            others = links.get(key)
            links[key] = (*others, page.id) if others else (page.id,)
            if not others and links is self._links:
                self._enter(key)

    def drop(self, page_id: str) -> None:
        """Remove a page; unknown ids are ignored."""
        known = self._pages.pop(page_id, None)
        if known is None:
            return
        links = self._links_of(known)
        for key in known.keys:
            rest = tuple(other for other in links[key] if other != page_id)
            if rest:
                links[key] = rest
                continue
            del links[key]
            if links is self._links:
                self._leave(key)

    def _links_of(self, known: KnownPage) -> Layered[tuple[str, ...]]:
        """The table of a page's links: a retired page vouches for nothing and is not compared."""
        return self._retired if known.status is Status.RETIRED else self._links

    def _enter(self, key: str) -> None:
        if platform_of(key) != SITE:
            self.likeness.add(key)
            return
        host = f"{SITE}:{host_of(key)}"
        if not self._is_on(host, besides=key):
            self.likeness.add(host)
        for part in above(key):
            self._below.setdefault(part, {})[key] = None

    def _leave(self, key: str) -> None:
        if platform_of(key) != SITE:
            self.likeness.remove(key)
            return
        for part in above(key):
            rest = self._below.setdefault(part, {})
            rest.pop(key)
            if not rest:
                del self._below[part]
        host = f"{SITE}:{host_of(key)}"
        if not self._is_on(host, besides=key):
            self.likeness.remove(host)

    def _is_on(self, host: str, besides: str) -> bool:
        return host in self._below or (host in self._links and host != besides)

    def find(self, key: str) -> KnownPage | None:
        """The page with this account. Of several, one that shows it, unless the link was withdrawn
        on a page whose withdrawals reach that one. A page that left the directory is given when the
        link was withdrawn on it and no page has it now."""
        found = [self._pages[page] for page in self._links.get(key, ())]
        gone = [self._pages[page] for page in self._retired.get(key, ())]
        if not found:
            return next((page for page in gone if page.withdrawn(key)), None)
        bad = [page for page in (*found, *gone) if self._bad(page, key)]
        good = [
            page
            for page in found
            if not page.withdrawn(key) and not any(reaches(other, page) for other in bad)
        ]
        return min(good or bad or found, key=lambda x: x.status is not Status.ACTIVE)

    def page(self, page_id: str) -> KnownPage | None:
        """What is known of a page."""
        return self._pages.get(page_id)

    def withdrawn_elsewhere(self, known: KnownPage, key: str) -> str:
        """Why the account was withdrawn on another page whose withdrawals reach this one, "" when
        it was not."""
        holders = self._links.get(key, ()) + self._retired.get(key, ())
        others = (self._pages[other] for other in holders if other != known.id)
        bad = (other for other in others if self._bad(other, key) and reaches(other, known))
        return next((other.withdrawn(key) for other in bad), "")

    def hijacked_elsewhere(self, known: KnownPage, key: str) -> tuple[KnownPage, str] | None:
        """Another page on which the account, or the site that it lies on, was withdrawn since
        somebody else has it, and the key of that.

        Such a withdrawal reaches no further than others, but what it says is true of every page. A
        site counts when it was withdrawn for itself, or no page shows it: the bodies of a portal
        are many, and one of them taken over is not the portal.
        """
        for part in (key, *(above(key) if platform_of(key) == SITE else ())):
            shown = any(not self._pages[x].withdrawn(part) for x in self._links.get(part, ()))
            for holder in self._links.get(part, ()) + self._retired.get(part, ()):
                other = self._pages[holder]
                is_it = part == key or self._bad(other, part) or not shown
                own = part == key and holder == known.id
                if is_it and not own and other.withdrawn(part).startswith(HIJACKS):
                    return other, part
        return None

    def successor_of(self, known: KnownPage) -> KnownPage | None:
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

    def retired(self, key: str) -> KnownPage | None:
        """The retired page with this account, which no page of the directory has."""
        first = next(iter(self._retired.get(key, ())), None)
        return None if first is None else self._pages[first]

    @staticmethod
    def _bad(known: KnownPage, key: str) -> bool:
        note = known.notes.get(key)
        return bool(note and note.hidden)

    def holders(self, key: str) -> int:
        """How many pages have this very account."""
        return len(self._links.get(key, ()))

    def is_shared(self, key: str) -> bool:
        """Whether several bodies have a site, or parts of it: then a path on it tells nothing of
        whose it is."""
        return self.holders(key) + len(self._below.get(key, ())) >= HOUSING

    def has_host(self, host: str) -> bool:
        """Whether an account of the directory is the host, or lies on it."""
        key = f"{SITE}:{host.removeprefix('www.')}"
        return key in self._links or key in self._below

    def on_host(self, host: str) -> Resemblance | None:
        """The site with this host, or the first account on it."""
        key = f"{SITE}:{host.removeprefix('www.')}"
        keys = (key, *self._below.get(key, ()))
        for account in keys:
            known = self.find(account)
            if known:
                return Resemblance(account, known, host_of(account))
        return None

    def nick_resembled(self, nick: str, platform: str | None) -> Resemblance | None:
        """The account that a nick is taken for."""
        return self._first(platform, self.likeness.nicks(nick.casefold(), platform))

    def number_elsewhere(self, link: Link) -> Resemblance | None:
        """The account with the same number or name on another network, for a link without a name:
        a channel that calls itself «club123» as a community of another network is numbered."""
        return self._first(None, iter([self.likeness.elsewhere(link.account.casefold())]))

    def domain_resembled(self, host: str) -> tuple[str, Resemblance | None] | None:
        """The domain of sites that the host's domain is taken for, and the site there that has the
        host's name, or that of the domain itself."""
        domain = next(iter(self.likeness.domains(host)), None)
        if domain is None:
            return None
        named = self.on_host(host.removesuffix(parent(host)) + domain)
        return domain, named or (None if self.likeness.is_housing(domain) else self.on_host(domain))

    def host_resembled(self, host: str) -> Resemblance | None:
        """The site that a host is taken for."""
        return self._first(SITE, self.likeness.hosts(host))

    def _first(self, platform: str | None, ways: Ways) -> Resemblance | None:
        for way in ways:
            for key in sorted(dict.fromkeys(way), key=lambda x: platform_of(x) != platform):
                found = self.on_host(host_of(key)) if platform_of(key) == SITE else None
                found = found or self._resemblance(key)
                if found:
                    return found
        return None

    def _resemblance(self, key: str) -> Resemblance | None:
        known = self.find(key)
        return Resemblance(key, known, name_of(key) or key.partition(":")[2]) if known else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))
