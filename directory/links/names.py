"""An index of names that finds those which an inattentive reader takes for a given one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA

from directory.links.letters import skeleton

_FREE = ""


def allowed_edits(length: int) -> int:
    """How many edits leave a name recognisable: short names differ by a letter rightfully."""
    return 0 if length < 7 else 1 if length < 12 else 2


class Names:
    """Names, each with its key, by skeleton: equal ones, and those one or two edits away.

    A search passes over all skeletons, but only over two 64-bit sums of each, which numpy compares
    at hundreds of millions a second; an edit alters few of the bits, so hardly any name is left to
    be compared in earnest.
    """

    def __init__(self) -> None:
        self._skeletons: list[str] = []
        self._keys: list[str] = []
        self._signs = array("Q")
        self._pairs = array("Q")
        self._slots: dict[str, int | tuple[int, ...]] = {}
        self._free: list[int] = []

    def add(self, name: str, key: str) -> None:
        """Enter a name; the same name may be entered with several keys."""
        seen = skeleton(name)
        signs, pairs = _sums(seen)
        if self._free:
            slot = self._free.pop()
            self._skeletons[slot], self._keys[slot] = seen, key
            self._signs[slot], self._pairs[slot] = signs, pairs
        else:
            slot = len(self._keys)
            self._skeletons.append(seen)
            self._keys.append(key)
            self._signs.append(signs)
            self._pairs.append(pairs)
        known = self._slots.get(seen)
        self._slots[seen] = slot if known is None else (*_tuple(known), slot)

    def remove(self, name: str, key: str) -> None:
        """Take a name out again. Raises `KeyError` when it is not there with this key."""
        seen = skeleton(name)
        slots = [slot for slot in _tuple(self._slots[seen]) if self._keys[slot] == key]
        if not slots:
            raise KeyError(key)
        rest = tuple(slot for slot in _tuple(self._slots[seen]) if slot != slots[0])
        if rest:
            self._slots[seen] = rest if len(rest) > 1 else rest[0]
        else:
            del self._slots[seen]
        self._skeletons[slots[0]] = self._keys[slots[0]] = _FREE
        self._signs[slots[0]] = self._pairs[slots[0]] = 0
        self._free.append(slots[0])

    def same(self, seen: str) -> Iterator[str]:
        """The keys of the names with this skeleton."""
        if seen in self._slots:
            for slot in _tuple(self._slots[seen]):
                yield self._keys[slot]

    def near(self, seen: str) -> list[str]:
        """The keys of the names a few edits away (`allowed_edits`), nearest first."""
        edits = allowed_edits(len(seen))
        if not edits or not self._keys:
            return []
        signs, pairs = _sums(seen)
        # An edit takes at most one sign away and brings one; of neighbouring pairs, two or three.
        alike = np.bitwise_count(np.frombuffer(self._signs, np.uint64) ^ np.uint64(signs))
        slots = np.flatnonzero(alike <= 2 * edits)
        near = np.frombuffer(self._pairs, np.uint64)[slots] ^ np.uint64(pairs)
        slots = slots[np.bitwise_count(near) <= 6 * edits]
        found = []
        for slot in slots.tolist():
            other = self._skeletons[slot]
            most = min(edits, allowed_edits(len(other)))
            distance = OSA.distance(seen, other, score_cutoff=most)
            if 0 < distance <= most:
                found.append((distance, self._keys[slot]))
        return [key for _, key in sorted(found)]


def _tuple(slots: int | tuple[int, ...]) -> tuple[int, ...]:
    return slots if isinstance(slots, tuple) else (slots,)


def _sums(seen: str) -> tuple[int, int]:
    """Which signs occur in the text, and which pairs of neighbours, as bits."""
    signs = pairs = 0
    before = "^"
    for char in seen:
        signs |= 1 << (ord(char) & 63)
        pairs |= 1 << (_pair(before, char))
        before = char
    return signs, pairs


def _pair(before: str, char: str) -> int:
    return (ord(before) * 31 + ord(char) * 17 + (ord(char) >> 3)) & 63
