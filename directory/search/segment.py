"""A searchable set of pages, made once and never changed: arrays, and the texts a hit shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from directory.mapped import Texts
from directory.search.fields import Field
from directory.search.query import Option
from directory.search.rows import Match
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary
from directory.territories import Territories

KIND = "@"
"""What the key of a kind begins with; no word of a text can."""
PAGE_BITS = 32
SPELLINGS = 8
"""The lowest bit of a posting's mark that tells a spelling."""
NO_TERRITORY = -1
"""The territory of a page of the whole country."""
HEADS = 10_000
"""Pages whose ids and titles are kept, of 300 bytes each."""

Ids = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """The pages that have each key.

    Those of key `n` are `keyed[starts[n]:starts[n + 1]]`, ascending: the key's number and, in the
    low bits, the page's. The low byte of `marks` are the `Field` flags of where the page has the
    word (of a kind: `Naming` flags), the high byte has a bit for each spelling.
    """

    starts: Ids
    keyed: npt.NDArray[np.int64]
    marks: npt.NDArray[np.uint16]

    def pages(self, first: int, last: int) -> Ids:
        """The pages of a range of postings."""
        return self.keyed[first:last].astype(np.uint32)

    def fields(self, first: int, last: int) -> Bytes:
        """The `Field` or `Naming` flags of a range of postings."""
        return self.marks[first:last].astype(np.uint8)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the ranking asks of each page, one row a page.

    `ways` are those of `directory.search.ways`, sorted, and `by_way` the page that each leads to.
    `whole` has two columns, the summed weights of the words of the title and of the place.
    `place_name` is the `Vocabulary.place` of the place's name when that is one word, else 0.
    `level` is 0 for the highest. `territory` is a territory's number, or `NO_TERRITORY`.
    `initials` are the code points of the first letters of name and patronymic.
    """

    ways: npt.NDArray[np.uint64]
    by_way: Ids
    whole: Floats
    place_name: Ids
    level: Bytes
    closed: npt.NDArray[np.bool_]
    territory: npt.NDArray[np.int32]
    initials: npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Segment:
    """Pages numbered from 0 in the order of their ids."""

    vocabulary: Vocabulary
    typos: Typos
    postings: Postings
    facts: PageFacts
    shown: Texts
    """Id, title, person and aliases of each page, separated by line breaks."""

    matched: dict[tuple[Option, ...], Match] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What `matching` has looked up before, by the options of a term."""
    heads: dict[int, list[str]] = field(default_factory=dict, compare=False, repr=False)
    """Ids and titles of pages that were found before: a few are found again and again."""

    def __len__(self) -> int:
        return len(self.shown)

    @cached_property
    def _is_place(self) -> bytes:
        is_place = np.zeros(len(self.vocabulary.spellings) + 1, np.bool_)
        is_place[self.facts.place_name] = True
        is_place[0] = False
        return is_place.tobytes()

    def places(self, names: Iterable[str]) -> list[int]:
        """Which `place_name` those of `names` have that are names of places here."""
        place = self.vocabulary.place
        return [number for name in names if self._is_place[number := place(name)]]

    def of_territories(self, marked: Mask, pages: npt.NDArray[np.integer]) -> Mask:
        """Which of the pages are of the territories that `territories_marked` has marked."""
        return marked.take(self.facts.territory.take(pages), mode="clip")

    def number(self, page_id: str) -> int | None:
        """The number of the page with this id, None when it is not here."""

        def id_of(page: int) -> str:  # of pages that were not found: none to keep
            return self.shown[page].partition("\n")[0]

        place = bisect_left(range(len(self)), page_id, key=id_of)
        return place if place < len(self) and id_of(place) == page_id else None

    def id(self, page: int) -> str:
        """The id of a page."""
        return self.head(page)[0]

    def title(self, page: int) -> str:
        """The title of a page."""
        return self.head(page)[1]

    def head(self, page: int) -> list[str]:
        """The id and the title of a page."""
        head = self.heads.get(page)
        if head is None:
            head = self.shown[page].split("\n", 2)[:2]
            if len(self.heads) < HEADS:
                self.heads[page] = head
        return head

    def by_way(self, way: int) -> Ids:
        """The pages that a way leads to, ascending."""
        ways = self.facts.ways.data
        first = last = bisect_left(ways, way)
        if first < len(ways) and ways[first] == way:
            last = bisect_right(ways, way, first)
        return self.facts.by_way[first:last]

    def having(self, key: str, pages: npt.NDArray[np.intp], fields: int) -> npt.NDArray[np.bool_]:
        """Which of the sorted `pages` have the key in one of the `fields`."""
        number = self.vocabulary.number(key)
        if number is None:
            return np.zeros(len(pages), np.bool_)
        wanted = number << PAGE_BITS | pages
        places = self.postings.keyed.searchsorted(wanted)
        found: npt.NDArray[np.bool_] = self.postings.keyed.take(places, mode="clip") == wanted
        found &= self.postings.marks.take(places, mode="clip") & np.uint16(fields) > 0
        return found

    def titled_with(self, keys: Sequence[str]) -> npt.NDArray[np.intp]:
        """The pages that have all these keys in their titles, ascending."""
        rarest, *others = sorted(keys, key=self.count)
        if (number := self.vocabulary.number(rarest)) is None:
            return np.empty(0, np.intp)
        first, last = self.postings.starts[number : number + 2]
        pages = self.postings.pages(first, last).astype(np.intp)
        for each in (rarest, *others):
            pages = pages[self.having(each, pages, Field.TITLE)]
        return pages

    def count(self, key: str) -> int:
        """How many pages have the key."""
        number = self.vocabulary.number(key)
        if number is None:
            return 0
        starts = self.postings.starts.data
        return int(starts[number + 1] - starts[number])


def territories_marked(numbers: Iterable[int], territories: Territories) -> Mask:
    """Marks these territories by their numbers; neither the first place nor the last is one's.

    Looked up in it, pages are told apart in a tenth of the time that `np.isin` takes.
    """
    marked = np.zeros(territories.last + 2, np.bool_)
    marked[list(numbers)] = True
    return marked
