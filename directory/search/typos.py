"""Words within one or two typing errors of a given one.

Each key of the vocabulary is filed under all forms it takes when up to two of its letters are
dropped. Two words within two errors (a letter wrong, missing, too much, or two swapped) share such a
form, so the candidates are found without a look at the rest of the vocabulary, and only they are
compared in earnest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 24
"""Keys of other lengths are not mended: too short to tell, too long to be a word."""
TWO_ERRORS_FROM = 7
"""The length of a key from which it may have two errors."""

Ids = npt.NDArray[np.uint32]
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.cumprod(np.full(LONGEST + 1, _MULTIPLIER, np.uint64))


class Typos:
    """The forms with letters dropped: `starts` are the bounds of each bucket within `numbers`."""

    def __init__(self, starts: Ids, numbers: Ids) -> None:
        self.starts = starts
        self.numbers = numbers
        self._shift = np.uint64(64 - (len(starts) - 1).bit_length() + 1)

    @classmethod
    def of(cls, keys: Sequence[str]) -> Typos:
        """The forms of all `keys`, which are known by their place in the list."""
        by_length: dict[int, list[int]] = {}
        for number, key in enumerate(keys):
            if SHORTEST <= len(key) <= LONGEST and key.isalpha():
                by_length.setdefault(len(key), []).append(number)
        hashes, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]
        for length, group in by_length.items():
            codes = _codes("".join(keys[n] for n in group)).reshape(-1, length)
            ids = np.array(group, np.uint32)
            for kept in _kept(length):
                hashes.append(_hash(codes[:, kept]))
                numbers.append(ids)
        every = np.concatenate(hashes)
        bits = max(1, int(len(every)).bit_length() - 1)
        buckets = (every >> np.uint64(64 - bits)).astype(np.uint32)
        order = np.argsort(buckets, kind="stable")
        starts = np.zeros((1 << bits) + 1, np.uint32)
        np.cumsum(np.bincount(buckets, minlength=1 << bits), out=starts[1:])
        return cls(starts, np.concatenate(numbers)[order])

    def near(self, key: str, keys: Sequence[str]) -> list[tuple[int, int]]:
        """(errors, number) of the keys within reach of `key`, the nearest first, never itself."""
        length = len(key)
        if not SHORTEST <= length <= LONGEST or not key.isalpha():
            return []
        codes = _codes(key)
        buckets = (
            np.concatenate([_hash(codes[kept]) for kept in _kept_stacked(length)]) >> self._shift
        )
        first, last = self.starts[buckets], self.starts[buckets + np.uint64(1)]
        found = np.unique(
            np.concatenate(
                [self.numbers[a:b] for a, b in zip(first, last, strict=True) if b > a]
                or [self.numbers[:0]]
            )
        )
        reach = 2 if length >= TWO_ERRORS_FROM else 1
        names = [keys[number] for number in found]
        close = process.extract(
            key, names, scorer=OSA.distance, processor=None, limit=None, score_cutoff=reach
        )
        return sorted((int(errors), int(found[place])) for _, errors, place in close if errors)


def _codes(text: str) -> npt.NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _hash(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A number for each row of letters; its high bits are the well mixed ones."""
    with np.errstate(over="ignore"):
        total = (codes * _POWERS[: codes.shape[-1]]).sum(axis=-1, dtype=np.uint64)
        return np.atleast_1d((total ^ (total >> np.uint64(29))) * _MULTIPLIER)


@lru_cache
def _kept(length: int) -> tuple[list[int], ...]:
    """The places that remain when up to two (in a short word one) of `length` are dropped."""
    most = 2 if length >= TWO_ERRORS_FROM - 1 else 1
    return tuple(
        [place for place in range(length) if place not in dropped]
        for count in range(most + 1)
        for dropped in combinations(range(length), count)
    )


@lru_cache
def _kept_stacked(length: int) -> tuple[npt.NDArray[np.intp], ...]:
    """The same, as one array for each number of dropped letters."""
    by_count: dict[int, list[list[int]]] = {}
    for kept in _kept(length):
        by_count.setdefault(len(kept), []).append(kept)
    return tuple(np.array(rows, np.intp) for rows in by_count.values())
