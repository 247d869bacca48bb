"""Words within one or two typing errors of a given one.

Each word of the vocabulary is filed under all forms it takes when up to two of its letters are
dropped. Two words within two errors (a letter wrong, missing, too much, two swapped) share such a
form, so the candidates are found without a look at the rest of the vocabulary, and only they are
compared in earnest.

The words are the keys, which no case ending can disturb; of keys too short to be told apart by
(«муз» of «музей») the spellings too. Word `n` is key `n`, or spelling `n` minus the number of keys.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.language.stems import fold, key
from directory.search.vocabulary import Vocabulary

SHORTEST, LONGEST = 4, 20
"""Words of other lengths are not mended: too short to tell, too long to be a word."""
_CUT_FROM = 5

Ids = npt.NDArray[np.uint32]
_TWO_DROPPED_FROM = 5
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.cumprod(np.full(LONGEST + 1, _MULTIPLIER, np.uint64))


class Typos:
    """The forms with letters dropped: `starts` are the bounds of each bucket within `words`."""

    def __init__(self, starts: Ids, words: Ids) -> None:
        self.starts = starts
        self.words = words
        self._shift = np.uint64(64 - (len(starts) - 1).bit_length() + 1)

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Typos:
        """The forms of all words of a vocabulary."""
        keys = vocabulary.keys
        by_length: dict[int, list[tuple[int, str]]] = {}
        for number, word in enumerate(keys):
            by_length.setdefault(len(word), []).append((number, word))
        for place, word in enumerate(vocabulary.folded):
            if len(keys[vocabulary.key_of[place]]) <= SHORTEST:
                by_length.setdefault(len(word), []).append((len(keys) + place, word))
        hashes, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]
        for length, group in by_length.items():
            group = [(n, word) for n, word in group if _may_be_mended(word)]
            if not group:
                continue
            codes = _codes("".join(word for _, word in group)).reshape(-1, length)
            ids = np.array([n for n, _ in group], np.uint32)
            for form in _powers(length).T:
                hashes.append(_hash(codes @ form))
                numbers.append(ids)
        every = np.concatenate(hashes)
        bits = max(1, len(every).bit_length())  # a bucket has half a word, most have none
        buckets = (every >> np.uint64(64 - bits)).astype(np.uint32)
        order = np.argsort(buckets, kind="stable")
        starts = np.zeros((1 << bits) + 1, np.uint32)
        np.cumsum(np.bincount(buckets, minlength=1 << bits), out=starts[1:])
        return cls(starts, np.concatenate(numbers)[order])

    def near(self, word: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
        """(errors, key number) of the words within two errors of `word`, the nearest first.

        Which of them are too far for a word so short is left to the reader.
        """
        stem, whole = key(word), fold(word)
        found = self._near(stem, vocabulary)
        if whole != stem:
            found += self._near(whole, vocabulary)
        # An error in the ending keeps it from being cut.
        for cut in (1, 2, 3):
            if not found and len(whole) - cut > _CUT_FROM:
                found = [
                    (errors + cut // 2, n) for errors, n in self._near(whole[:-cut], vocabulary)
                ]
        return sorted(found)

    def _near(self, word: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
        if not _may_be_mended(word):
            return []
        buckets = (_hash(_codes(word) @ _powers(len(word))) >> self._shift).astype(np.intp)
        first, last = self.starts[buckets].tolist(), self.starts[buckets + 1].tolist()
        filed = [self.words[a:b] for a, b in zip(first, last, strict=True) if a != b]
        numbers = list(set(np.concatenate(filed).tolist())) if filed else []
        keys, folded, found = vocabulary.keys, vocabulary.folded, []
        names = [keys[n] if n < len(keys) else folded[n - len(keys)] for n in numbers]
        far = process.cdist([word], names, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)[0]
        for nth in np.flatnonzero(far <= 2).tolist():
            if names[nth] != word:
                number = numbers[nth]
                own = number if number < len(keys) else int(vocabulary.key_of[number - len(keys)])
                found.append((int(far[nth]), own))
        return found


def _may_be_mended(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _codes(text: str) -> npt.NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _hash(total: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A number for each sum of letters times powers; its high bits are the well mixed ones."""
    return (total ^ (total >> np.uint64(29))) * _MULTIPLIER


@lru_cache
def _powers(length: int) -> npt.NDArray[np.uint64]:
    """What to multiply the letters of a word with: a column for each form, 0 where one is dropped.

    The forms are those with none, one and two of the letters dropped.
    """
    most = 2 if length >= _TWO_DROPPED_FROM else 1
    dropped = [
        list(places) for count in range(most + 1) for places in combinations(range(length), count)
    ]
    kept = np.ones((len(dropped), length), np.bool_)
    for form, places in zip(kept, dropped, strict=True):
        form[places] = False
    return np.where(kept, _POWERS[kept.cumsum(axis=1) - 1], np.uint64(0)).T
