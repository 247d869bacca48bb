"""How far an import reaches: the pages that it may touch, and the part that its file is about."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import takewhile

from directory.changes import new_category, page_change, territory_change
from directory.imports.places import Places
from directory.imports.terms import State, Terms
from directory.model import Change, Page, Status
from directory.rights import Scope
from directory.translation import say


class Reach:
    """The scope of an import and the rights of its sender; `places` has the new places too."""

    def __init__(self, state: State, terms: Terms, places: Places) -> None:
        self._state = state
        self._terms = terms
        self._places = places

    def pages(self) -> Iterator[Page]:
        """The pages of the directory that lie within the scope, retired ones left out."""
        scope, territories = self._terms.scope, self._state.territories
        for page in self._state.pages.values():
            if page.status is Status.RETIRED:
                continue
            if scope.is_everything or scope.covers(page, territories):
                yield page

    def extent(self, kinds: Iterable[tuple[int | None, str]]) -> Scope:
        """The narrowest known territory that all these territories lie in, and their category when
        they share one."""
        known = self._state.territories
        kinds = list(kinds)
        common: list[int] | None = None
        for place in {place for place, _category in kinds}:
            path = [t.id for t in self._places.territories.path(place) if known.get(t.id)]
            common = path if common is None else _beginning(common, path)
        categories = {category for _place, category in kinds}
        category = categories.pop() if len(categories) == 1 else ""
        return Scope(
            common[-1] if common else None, category if category in self._state.categories else ""
        )

    def refusal(self, before: Page | None, after: Page) -> tuple[str, str] | None:
        """The title of the page that may not be changed, and why; None when it may be."""
        territories = self._places.territories
        for page in filter(None, (before, after)):
            if not self._terms.scope.covers(page, territories):
                words = self._terms.scope.words(territories)
                return page.title, say("вне того, чем ограничен импорт: {scope}", scope=words)
        if before == after or self._terms.rights is None:
            return None
        for change in changes_of(before, after, self._places, self._state.categories):
            if why := self._terms.rights.refusal(change, territories):
                return after.title, why
        return None


def changes_of(
    before: Page | None, after: Page, places: Places, categories: Container[str]
) -> Iterator[Change]:
    """The change of a page, after those of the category and of the places that it would create."""
    if after.category and after.category not in categories:
        yield new_category(after.category)
    # Only those that the page came to: others were named on the way to a refusal.
    for territory in places.territories.path(after.territory):
        if territory.id in places.new:
            yield territory_change(None, territory)
    yield page_change(before, after)


def _beginning(one: list[int], other: list[int]) -> list[int]:
    """What both begin with."""
    return [
        a for a, _b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    ]
