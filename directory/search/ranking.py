"""Query and segment → the pages that answer it and how well, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.model import Level
from directory.search.fields import Field
from directory.search.matching import Flags, Floats, Ids, Matches, matches, parts
from directory.search.query import Query
from directory.search.segment import Segment

ENOUGH = 1500
"""Pages from which the rarest words are asked for no more candidates."""
MANY = 1000
"""Pages that are looked up in all terms; of more, those are that have the rarest ones."""
NARROWING = 6
"""Terms that such a choice is made by; a query of more common words is a letter."""
LIKELY = 0.50
"""The share of the query that a page must have to be shown."""
NUMBER_MISSED = 0.45
"""What remains of an answer that lacks a number: «школа 905» is not «школа 5»."""


@dataclass(slots=True)
class Ranked:
    """Pages and, for each, what the rules gave, all 0…1.

    `covered` is the share of the query that the page has, after the penalties: how well it answers.
    `rules` order the pages that answer equally well, a row for each of `RULES`; `total` is the sum
    of both. `own` marks the asker's territory. `terms` has the worth of each term of the query
    (row) on each page (column), `flags` where the page has it.
    """

    pages: Ids
    covered: Floats
    rules: Floats
    total: Floats
    own: npt.NDArray[np.bool_]
    terms: Floats
    flags: Flags


RULES = {
    "название целиком": 0.2,
    "доля названия": 0.035,
    "доля места": 0.02,
    "само место": 0.05,
    "написание": 0.08,
    "инициалы": 0.12,
}
"""What each rule adds to the covered share when pages are ordered: the title is the query; the
shares of the title and of the place name that the query names; the place is named, in some case,
and not another like it; the share of words spelt as typed; the person's initials."""
_TITLE, _IN_PERSON = int(Field.TITLE), int(Field.PERSON)
_PLACE = int(Field.PLACE).bit_length() - 1
_RULE_WEIGHTS = np.array(list(RULES.values()), np.float32)


def rank(
    segment: Segment,
    query: Query,
    alive: npt.NDArray[np.bool_] | None = None,
    own: npt.NDArray[np.int32] | None = None,
) -> Ranked:
    """The pages of `segment` that may answer, in no order.

    `alive` marks the pages that still count (None: all), `own` are the asker's territories.
    """
    found = matches(segment, query)
    titled = segment.titled(query.title_key)
    pages = _candidates(query, found, segment, titled)
    if alive is not None:
        pages = pages[alive[pages]]
    if len(pages) > MANY:
        pages = _narrowed(pages, query, found, segment, titled, own)
    facts = segment.facts
    every, words, of_words = _weights(query)
    worths, flags, spelt = parts(segment, query, found, pages)
    covered: Floats = every @ worths
    for row, term in enumerate(query.terms):
        if term.decisive:
            covered[worths[row] == 0] *= NUMBER_MISSED
    rules = np.zeros((len(RULES), len(pages)), np.float32)
    if len(titled):
        rules[0] = np.isin(pages, titled)
        covered = np.maximum(covered, rules[0])
    rules[1] = words @ (worths * (flags & _TITLE))
    rules[2] = words @ (worths * (flags >> _PLACE & 1))
    rules[1:3] /= facts.whole.take(pages, axis=1)
    np.minimum(rules[1:3], 1, out=rules[1:3])
    if query.places:
        rules[3] = _is_place(query, facts.place_name.take(pages))
    rules[4] = of_words @ spelt
    if query.initials:
        rules[5] = _person(query, flags, facts.initials[pages])
    is_own = np.zeros(len(pages), np.bool_)
    if own is not None:
        is_own = np.isin(facts.territory[pages], own)
    total = covered + _RULE_WEIGHTS @ rules
    return Ranked(pages, covered, rules, total, is_own, worths, flags)


def _candidates(query: Query, found: Matches, segment: Segment, titled: Ids) -> Ids:
    """The pages of the rarest terms; all the others are only asked about these.

    Enough of the terms are taken when no page without any of them could be shown. A kind makes
    candidates only where nothing else does: it is never enough beside other words.
    """
    sizes = [(term.is_kind, found.sizes[n], n) for n, term in enumerate(query.terms)]
    chosen: list[Ids] = []
    total, left = 0, sum([term.weight for term in query.terms])
    enough = LIKELY * left
    if _reach(query, found) < enough:
        sizes = []
    for is_kind, size, n in sorted(sizes):
        left -= query.terms[n].weight
        if not size:
            continue
        if chosen and (is_kind or total + size > ENOUGH):
            break
        total += size
        chosen += found.pages(segment, n)
        if left < enough:
            break
    if len(titled):
        chosen.append(titled)
    if len(chosen) < 2:
        return chosen[0] if chosen else np.zeros(0, np.uint32)
    if total > len(segment) >> 4:
        return np.flatnonzero(_marked(chosen, segment)).astype(np.uint32)
    pages = np.concatenate(chosen)
    pages.sort()
    new = np.ones(len(pages), np.bool_)
    np.not_equal(pages[1:], pages[:-1], out=new[1:])
    return pages[new]


def _narrowed(
    pages: Ids,
    query: Query,
    found: Matches,
    segment: Segment,
    titled: Ids,
    own: npt.NDArray[np.int32] | None,
) -> Ids:
    """Of very many pages, those that have the other terms, too; else the asker's, then the higher.

    There are so many only where a query is all of common words: «школа», «глава области».
    """
    left, count = _marked([pages], segment), len(pages)
    rarest = sorted((size, n) for n, size in enumerate(found.sizes) if size)
    for _, n in rarest[:NARROWING]:
        if count > MANY:
            having = _marked(found.pages(segment, n), segment) & left
            if some := int(np.count_nonzero(having)):
                left, count = having, some
    pages = np.flatnonzero(left).astype(np.uint32)
    if count > MANY:
        order = segment.facts.level[pages].astype(np.int16)
        if own is not None:
            order[np.isin(segment.facts.territory[pages], own)] -= len(Level) + 1
        order[np.isin(pages, titled)] = np.iinfo(np.int16).min
        pages = np.sort(pages[np.argpartition(order, MANY)[:MANY]])
    return pages


def _marked(some: Iterable[Ids], segment: Segment) -> npt.NDArray[np.bool_]:
    """Of all pages of the segment, those that are among `some`."""
    marked = np.zeros(len(segment), np.bool_)
    for pages in some:
        marked[pages] = True
    return marked


def _reach(query: Query, found: Matches) -> float:
    """How much of the query's weight a page can have at most."""
    missed = False
    reach = 0.0
    for term, size in zip(query.terms, found.sizes, strict=True):
        if size:
            reach += term.weight
        elif term.decisive:
            missed = True
    return reach * NUMBER_MISSED if missed else reach


def _weights(query: Query) -> Floats:
    """Three rows: each term's share of all, the weights of the words, and their shares of these.

    Kinds are not among the words: they have no spelling, and no part in a title's own words.
    """
    every = [term.weight for term in query.terms]
    words = [0.0 if term.is_kind else term.weight for term in query.terms]
    total, of_words = sum(every), sum(words) or 1.0
    return np.array(
        [[each / total for each in every], words, [each / of_words for each in words]], np.float32
    )


def _is_place(query: Query, place_name: Ids) -> npt.NDArray[np.bool_]:
    asked = np.array(query.places, np.uint32)[:, None]
    named: npt.NDArray[np.bool_] = np.logical_or.reduce(asked == place_name)
    return named


def _person(query: Query, flags: Flags, initials: npt.NDArray[np.uint16]) -> Floats:
    """1 where the person's surname was typed and the initials are his; 0.5 with one of two."""
    right = np.zeros(len(initials), np.float32)
    for nth, letter in enumerate(query.initials):
        right += initials[:, nth] == ord(letter)
    right *= ((flags & _IN_PERSON) != 0).any(axis=0)
    right /= len(query.initials)
    return right
