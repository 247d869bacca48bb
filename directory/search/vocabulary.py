"""The words that the indexed pages have: by key, by prefix, and as they are spelt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from directory.language.stems import fold

Ids = npt.NDArray[np.uint32]


class Vocabulary:
    """Sorted keys, and the spellings of each.

    A key's number is its place in `keys`. `spellings` are sorted by their folded form, so that all
    with a prefix are neighbours; `key_of` tells the key of each.
    """

    def __init__(self, keys: list[str], spellings: list[str], key_of: Ids) -> None:
        self.keys = keys
        self.spellings = spellings
        self.key_of = key_of
        self._by_key = np.argsort(key_of, kind="stable").astype(np.uint32)
        self._starts = np.searchsorted(key_of[self._by_key], np.arange(len(keys) + 1))

    @classmethod
    def of(cls, spellings: Sequence[str], keys: Sequence[str]) -> tuple[Vocabulary, Ids, Ids]:
        """A vocabulary of spellings and the key of each ("" is a key without a spelling).

        Also, for each that was given, the number of its key, and which of the key's spellings it is.
        """
        every = sorted(set(keys))
        number = {key: n for n, key in enumerate(every)}
        numbers = np.fromiter((number[key] for key in keys), np.uint32, len(keys))
        spelt = [n for n, spelling in enumerate(spellings) if spelling]
        spelt.sort(key=lambda n: (fold(spellings[n]), spellings[n]))
        vocabulary = cls(every, [spellings[n] for n in spelt], numbers[spelt])
        nth = np.zeros(len(keys), np.uint32)
        places = np.array(spelt, np.uint32)[vocabulary._by_key]
        nth[places] = np.arange(len(spelt)) - vocabulary._starts[numbers[places]]
        return vocabulary, numbers, nth

    def number(self, key: str) -> int | None:
        """The number of a key, None when it is unknown."""
        place = bisect_left(self.keys, key)
        return place if place < len(self.keys) and self.keys[place] == key else None

    def spellings_of(self, number: int) -> list[str]:
        """How the pages spell the word with this key number."""
        places = self._by_key[self._starts[number] : self._starts[number + 1]]
        return [self.spellings[place] for place in places]

    def with_prefix(self, prefix: str) -> Ids:
        """The numbers of the keys of all words that begin with `prefix`, sorted."""
        folded = fold(prefix)
        first = bisect_left(self.spellings, folded, key=fold)
        last = bisect_left(self.spellings, folded + "\U0010ffff", first, key=fold)
        return np.unique(self.key_of[first:last])
