"""A searchable set of pages, made once and never changed: arrays, and the texts a hit shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary

KIND = "@"
"""What the key of a kind begins with; no word of a text can."""

Ids = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The pages that have each key.

    Those of key `n` are `pages[starts[n]:starts[n + 1]]`, ascending; `fields` are the `Field` flags
    of where the page has the word (of a kind: `Naming` flags), `spelt` has a bit for each spelling.
    """

    starts: Ids
    pages: Ids
    fields: Bytes
    spelt: Bytes


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the ranking asks of each page, one element a page.

    `title_key` is equal for titles of the same words. `title_weight` and `place_weight` are the
    summed weights of the words of the title and of the settlement. `level` is 0 for the highest.
    `initials` are the code points of the first letters of name and patronymic.
    """

    title_key: npt.NDArray[np.uint64]
    title_weight: Floats
    place_weight: Floats
    level: Bytes
    closed: npt.NDArray[np.bool_]
    territory: npt.NDArray[np.int32]
    initials: npt.NDArray[np.uint16]


class Texts:
    """Strings by number, kept as UTF-8 in one block: a third of what Python strings take."""

    def __init__(self, block: Bytes, starts: Ids) -> None:
        self.block = block
        self.starts = starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The block of `texts`."""
        encoded = [text.encode() for text in texts]
        starts = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.block[self.starts[number] : self.starts[number + 1]].tobytes().decode()


@dataclass(frozen=True)
class Segment:
    """Pages numbered from 0 in the order in which they were given."""

    vocabulary: Vocabulary
    typos: Typos
    postings: Postings
    facts: PageFacts
    ids: Texts
    shown: Texts
    """Title, person and aliases of each page, separated by line breaks."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each page by its id."""
        return {self.ids[number]: number for number in range(len(self))}

    @cached_property
    def by_title(self) -> npt.NDArray[np.intp]:
        """The pages' numbers in the order of their title keys."""
        return np.argsort(self.facts.title_key, kind="stable")

    @cached_property
    def _title_keys(self) -> npt.NDArray[np.uint64]:
        return self.facts.title_key[self.by_title]

    def title(self, page: int) -> str:
        """The title of a page."""
        return self.shown[page].partition("\n")[0]

    def titled(self, key: int) -> npt.NDArray[np.intp]:
        """The pages whose titles have this key."""
        wanted = np.uint64(key)
        first = self._title_keys.searchsorted(wanted, "left")
        return self.by_title[first : self._title_keys.searchsorted(wanted, "right")]

    def count(self, key: str) -> int:
        """How many pages have the key."""
        number = self.vocabulary.number(key)
        if number is None:
            return 0
        return int(self.postings.starts[number + 1]) - int(self.postings.starts[number])
