"""Why a page was found, when its title does not show it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.search.fields import Field
from directory.search.query import How, Query
from directory.search.segment import Segment
from directory.territories import Territories

_NAMES, _AROUND = int(Field.ALIAS | Field.PERSON), int(Field.DISTRICT)


def why(
    segment: Segment, page: int, query: Query, unseen: int, territories: Territories
) -> tuple[str, ...]:
    """The texts of the page that the query names and the title does not have.

    An alias, the head's name, the territory's former name, as they are written there. `unseen` are
    the `Field` flags of where the page has those words of the query that neither the title has nor
    the place, which an answer shows anyway.
    """
    if not unseen & (_NAMES | _AROUND):
        return ()
    around = territories.path(int(segment.facts.territory[page]))
    formerly = any(territory.former_names for territory in around)
    if not (unseen & _NAMES or formerly):
        return ()
    _, title, person, *aliases = segment.shown[page].split("\n")
    wanted = set(_wanted(query)) - _keys(title)
    found = [alias for alias in aliases if not wanted.isdisjoint(_keys(alias))]
    if person and not wanted.isdisjoint(_keys(person)):
        found.append(person)
    wanted -= {each for text in found for each in _keys(text)}
    for territory in reversed(around) if formerly else ():
        wanted -= _keys(territory.name)
        former = (n for n in territory.former_names if not wanted.isdisjoint(_keys(n)))
        found += list(former)[:1]
    return tuple(found)


def _wanted(query: Query) -> Iterable[str]:
    """The keys of the query's own words; numbers and kinds show in a title or do not matter."""
    for term in query.terms:
        if not (term.is_kind or term.decisive):
            for option in term.options:
                if option.how is not How.PREFIX:
                    yield from option.keys


@lru_cache(maxsize=4096)  # what is found for «шу» is found for «шум» again
def _keys(text: str) -> frozenset[str]:
    return frozenset([key(word) for word in split(normalise(text))])
