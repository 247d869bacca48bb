"""Terms of a query → the pages of a segment that have them, and what they are worth there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.search.query import Option, Query
from directory.search.segment import PAGE_BITS, Segment

Ids = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

FEW_KEYS = 12
"""Keys of a prefix that are asked about one by one; those of more are gathered first."""
REMEMBERED = 20_000


@dataclass(slots=True)
class Row:
    """One key of one option of a term: the postings `first:last`; `bit` is the spelling typed."""

    term: int
    option: Option
    number: int
    first: int
    last: int
    bit: int


@dataclass(slots=True)
class Gathered:
    """All keys of an option that has many (a short prefix): their pages, ascending, and flags."""

    term: int
    option: Option
    pages: Ids
    fields: Flags


@dataclass(slots=True)
class Matches:
    """What a segment has of a query: rows in the order of the terms, and gathered options."""

    rows: list[Row]
    gathered: list[Gathered]

    def size(self, term: int) -> int:
        """How many pages have the term, those with several of its keys counted several times."""
        size = sum([row.last - row.first for row in self.rows if row.term == term])
        return size + sum([len(each.pages) for each in self.gathered if each.term == term])

    def pages(self, segment: Segment, term: int) -> list[Ids]:
        """The pages that have the term, for each of its keys."""
        found = [
            segment.postings.pages(row.first, row.last) for row in self.rows if row.term == term
        ]
        return found + [each.pages for each in self.gathered if each.term == term]


def matches(segment: Segment, query: Query) -> Matches:
    """The matches of all terms."""
    found = Matches([], [])
    for n, term in enumerate(query.terms):
        for option in term.options:
            if option.prefix:
                numbers = segment.vocabulary.with_prefix(option.prefix).tolist()
                if len(numbers) > FEW_KEYS:
                    found.gathered.append(Gathered(n, option, *_gathered(segment, numbers)))
                    continue
                ranges = _ranges(segment, numbers)
            else:
                # The words of queries repeat, and so do their options.
                key = (option.keys, option.spelling)
                known = segment.found.get(key)
                if known is None:
                    known = _known(segment, option)
                    if len(segment.found) < REMEMBERED:
                        segment.found[key] = known
                ranges = known
            found.rows += [Row(n, option, *each) for each in ranges]
    return found


Range = tuple[int, int, int, int]
"""A key's number, the bounds of its postings, the bit of the spelling typed."""


def _known(segment: Segment, option: Option) -> list[Range]:
    numbers = [segment.vocabulary.number(key) for key in option.keys]
    bit = segment.vocabulary.spelling_bit(option.spelling) if option.spelling else 0
    return _ranges(segment, [number for number in numbers if number is not None], bit)


def _ranges(segment: Segment, numbers: Sequence[int], bit: int = 0) -> list[Range]:
    starts = segment.postings.starts
    bounds = [(number, int(starts[number]), int(starts[number + 1])) for number in numbers]
    return [(number, first, last, bit) for number, first, last in bounds if first < last]


def worths(
    segment: Segment, query: Query, found: Matches, pages: Ids
) -> tuple[Floats, Flags, Floats]:
    """For each term (row) and page (column): its worth, its flags, whether it is spelt as typed.

    All rows are looked up in one search: the postings are sorted by key and page.
    """
    shape = (len(query.terms), len(pages))
    terms, spelt = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    flags = np.zeros(shape, np.uint8)
    rows, postings = found.rows, segment.postings
    if rows and len(pages):
        numbers = np.array([row.number for row in rows], np.uint64)[:, None]
        wanted = numbers << PAGE_BITS | pages
        places = np.minimum(postings.keyed.searchsorted(wanted), len(postings.keyed) - 1)
        hit = postings.keyed[places] == wanted
        here = postings.fields[places] * hit
        tables = np.array([row.option.worths for row in rows])
        tables *= np.array([row.option.worth for row in rows], np.float32)[:, None]
        worth = np.take_along_axis(tables, here.astype(np.intp), axis=1)
        bits = np.array([row.bit for row in rows], np.uint8)[:, None]
        exact = (postings.spelt[places] & bits > 0) & hit
        firsts = [n for n, row in enumerate(rows) if n == 0 or rows[n - 1].term != row.term]
        which = [rows[n].term for n in firsts]
        terms[which] = np.maximum.reduceat(worth, firsts, axis=0)
        flags[which] = np.bitwise_or.reduceat(here, firsts, axis=0)
        spelt[which] = np.logical_or.reduceat(exact, firsts, axis=0)
    for each in found.gathered:
        if len(each.pages):
            place = np.minimum(each.pages.searchsorted(pages), len(each.pages) - 1)
            here = each.fields[place] * (each.pages[place] == pages)
            worth = each.option.worths[here] * np.float32(each.option.worth)
            terms[each.term] = np.maximum(terms[each.term], worth)
            flags[each.term] |= here
    flags[[n for n, term in enumerate(query.terms) if term.is_kind]] = 0
    return terms, flags, spelt


def _gathered(segment: Segment, numbers: Sequence[int]) -> tuple[Ids, Flags]:
    """The postings of several keys as one: each page once, with all its flags."""
    postings = segment.postings
    keys = np.array(numbers)
    first = postings.starts[keys].astype(np.intp)
    sizes = postings.starts[keys + 1] - first
    ends = np.cumsum(sizes)
    every = np.repeat(first - (ends - sizes), sizes) + np.arange(ends[-1])
    pages = postings.keyed[every].astype(np.uint32)
    if not len(pages):
        return pages, postings.fields[:0]
    order = np.argsort(pages, kind="stable")
    pages = pages[order]
    new = np.flatnonzero(np.concatenate(([True], pages[1:] != pages[:-1])))
    return pages[new], np.bitwise_or.reduceat(postings.fields[every[order]], new)
