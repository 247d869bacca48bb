"""What a segment has of a term: rows of postings, one for each key of its options."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.uint8]


class PostingRow(NamedTuple):
    """What a segment has of one key of an option.

    `key` is what the postings of the key begin with, `worths` where in the table of worths those of
    the option begin, `spelling` the mark of the spelling that was typed, or 0. `first` and `last`
    are the bounds of the postings, `size` is how many of these are worth anything.

    The keys of a short prefix are many, and one row: `flags` are those of each page of the segment,
    0 where a page has none of the keys.
    """

    key: int
    worths: int
    spelling: int
    first: int
    last: int
    size: int
    flags: Flags | None = None


class Match(NamedTuple):
    """What a segment has of a term; `size` tells how many pages have it, those with several of its
    keys counted several times."""

    rows: list[PostingRow]
    size: int
