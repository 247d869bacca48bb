"""Terms of a query → the pages of a segment that have them, and what they are worth there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.search.fields import EVERYWHERE, WORTHS
from directory.search.query import Option, Query
from directory.search.segment import PAGE_BITS, Postings, Segment

Ids = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Exact = npt.NDArray[np.bool_]

FEW_KEYS = 12
"""Keys of a prefix that are asked about one by one; those of more are gathered first."""
FEW_CELLS = 2000
"""Rows times pages up to which all pages are looked up in all rows, however short these are."""
REMEMBERED = 20_000
_WORTHS = WORTHS.reshape(-1)


class Found(NamedTuple):
    """A key that is looked for: its number, the bounds of its postings, the bit of the spelling
    typed, and how many of the postings are worth anything."""

    number: int
    first: int
    last: int
    bit: int
    size: int


@dataclass(slots=True)
class Row:
    """One key of one option of a term."""

    term: int
    option: Option
    key: Found


@dataclass(slots=True)
class Gathered:
    """All keys of an option that has many (a short prefix): the flags of each page of the segment,
    0 where a page has none of the keys, and how many have one."""

    term: int
    option: Option
    fields: Flags
    size: int


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
        postings = segment.postings
        found = []
        for row in self.rows:
            if row.term == term:
                _, first, last, _, size = row.key
                pages = postings.pages(first, last)
                if size < last - first:
                    pages = pages[WORTHS[row.option.where].take(postings.fields[first:last]) > 0]
                found.append(pages)
        for each in self.gathered:
            if each.term == term:
                found.append(np.flatnonzero(each.fields).astype(np.uint32))
        return found


def matches(segment: Segment, query: Query) -> Matches:
    """The matches of all terms."""
    found = Matches([], [], [0] * len(query.terms))
    for n, term in enumerate(query.terms):
        for option in term.options:
            if option.prefix:
                numbers = segment.vocabulary.with_prefix(option.prefix).tolist()
                if len(numbers) > FEW_KEYS:
                    gathered = Gathered(n, option, *_gathered(segment, numbers))
                    found.gathered.append(gathered)
                    found.sizes[n] += gathered.size
                    continue
                keys = _found(segment, option, numbers)
            else:
                keys = _known(segment, option)
            for key in keys:
                found.rows.append(Row(n, option, key))
                found.sizes[n] += key.size
    return found


def _known(segment: Segment, option: Option) -> list[Found]:
    """The keys of an option; remembered, for the options of queries repeat."""
    asked = (option.keys, option.spelling, option.where)
    known = segment.found.get(asked)
    if known is None:
        numbers = [segment.vocabulary.number(key) for key in option.keys]
        bit = segment.vocabulary.spelling_bit(option.spelling) if option.spelling else 0
        known = _found(segment, option, [n for n in numbers if n is not None], bit)
        if len(segment.found) < REMEMBERED:
            segment.found[asked] = known
    return known


def _found(segment: Segment, option: Option, numbers: Sequence[int], bit: int = 0) -> list[Found]:
    starts, found = segment.postings.starts.data, []
    for number in numbers:
        first, last = starts[number], starts[number + 1]
        size = last - first
        if option.where not in EVERYWHERE:
            fields = segment.postings.fields[first:last]
            size = int(np.count_nonzero(WORTHS[option.where].take(fields)))
        if size:
            found.append(Found(number, first, last, bit, size))
    return found


def parts(
    segment: Segment, query: Query, found: Matches, pages: Ids
) -> tuple[Floats, Flags, Exact]:
    """For each term (row) and page (column): its worth, its flags, whether it is spelt as typed."""
    shape = (len(query.terms), len(pages))
    worths, flags = np.zeros(shape, np.float32), np.zeros(shape, np.uint8)
    spelt = np.zeros(shape, np.bool_)
    rows = found.rows
    if rows and len(pages):
        here, exact = _looked_up(segment.postings, rows, pages)
        table = np.array([row.option.where << 8 for row in rows], np.uint16)[:, None]
        worth = _WORTHS.take(table + here)
        worth *= np.array([row.option.worth for row in rows], np.float32)[:, None]
        which = [n for n, row in enumerate(rows) if n == 0 or rows[n - 1].term != row.term]
        if len(which) < len(rows):
            worth = np.maximum.reduceat(worth, which)
            here = np.bitwise_or.reduceat(here, which)
            exact = np.logical_or.reduceat(exact, which)
        if len(which) == len(query.terms):
            worths, flags, spelt = worth, here, exact
        else:
            for n, first in enumerate(which):
                term = rows[first].term
                worths[term], flags[term], spelt[term] = worth[n], here[n], exact[n]
    for each in found.gathered:
        here = each.fields.take(pages)
        worth = WORTHS[each.option.where].take(here)
        worth *= each.option.worth
        np.maximum(worths[each.term], worth, out=worths[each.term])
        flags[each.term] |= here
    return worths, flags, spelt


def _looked_up(postings: Postings, rows: Sequence[Row], pages: Ids) -> tuple[Flags, Exact]:
    """The flags of each row's key on each page, and whether it is spelt there as typed.

    The postings are sorted by key and page: pages are looked up in the long rows, all in one
    search, and the short rows are spread over the pages.
    """
    few = len(rows) * len(pages) <= FEW_CELLS
    long = [n for n, row in enumerate(rows) if few or row.key.last - row.key.first >= len(pages)]
    looked = [rows[n].key for n in long]
    wanted = np.array([key.number << PAGE_BITS for key in looked], np.uint64)[:, None] | pages
    places = postings.keyed.searchsorted(wanted)
    hit = postings.keyed.take(places, mode="clip") == wanted
    fields = postings.fields.take(places, mode="clip")
    fields *= hit.view(np.uint8)
    bits = np.array([key.bit for key in looked], np.uint8)[:, None]
    exact = (postings.spelt.take(places, mode="clip") & bits) != 0
    exact &= hit
    if len(long) == len(rows):
        return fields, exact
    every = np.zeros((2, len(rows), len(pages)), np.uint8)
    every[0, long], every[1, long] = fields, exact
    for n, row in enumerate(rows):
        _, first, last, bit, _ = row.key
        if last - first < len(pages):
            own = postings.pages(first, last)
            columns = pages.searchsorted(own)
            there = pages.take(columns, mode="clip") == own
            columns = columns[there]
            every[0, n, columns] = postings.fields[first:last][there]
            if bit:
                every[1, n, columns] = (postings.spelt[first:last][there] & bit) != 0
    return every[0], every[1].view(np.bool_)


def _gathered(segment: Segment, numbers: Sequence[int]) -> tuple[Flags, int]:
    """The postings of several keys as one: the flags of each page, and how many have any."""
    postings = segment.postings
    keys = np.array(numbers)
    first = postings.starts[keys].astype(np.intp)
    sizes = postings.starts[keys + 1] - first
    ends = np.cumsum(sizes)
    every = np.repeat(first - (ends - sizes), sizes) + np.arange(ends[-1])
    fields = np.zeros(len(segment), np.uint8)
    pages = postings.keyed[every].astype(np.uint32)
    np.bitwise_or.at(fields, pages, postings.fields[every])
    return fields, int(np.count_nonzero(fields))
