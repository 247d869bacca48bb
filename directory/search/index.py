"""The search index: pages in memory, found by whatever is typed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from directory.language.lexicon import Lexicon, lexicon
from directory.model import Page
from directory.search.answer import Answer, Hit, Verdict
from directory.search.building import build
from directory.search.query import Query
from directory.search.ranking import Ranked, rank
from directory.search.reading import Reader
from directory.search.segment import Segment
from directory.territories import Territories

SURE = 0.80
"""From this share of the query on a page answers it; below it may have been meant."""
LIKELY = 0.45
"""Below this share nothing is shown."""
EQUAL = 0.03
"""Pages whose shares differ by no more answer equally well."""


class Index:
    """Pages in memory, searched by any text. It never changes: `updated` gives another one."""

    def __init__(
        self, segments: tuple[Segment, ...] = (), territories: Territories | None = None
    ) -> None:
        self._segments = segments
        self._territories = territories or Territories()
        self._lexicon: Lexicon = lexicon()
        self._alive: list[npt.NDArray[np.bool_] | None] = [None for _ in segments]
        self.pages = sum(map(len, segments))
        self._reader = Reader(self._lexicon, self)

    @classmethod
    def build(cls, pages: Iterable[Page], territories: Territories) -> Index:
        """An index over all `pages` that are not hidden."""
        return cls((build(pages, territories, lexicon()),), territories)

    def search(self, query: str, *, territory: int | None = None, limit: int = 10) -> Answer:
        """Answer a query; `territory` is the asker's own, whose pages come first among equals."""
        readings = self._reader.read(query)
        if not readings:
            return Answer(query, Verdict.NONE)
        found = self._ranked(readings[0])
        if not found:
            return Answer(query, Verdict.NONE)
        best = found[0][2]
        if best < LIKELY:
            return Answer(query, Verdict.NONE)
        equal = [f for f in found if f[2] > best - EQUAL]
        verdict = (
            Verdict.GUESS if best < SURE else Verdict.FOUND if len(equal) == 1 else Verdict.CHOOSE
        )
        hits = tuple(
            Hit(
                self._segments[s].ids[p],
                self._segments[s].shown[p].split("\n")[0],
                round(float(c), 3),
            )
            for s, p, c, _ in found[:limit]
        )
        shown = readings[0].text if readings[0].changed else ""
        return Answer(query, verdict, hits, shown)

    def _ranked(self, query: Query) -> list[tuple[int, int, float, float]]:
        found: list[tuple[int, int, float, float]] = []
        for n, segment in enumerate(self._segments):
            ranked = rank(segment, query, self._alive[n])
            total = ranked.total
            order = np.argsort(-total, kind="stable")[:20]
            found += [
                (n, int(ranked.pages[i]), float(ranked.covered[i]), float(total[i])) for i in order
            ]
        found.sort(key=lambda f: -f[3])
        return found

    # What the reader asks.

    def count(self, key: str) -> int:
        """How many pages have the key."""
        return sum(segment.count(key) for segment in self._segments)

    def near(self, key: str) -> list[tuple[int, str]]:
        """(errors, key) of the known keys within one or two typing errors, the nearest first."""
        found = {
            (errors, segment.vocabulary.keys[number])
            for segment in self._segments
            for errors, number in segment.typos.near(key, segment.vocabulary.keys)
        }
        return sorted(found)

    def with_prefix(self, prefix: str) -> list[str]:
        """The keys of all words that begin with `prefix`."""
        return sorted(
            {s.vocabulary.keys[n] for s in self._segments for n in s.vocabulary.with_prefix(prefix)}
        )

    def spelling(self, key: str) -> str:
        """A spelling of the key, the shortest; "" when no page has it."""
        for segment in self._segments:
            number = segment.vocabulary.number(key)
            if number is not None and (spellings := segment.vocabulary.spellings_of(number)):
                return min(spellings, key=lambda s: (len(s), s))
        return ""
