"""Ranked pages → the answer: which of them to show, in which order, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from directory.model import SLOTS
from directory.search.answer import Answer, Hit, SearchVerdict
from directory.search.fields import Field
from directory.search.matching import Parts
from directory.search.query import How, Query
from directory.search.ranking import COVERED, LIKELY, SURE_OF, TITLED, Ranked
from directory.search.segment import NO_TERRITORY, Segment
from directory.search.why import why
from directory.territories import Territories

SURE = 0.80
"""From this share of the whole query on a page answers it; below, it may have been meant."""
EQUAL = 0.03
"""Pages whose shares differ by no more answer equally well."""
MOST = 50
"""Pages that an answer is made of; more than anybody looks through."""
OWN_FIRST, LEVEL_FIRST = 0.2, 0.001
"""Which of very many equal pages are kept: the asker's own, then those of a higher level."""
TELLS = 3
"""Digits from which a number is as good as a name: every region has a school № 5."""
_SEEN = int(Field.TITLE | Field.PLACE)  # an answer shows both
_ALIKE = 0.01  # totals that differ by less leave the order to level and name


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

    @property
    def total(self) -> float:
        """The sum of all that the rules gave."""
        return -self.behind


def candidates(
    ranked: Sequence[Ranked | None],
    segments: Sequence[Segment],
    limit: int,
    least: float = LIKELY,
) -> list[Candidate]:
    """The best `limit` pages of all segments and all that answer as well as the best of them.

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
    return [Candidate(*r) for n, r in enumerate(rows) if n < limit or r[_COVERED] > equal]


_COVERED = Candidate._fields.index("covered")


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


def answer(
    typed: str,
    query: Query | None,
    found: list[Candidate],
    segments: Sequence[Segment],
    territories: Territories,
    limit: int,
) -> Answer:
    """The answer that the candidates make, of at most `limit` hits."""
    if query is None or not found:
        unknown = query.unknown if query else ()
        return Answer(typed, SearchVerdict.NONE, unknown=unknown)
    best = max([each.covered for each in found])
    # A page whose title is the query leaves only others of that title beside it.
    equal: list[Candidate] = []
    others: list[Candidate] = []
    titled = found[0].titled
    for each in found:
        alike = each.covered > best - EQUAL and each.titled >= titled
        (equal if alike else others).append(each)
    if best < LIKELY:  # others would have even less of what was asked
        others = []
    ordered = [*_in_order(equal, segments, limit), *others][:limit]
    words = [n for n, term in enumerate(query.terms) if not term.is_kind]
    share = query.share
    hits = []
    for each in ordered:
        segment, page = segments[each.segment], each.page
        unseen = _unseen(each.ranked.parts, words, each.column)
        told = why(segment, page, query, unseen, territories)
        score = round(min(each.covered, 1.0) * share, 3)
        page_id, title, _ = segment.shown[page].split("\n", 2)
        hits.append(Hit(page_id, title, score, told))
    sure = [each for each in equal if each.sure >= SURE]
    names = [n for n in words if not (query.terms[n].decisive and len(query.terms[n].text) < TELLS)]
    if not names:  # who names a kind, or «школа 1», and no place means one nearby or the country's
        sure = [each for each in sure if _is_near(each, segments)]
    if not sure or query.doubted or _unsure(query):
        verdict = SearchVerdict.GUESS
    else:
        # A closed page does not stand beside one that is not.
        standing = [each for each in sure if not each.closed] or sure
        # Of pages that answer equally well the only one of the asker's own territory is meant.
        standing = [each for each in standing if each.own] or standing
        verdict = SearchVerdict.FOUND if len(standing) == 1 else SearchVerdict.CHOOSE
        if verdict is SearchVerdict.FOUND and standing[0] in ordered:
            hits.insert(0, hits.pop(ordered.index(standing[0])))
    return Answer(
        typed,
        verdict,
        tuple(hits),
        shown_for=query.text if query.changed else "",
        unknown=query.unknown,
        need=query.need,
        served_by=query.served_by,
        network=query.network if query.network in SLOTS else "",
    )


def _is_near(page: Candidate, segments: Sequence[Segment]) -> bool:
    """Whether the page is of the asker's territory or of none; every page is when none is known."""
    of_country = segments[page.segment].facts.territory[page.page] == NO_TERRITORY
    return page.ranked.own is None or page.own or bool(of_country)


def _unseen(parts: Parts, words: Sequence[int], column: int) -> int:
    """The flags of where a page has those words that an answer does not show anyway."""
    marks, bounds = parts.marks[:, column].tolist(), parts.bounds
    unseen = 0
    for term in words:
        flags = 0
        for mark in marks[bounds[term] : bounds[term + 1]]:
            flags |= mark
        if not flags & _SEEN:
            unseen |= flags
    return unseen


def _in_order(equal: list[Candidate], segments: Sequence[Segment], limit: int) -> list[Candidate]:
    """Pages that answer equally well: those that may be the answer, the asker's own, the likelier,
    the higher, by name."""
    if len(equal) < 2:
        return equal
    top = max(each.total for each in equal)
    order = [
        (
            (
                each.closed,
                each.sure < SURE,
                not each.own,
                int((top - each.total) / _ALIKE),
                each.level,
            ),
            each,
        )
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
