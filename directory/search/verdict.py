"""Ranked pages → the answer: which of them to show, in which order, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from directory.search.answer import Answer, Hit, Verdict
from directory.search.query import How, Query
from directory.search.ranking import Ranked
from directory.search.segment import Segment
from directory.search.why import why

SURE = 0.80
"""From this share of the query on a page answers it; below, it may have been meant."""
LIKELY = 0.50
"""Below this share nothing is shown."""
EQUAL = 0.03
"""Pages whose shares differ by no more answer equally well."""
MOST = 50
"""Pages that an answer is made of; more than anybody looks through."""
_ALIKE = 0.01  # totals that differ by less leave the order to level and name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be shown: where it stands, and what the ranking says of it."""

    segment: int
    page: int
    covered: float
    total: float
    titled: bool
    own: bool
    closed: bool
    level: int
    column: int
    ranked: Ranked


def candidates(ranked: Sequence[Ranked], segments: Sequence[Segment]) -> list[Candidate]:
    """The best pages of all segments, best first."""
    found = []
    for nth, (each, segment) in enumerate(zip(ranked, segments, strict=True)):
        total = each.total
        for column in np.argsort(-total, kind="stable")[:MOST].tolist():
            page = int(each.pages[column])
            found.append(
                Candidate(
                    nth,
                    page,
                    float(each.covered[column]),
                    float(total[column]),
                    bool(each.titled[column]),
                    bool(each.own[column]),
                    bool(segment.facts.closed[page]),
                    int(segment.facts.level[page]),
                    column,
                    each,
                )  # fmt: skip
            )
    found.sort(key=lambda each: (each.closed, -each.total))
    return found


def answer(
    typed: str, query: Query | None, found: list[Candidate], segments: Sequence[Segment], limit: int
) -> Answer:
    """The answer that the candidates make."""
    if query is None or not found or max(each.covered for each in found) < LIKELY:
        return Answer(typed, Verdict.NONE)
    best = max(each.covered for each in found)
    equal, others = [], []
    for each in found:
        alike = each.covered > best - EQUAL and each.titled == found[0].titled
        (equal if alike else others).append(each)

    def title(each: Candidate) -> str:
        return segments[each.segment].title(each.page)

    top = max((each.total for each in equal), default=0.0)
    equal.sort(
        key=lambda e: (e.closed, not e.own, int((top - e.total) / _ALIKE), e.level, title(e))
    )
    ordered = (equal + others)[:limit]
    hits = tuple(
        Hit(
            segments[each.segment].ids[each.page],
            title(each),
            round(min(each.covered, 1.0), 3),
            why(segments[each.segment], each.page, query, each),
        )
        for each in ordered
    )
    standing = [each for each in equal if each.closed == equal[0].closed]
    if best < SURE or _unsure(query):
        verdict = Verdict.GUESS
    else:
        verdict = Verdict.FOUND if len(standing) == 1 else Verdict.CHOOSE
    return Answer(typed, verdict, hits, query.text if query.changed else "")


def _unsure(query: Query) -> bool:
    """Whether nothing of the query is plainly there: «такси» begins Таксимо, a surname is mistyped."""
    return all(
        option.how in (How.PREFIX, How.MENDED) for term in query.terms for option in term.options
    )
