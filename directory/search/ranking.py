"""Query and segment → the pages that answer it and how well, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from directory.model import Level
from directory.search.fields import Field
from directory.search.matching import (
    PARTS,
    Floats,
    Ids,
    Pages,
    Parts,
    matches,
    pages_of,
    parts,
)
from directory.search.query import CITY_HEAD, Query
from directory.search.rows import Match
from directory.search.segment import KIND, Mask, Segment
from directory.search.weights import DOUBTFUL_WEIGHT

ENOUGH = 1500
"""Pages from which the rarest words are asked for no more candidates."""
MANY = 1000
"""Pages that are looked up in all terms; of more, those are that have the rarest ones."""
NARROWING = 6
"""Terms that such a choice is made by; a query of more common words is a letter."""
LIKELY = 0.50
"""The share of the query that a page must have to be shown, if there is such a page."""
NUMBER_MISSED = 0.45
"""What remains of an answer that lacks every number: «школа 905» is not «школа 5»."""

DOUBTED = 0.85
"""What remains of an answer of the wrong level: of a region for who asks for a city."""

RULES = {
    "доля названия": 0.035,
    "доля места": 0.02,
    "написание": 0.08,
    "название целиком": 0.2,
    "само место": 0.05,
    "инициалы": 0.12,
    "имя вида": 0.04,
}
"""What each rule adds to the covered share when pages are ordered: the shares of the title and of
the place name that the query names; the share of words spelt as typed; the title is the query; the
place is named, in some case, and not another like it; the person's initials; the share of the words
of kinds' names that the page has just as typed."""
COVERED, _OF_TITLE, _OF_PLACE, SURE_OF, _SPELT, TITLED, _IS_PLACE, _INITIALS, _LITERAL = range(
    len(RULES) + 2
)
_OF_RULES = [_OF_TITLE, _OF_PLACE, _SPELT, TITLED, _IS_PLACE, _INITIALS, _LITERAL]
_ADDS = np.zeros(len(RULES) + 2, np.float32)
_ADDS[COVERED] = 1
_ADDS[_OF_RULES] = list(RULES.values())
_IN_PERSON = int(Field.PERSON)
_NAMES = int(Field.TITLE | Field.ALIAS | Field.FULL_NAME)
_REGIONAL = list(Level).index(Level.REGIONAL)


@dataclass(slots=True)
class Ranked:
    """Pages and, for each, what the rules gave.

    `scores` has a row for each page, of numbers 0…1. `COVERED` is the share of the understood query
    that the page has, after the penalties: how well it answers. `SURE_OF` is its share of the whole
    query, words that were not understood included, by options that are sure: whether it may be the
    answer. The others are those of `RULES`, which order the pages that answer equally well; `total`
    is the sum of these and of `COVERED`. `own` marks the asker's territory, None if there is none.
    """

    pages: Pages
    scores: Floats
    total: Floats
    own: Mask | None
    parts: Parts

    def of_rules(self, column: int) -> list[float]:
        """What each of `RULES` gave a page."""
        given: list[float] = self.scores[column, _OF_RULES].tolist()
        return given


def rank(
    segment: Segment,
    query: Query,
    alive: Mask | None = None,
    own: Mask | None = None,
    *,
    least: float = LIKELY,
) -> Ranked | None:
    """The pages of `segment` that may answer, in no order; None when there is none.

    `alive` marks the pages that still count (None: all), `own` the asker's territories by their
    numbers; pages with less than the share `least` of the query may be left out.
    """
    found = matches(segment, query)
    titled = _by_ways(segment, query.ways)
    few = _candidates(query, found, segment, titled, least)
    if alive is not None:
        few = few[alive[few]]
    if not len(few):
        return None
    if len(few) > MANY:
        few = _narrowed(few, found, segment, titled, own)
    pages = few.astype(np.intp)  # the type by which numpy looks up soonest
    of_query = parts(segment, found, pages)
    scores = _scores(segment, query, of_query, pages, titled)
    is_own = None if own is None else segment.of_territories(own, pages)
    return Ranked(pages, scores, scores.dot(_ADDS), is_own, of_query)


def _by_ways(segment: Segment, ways: Sequence[int]) -> Ids:
    """The pages that the ways lead to, ascending."""
    first, *others = ways
    pages = segment.by_way(first)
    if others:
        pages = np.concatenate([pages, *map(segment.by_way, others)])
        pages.sort()
    return pages


def _scores(segment: Segment, query: Query, of_query: Parts, pages: Pages, titled: Ids) -> Floats:
    """What the covered share and each rule give."""
    facts = segment.facts
    scores = np.zeros((len(pages), len(_ADDS)), np.float32)
    weights, of_spelling = _weights(query, of_query)
    weighed = weights.dot(of_query.worths.reshape(len(weights), len(pages) * len(PARTS)))
    weighed = weighed.reshape(-1, len(PARTS))
    covered, sure_of = scores[:, COVERED], scores[:, SURE_OF]
    np.divide(weighed[:, COVERED], query.understood, out=covered)
    np.divide(weighed[:, SURE_OF], query.whole, out=sure_of)
    shares = weighed[:, _OF_TITLE : _OF_PLACE + 1] / facts.whole.take(pages, axis=0)
    np.minimum(shares, 1, out=scores[:, _OF_TITLE : _OF_PLACE + 1])
    decisive = [of_query.worth(n) for n, term in enumerate(query.terms) if term.decisive]
    if decisive:
        missed = (decisive[0] if len(decisive) == 1 else np.maximum.reduce(decisive)) == 0
        np.multiply(covered, NUMBER_MISSED, out=covered, where=missed)
        np.multiply(sure_of, 0, out=sure_of, where=missed)
    scores[:, _SPELT] = of_spelling.dot(of_query.spelt)
    if query.of_city:  # a governor is no mayor, nor is a region's portal the city's administration
        high = facts.level.take(pages) <= _REGIONAL
        _doubt(covered, sure_of, high & (_mayors(query, of_query) < 1))
    if query.of_country:
        _doubt(covered, sure_of, facts.territory.take(pages) >= 0)
    if query.of_region:
        _doubt(covered, sure_of, facts.territory.take(pages) < 0)
    if len(titled):
        places = pages.searchsorted(titled)
        scores[places[pages.take(places, mode="clip") == titled], TITLED] = 1
        np.maximum(covered, scores[:, TITLED], out=covered)
        np.maximum(sure_of, scores[:, TITLED], out=sure_of)
    if named := segment.places(query.places):
        names = facts.place_name.take(pages)
        for name in named:
            scores[names == name, _IS_PLACE] = 1
    for key in query.literal:
        scores[segment.having(key, pages, _NAMES), _LITERAL] += 1 / len(query.literal)
    if query.initials:
        scores[:, _INITIALS] = _person(query, of_query, facts.initials[pages])
    return scores


def _doubt(covered: Floats, sure_of: Floats, where: Mask) -> None:
    """Take pages for a guess at most, after those that may be meant."""
    np.multiply(covered, DOUBTED, out=covered, where=where)
    sure_of[where] = 0


def _mayors(query: Query, of_query: Parts) -> Floats:
    """1 for the pages that are mayors' themselves, where a mayor was asked for: «Мэр Москвы»."""
    for n, term in enumerate(query.terms):
        if any(KIND + CITY_HEAD in option.keys for option in term.options):
            return of_query.worth(n)
    return np.zeros(of_query.marks.shape[1], np.float32)


def _candidates(
    query: Query, found: Sequence[Match], segment: Segment, titled: Ids, least: float
) -> Ids:
    """The pages of the rarest terms; all the others are only asked about these.

    Enough of the terms are taken when no page without any of them could be shown. A kind makes
    candidates only where nothing else does, and so does a word that says nothing.
    """
    terms = query.terms
    # Words first, then kinds, then words that say nothing.
    sizes = [
        (2 if term.weight <= DOUBTFUL_WEIGHT else term.is_kind, found[n].size, n)
        for n, term in enumerate(terms)
        if term.options
    ]
    chosen: list[Ids] = []
    total, left = 0, query.understood
    enough = least * left
    if _reach(query, found) < enough:
        sizes = []
    sizes.sort()
    for last, size, n in sizes:
        left -= terms[n].weight
        if not size:
            continue
        if chosen and (last or total + size > ENOUGH):
            break
        total += size
        chosen += pages_of(segment, found[n])
        if left < enough:
            break
    if len(titled):
        chosen.append(titled)
    if len(chosen) < 2:
        return chosen[0] if chosen else np.zeros(0, np.uint32)
    if total > len(segment) >> 4:
        return _marked(chosen, segment).nonzero()[0].astype(np.uint32)
    pages = np.concatenate(chosen)
    pages.sort()
    new = np.ones(len(pages), np.bool_)
    np.not_equal(pages[1:], pages[:-1], out=new[1:])
    return pages[new]


def _narrowed(
    pages: Ids,
    found: Sequence[Match],
    segment: Segment,
    titled: Ids,
    own: Mask | None,
) -> Ids:
    """Of very many pages, those that have the other terms, too; else the asker's, then the higher.

    There are so many only where a query is all of common words: «школа», «глава области».
    """
    left, count = _marked([pages], segment), len(pages)
    rarest = sorted((match.size, n) for n, match in enumerate(found) if match.size)
    for _, n in rarest[:NARROWING]:
        if count > MANY:
            having = _marked(pages_of(segment, found[n]), segment) & left
            if some := int(np.count_nonzero(having)):
                left, count = having, some
    pages = np.flatnonzero(left).astype(np.uint32)
    if count > MANY:
        order = segment.facts.level[pages].astype(np.int16)
        if own is not None:
            order[segment.of_territories(own, pages)] -= len(Level) + 1
        order[_marked([titled], segment)[pages]] = np.iinfo(np.int16).min
        pages = np.sort(pages[np.argpartition(order, MANY)[:MANY]])
    return pages


def _marked(some: Iterable[Ids], segment: Segment) -> Mask:
    """Of all pages of the segment, those that are among `some`."""
    marked = np.zeros(len(segment), np.bool_)
    for pages in some:
        marked[pages] = True
    return marked


def _reach(query: Query, found: Sequence[Match]) -> float:
    """How much of the query's weight a page can have at most."""
    reach = 0.0
    numbers = set[bool]()
    for term, match in zip(query.terms, found, strict=True):
        if match.size:
            reach += term.weight
        if term.decisive:
            numbers.add(match.size > 0)
    return reach * NUMBER_MISSED if numbers == {False} else reach


def _weights(query: Query, of_query: Parts) -> tuple[Floats, Floats]:
    """The weight of each row, that of its term, and what its spelling counts.

    The first row of a term stands for all of them.
    """
    of_words = sum([term.weight for term in query.terms if not term.is_kind])
    weights, of_spelling = [0.0] * len(of_query.rows), [0.0] * len(of_query.rows)
    for term, (first, last) in zip(query.terms, pairwise(of_query.bounds), strict=True):
        if first < last:
            weights[first] = term.weight
        for n in range(first, last):
            if spelling := of_query.rows[n].spelling:
                of_spelling[n] = term.weight / of_words / spelling
    return np.array(weights, np.float32), np.array(of_spelling, np.float32)


def _person(query: Query, of_query: Parts, initials: npt.NDArray[np.uint16]) -> Floats:
    """1 where the person's surname was typed and the initials are his; 0.5 with one of two."""
    right = np.zeros(len(initials), np.float32)
    for nth, letter in enumerate(query.initials):
        right += initials[:, nth] == ord(letter)
    right *= (of_query.marks & _IN_PERSON).any(axis=0)
    right /= len(query.initials)
    return right
