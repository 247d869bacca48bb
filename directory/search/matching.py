"""Terms of a query → the pages of a segment that have them, and what they are worth there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from directory.search.fields import EVERYWHERE, WORTHS, Field, Worth
from directory.search.query import Option, Query
from directory.search.rows import Match, PostingRow
from directory.search.segment import PAGE_BITS, SPELLINGS, Postings, Segment

Ids = npt.NDArray[np.uint32]
Pages = npt.NDArray[np.intp]
Flags = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float32]

FEW_KEYS = 12
"""Keys of a prefix that are asked about one by one; those of more are gathered first."""
FEW_CELLS = 2000
"""Rows times pages up to which all pages are looked up in all rows, however short these are."""
REMEMBERED = 20_000

ANYWHERE, IN_TITLE, IN_PLACE, SURELY = PARTS = range(4)
"""What is asked of a term and a page: what the term is worth there, wherever it stands; in the
title; in the name of the place; and by the options that are sure. 0 if the page does not have it
so."""
_HUNDREDTHS = 101
_FIELDS = 0xFF
"""Of a mark, the byte that tells where a page has a key; the other one is of its spelling."""


def _worth_table() -> Floats:
    """The worth by `Worth`, hundredths of the option's worth and flags (rows), for each part.

    Kinds have no part in a title's own words or a place's. A second table follows for options that
    are not sure.
    """
    flags = np.arange(WORTHS.shape[1])
    table = np.repeat(WORTHS[:, :, None], len(PARTS), axis=2)
    table[:, flags & Field.TITLE == 0, IN_TITLE] = 0
    table[:, flags & Field.PLACE == 0, IN_PLACE] = 0
    table[[Worth.KIND, Worth.BROADER_KIND], :, IN_TITLE:SURELY] = 0
    unsure = table.copy()
    unsure[:, :, SURELY] = 0
    table = np.concatenate([table, unsure])
    by_option = np.linspace(0, 1, _HUNDREDTHS, dtype=np.float32)
    every: Floats = (table[:, None] * by_option[:, None, None]).reshape(-1, len(PARTS))
    return every


_WORTHS = _worth_table()


_NO_KEY = 1 << 62


def matches(segment: Segment, query: Query) -> list[Match]:
    """The match of each term."""
    return [_match(segment, term.options) for term in query.terms]


def _match(segment: Segment, options: tuple[Option, ...]) -> Match:
    """The match of a term; remembered if it has no prefix, for the words of queries repeat."""
    match = segment.matched.get(options)
    if match is None:
        rows = [row for option in options for row in _rows(segment, option)]
        match = Match(rows, sum([row.size for row in rows]))
        if len(segment.matched) < REMEMBERED and not any(option.prefix for option in options):
            segment.matched[options] = match
    return match


def _rows(segment: Segment, option: Option) -> Iterable[PostingRow]:
    vocabulary, spelling = segment.vocabulary, 0
    table = option.where if option.sure else option.where + len(WORTHS)
    worths = (table * _HUNDREDTHS + round(option.worth * 100)) << SPELLINGS
    if option.prefix:
        numbers = vocabulary.with_prefix(option.prefix).tolist()
        if len(numbers) > FEW_KEYS:
            flags = _gathered(segment, numbers)
            yield PostingRow(_NO_KEY, worths, 0, 0, 0, int(np.count_nonzero(flags)), flags)
            return
    else:
        known = map(vocabulary.number, option.keys)
        numbers = [number for number in known if number is not None]
        if option.spelling:
            spelling = vocabulary.spelling_bit(option.spelling) << SPELLINGS
    starts = segment.postings.starts.data
    for number in numbers:
        first, last = starts[number], starts[number + 1]
        size = last - first
        if option.where not in EVERYWHERE:
            fields = segment.postings.fields(first, last)
            size = int(np.count_nonzero(WORTHS[option.where].take(fields)))
        if size:
            yield PostingRow(number << PAGE_BITS, worths, spelling, first, last, size)


def _gathered(segment: Segment, numbers: Sequence[int]) -> Flags:
    """The flags of all pages for several keys."""
    postings = segment.postings
    keys = np.array(numbers)
    first = postings.starts[keys].astype(np.intp)
    sizes = postings.starts[keys + 1] - first
    ends = np.cumsum(sizes)
    every = np.repeat(first - (ends - sizes), sizes) + np.arange(ends[-1])
    flags = np.zeros(len(segment), np.uint8)
    pages = postings.keyed[every].astype(np.uint32)
    np.bitwise_or.at(flags, pages, postings.marks[every].astype(np.uint8))
    return flags


def pages_of(segment: Segment, match: Match) -> list[Ids]:
    """The pages that have a term, for each of its rows."""
    postings, found = segment.postings, []
    for row in match.rows:
        if row.flags is not None:
            pages = row.flags.nonzero()[0].astype(np.uint32)
        else:
            pages = postings.pages(row.first, row.last)
            if row.size < len(pages):
                fields = postings.fields(row.first, row.last).astype(np.intp)
                pages = pages[_WORTHS[row.worths + fields, ANYWHERE] > 0]
        found.append(pages)
    return found


@dataclass(slots=True)
class Parts:
    """What some pages have of a query.

    The `rows` of term `n` are those from `bounds[n]` to `bounds[n + 1]`. For each row and page,
    `marks` tell where the page has it (in the low byte) and how it is spelt there, `spelt` is the
    mark of the spelling that was typed or 0, and `worths` has a number 0…1 for each part: in the
    first row of a term, what the whole term is worth there.
    """

    rows: list[PostingRow]
    bounds: list[int]
    marks: Marks
    spelt: Floats
    worths: Floats

    def worth(self, term: int) -> Floats:
        """What a term is worth on each page."""
        first, last = self.bounds[term : term + 2]
        nowhere = np.zeros(self.marks.shape[1], np.float32)
        return self.worths[first, :, ANYWHERE] if first < last else nowhere

    def flags(self, term: int, column: int) -> int:
        """The `Field` flags of where the page of a column has a term."""
        marks = 0
        for mark in self.marks[self.bounds[term] : self.bounds[term + 1], column].tolist():
            marks |= mark
        return marks & _FIELDS


def parts(segment: Segment, found: Sequence[Match], pages: Pages) -> Parts:
    """What the pages have of the terms that were found."""
    rows: list[PostingRow] = []
    bounds = [0]
    for match in found:
        rows += match.rows
        bounds.append(len(rows))
    columns = np.array([row[:3] for row in rows], np.int64).reshape(-1, 3)
    marks = _marks(segment.postings, rows, columns[:, :1], pages)
    worths = _WORTHS.take(columns[:, 1:2] + marks.astype(np.uint8), axis=0)
    for first, last in pairwise(bounds):
        if last - first == 2:  # most often; a reduction takes twice as long
            np.maximum(worths[first], worths[first + 1], out=worths[first])
        elif last - first > 2:
            np.maximum.reduce(worths[first:last], axis=0, out=worths[first])
    spelt = (marks & columns[:, 2:].astype(np.uint16)).astype(np.float32)
    return Parts(rows, bounds, marks, spelt, worths)


def _marks(
    postings: Postings, rows: Sequence[PostingRow], keys: npt.NDArray[np.int64], pages: Pages
) -> Marks:
    """The marks of each row on each page, 0 where a page does not have it.

    The postings are sorted by key and page: pages are looked up in the long rows, all in one
    search, and the short rows are spread over the pages.
    """
    if len(rows) * len(pages) <= FEW_CELLS:
        marks = _looked_up(postings, keys | pages)
    else:
        marks = np.zeros((len(rows), len(pages)), np.uint16)
        long = [n for n, row in enumerate(rows) if row.last - row.first >= len(pages)]
        marks[long] = _looked_up(postings, keys[long] | pages)
        for n, row in enumerate(rows):
            if row.last - row.first < len(pages):
                own = postings.pages(row.first, row.last)
                columns = pages.searchsorted(own)
                there = pages.take(columns, mode="clip") == own
                marks[n, columns[there]] = postings.marks[row.first : row.last][there]
    for n, row in enumerate(rows):
        if row.flags is not None:
            marks[n] = row.flags.take(pages)
    return marks


def _looked_up(postings: Postings, wanted: npt.NDArray[np.int64]) -> Marks:
    places = postings.keyed.searchsorted(wanted)
    hit = postings.keyed.take(places, mode="clip") == wanted
    marks: Marks = postings.marks.take(places, mode="clip")
    marks *= hit.astype(np.uint16)  # numpy multiplies arrays of one type several times sooner
    return marks
