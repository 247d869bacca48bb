"""Ranked pages of all segments → those that may be shown, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from directory.search.fields import Field
from directory.search.ranking import COVERED, LIKELY, SURE_OF, TITLED, Ranked
from directory.search.segment import Segment

EQUAL = 0.03
"""Pages whose shares differ by no more answer equally well."""
MOST = 50
"""Pages that an answer is made of; more than anybody looks through."""
OWN_FIRST, LEVEL_FIRST = 0.2, 0.001
"""Which of very many equal pages are kept: the asker's own, then those of a higher level."""


class Candidate(NamedTuple):
    """A page that may be shown: which of which segment, and what the ranking says of it.

    Candidates are in order when sorted. `behind` is the total, negative, `column` the page's place
    in `ranked`; `covered` and `sure` are its shares of the query, see `Ranked`; `titled` is 1 when
    its title is the query.
    """

    closed: bool
    behind: float
    level: int
    page: int
    segment: int
    column: int
    covered: float
    sure: float
    titled: float
    own: bool
    ranked: Ranked

    def worth(self, term: int) -> float:
        """What a term of the query is worth on the page."""
        return float(self.ranked.parts.worth(term)[self.column])

    def has(self, term: int, where: Field) -> bool:
        """Whether the page has a term of the query in one of these parts."""
        return bool(self.ranked.parts.flags(term, self.column) & int(where))

    def spells(self, term: int, where: int) -> bool:
        """Whether the page has a word of the query in one of these parts, spelt as typed."""
        parts = self.ranked.parts
        column, marks, spelt = self.column, parts.marks, parts.spelt
        for row in range(*parts.bounds[term : term + 2]):
            if spelt[row, column] and int(marks[row, column]) & where:
                return True
        return False

    @property
    def of_title(self) -> float:
        """The share of the title that the query names."""
        return self.ranked.of_rules(self.column)[0]

    @property
    def total(self) -> float:
        """The sum of all that the rules gave."""
        return -self.behind


def candidate_of(
    page_id: str, found: Sequence[Candidate], segments: Sequence[Segment]
) -> Candidate | None:
    """The candidate that is the page with this id."""
    return next((each for each in found if segments[each.segment].id(each.page) == page_id), None)


def candidates(
    ranked: Sequence[Ranked | None],
    segments: Sequence[Segment],
    limit: int,
    least: float = LIKELY,
    *,
    own: bool = False,
) -> list[Candidate]:
    """The best `limit` pages of all segments, all that answer as well as the best of them, and with
    `own` all of the asker's that are likely.

    Best first, closed ones last. `ranked` are the pages of each segment, None where there are none.
    """
    rows: list[tuple[Any, ...]] = []
    for nth, (each, segment) in enumerate(zip(ranked, segments, strict=True)):
        if each is None:
            continue
        columns = _best(each, segment, least)
        pages = each.pages.take(columns)
        rows += zip(
            segment.facts.closed.take(pages).tolist(),
            (-each.total.take(columns)).tolist(),
            segment.facts.level.take(pages).tolist(),
            pages.tolist(),
            repeat(nth),
            columns.tolist(),
            each.scores[:, COVERED].take(columns).tolist(),
            each.scores[:, SURE_OF].take(columns).tolist(),
            each.scores[:, TITLED].take(columns).tolist(),
            repeat(False) if each.own is None else each.own.take(columns).tolist(),
            repeat(each),
            strict=False,
        )
    rows.sort()
    equal = max([row[_COVERED] for row in rows], default=0.0) - EQUAL
    return [
        Candidate(*r)
        for n, r in enumerate(rows)
        if n < limit or r[_COVERED] > equal or (own and r[_OWN])
    ]


_COVERED, _OWN = map(Candidate._fields.index, ("covered", "own"))


def _best(ranked: Ranked, segment: Segment, least: float) -> npt.NDArray[np.intp]:
    """The columns of at most `MOST` pages that are likely enough to be shown, or of the best one.

    Of very many equal ones the asker's own are kept, then those of a higher level.
    """
    columns = (ranked.scores[:, COVERED] >= least).nonzero()[0]
    if len(columns) > MOST:
        order = ranked.total if ranked.own is None else ranked.total + OWN_FIRST * ranked.own
        order = order - LEVEL_FIRST * segment.facts.level.take(ranked.pages)
        return columns[np.argpartition(order[columns], -MOST)[-MOST:]]
    return columns if len(columns) else ranked.total.argsort()[-1:]
