"""Query and segment → the pages that answer it and how well, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.search.fields import Field
from directory.search.query import Option, Query, Term
from directory.search.segment import SPELLING_BITS, Segment

ENOUGH = 3000
"""Pages from which the rarest words are asked for no more candidates."""
MOST = 96
"""Candidates that are ranked in full."""
NUMBER_MISSED = 0.45
"""What remains of an answer that lacks a number: «школа 905» is not «школа 5»."""

Floats = npt.NDArray[np.float32]
Pages = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pages and, for each, what the rules gave.

    `covered` 0…1: the share of the query that the page has, after the penalties: how well the page
    answers. The others 0…1 order the pages that answer equally well.
    """

    pages: Pages
    covered: Floats
    titled: Floats
    title: Floats
    place: Floats
    spelt: Floats
    person: Floats
    terms: Floats
    """The worth of each term (row) on each page (column)."""

    @property
    def total(self) -> Floats:
        """What the pages are ordered by."""
        fine = 0.35 * self.title + 0.2 * self.place + 0.25 * self.spelt + 0.6 * self.person
        return self.covered + 0.1 * fine + 0.2 * self.titled


@dataclass(frozen=True, slots=True)
class _Match:
    """An option's postings in one segment, `bit` the spelling that was typed."""

    option: Option
    first: int
    last: int
    bit: int


def rank(segment: Segment, query: Query, alive: npt.NDArray[np.bool_] | None) -> Ranked:
    """The best pages of `segment`, in no order; `alive` marks those that still count."""
    matches = [_matches(segment, term) for term in query.terms]
    pages = _candidates(segment, query, matches)
    titled = segment.titled(query.title_key)
    if len(titled):
        pages = np.union1d(pages, titled)
    if alive is not None:
        pages = pages[alive[pages]]
    total = sum(term.weight for term in query.terms)
    worths = np.zeros((len(query.terms), len(pages)), np.float32)
    fields = np.zeros((len(query.terms), len(pages)), np.uint8)
    spelt = np.zeros((len(query.terms), len(pages)), np.float32)
    covered = np.zeros(len(pages), np.float32)
    keep = np.ones(len(pages), np.float32)
    postings = segment.postings
    for row, (term, found) in enumerate(zip(query.terms, matches, strict=True)):
        for match in found:
            theirs = postings.pages[match.first : match.last]
            places = theirs.searchsorted(pages)
            places[places == len(theirs)] = 0
            hit = theirs[places] == pages
            places += match.first
            flags = postings.fields[places] * hit
            worth = match.option.worths[flags] * np.float32(match.option.worth)
            better = worth > worths[row]
            worths[row] = np.where(better, worth, worths[row])
            if not term.is_kind:
                fields[row] |= flags
                if match.bit:
                    spelt[row] = np.maximum(
                        spelt[row], hit & ((postings.spelt[places] & match.bit) > 0)
                    )
        covered += worths[row] * np.float32(term.weight / total)
        if term.decisive:
            keep[worths[row] == 0] *= NUMBER_MISSED
    covered *= keep
    is_titled = np.isin(pages, titled)
    covered[is_titled] = 1.0
    if len(pages) > MOST:
        best = np.argpartition(covered, -MOST)[-MOST:]
        pages, covered, is_titled = pages[best], covered[best], is_titled[best]
        worths, fields, spelt = worths[:, best], fields[:, best], spelt[:, best]
    facts = segment.facts
    weight = np.array([0 if t.is_kind else t.weight for t in query.terms], np.float32)
    every = max(float(weight.sum()), 1e-6)
    titles = _share(weight, worths, fields, Field.TITLE, facts.title_weight[pages])
    place = _share(weight, worths, fields, Field.PLACE, facts.place_weight[pages])
    person = _person(query, fields, facts.initials[pages])
    return Ranked(
        pages, covered, is_titled.astype(np.float32), titles, place,
        (weight @ spelt) / np.float32(every), person, worths,
    )  # fmt: skip


def _matches(segment: Segment, term: Term) -> list[_Match]:
    found = []
    starts = segment.postings.starts
    for option in term.options:
        for key in option.keys:
            number = segment.vocabulary.number(key)
            if number is None or starts[number] == starts[number + 1]:
                continue
            bit = 0
            if option.spelling:
                spellings = segment.vocabulary.spellings_of(number)
                if option.spelling in spellings:
                    bit = 1 << min(spellings.index(option.spelling), SPELLING_BITS - 1)
            found.append(_Match(option, int(starts[number]), int(starts[number + 1]), bit))
    return found


def _candidates(segment: Segment, query: Query, matches: list[list[_Match]]) -> Pages:
    """The pages of the rarest terms; all the others are only asked about these."""
    sized = sorted(
        (sum(m.last - m.first for m in found), n) for n, found in enumerate(matches) if found
    )
    chosen: list[npt.NDArray[np.uint32]] = []
    size = 0
    for count, n in sized:
        if chosen and size + count > ENOUGH:
            break
        size += count
        chosen += [segment.postings.pages[m.first : m.last] for m in matches[n]]
    if not chosen:
        return np.zeros(0, np.intp)
    return (np.unique(np.concatenate(chosen)) if len(chosen) > 1 else chosen[0]).astype(np.intp)


def _share(
    weight: Floats, worths: Floats, fields: npt.NDArray[np.uint8], field: Field, whole: Floats
) -> Floats:
    """The share of a title or a place name that the query names, 0 where it names none of it."""
    named = (weight[:, None] * np.where(fields & int(field), worths, 0)).sum(axis=0)
    return np.minimum(named / np.maximum(whole, 0.05), 1).astype(np.float32)


def _person(
    query: Query, fields: npt.NDArray[np.uint8], initials: npt.NDArray[np.uint16]
) -> Floats:
    """1 where the person's surname was typed and the initials are his; 0.5 with one of two."""
    if not query.initials:
        return np.zeros(len(initials), np.float32)
    named = (fields & int(Field.PERSON)).any(axis=0)
    right = sum(
        (initials[:, n] == ord(letter)).astype(np.float32)
        for n, letter in enumerate(query.initials)
    )
    return np.where(named, right / len(query.initials), 0).astype(np.float32)
