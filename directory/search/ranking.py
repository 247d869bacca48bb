"""Query and segment → the pages that answer it and how well, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.search.fields import Field
from directory.search.matching import Match, matches
from directory.search.query import Query
from directory.search.segment import Segment

ENOUGH = 1500
"""Pages from which the rarest words are asked for no more candidates."""
MOST = 64
"""Candidates that are ranked in full."""
NUMBER_MISSED = 0.45
"""What remains of an answer that lacks a number: «школа 905» is not «школа 5»."""
OWN_FIRST, LEVEL_FIRST = 0.2, 0.001
"""Which of very many equal candidates are kept: the asker's own, then those of a higher level."""

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pages and, for each, what the rules gave, all 0…1.

    `covered` is the share of the query that the page has, after the penalties: how well it answers.
    `rules` order the pages that answer equally well, a row for each of `RULES`; `total` is the sum
    of both. `own` marks the asker's territory. `terms` has the worth of each term of the
    query (row) on each page (column).
    """

    pages: Ids
    covered: Floats
    rules: Floats
    total: Floats
    own: Floats
    terms: Floats


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
_RULE_WEIGHTS = np.array(list(RULES.values()), np.float32)


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
    titled = segment.titled(query.title_key)
    pages = _candidates(found, titled, len(segment))
    if alive is not None:
        pages = pages[alive[pages]]
    facts = segment.facts
    asked = _asked(query, found, pages)
    covered = _covered(query, asked.terms)
    is_titled = facts.title_key[pages] == np.uint64(query.title_key)
    covered[is_titled] = 1
    is_own = np.zeros(len(pages), np.float32)
    if own is not None:
        is_own[np.isin(facts.territory[pages], own)] = 1
    words = np.array([0 if t.is_kind else t.weight for t in query.terms], np.float32)
    # The rules that may lift one of a thousand equal pages, before the thousand are cut to MOST.
    rules = np.zeros((len(RULES), len(pages)), np.float32)
    rules[0] = is_titled
    rules[3] = _is_place(query, facts.place_name[pages])
    rules[4] = words @ asked.spelt / max(float(words.sum()), 1e-6)
    if query.initials:
        rules[5] = _person(query, asked.flags, facts.initials[pages])
    if len(pages) > MOST:
        order = covered + _RULE_WEIGHTS @ rules
        order += OWN_FIRST * is_own - LEVEL_FIRST * facts.level[pages]
        best = np.argpartition(order, -MOST)[-MOST:]
        pages, covered, rules, is_own = pages[best], covered[best], rules[:, best], is_own[best]
        asked = _Asked(asked.terms[:, best], asked.flags[:, best], asked.spelt[:, best])
    worth = words[:, None] * asked.terms
    rules[1] = _share(worth, asked.flags, Field.TITLE, facts.title_weight[pages])
    rules[2] = _share(worth, asked.flags, Field.PLACE, facts.place_weight[pages])
    return Ranked(pages, covered, rules, covered + _RULE_WEIGHTS @ rules, is_own, asked.terms)


def _candidates(found: Sequence[Sequence[Match]], titled: npt.NDArray[np.intp], pages: int) -> Ids:
    """The pages of the rarest terms; all the others are only asked about these."""
    sized = sorted(
        (sum([len(match.pages) for match in each]), n) for n, each in enumerate(found) if each
    )
    chosen: list[Ids] = []
    size = 0
    for count, n in sized:
        if chosen and size + count > ENOUGH:
            break
        size += count
        chosen += [match.pages for match in found[n]]
    if len(chosen) == 1 and not len(titled):
        return chosen[0]
    mask = np.zeros(pages, np.bool_)
    mask[titled] = True
    for each in chosen:
        mask[each] = True
    return np.flatnonzero(mask).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class _Asked:
    """For each term (row) and page (column): its worth, its flags, whether it is spelt as typed."""

    terms: Floats
    flags: npt.NDArray[np.uint8]
    spelt: Floats


def _asked(query: Query, found: Sequence[Sequence[Match]], pages: Ids) -> _Asked:
    shape = (len(query.terms), len(pages))
    terms, spelt = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    flags = np.zeros(shape, np.uint8)
    for row, each in enumerate(found):
        for nth, match in enumerate(each):
            places = match.pages.searchsorted(pages)
            places[places == len(match.pages)] = 0
            here = match.fields[places] * (match.pages[places] == pages)
            worth = match.option.worths[here] * np.float32(match.option.worth)
            terms[row] = np.maximum(terms[row], worth) if nth else worth
            if not query.terms[row].is_kind:
                flags[row] |= here
                if match.bit:
                    spelt[row] = ((match.spelt[places] & match.bit) > 0) & (here > 0)
    return _Asked(terms, flags, spelt)


def _covered(query: Query, terms: Floats) -> Floats:
    """The share of the query that each page has, less what it loses by a number that it lacks."""
    weights = np.array([term.weight for term in query.terms], np.float32)
    covered: Floats = (weights / weights.sum()) @ terms
    for row, term in enumerate(query.terms):
        if term.decisive:
            covered[terms[row] == 0] *= NUMBER_MISSED
    return covered


def _share(worth: Floats, flags: npt.NDArray[np.uint8], field: Field, whole: Floats) -> Floats:
    """The share of a title or a place name that the query names, 0 where it names none of it."""
    named = (worth * ((flags & int(field)) > 0)).sum(axis=0)
    share: Floats = np.minimum(named / np.maximum(whole, 0.05), 1)
    return share


def _is_place(query: Query, place_name: Ids) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(place_name), np.bool_)
    for name in query.places:
        found |= place_name == np.uint32(name)
    return found


def _person(query: Query, flags: npt.NDArray[np.uint8], initials: npt.NDArray[np.uint16]) -> Floats:
    """1 where the person's surname was typed and the initials are his; 0.5 with one of two."""
    right = np.zeros(len(initials), np.float32)
    for nth, letter in enumerate(query.initials):
        right += initials[:, nth] == ord(letter)
    named = ((flags & int(Field.PERSON)) > 0).any(axis=0)
    return right * named / np.float32(len(query.initials))
