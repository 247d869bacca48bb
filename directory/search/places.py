"""A query that is nothing but a place, or asks for a region's authority: what answers first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.language.cases import nominatives
from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.model import Level, Territory
from directory.search.candidates import Candidate
from directory.search.fields import Field, Naming
from directory.search.query import How, Query, Term
from directory.search.segment import KIND, Segment, territories_marked
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.territories import Territories, territory_key

Alive = npt.NDArray[np.bool_]

_TELLING = 0.3  # kinds of a lesser weight are those of territories
_REGION = ("правительство", "администрация", "губернатор")
_CITY = ("администрация", "глава", "дума")
_VILLAGE = ("сельсовет", "администрация", "глава")
"""The kinds of a place's authority and of its head, in the order in which they are shown."""
_OF_REGIONS = frozenset(KIND + name for name in ("губернатор", "глава", *_REGION))
_OF_ANY = frozenset(KIND + name for name in ("глава", "администрация"))
"""The kinds by which people ask for a region's authority or its head; those of any place, which may
be named with it: «глава района»."""
AUTHORITIES = _OF_REGIONS | {KIND + "дума"}
OF_CITIES = frozenset(KIND + name for name in ("глава", "глава города", "администрация"))
"""The kinds by which people ask for a city's authority or its head."""
_OF_MATTERS = frozenset(KIND + name for name in ("министр", "министерство", "департамент"))
"""The kinds of authorities, of which a region has one for each matter."""
_KINDS = {"область": 0, "округ": 1, "город": 1}
"""The kinds of territories that a query may name, and how deep in the tree these stand."""
_DISTRICTS = frozenset(map(key, ("район", "округ")))
_OF_TERRITORIES = frozenset(KIND + name for name in _KINDS)


class Authority(NamedTuple):
    """A page of a place's authority: which segment's, and its number there."""

    segment: int
    page: int


def may_be_place(query: Query) -> bool:
    """Whether all that a query was understood to have are names and kinds of territories."""
    return _is_named(query) and not any(map(tells_more, query.terms))


def lacks_kind(query: Query, best: Candidate) -> bool:
    """Whether a query asks for a kind in a place, and even the best page has the place alone."""
    return _is_named(query) and lacks_what_is_asked(query, best)


def lacks_what_is_asked(query: Query, best: Candidate) -> bool:
    """Whether a query asks for a kind, and even the best page is of no such kind, or a region's
    where a city's was asked for."""
    if query.of_city and best.level <= REGIONAL and not best.sure:
        return True
    asked = [n for n, term in enumerate(query.terms) if names_body(term)]
    return bool(asked) and not any(best.worth(n) for n in asked)


def lacks_matter(query: Query, best: Candidate, segments: Sequence[Segment]) -> bool:
    """Whether a minister or a ministry is asked for, and the best page is of another matter: who
    asks for health wants no minister of education."""
    asked = any(
        term.is_kind and not _OF_MATTERS.isdisjoint(term.options[0].keys)
        for term in query.terms
        if term.options
    )
    return asked and any(
        not best.worth(n) and not any(s.places(nominatives(term.text)) for s in segments)
        for n, term in enumerate(query.terms)
        if term.options and not term.is_kind and term.weight > DOUBTFUL_WEIGHT
    )


AROUND = Field.PLACE | Field.DISTRICT
"""The parts of a page that name what lies in a region."""


def names_place(query: Query, best: Candidate, by: Field = AROUND | Field.REGION) -> bool:
    """Whether the query names the place, or a place around it, of the best page."""
    return any(best.has(n, by) for n, term in enumerate(query.terms) if not term.is_kind)


def asks_for_authority(
    query: Query, kinds: frozenset[str] = _OF_REGIONS, *, of_city: bool = False
) -> bool:
    """Whether an authority or its head of one of the `kinds` is asked for, and nothing else:
    «губернатор», or `of_city` «мэр»."""
    named = [option.keys for term in query.terms if term.is_kind for option in term.options[:1]]
    return (
        len(named) == len(query.terms) == 1
        and not (query.need or query.unknown or query.of_country)
        and (of_city or not query.of_city)
        and not kinds.isdisjoint(named[0])
    )


def _is_named(query: Query) -> bool:
    """Whether there are names in the query, all of them as they are spelt, and of no person."""
    names = _names(query)
    as_spelt = all(term.options[0].how is How.SAME for term in names)
    return bool(names) and as_spelt and not query.initials


def names_region(query: Query) -> bool:
    """Whether a query says that it names a region: «Калужской области»."""
    return 0 in _depths([term for term in query.terms if term.is_kind])


def names_district(query: Query) -> bool:
    """Whether a query says that it names a district: «администрация Кировского района»."""
    return not _DISTRICTS.isdisjoint(map(key, query.text.split()))


def _names(query: Query) -> list[Term]:
    return [query.terms[n] for n in named_at(query)]


def named_at(query: Query) -> list[int]:
    """The places of the names among the terms of a query that pages have."""
    return [
        n
        for n, term in enumerate(query.terms)
        if term.options and not term.is_kind and term.weight > DOUBTFUL_WEIGHT
    ]


def only_kinds(query: Query) -> Query | None:
    """The query without its places, None when it asks for an authority: each place has its own."""
    kinds = [term for term in query.terms if term.is_kind and term.weight > _TELLING]
    asked = {key for term in kinds for option in term.options[:1] for key in option.keys}
    if not kinds or not asked.isdisjoint(OF_CITIES | AUTHORITIES):
        return None
    return replace(query, terms=tuple(kinds), places=frozenset(), initials="")


def regions_by_words(territories: Territories) -> dict[tuple[str, ...], Territory]:
    """The regions by the sorted keys of all the telling words of a name of theirs."""
    return {
        tuple(sorted(map(key, split(normalise(territory_key(name)))))): region
        for region in territories.children(None)
        for name in Territories.names(region)
    }


def region_of_authority(
    query: Query, regions: Mapping[tuple[str, ...], Territory]
) -> Territory | None:
    """The region whose authority or head a query asks for and nothing else, by its whole name:
    «губернатор Ненецкого автономного округа» is none of the Ямало-Ненецкий."""
    kinds = [term for term in query.terms if term.is_kind and term.weight > _TELLING]
    if not kinds or query.need or query.unknown:
        return None
    for term in kinds:
        named = set(term.options[0].keys)
        if named.isdisjoint(_OF_REGIONS) or (named <= _OF_ANY and " " in term.text):
            return None
    if 0 not in (_depths([term for term in query.terms if term.is_kind]) or {0}):
        return None
    words = [
        [k for option in term.options if option.how in (How.SAME, How.REGION) for k in option.keys]
        for term in _names(query)
    ]
    if len(words) == 1:
        return next((regions[k,] for k in words[0] if (k,) in regions), None)
    return regions.get(tuple(sorted(each[0] for each in words if each)))


def place_of(
    query: Query,
    found: Iterable[int],
    territories: Territories,
    own: int | None,
    *,
    may_be_person: bool,
) -> Territory | None:
    """The place that a query names, if it names nothing else; None also when it may be several.

    `found` are the territories of the pages that answer the query; `own` is the asker's, whose
    places go before those of others. `may_be_person`: some of these pages have a head of that name,
    so a place is meant only when it is spelt out: «Моргалев» is no case of Моргали.
    """
    names = _names(query)
    kinds = [term for term in query.terms if term.is_kind]
    around = {each.id: each for number in set(found) for each in territories.path(number)}
    bears = [each for each in around.values() if _bears(each, names, as_is=may_be_person)]
    asked = _depths(kinds)
    if not bears and len(names) > 1:  # «Боровский район Калужской области»
        bears = [e for e in around.values() if _bears_in(e, names, territories)]
        asked -= {_KINDS["область"]}
    depths = {each.id: len(territories.path(each.id)) - 1 for each in bears}
    if asked:
        bears = [each for each in bears if depths[each.id] in asked] or bears
        if asked == {_KINDS["область"]}:  # «Курган область»
            regions = [territories.path(each.id)[0] for each in bears]
            of_capital = [r for r in regions if any(_is_capital(each, r) for each in bears)]
            bears = of_capital[:1] or bears
            depths |= {each.id: 0 for each in of_capital}
    at_home = [each for each in bears if territories.within(each.id, own)] if own else []
    bears = at_home or bears
    if not bears:
        return None
    top = min(depths[each.id] for each in bears)
    highest = [each for each in bears if depths[each.id] == top]
    # «Город Курган» the municipality goes before «г. Курган», where pages are said to be.
    highest = [each for each in highest if not each.is_settlement] or highest
    return as_municipality(highest[0], territories) if len(highest) == 1 else None


def _is_capital(place: Territory, region: Territory) -> bool:
    return territory_key(place.name) == territory_key(region.centre)


def tells_more(term: Term) -> bool:
    return term.decisive or names_body(term)


def names_body(term: Term) -> bool:
    """Whether a term is the kind of a body or a post, however little it weighs, or a need."""
    return term.is_kind and not _OF_TERRITORIES.issuperset(term.options[0].keys)


def _depths(kinds: Sequence[Term]) -> set[int]:
    return {
        _KINDS[name]
        for term in kinds
        for option in term.options
        for key in option.keys
        if (name := key.removeprefix(KIND)) in _KINDS
    }


def _bears(territory: Territory, names: Sequence[Term], *, as_is: bool) -> bool:
    """Whether the words are the whole name of the territory, in some case or just `as_is`."""
    for name in Territories.names(territory):
        words = split(normalise(territory_key(name)))
        left = list(words)
        for term in names:
            # «Tyumen» has no letter for the soft sign.
            cases = {term.text} if as_is else {*nominatives(term.text)}
            cases.add(term.text + "ь")
            word = next((each for each in left if each in cases), None)
            if word is None:
                break
            left.remove(word)
        else:
            if not left:
                return True
    return False


def _bears_in(territory: Territory, names: Sequence[Term], territories: Territories) -> bool:
    """Whether some of the words are the whole name of the territory, and the others that of one in
    which it lies."""
    above = territories.path(territory.id)[:-1]
    parted = [(names[:n], names[n:]) for n in range(1, len(names))]
    return any(
        _bears(territory, own, as_is=False) and _bears(each, others, as_is=False)
        for first, last in parted
        for own, others in ((first, last), (last, first))
        for each in above
    )


def as_municipality(place: Territory, territories: Territories) -> Territory:
    """The municipality of which the place is the centre, or the city that bears its name."""
    above = territories.get(place.parent)
    if place.is_settlement and above is not None and above.parent is not None:
        name = territory_key(place.name)
        if name in (territory_key(above.centre), territory_key(above.name)):
            return above
    return place


def authorities(
    place: Territory,
    segments: Sequence[Segment],
    alive: Sequence[Alive | None],
    territories: Territories,
) -> list[Authority]:
    """The pages of the place's authority and head; of a village that has none, its district's."""
    found = _authorities_of(place, segments, alive, territories)
    above = territories.get(place.parent)
    if not found and place.is_settlement and above is not None and above.parent is not None:
        found = _authorities_of(above, segments, alive, territories)
    return found


def _authorities_of(
    place: Territory,
    segments: Sequence[Segment],
    alive: Sequence[Alive | None],
    territories: Territories,
) -> list[Authority]:
    is_region = place.parent is None
    kinds = _REGION if is_region else _VILLAGE if place.is_settlement else _CITY
    inside = {place.id}
    if is_region:
        inside = territories.subtree(place.id)
    else:  # its centre, but not its villages
        inside |= {
            each.id
            for each in territories.children(place.id)
            if territory_key(each.name) in (territory_key(place.centre), territory_key(place.name))
        }
    own = territories_marked(inside, territories)
    found: list[Authority] = []
    for kind in kinds:
        for n, (segment, mask) in enumerate(zip(segments, alive, strict=True)):
            pages = _of_kind(segment, kind)
            here = segment.of_territories(own, pages) & ~segment.facts.closed[pages]
            if is_region:
                here &= segment.facts.level[pages] == REGIONAL
            if mask is not None:
                here &= mask[pages]
            found += [Authority(n, page) for page in pages[here].tolist()[:1]]
    return found


REGIONAL = list(Level).index(Level.REGIONAL)


def _of_kind(segment: Segment, kind: str) -> npt.NDArray[np.uint32]:
    """The pages that are of a kind by their own names."""
    number = segment.vocabulary.number(KIND + kind)
    if number is None:
        return np.zeros(0, np.uint32)
    first, last = segment.postings.starts[number : number + 2].tolist()
    own = segment.postings.fields(first, last) & np.uint8(Naming.OWN | Naming.POST) > 0
    return segment.postings.pages(first, last)[own]
