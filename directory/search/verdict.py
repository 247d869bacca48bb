"""Ranked pages → the answer: which of them to show, in which order, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from directory.model import SLOTS
from directory.search.answer import Answer, Hit, SearchVerdict
from directory.search.candidates import EQUAL, Candidate
from directory.search.fields import Field
from directory.search.matching import Parts
from directory.search.nearness import Nearness
from directory.search.query import How, Query
from directory.search.ranking import LIKELY
from directory.search.segment import Segment
from directory.search.why import why
from directory.territories import Territories

SURE = 0.80
"""From this share of the whole query on a page answers it; below, it may have been meant."""
_SEEN = int(Field.TITLE | Field.PLACE)  # an answer shows both
_ALIKE = 0.01  # totals that differ by less leave the order to level and name


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
    near = Nearness(query, found[0], segments, territories)
    ordered, stands_in = near.first([*_in_order(equal, segments, limit), *others], best)
    if not ordered:
        return Answer(typed, SearchVerdict.NONE, unknown=query.unknown)
    sure = [each for each in equal if each.sure >= SURE and near.may_be_meant(each)]
    if not sure or query.doubted or _unsure(query):
        verdict = SearchVerdict.GUESS
    else:
        # A closed page does not stand beside one that is not.
        standing = [each for each in sure if not each.closed] or sure
        # Of pages that answer equally well the only one of the asker's own territory is meant.
        standing = [each for each in standing if each.own] or standing
        is_one = len(standing) == 1 and not stands_in
        verdict = SearchVerdict.FOUND if is_one else SearchVerdict.CHOOSE
        if is_one:  # before the cut, which might leave it out
            ordered = [standing[0], *(each for each in ordered if each is not standing[0])]
    ordered = ordered[:limit]
    words = [n for n, term in enumerate(query.terms) if not term.is_kind]
    share = query.share
    scores = {each: round(min(each, 1.0) * share, 3) for each in {x.covered for x in ordered}}
    hits = []
    for each in ordered:
        segment, page = segments[each.segment], each.page
        unseen = _unseen(each.ranked.parts, words, each.column) if words else 0
        told = why(segment, page, query, unseen, territories) if unseen else ()
        page_id, title = segment.head(page)
        hits.append(Hit(page_id, title, scores[each.covered], told))
    return Answer(
        typed,
        verdict,
        tuple(hits),
        shown_for=query.text if query.changed else "",
        unknown=query.unknown,
        # What is surely meant was called by its name: «стоматолог».
        need=query.need if verdict is SearchVerdict.GUESS else "",
        served_by=query.served_by if verdict is SearchVerdict.GUESS else (),
        network=query.network if query.network in SLOTS else "",
    )


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
