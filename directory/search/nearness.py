"""What is near the asker: whether a page may surely be meant from there, and which goes first."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from directory.language.adjectives import related
from directory.language.common import is_common
from directory.language.lexicon import lexicon
from directory.language.stems import key
from directory.model import Level
from directory.search.candidates import EQUAL, Candidate
from directory.search.fields import Field
from directory.search.places import AUTHORITIES, names_body, names_region
from directory.search.query import How, Query, Term
from directory.search.segment import KIND, NO_TERRITORY, Segment
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.territories import Territories, territory_key

TELLS = 3
"""Digits from which a number is as good as a name: every region has a school № 5."""
TELLING = 0.3
"""The weight of a kind above which it is one of institutions."""
EXACT = 0.9
"""What a kind is worth on a page of the very kind: a library is no «сельская библиотека»."""
LACKED = 0.25
"""The share of a query that even a page which answers surely may lack, and a little more."""
ANSWERS = 0.8
"""The share of a query, surely had, with which a page may be the answer."""
NEAR = 0.8
"""What a kind is worth at most on a page of a like one, or of one beside which it is named."""
_MOST_OF_TITLE = 0.5
ACRONYM = 4
"""Letters of the longest word that is one of many acronyms: «КГУ» is in Kurgan and in Kaluga."""
_ONE_EACH = AUTHORITIES | {KIND + "верховный суд"}
_MINISTER = KIND + "министр"
_OF_ANY_BODY = 0.1
"""The weight up to which a post is one that every institution has: a director's."""
_PLACES = Field.PLACE | Field.DISTRICT | Field.REGION
_REGIONAL = list(Level).index(Level.REGIONAL)
_ADJECTIVE = ("ый", "ий", "ой", "ая", "яя", "ое", "ее")
_OF_PLACES = ("ск", "цк")  # before such an ending, of an adjective made of a place's name


class Nearness:
    """Judges the pages found for one query, of which `best` is one, by where the asker is."""

    def __init__(
        self, query: Query, best: Candidate, segments: Sequence[Segment], territories: Territories
    ) -> None:
        self._query, self._segments, self._territories = query, segments, territories
        needs = [o for term in query.terms for o in term.options if o.how is How.NEED]
        self._needs = bool(needs)
        self._named = any(option.sure for option in needs)  # a body's name, too: «стоматолог»
        self._names: list[int] = []
        self._kinds: list[int] = []
        self._numbered, self._placeless = False, True
        self._words = [n for n, term in enumerate(query.terms) if not term.is_kind]
        self._bodies = [n for n, term in enumerate(query.terms) if names_body(term)]
        for n, term in enumerate(query.terms):
            if term.is_kind:
                if term.weight > TELLING:
                    self._kinds.append(n)
            elif term.decisive and len(term.text) < TELLS:
                self._numbered = True
            elif term.weight > DOUBTFUL_WEIGHT:
                self._names.append(n)
                self._numbered = self._numbered or term.decisive
                self._placeless = self._placeless and not term.options
        # What each place has one of, and a place, and nothing else.
        self._authority = len(self._names) == 1 and all(
            not _ONE_EACH.isdisjoint(query.terms[n].options[0].keys) for n in self._bodies
        )
        self._only_head = bool(self._bodies) and all(
            query.terms[n].weight < _OF_ANY_BODY or _MINISTER in query.terms[n].options[0].keys
            for n in self._bodies
        )
        several = self._bodies if len(self._bodies) > 1 else ()
        self._posts = [n for n in several if _is_post(query.terms[n])]
        lightly = sum([query.terms[n].weight for n in self._bodies]) < LACKED * query.whole
        self._may_lack_bodies = bool(self._bodies) and (lightly or self._authority)
        # A lone name, where the asker's own place is known.
        lone = len(self._names) == 1 and best.ranked.own is not None
        self._one = query.terms[self._names[0]].text if lone else ""
        self._may_be_capital = lone and key(self._one).endswith("ск")

    def may_be_meant(self, page: Candidate) -> bool:
        """Whether a page that answers may be the one that is surely meant."""
        if self._may_lack_bodies and not page.titled:
            # «Главврач Шадринск» is nobody's page where no hospital has one, and the deputy «главы
            # администрации» is no «администрация».
            worth = max(map(page.worth, self._bodies))
            if not worth or (self._authority and worth < NEAR):
                return False
        if self._is_other_post(page) or self._is_elsewhere_in_region(page):
            return False
        if self._query.of_city and len(self._names) == 1 and names_region(self._query):
            return False  # «администрация района Калужской области»: of which one?
        if not self._names:  # who names no place means one nearby or the country's
            kinds = [page.worth(n) for n in self._kinds]
            return max(kinds, default=1.0) >= EXACT and self._is_near(page)
        if not self._one:
            return True
        if self._is_near(page):
            return True
        if not self._kinds:  # an acronym that a far page has, too
            long = len(self._one) > ACRONYM or is_common(self._one)
            return long or page.has(self._names[0], _PLACES)
        return names_region(self._query) or not _is_of_any_town(self._one)

    def first(self, ordered: list[Candidate], best: float) -> tuple[list[Candidate], bool]:
        """The pages in order, of a query without a place first what is the asker's own or of the
        whole country, and of a need nothing else: nobody goes far for an inoculation. And whether
        the first stands in for what the asker's region calls otherwise: «Управление культуры» for
        «министерство культуры»."""
        if not ordered or ordered[0].ranked.own is None or self._query.of_country:
            return ordered, False
        if not (self._kinds or self._needs):
            ordered = [each for each in ordered if not self._is_by_chance(each)]
        as_good = [each for each in ordered if each.covered > best - EQUAL]
        if not self._placeless:
            return self._country_first(as_good, ordered, best), False
        if self._needs:
            ordered = [each for each in ordered if self._may_serve(each)]
        if self._query.need:
            return self._likely_first(ordered), False
        if self._numbered or any(each.own for each in as_good):
            return ordered, False
        places: dict[bool, list[Candidate]] = {True: [], False: []}
        for each in ordered:
            is_own = each.own and each.level <= _REGIONAL
            places[is_own and all(map(each.worth, self._kinds))].append(each)
        return [*places[True], *places[False]], bool(places[True])

    def _country_first(
        self, as_good: list[Candidate], ordered: list[Candidate], best: float
    ) -> list[Candidate]:
        """The pages in order, the country's before those of other regions where no place is named:
        «министр здравоохранения»."""
        if not self._kinds or any(each.own or each.titled for each in as_good):
            return ordered
        if any(each.has(n, _PLACES) for each in as_good for n in self._names):
            return ordered
        others = [each for each in ordered if each.covered <= best - EQUAL]
        return [*sorted(as_good, key=self._distance), *others]

    def _likely_first(self, ordered: list[Candidate]) -> list[Candidate]:
        """The pages that serve a need, the nearest first; but those of the parts of a region after
        the country's of a likelier kind: no administration issues passports."""
        distances = list(map(self._distance, ordered))
        of_country = [p.covered for p, far in zip(ordered, distances, strict=True) if far == 1]
        least = max(of_country, default=0.0) - EQUAL
        parts = [each.level > _REGIONAL and each.covered < least for each in ordered]
        places = [
            1.5 if own and far == 0 else far for own, far in zip(parts, distances, strict=True)
        ]
        return [page for _, page in sorted(zip(places, ordered, strict=True), key=itemgetter(0))]

    def _may_serve(self, page: Candidate) -> bool:
        """Whether it may do what is needed where no place is surely named: one that is near, that
        is called by it, or of a place that may be meant: «прививка, Дальняя область»."""
        called = self._named and page.sure > 0
        return called or self._is_near(page) or any(page.has(n, _PLACES) for n in self._words)

    def _is_by_chance(self, page: Candidate) -> bool:
        """Whether a far page has but ordinary words of what was said, and not all of them, and is
        called by others, too: «мой кот самый лучший» asks for nothing of Котовск."""
        if self._is_near(page) or page.titled or page.sure * self._query.share >= ANSWERS:
            return False
        if page.of_title >= _MOST_OF_TITLE and sum(map(bool, map(page.worth, self._words))) > 1:
            return False
        terms = self._query.terms
        return all(is_common(terms[n].typed) for n in self._words if page.worth(n))

    def _is_near(self, page: Candidate) -> bool:
        """Whether it is the asker's or the country's; every page is when no asker is known."""
        return page.ranked.own is None or self._distance(page) < 2

    def _distance(self, page: Candidate) -> int:
        return 0 if page.own else 1 if self._territory(page) == NO_TERRITORY else 2

    def _territory(self, page: Candidate) -> int:
        return int(self._segments[page.segment].facts.territory[page.page])

    def _is_other_post(self, page: Candidate) -> bool:
        """Whether the page is a post that is not just the one asked for: «директор Шадринск» may be
        of any body there, a «министр» of any matter, and «заместитель главного врача» is no deputy
        of a mayor."""
        if not page.titled and self._only_head:
            return all(page.has(n, _PLACES) for n in self._names)
        return any(map(page.worth, self._posts)) and not all(map(page.worth, self._bodies))

    def _is_elsewhere_in_region(self, page: Candidate) -> bool:
        """Whether the capital may be meant by the region's adjective, and the page is of another
        place: «курганский музей» is not surely the museum of Шадринск."""
        if (
            not self._may_be_capital
            or page.level <= _REGIONAL
            or page.has(self._names[0], ~Field.REGION)
        ):
            return False
        path = self._territories.path(self._territory(page))
        centre = key(territory_key(path[0].centre)) if path and path[0].centre else ""
        return key(self._one) in (centre, *related(centre))


def _is_post(term: Term) -> bool:
    kinds, first = lexicon().kinds, term.options[0]
    return first.how is How.KIND and kinds[first.keys[0].removeprefix(KIND)].is_post


def is_adjective(word: str) -> bool:
    """Whether a name has the ending of an adjective, in the nominative."""
    return word[-2:] in _ADJECTIVE


def _is_of_any_town(word: str) -> bool:
    """Whether a name is an adjective that quarters and villages anywhere bear: «Солнечный»."""
    return is_adjective(word) and (not word[:-2].endswith(_OF_PLACES) or is_common(word))
