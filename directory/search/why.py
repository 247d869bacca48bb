"""Why a page was found, when its title does not show it."""

from __future__ import annotations

from directory.search.query import Query
from directory.search.segment import Segment


def why(segment: Segment, query: Query, candidate: object) -> tuple[str, ...]:
    """The alias, the head, the former name of the territory that the query names."""
    return ()
