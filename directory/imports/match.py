"""Which page of the directory a row is about.

By its id; else by an account on a network; else by its name and territory. Never by the first of
several: when more than one page fits, somebody must say which is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from directory.imports.draft import RowDraft, networks_of
from directory.imports.places import Places
from directory.model import NETWORKS, Link, Page, Status

ACCOUNTS = frozenset(NETWORKS) - {"site"}
"""The slots whose links are of one page: a ministry's site may serve its schools as well."""

_WORD = re.compile(r"[^\W_]+")


def name_key(title: str) -> str:
    """The title in the form names are compared in: its words, without case and marks."""
    return " ".join(_WORD.findall(title.lower().replace("ё", "е")))


class AmbiguousError(Exception):
    """More than one page fits; the text names them in Russian."""


class Matcher:
    """Finds the pages of the directory. `claimed` are the ids that some row of the file names."""

    def __init__(self, pages: Mapping[str, Page], places: Places, claimed: Iterable[str]) -> None:
        self._pages = pages
        self._places = places
        self._claimed = frozenset(key for key in claimed if key in pages)

    def find(self, draft: RowDraft) -> list[Page]:
        """The pages that fit, [] for a new one: one, or all those among which somebody must choose.

        A page that another row names by its id is not for this one. A retired page fits only when
        no other does, and nobody is asked to choose among pages that they cannot see.
        """
        stated: str = draft.given("id") or ""
        if stated in self._pages:
            return [self._led(self._pages[stated])]
        if not self._pages:
            return []
        found = list(dict.fromkeys(map(self._led, self._fitting(draft, stated))))
        present = [page for page in found if page.status is not Status.RETIRED]
        return present or (found if len(found) == 1 else [])

    def _led(self, page: Page) -> Page:
        """The page, or that which it was merged into."""
        return self._pages.get(page.merged_into, page)

    def _fitting(self, draft: RowDraft, stated: str) -> list[Page]:
        given = set(networks_of(draft))
        found = [
            page
            for page in self._free(self._by_link.get(link, ()) for link in given)
            if _shows(page, given) or self._is_at(page, draft)
        ]
        if len(found) > 1:
            same_name = [p for p in found if name_key(p.title) == name_key(_title(draft))]
            found = same_name if len(same_name) == 1 else found
        if found or stated:
            return found
        return self._by_name_and_place(draft)

    def _is_at(self, page: Page, draft: RowDraft) -> bool:
        """Whether the row says that it is about a body in the page's very place."""
        names = place_names(draft)
        return names is not None and self._places.find(names) == (True, page.territory)

    def is_unknown(self, key: str) -> bool:
        """Whether no page of the directory has this id."""
        return key not in self._pages

    @cached_property
    def _by_link(self) -> dict[Link, list[str]]:
        found: defaultdict[Link, list[str]] = defaultdict(list)
        for page in self._pages.values():
            for link in page.links:
                if link.slot in ACCOUNTS:
                    found[link.link].append(page.id)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for page in self._pages.values():
            found[name_key(page.title)].append(page.id)
        return found

    def _free(self, ids: Iterable[Sequence[str]]) -> list[Page]:
        once = dict.fromkeys(key for some in ids for key in some)
        return [self._pages[key] for key in once if key not in self._claimed]

    def _by_name_and_place(self, draft: RowDraft) -> list[Page]:
        title = _title(draft)
        if not title:
            return []
        named = self._free([self._by_name.get(name_key(title), ())])
        if not named:
            return []
        names = place_names(draft)
        if names is None:
            # The file says nothing of the place: the name alone, unless the accounts speak against.
            return [page for page in named if not _contradicts(draft, page)]
        known, place = self._places.find(names)
        if not known:
            return []
        exact = [page for page in named if page.territory == place]
        if exact or place is None:
            return exact
        return [p for p in named if self._places.territories.within(p.territory, place)]


def place_names(draft: RowDraft) -> tuple[str, str, str] | None:
    """The region, territory and settlement that a row gives; None when it gives none of them."""
    region, territory, settlement = (
        draft.given(name) or "" for name in ("region", "territory", "settlement")
    )
    if not (region or territory or settlement):
        return None
    return region, territory, settlement


def _shows(page: Page, given: Collection[Link]) -> bool:
    """Whether one of the accounts stands on the page and was not withdrawn from it.

    A withdrawn one tells less: a body whose account somebody put on their own page and hid there
    is not that page.
    """
    return any(x.link in given and not (x.hidden or page.hidden) for x in page.links)


def _title(draft: RowDraft) -> str:
    return draft.given("title") or ""


def _contradicts(draft: RowDraft, page: Page) -> bool:
    """Whether row and page have different accounts on the same network."""
    for slot in ACCOUNTS:
        given = draft.given(slot)
        has = {link.link for link in page.links if link.slot == slot}
        if given and has and not has & set(given):
            return True
    return False
