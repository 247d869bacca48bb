"""The search index (first form)."""

from __future__ import annotations

from collections.abc import Iterable

from directory.model import Page
from directory.search.answer import Answer, Hit, Verdict
from directory.territories import Territories


class Index:
    """Pages in memory, searched by any text."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    @classmethod
    def build(cls, pages: Iterable[Page], territories: Territories) -> Index:
        """An index over all `pages` that are not hidden."""
        index = cls()
        index._pages = list(pages)
        return index

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Answer a query."""
        words = query.lower().split()
        hits = tuple(
            Hit(page.id, page.title, 1.0)
            for page in self._pages
            if all(word in f"{page.title} {page.person}".lower() for word in words)
        )
        if not hits:
            return Answer(query, Verdict.NONE)
        return Answer(query, Verdict.FOUND if len(hits) == 1 else Verdict.CHOOSE, hits[:limit])
