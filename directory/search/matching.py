"""Terms of a query → the pages of a segment that have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from directory.search.query import Option, Term
from directory.search.segment import Segment

Ids = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Match:
    """The pages that have a term by one of its options: ascending, with their flags.

    `spelt` are the bits of each page's spellings, `bit` that of the word as typed (0: it does not
    matter, or no page spells it so).
    """

    option: Option
    pages: Ids
    fields: Bytes
    spelt: Bytes
    bit: int = 0


def matches(segment: Segment, term: Term) -> list[Match]:
    """The matches of a term, one for each option that has any."""
    found = []
    for option in term.options:
        if option.prefix:
            numbers: Sequence[int] = segment.vocabulary.with_prefix(option.prefix).tolist()
        else:
            known = (segment.vocabulary.number(key) for key in option.keys)
            numbers = [number for number in known if number is not None]
        if not numbers:
            continue
        match = _match(segment, option, numbers)
        if len(match.pages):
            found.append(match)
    return found


def _match(segment: Segment, option: Option, numbers: Sequence[int]) -> Match:
    postings = segment.postings
    if len(numbers) == 1:
        here = slice(int(postings.starts[numbers[0]]), int(postings.starts[numbers[0] + 1]))
        bit = segment.vocabulary.spelling_bit(option.spelling) if option.spelling else 0
        return Match(option, postings.pages[here], postings.fields[here], postings.spelt[here], bit)
    keys = np.array(numbers)
    first = postings.starts[keys].astype(np.intp)
    sizes = postings.starts[keys + 1] - first
    ends = np.cumsum(sizes)
    every = np.repeat(first - (ends - sizes), sizes) + np.arange(ends[-1])
    pages = postings.pages[every]
    order = np.argsort(pages, kind="stable")
    pages = pages[order]
    new = np.flatnonzero(np.concatenate(([True], pages[1:] != pages[:-1]))) if len(pages) else order
    if not len(new):
        return Match(option, pages, postings.fields[:0], postings.spelt[:0])
    fields = np.bitwise_or.reduceat(postings.fields[every[order]], new)
    return Match(option, pages[new], fields, np.zeros(len(new), np.uint8))
