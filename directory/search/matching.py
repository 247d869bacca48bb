"""Terms of a query → the pages of a segment that have them, and what they are worth there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.search.fields import WORTHS
from directory.search.query import Option, Query
from directory.search.segment import PAGE_BITS, Postings, Segment

Ids = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Exact = npt.NDArray[np.bool_]

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
    """What a segment has of a query: rows in the order of the terms, and gathered options.

    `sizes` tell how many pages have each term, those with several of its keys counted several
    times.
    """

    rows: list[Row]
    gathered: list[Gathered]
    sizes: list[int]

    def pages(self, segment: Segment, term: int) -> list[Ids]:
        """The pages that have the term, for each of its keys."""
        found = [
            segment.postings.pages(row.first, row.last) for row in self.rows if row.term == term
        ]
        return found + [each.pages for each in self.gathered if each.term == term]


def matches(segment: Segment, query: Query) -> Matches:
    """The matches of all terms."""
    found = Matches([], [], [0] * len(query.terms))
    for n, term in enumerate(query.terms):
        for option in term.options:
            if option.prefix:
                numbers = segment.vocabulary.with_prefix(option.prefix).tolist()
                if len(numbers) > FEW_KEYS:
                    found.gathered.append(Gathered(n, option, *_gathered(segment, numbers)))
                    found.sizes[n] += len(found.gathered[-1].pages)
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
            for number, first, last, bit in ranges:
                found.rows.append(Row(n, option, number, first, last, bit))
                found.sizes[n] += last - first
    return found


Range = tuple[int, int, int, int]
"""A key's number, the bounds of its postings, the bit of the spelling typed."""


def _known(segment: Segment, option: Option) -> list[Range]:
    numbers = [segment.vocabulary.number(key) for key in option.keys]
    bit = segment.vocabulary.spelling_bit(option.spelling) if option.spelling else 0
    return _ranges(segment, [number for number in numbers if number is not None], bit)


def _ranges(segment: Segment, numbers: Sequence[int], bit: int = 0) -> list[Range]:
    starts = segment.postings.starts.data
    bounds = [(number, starts[number], starts[number + 1]) for number in numbers]
    return [(number, first, last, bit) for number, first, last in bounds if first < last]


def worths(
    segment: Segment, query: Query, found: Matches, pages: Ids
) -> tuple[Floats, Flags, Exact]:
    """For each term (row) and page (column): its worth, its flags, whether it is spelt as typed.

    All rows are looked up in one search: the postings are sorted by key and page. Of kinds there
    are no flags.
    """
    shape = (len(query.terms), len(pages))
    terms, flags = np.zeros(shape, np.float32), np.zeros(shape, np.uint8)
    spelt = np.zeros(shape, np.bool_)
    if found.rows and len(pages):
        rows = found.rows
        which = [n for n, row in enumerate(rows) if n == 0 or rows[n - 1].term != row.term]
        worth, here, exact = _looked_up(segment.postings, rows, pages)
        if len(which) < len(rows):
            worth = np.maximum.reduceat(worth, which)
            here = np.bitwise_or.reduceat(here, which)
            exact = np.logical_or.reduceat(exact, which)
        if len(which) == len(query.terms):
            terms, flags, spelt = worth, here, exact
        else:
            which = [rows[n].term for n in which]
            terms[which], flags[which], spelt[which] = worth, here, exact
    for each in found.gathered:
        if len(each.pages):
            places = each.pages.searchsorted(pages)
            here = each.fields.take(places, mode="clip")
            here *= each.pages.take(places, mode="clip") == pages
            worth = WORTHS[each.option.where].take(here) * np.float32(each.option.worth)
            terms[each.term] = np.maximum(terms[each.term], worth)
            flags[each.term] |= here
    if kinds := [n for n, term in enumerate(query.terms) if term.is_kind]:
        flags[kinds] = 0
    return terms, flags, spelt


def _looked_up(postings: Postings, rows: Sequence[Row], pages: Ids) -> tuple[Floats, Flags, Exact]:
    """`worths` of each row of the matches."""
    wanted = np.array([row.number << PAGE_BITS for row in rows], np.uint64)[:, None] | pages
    places = postings.keyed.searchsorted(wanted)
    hit = postings.keyed.take(places, mode="clip") == wanted
    here = postings.fields.take(places, mode="clip")
    here *= hit
    table = np.array([row.option.where * len(WORTHS[0]) for row in rows], np.uint16)[:, None]
    worth = WORTHS.take(table + here)
    worth *= np.array([row.option.worth for row in rows], np.float32)[:, None]
    bits = np.array([row.bit for row in rows], np.uint8)[:, None]
    exact = (postings.spelt.take(places, mode="clip") & bits) != 0
    exact &= hit
    return worth, here, exact


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
