"""The pages of an index as they lie: in segments, of which some pages stand no longer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from directory.search.segment import NO_TERRITORY, Segment

Alive = npt.NDArray[np.bool_]


class Layers:
    """`segments`, a large one first and then smaller ones with later changes, and for each a mask
    of the pages that are `alive` (None: all): those changed again or removed are not."""

    def __init__(
        self, segments: Sequence[Segment] = (), alive: Sequence[Alive | None] = ()
    ) -> None:
        self.segments = tuple(segments)
        self.alive = tuple(alive) or (None,) * len(self.segments)

    def __len__(self) -> int:
        """How many pages there are."""
        counted = zip(self.segments, self.alive, strict=True)
        return sum(len(s) if mask is None else int(mask.sum()) for s, mask in counted)

    def find(self, page_id: str) -> tuple[Segment, int] | None:
        """The segment of the page with this id and its number there, None when it is not here."""
        for segment, mask in zip(self.segments, self.alive, strict=True):
            number = segment.number(page_id)
            if number is not None and (mask is None or mask[number]):
                return segment, number
        return None

    def territory_of(self, page_id: str) -> int | None:
        """The number of the territory of the page with this id, None for none."""
        if (found := self.find(page_id)) is None:
            return None
        segment, number = found
        territory = int(segment.facts.territory[number])
        return territory if territory != NO_TERRITORY else None
