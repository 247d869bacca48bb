"""An index of names that finds those which look or sound like a given one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from directory.links.letters import skeleton
from directory.links.sound import sound
from directory.mapped import Array, Arrays, Layered, Texts, TextTable, number_of

_FREE = ""
_AT_ONCE = 10_000
"""Names processed at once: some megabytes of temporary memory."""


class SimilarNames:
    """Names with their keys, found by equal look, equal sound, or one or two edits apart.

    Edits are found by a scan over two 64-bit signatures of each name, which numpy compares at
    hundreds of millions a second; an edit changes few bits, so few names need an exact comparison.
    """

    def __init__(
        self, one_edit: int = 0, two_edits: int = 0, *, kept: Arrays | None = None
    ) -> None:
        """One edit is allowed from `one_edit` characters on, two from `two_edits`: shorter names
        that differ by a letter are different names. With 0 only equal names are searched for.

        `kept` is the output of `arrays`, of this or of an earlier process."""
        self._one, self._two = one_edit, two_edits
        self._skeletons, self._keys = (
            _Strings(Texts(kept[name], kept[f"{name}.starts"]) if kept else None)
            for name in ("skeletons", "names")
        )
        slots = TextTable.from_arrays("slots", kept) if kept else None
        self._slots = Layered[tuple[int, ...]](_written, _read, slots)
        self._free: list[int] = []
        self._sums: NDArray[np.uint64] = kept["sums"] if kept else np.zeros((3, 0), np.uint64)
        self._unsummed: dict[int, str] = {}

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """The contents, to be written to a file."""
        self.settle()
        slots = [slot for slot in range(len(self._keys)) if self._keys[slot] != _FREE]
        place = {slot: number for number, slot in enumerate(slots)}
        for name, strings in (("skeletons", self._skeletons), ("names", self._keys)):
            texts = Texts.of(strings[slot] for slot in slots)
            yield name, texts.block
            yield f"{name}.starts", texts.starts
        held = {seen: tuple(place[slot] for slot in known) for seen, known in self._slots.items()}
        table = TextTable.of((seen, _written(known)) for seen, known in held.items())
        yield from table.arrays("slots")
        yield "sums", self._sums[:, slots] if self._one else np.zeros((3, 0), np.uint64)

    def add(self, name: str, key: str) -> None:
        """Add a name; the same name may have several keys."""
        seen = skeleton(name)
        if self._free:
            slot = self._free.pop()
            self._skeletons[slot], self._keys[slot] = seen, key
        else:
            slot = len(self._keys)
            self._skeletons.append(seen)
            self._keys.append(key)
        if self._one:
            self._unsummed[slot] = name
        self._slots[seen] = (*self._slots.get(seen, ()), slot)

    def remove(self, name: str, key: str) -> None:
        """Remove a name. Raises `KeyError` when it is not there with this key."""
        seen = skeleton(name)
        slots = [slot for slot in self._slots[seen] if self._keys[slot] == key]
        if not slots:
            raise KeyError(key)
        rest = tuple(slot for slot in self._slots[seen] if slot != slots[0])
        if rest:
            self._slots[seen] = rest
        else:
            del self._slots[seen]
        self._skeletons[slots[0]] = self._keys[slots[0]] = _FREE
        if self._one:
            self._unsummed[slots[0]] = _FREE
        self._free.append(slots[0])

    def same(self, seen: str) -> Iterator[str]:
        """The keys of the names with this skeleton."""
        for slot in self._slots.get(seen, ()):
            yield self._keys[slot]

    def heard(self, name: str) -> list[str]:
        """The keys of the names that sound like this one, however they are spelt."""
        self.settle()
        wanted = _sound_sum(name)
        slots = np.flatnonzero(self._sums[2] == wanted).tolist() if wanted else []
        return [self._keys[slot] for slot in slots]

    def near(self, seen: str) -> list[str]:
        """The keys of the names a few edits away, nearest first."""
        edits = self._allowed(len(seen))
        if not edits or not self._keys:
            return []
        self.settle()
        signs, pairs = _sums([seen])[:, 0]
        # An edit takes at most one sign away and brings one; of neighbouring pairs, three.
        slots = np.flatnonzero(np.bitwise_count(self._sums[0] ^ signs) <= 2 * edits)
        slots = slots[np.bitwise_count(self._sums[1][slots] ^ pairs) <= 6 * edits]
        found = []
        for slot in slots.tolist():
            if slot >= len(self._keys):
                break
            other = self._skeletons[slot]
            most = min(edits, self._allowed(len(other)))
            distance = OSA.distance(seen, other, score_cutoff=most)
            if 0 < distance <= most:
                found.append((distance, self._keys[slot]))
        return [key for _, key in sorted(found)]

    def settle(self) -> None:
        """Compute the missing signatures; searches call it, and many at once are cheap."""
        if not self._unsummed:
            return
        missing = len(self._keys) - self._sums.shape[1]
        if missing > 0:
            spare = missing + len(self._keys) // 8
            self._sums = np.hstack([self._sums, np.zeros((3, spare), np.uint64)])
        unsummed = list(self._unsummed)
        for start in range(0, len(unsummed), _AT_ONCE):
            slots = unsummed[start : start + _AT_ONCE]
            self._sums[:2, slots] = _sums([self._skeletons[slot] for slot in slots])
            self._sums[2, slots] = [_sound_sum(self._unsummed[slot]) for slot in slots]
        self._unsummed = {}

    def _allowed(self, length: int) -> int:
        return (length >= self._one) + (length >= self._two)


class _Strings:
    """Strings by number: those from the file, and the later changes."""

    def __init__(self, base: Texts | None) -> None:
        self._base = base or Texts.of(())
        self._changed: dict[int, str] = {}
        self._length = len(self._base)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, number: int) -> str:
        found = self._changed.get(number)
        return self._base[number] if found is None else found

    def __setitem__(self, number: int, text: str) -> None:
        self._changed[number] = text

    def append(self, text: str) -> None:
        """Add a string at the end."""
        self._changed[self._length] = text
        self._length += 1


def _written(slots: tuple[int, ...]) -> str:
    return " ".join(map(str, slots))


def _read(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _sound_sum(name: str) -> int:
    """The sound of a name in 64 bits; 0 for none."""
    heard = sound(name)
    return number_of(heard) if heard else 0


def _sums(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Signatures: the characters of each text, and its pairs of neighbours, as bits; two rows."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    # A separator before each text: so none is empty, and the first character has a neighbour.
    codes = np.frombuffer("".join(f"\n{text}" for text in texts).encode("utf-32-le"), np.uint32)
    before = np.roll(codes, 1)
    before[starts] = 0
    bits = np.uint64(1) << np.stack([codes * 7, before * 37 + codes * 11]).astype(np.uint64) % 64
    sums: NDArray[np.uint64] = np.bitwise_or.reduceat(bits, starts, axis=1)
    return sums
