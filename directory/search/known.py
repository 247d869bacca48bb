"""What the words of a query are to all segments of an index together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from directory.search.segment import Segment

_NEAR_REMEMBERED = 100  # words whose neighbours are kept for the other readings of a query


class Known:
    """What a reader of queries asks of the index: which words its pages have.

    It knows nothing of the index itself, so that an index that is replaced is freed at once and not
    at the next search for garbage.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._near: dict[str, list[tuple[int, str]]] = {}
        self.pages = sum(map(len, segments))

    def count(self, key: str) -> int:
        """How many pages have the key."""
        return sum([segment.count(key) for segment in self._segments])

    def in_one_title(self, keys: Sequence[str]) -> bool:
        """Whether a page has all these keys in its title."""
        return any(len(segment.titled_with(keys)) for segment in self._segments)

    def has_spelling(self, word: str) -> bool:
        """Whether a page has the word so, or with letters that are easily confused."""
        return any(segment.vocabulary.has(word) for segment in self._segments)

    def is_place(self, names: Iterable[str]) -> bool:
        """Whether one of the names is that of a place."""
        return any(segment.places(names) for segment in self._segments)

    def has_prefix(self, prefix: str) -> bool:
        """Whether a page has a word that begins so."""
        return any(segment.vocabulary.has_prefix(prefix) for segment in self._segments)

    def near(self, word: str) -> list[tuple[int, str]]:
        """(errors, key) of the known words within one or two typing errors, the nearest first."""
        known = self._near.get(word)
        if known is not None:
            return known
        found = {
            (errors, segment.vocabulary.keys[number])
            for segment in self._segments
            for errors, number in segment.typos.near(word, segment.vocabulary)
        }
        # The same word is asked about by each reading of a query.
        if len(self._near) >= _NEAR_REMEMBERED:
            self._near.clear()
        self._near[word] = near = sorted(found)
        return near

    def spellings_of(self, key: str) -> list[str]:
        """How pages spell the key."""
        return [each for s in self._segments for each in s.vocabulary.spellings_of(key)]
