"""Query and segment → the pages that answer it and how well, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from directory.search.fields import Field
from directory.search.matching import Match, matches
from directory.search.query import Query
from directory.search.segment import Segment

ENOUGH = 1500
"""Pages from which the rarest words are asked for no more candidates."""
MOST = 96
"""Candidates that are ranked in full."""
NUMBER_MISSED = 0.45
"""What remains of an answer that lacks a number: «школа 905» is not «школа 5»."""
OWN_FIRST, LEVEL_FIRST = 0.01, 0.001
"""Which of very many equal candidates are kept: the asker's own territory, then the higher level."""

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pages and, for each, what the rules gave, all 0…1.

    `covered` is the share of the query that the page has, after the penalties: how well it answers.
    The others order the pages that answer equally well: `titled` its title is the query; `title`
    and `place` are the shares of the title and of the place name that the query names; `spelt` the
    share of words spelt as typed; `person` the initials; `own` the asker's territory.
    """

    pages: Ids
    covered: Floats
    titled: Floats
    title: Floats
    place: Floats
    spelt: Floats
    person: Floats
    own: Floats
    terms: Floats
    """The worth of each term (row) on each page (column)."""

    @property
    def total(self) -> Floats:
        """What the pages are ordered by."""
        total: Floats = self.covered + sum(
            np.float32(weight) * getattr(self, rule) for rule, weight in RULES.items()
        )
        return total

    def only(self, places: npt.NDArray[np.intp]) -> Ranked:
        """The same for some of the pages."""
        return Ranked(*(getattr(self, each.name)[..., places] for each in fields(self)))


RULES = {"titled": 0.2, "title": 0.035, "place": 0.02, "spelt": 0.08, "person": 0.12}
"""What each rule adds to the covered share when pages are ordered."""


def rank(
    segment: Segment,
    query: Query,
    alive: npt.NDArray[np.bool_] | None = None,
    own: npt.NDArray[np.int32] | None = None,
) -> Ranked:
    """The best pages of `segment`, in no order.

    `alive` marks the pages that still count (None: all), `own` are the asker's territories.
    """
    found = [matches(segment, term) for term in query.terms]
    pages = _candidates(found)
    titled = segment.titled(query.title_key)
    if len(titled):
        pages = np.union1d(pages, titled)
    if alive is not None:
        pages = pages[alive[pages]]
    terms, flags, spelt = _asked(query, found, pages)
    weights = np.array([term.weight for term in query.terms], np.float32)
    covered = (weights / weights.sum()) @ terms
    for row, term in enumerate(query.terms):
        if term.decisive:
            covered[terms[row] == 0] *= NUMBER_MISSED
    is_titled = np.zeros(len(pages), np.float32)
    if len(titled):
        is_titled[np.isin(pages, titled)] = 1
        covered = np.maximum(covered, is_titled)
    is_own = np.zeros(len(pages), np.float32)
    if own is not None:
        is_own[np.isin(segment.facts.territory[pages], own)] = 1
    if len(pages) > MOST:
        order = covered + OWN_FIRST * is_own - LEVEL_FIRST * segment.facts.level[pages] + is_titled
        best = np.argpartition(order, -MOST)[-MOST:]
        pages, covered, is_titled, is_own = (
            pages[best],
            covered[best],
            is_titled[best],
            is_own[best],
        )
        terms, flags, spelt = terms[:, best], flags[:, best], spelt[:, best]
    facts = segment.facts
    words = np.where([term.is_kind for term in query.terms], 0, weights)
    worth = words[:, None] * terms
    return Ranked(
        pages,
        covered,
        is_titled,
        _share(worth, flags, Field.TITLE, facts.title_weight[pages]),
        _share(worth, flags, Field.PLACE, facts.place_weight[pages]),
        (words @ spelt) / np.float32(max(words.sum(), 1e-6)),
        _person(query, flags, facts.initials[pages]),
        is_own,
        terms,
    )


def _candidates(found: Sequence[Sequence[Match]]) -> Ids:
    """The pages of the rarest terms; all the others are only asked about these."""
    sized = sorted(
        (sum(len(match.pages) for match in each), n) for n, each in enumerate(found) if each
    )
    chosen: list[Ids] = []
    size = 0
    for count, n in sized:
        if chosen and size + count > ENOUGH:
            break
        size += count
        chosen += [match.pages for match in found[n]]
    if not chosen:
        return np.zeros(0, np.uint32)
    return np.unique(np.concatenate(chosen)) if len(chosen) > 1 else chosen[0]


def _asked(
    query: Query, found: Sequence[Sequence[Match]], pages: Ids
) -> tuple[Floats, npt.NDArray[np.uint8], Floats]:
    """For each term (row) and page (column): its worth, its flags, whether it is spelt as typed."""
    shape = (len(query.terms), len(pages))
    terms, spelt = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    flags = np.zeros(shape, np.uint8)
    for row, each in enumerate(found):
        for nth, match in enumerate(each):
            places = np.minimum(match.pages.searchsorted(pages), len(match.pages) - 1)
            here = match.fields[places] * (match.pages[places] == pages)
            worth = match.option.worths[here] * np.float32(match.option.worth)
            terms[row] = worth if nth == 0 else np.maximum(terms[row], worth)
            if not query.terms[row].is_kind:
                flags[row] |= here
                if match.bit:
                    spelt[row] = ((match.spelt[places] & match.bit) > 0) & (here > 0)
    return terms, flags, spelt


def _share(worth: Floats, flags: npt.NDArray[np.uint8], field: Field, whole: Floats) -> Floats:
    """The share of a title or a place name that the query names, 0 where it names none of it."""
    named = (worth * ((flags & int(field)) > 0)).sum(axis=0)
    return np.minimum(named / np.maximum(whole, 0.05), 1).astype(np.float32)


def _person(query: Query, flags: npt.NDArray[np.uint8], initials: npt.NDArray[np.uint16]) -> Floats:
    """1 where the person's surname was typed and the initials are his; 0.5 with one of two."""
    right = np.zeros(len(initials), np.float32)
    if query.initials:
        for nth, letter in enumerate(query.initials):
            right += initials[:, nth] == ord(letter)
        right *= ((flags & int(Field.PERSON)) > 0).any(axis=0) / np.float32(len(query.initials))
    return right
