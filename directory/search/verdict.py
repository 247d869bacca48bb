"""Ranked pages → the answer: which of them to show, in which order, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from directory.search.answer import Answer, Hit, Verdict
from directory.search.fields import Field
from directory.search.query import How, Query
from directory.search.ranking import LIKELY, Ranked
from directory.search.segment import Segment
from directory.search.why import why
from directory.territories import Territories

SURE = 0.80
"""From this share of the query on a page answers it; below, it may have been meant."""
EQUAL = 0.03
"""Pages whose shares differ by no more answer equally well."""
MOST = 50
"""Pages that an answer is made of; more than anybody looks through."""
_SEEN = int(Field.TITLE | Field.PLACE)  # an answer shows both
_NAMED = int(Field.ALIAS | Field.PERSON)
_TOLD = _NAMED | int(Field.DISTRICT)
_ALIKE = 0.01  # totals that differ by less leave the order to level and name


class Candidate(NamedTuple):
    """A page that may be shown: which of which segment, and what the ranking says of it.

    `column` is its place in `ranked`, `titled` tells whether its title is the query.
    """

    covered: float
    total: float
    titled: bool
    own: bool
    closed: bool
    level: int
    segment: int
    page: int
    ranked: Ranked
    column: int


def candidates(ranked: Sequence[Ranked], segments: Sequence[Segment]) -> list[Candidate]:
    """The best pages of all segments, best first, closed ones last."""
    found: list[Candidate] = []
    for nth, (each, segment) in enumerate(zip(ranked, segments, strict=True)):
        # Lists and not arrays: there are few pages, and each call of numpy takes its time.
        covered, total = each.covered.tolist(), each.total.tolist()
        best = sorted(range(len(total)), key=total.__getitem__, reverse=True)[:MOST]
        best = [column for column in best if covered[column] >= LIKELY] or best[:1]
        pages, titled, own = each.pages.tolist(), each.rules[0].tolist(), each.own.tolist()
        closed, level = segment.facts.closed.data, segment.facts.level.data
        for n in best:
            page = pages[n]
            facts = (bool(titled[n]), own[n], closed[page], level[page])
            found.append(Candidate(covered[n], total[n], *facts, nth, page, each, n))
    found.sort(key=lambda each: (each.closed, -each.total))
    return found


def answer(
    typed: str,
    query: Query | None,
    found: list[Candidate],
    segments: Sequence[Segment],
    territories: Territories,
    limit: int,
) -> Answer:
    """The answer that the candidates make, of at most `limit` hits."""
    best = max([each.covered for each in found], default=0.0)
    if query is None or best < LIKELY:
        return Answer(typed, Verdict.NONE)
    # A page whose title is the query leaves only others of that title beside it.
    equal: list[Candidate] = []
    others: list[Candidate] = []
    for each in found:
        alike = each.covered > best - EQUAL
        alike = alike and each.titled >= found[0].titled
        (equal if alike else others).append(each)
    ordered = [*_in_order(equal, segments, limit), *others][:limit]
    hits = tuple(
        Hit(
            segments[each.segment].ids[each.page],
            segments[each.segment].title(each.page),
            round(min(each.covered, 1.0), 3),
            _why(each, query, segments, territories),
        )
        for each in ordered
    )
    if best < SURE or query.doubted or _unsure(query):
        verdict = Verdict.GUESS
    else:
        # A closed page does not stand beside one that is not.
        standing = [each for each in equal if not each.closed] or equal
        verdict = Verdict.FOUND if len(standing) == 1 else Verdict.CHOOSE
    return Answer(typed, verdict, hits, query.text if query.changed else "")


def _why(
    each: Candidate, query: Query, segments: Sequence[Segment], territories: Territories
) -> tuple[str, ...]:
    unseen = 0
    where = each.ranked.flags[:, each.column].tolist()
    for term, flags in zip(query.terms, where, strict=True):
        if not (term.is_kind or flags & _SEEN):
            unseen |= flags
    segment = segments[each.segment]
    if not unseen & _TOLD:
        return ()
    if not unseen & _NAMED:
        path = territories.path(int(segment.facts.territory[each.page]))
        if not any(territory.former_names for territory in path):
            return ()
    return why(segment, each.page, query, territories)


def _in_order(equal: list[Candidate], segments: Sequence[Segment], limit: int) -> list[Candidate]:
    """Pages that answer equally well: the asker's own, then the likelier, the higher, by name."""
    if len(equal) < 2:
        return equal
    top = max(each.total for each in equal)
    order = [
        ((each.closed, not each.own, int((top - each.total) / _ALIKE), each.level), each)
        for each in equal
    ]
    order.sort(key=itemgetter(0))
    last = order[min(max(limit, 1), len(order)) - 1][0]
    named = [
        (place, segments[each.segment].title(each.page), each)
        for place, each in order
        if place <= last
    ]
    named.sort(key=itemgetter(0, 1))
    return [each for _, _, each in named]


def _unsure(query: Query) -> bool:
    """Whether nothing of the query is plainly there: «такси» just begins «Таксимо»."""
    return all(
        option.how in (How.PREFIX, How.MENDED) for term in query.terms for option in term.options
    )
