"""The words that the indexed pages have: by key, by prefix, and as they are spelt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from directory.language.stems import fold

SHORTEST_PREFIX = 2
SPELLING_BITS = 8
"""Spellings of a key that are told apart; the last bit is shared by all further ones."""
_FEW = 1000

Ids = npt.NDArray[np.uint32]


class Vocabulary:
    """Sorted keys, and the spellings of each.

    A key's number is its place in `keys`. `spellings` are sorted by their folded form, so that all
    with a prefix are neighbours; `key_of` tells the key of each.
    """

    def __init__(
        self, keys: list[str], spellings: list[str], key_of: Ids, folded: list[str] | None = None
    ) -> None:
        self.keys = keys
        self.spellings = spellings
        self.key_of = key_of
        self.folded = folded or [fold(spelling) for spelling in spellings]
        # Looked up far more often than a bisection through so many strings would bear.
        self._number = {key: number for number, key in enumerate(keys)}
        self._place = {spelling: place for place, spelling in enumerate(spellings)}
        self._forms = frozenset(self.folded)
        by_key = np.argsort(key_of, kind="stable")
        self._keys_in_order, self._by_key = key_of[by_key], by_key.astype(np.uint32)
        first = np.searchsorted(self._keys_in_order, self._keys_in_order)
        nth = np.minimum(np.arange(len(by_key)) - first, SPELLING_BITS - 1)
        self.bits = np.zeros(len(spellings), np.uint8)
        """The bit that tells each spelling from the others of its key."""
        self.bits[by_key] = 1 << nth

    @classmethod
    def of(cls, spellings: Sequence[str], keys: Sequence[str]) -> tuple[Vocabulary, Ids, Ids]:
        """A vocabulary of spellings and the key of each ("" is a key without a spelling).

        Also, for each that was given, the number of its key, and its place among the spellings.
        """
        every = sorted(set(keys))
        number = {key: n for n, key in enumerate(every)}
        numbers = np.fromiter((number[key] for key in keys), np.uint32, len(keys))
        order = sorted((fold(each), each, n) for n, each in enumerate(spellings) if each)
        spelt = [n for _, _, n in order]
        vocabulary = cls(
            every,
            [each for _, each, _ in order],
            numbers[spelt],
            [folded for folded, _, _ in order],
        )
        places = np.zeros(len(keys), np.uint32)
        places[spelt] = np.arange(len(spelt))
        return vocabulary, numbers, places

    def number(self, key: str) -> int | None:
        """The number of a key, None when it is unknown."""
        return self._number.get(key)

    def spelling_bit(self, word: str) -> int:
        """The bit of this very spelling, 0 when no page has it."""
        place = self._place.get(word)
        return 0 if place is None else int(self.bits[place])

    def place(self, word: str) -> int:
        """Where this very spelling stands among all, from 1; 0 when no page has it."""
        return self._place.get(word, -1) + 1

    def has(self, word: str) -> bool:
        """Whether a page has the word so, or with letters that are easily confused."""
        return fold(word) in self._forms

    def spellings_of(self, key: str) -> list[str]:
        """How pages spell a key."""
        number = self.number(key)
        if number is None:
            return []
        first = self._keys_in_order.searchsorted(np.uint32(number), "left")
        last = self._keys_in_order.searchsorted(np.uint32(number), "right")
        return [self.spellings[place] for place in self._by_key[first:last].tolist()]

    def has_prefix(self, prefix: str) -> bool:
        """Whether any word begins with `prefix`."""
        folded = fold(prefix)
        if len(folded) < SHORTEST_PREFIX:  # «ыыыы» is no more than «и»
            return False
        place = bisect_left(self.folded, folded)
        return place < len(self.folded) and self.folded[place].startswith(folded)

    def with_prefix(self, prefix: str) -> Ids:
        """The numbers of the keys of all words that begin with `prefix`, sorted."""
        folded = fold(prefix)
        first = bisect_left(self.folded, folded)
        last = bisect_left(self.folded, folded + "\U0010ffff", first)
        if last - first <= _FEW:  # «шу» is Шумиха rather than Щучье, when both are known
            exact = [n for n in range(first, last) if self.spellings[n].startswith(prefix)]
            return _distinct(self.key_of[exact or range(first, last)])
        return _distinct(self.key_of[first:last])


def _distinct(numbers: Ids) -> Ids:
    """The numbers in order, each once. `np.unique` brings modules with it that take 15 ms to load,
    which the first query of a process would wait for."""
    in_order = np.sort(numbers)
    new = np.ones(len(in_order), np.bool_)
    np.not_equal(in_order[1:], in_order[:-1], out=new[1:])
    return in_order[new]
