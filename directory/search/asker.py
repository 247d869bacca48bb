"""The answer for an asker of a known place: from that place, or from its region."""

from __future__ import annotations

from dataclasses import replace

from directory.search.answer import Answer, SearchVerdict
from directory.search.index import Index

_SURENESS = tuple(SearchVerdict)
"""The verdicts, the surest first."""


def answer_near(index: Index, query: str, territory: int | None, limit: int) -> Answer:
    """Search; pages of `territory`, the asker's own, come first among equals, then those of its
    region: whose own the governor and the regional court are, too."""
    answer = index.search(query, territory=territory, limit=limit)
    region = next(iter(index.territories.path(territory)), None)
    sure = answer.verdict in (SearchVerdict.FOUND, SearchVerdict.CHOOSE)
    if region is None or region.id == territory:
        return answer
    if sure and _is_first_within(index, answer, territory):
        return answer
    of_region = index.search(query, territory=region.id, limit=limit)
    surer = min((of_region, answer), key=lambda each: _SURENESS.index(each.verdict))
    of_own = _is_first_within(index, answer, territory)
    if surer.verdict is answer.verdict and of_own:
        return answer
    if not _is_of_another_place(index, of_region) or answer.verdict is not SearchVerdict.GUESS:
        return surer
    if of_own:
        return answer
    return replace(of_region, verdict=SearchVerdict.GUESS, lacking=answer.lacking)


def _is_first_within(index: Index, answer: Answer, territory: int | None) -> bool:
    number = index.territory_of(answer.hits[0].id) if answer.hits else None
    return index.territories.within(number, territory)


def _is_of_another_place(index: Index, answer: Answer) -> bool:
    """Whether the first page is of an okrug or a city: what one of them has is no answer to who is
    in another one. «Мэр» is not the mayor of the region's capital there."""
    first = answer.hits[0].id if answer.hits else ""
    path = index.territories.path(index.territory_of(first))
    return len(path) > 1 and not index.is_above_places(first)
