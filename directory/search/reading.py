"""A query as typed → the ways in which it can be read, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from directory.language.cases import nominatives
from directory.language.common import is_common
from directory.language.english import in_russian
from directory.language.kinds import Named, asked_in
from directory.language.layout import switched
from directory.language.lexicon import Lexicon
from directory.language.normalise import is_number
from directory.language.stems import key
from directory.language.translit import has_latin, in_cyrillic
from directory.search.fields import Worth
from directory.search.hearing import SHORT, Heard, Hearing
from directory.search.known import Known
from directory.search.query import CITY_HEAD, How, Option, Query, Term
from directory.search.segment import KIND
from directory.search.understanding import PREFIX_WORTH, REMEMBERED, Care, Understanding
from directory.search.ways import title_way
from directory.search.weights import (
    DOUBTFUL_WEIGHT,
    KIND_WEIGHT,
    NUMBER_WEIGHT,
    UNKNOWN_WEIGHT,
    word_weight,
)
from directory.search.words import Word

LONGEST = 500
"""Letters of a query that are looked at; a longer one is a letter, and says first what it wants."""
_KIND_MENDED_WORTH = 0.97
_NEED_STEP, _NEED_LEAST = 0.06, 0.7
"""What each kind that serves a need is worth less than the one before, and at least."""
_NEARLY_KNOWN = 0.4
_OPEN = 0.15  # readings whose `known` differs by less may both be meant
_LETTERS = "абвгдежзик"
AUTHORITIES = frozenset({"администрация", "глава", "дума", "правительство"})
"""Kinds that a city has as a region has."""
_CITY = key("город")
_COUNTRY = frozenset(map(key, ("россия", "российской", "рф", "федерация")))
_RARE_NAME = 0.5  # of the pages of a kind, those that bear the name
_LETTERED_WORTH = 0.7
"""Of «5а» for who asks for 5."""
_UNLETTERED_WORTH = 0.6
"""Of 5 for who asks for «5а», if there is a «5а» somewhere."""


class _Reading(NamedTuple):
    """A text as heard, and what its telling words may be."""

    heard: Heard
    words: list[Word]

    @property
    def known(self) -> float:
        """The share of letters in known words, 0…1."""
        letters = sum([len(word.typed) for word in self.words])
        return sum([len(word.typed) * word.sure for word in self.words]) / max(letters, 1)


class Reader:
    """Reads queries by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._known = known
        self._hearing = Hearing(lexicon, known)
        self._understanding = Understanding(lexicon, known)
        self._kinds: dict[tuple[Named, bool], tuple[float, tuple[Option, ...]]] = {}
        self._weights: dict[tuple[tuple[str, ...], ...], float] = {}

    def read(self, typed: str) -> list[Query]:
        """The likeliest reading of what was typed; also the second one when the words leave it open
        which of two layouts or alphabets it is. None when it has no words at all.
        """
        typed, network = self._lexicon.networks.without_latin(" ".join(typed[:LONGEST].split()))
        if not has_latin(typed):
            readings = [self._hear(typed, typed, Care.MENDED)]
        else:
            russian = in_russian(self._lexicon, typed)
            others = in_cyrillic(russian) if russian else []
            texts = dict.fromkeys([*others, typed, *switched(typed), *in_cyrillic(typed)])
            readings = [self._hear(text, typed, Care.AS_IS) for text in texts]
            readings.sort(key=lambda each: -each.known)
            if readings[0].known < 1:
                # Only what is nearly right as it is, if anything is, is worth mending.
                worth = readings if readings[0].known < _NEARLY_KNOWN else readings[:2]
                readings = [self._hear(each.heard.text, typed, Care.MENDED) for each in worth]
                readings.sort(key=lambda each: -each.known)
            least = readings[0].known - _OPEN
            readings = readings[:1] + [each for each in readings[1:2] if each.known > least]
        queries = [self._query(each, typed, Care.MENDED) for each in readings if each.words]
        for query in queries:
            query.network = query.network or network
        return queries

    def read_again(self, query: Query) -> Query:
        """A second look at a reading that found nothing good: every word may be a mistake."""
        again = self._query(
            self._hear(query.text_read, query.typed, Care.DOUBTED), query.typed, Care.DOUBTED
        )
        again.network = query.network
        return again

    def _hear(self, text: str, typed: str, care: Care) -> _Reading:
        """What the words of `text` may be, one of the texts that `typed` may stand for."""
        heard = self._hearing.hear(
            text, open_ended=typed[-1:].isalpha(), spelling_out=care is not Care.AS_IS
        )
        words = self._understanding.words(
            heard.words,
            care,
            open_ended=heard.open_ended,
            as_typed=text == typed,
            begun=heard.dotted,
        )
        return _Reading(heard, words)

    def _query(self, reading: _Reading, typed: str, care: Care) -> Query:
        heard, read = reading
        if heard.text != typed:
            self._understanding.show_spellings(read)
        named = asked_in(self._lexicon, [word.key for word in read])
        taken = {place for each in named for place in each.places}
        terms = [self._kind_term(each, [read[place] for place in each.places]) for each in named]
        terms += [self._word_term(word) for place, word in enumerate(read) if place not in taken]
        if not named and self._is_about_nothing(terms, heard.silent):
            terms = [_unsure(term) for term in terms]
        terms += self._doubtful(heard.silent, heard.begun)
        needs = [each for each in named if each.need]
        return Query(
            typed=typed,
            text_read=heard.text,
            text=" ".join([word.text for word in read]),
            terms=tuple(terms),
            ways=(title_way(heard.plain), *heard.ways),
            initials=heard.initials,
            changed=heard.text != typed or heard.changed or any(word.mended for word in read),
            silent=tuple(heard.silent),
            aside=tuple(heard.aside),
            places=_places(terms),
            doubted=care is Care.DOUBTED,
            need=" ".join(read[place].text for place in needs[0].places) if needs else "",
            served_by=needs[0].kinds if needs else (),
            network=heard.network,
            of_city=self._of_city(named, read),
            of_country=not _names_more(terms) and any(map(_is_country, heard.silent)),
            literal=tuple(self._literal(named, read)),
        )

    def _is_about_nothing(self, terms: Sequence[Term], silent: Sequence[str]) -> bool:
        """Whether no page is surely meant by a query that names no kind: a lone common noun
        («цветы»), or places and what is wanted there («цена Кетово»)."""
        if any(term.decisive for term in terms):
            return False
        places = [self._known.is_place(_places([term])) for term in terms]
        if silent and all(places):
            return True
        return len(terms) == 1 and not places[0] and is_common(terms[0].typed)

    def _of_city(self, named: Sequence[Named], read: Sequence[Word]) -> bool:
        kinds = {name for each in named for name in each.kinds}
        if CITY_HEAD in kinds:
            return True
        return not AUTHORITIES.isdisjoint(kinds) and any(word.key == _CITY for word in read)

    def _literal(self, named: Sequence[Named], read: Sequence[Word]) -> Iterable[str]:
        """The keys of kinds that were called by a rarer name of theirs, of one word."""
        for each in named:
            if len(each.places) == 1 and not each.need:
                typed = read[each.places[0]].key
                of_kind = sum(self._known.count(KIND + name) for name in each.kinds)
                if 0 < self._known.count(typed) < of_kind * _RARE_NAME:
                    yield typed

    def _doubtful(self, dropped: Sequence[str], begun: str) -> Iterable[Term]:
        """What says nothing, unless it is the name of a village or the beginning of a word.

        A page gains little by having it, and loses as little by not having it.
        """
        for word in dropped:
            if self._known.count(key(word)):
                option = Option(How.SAME, (key(word),), 1.0, Worth.WORD, word)
                yield Term(word, word, DOUBTFUL_WEIGHT, (option,))
        if 1 < len(begun) <= SHORT and self._known.has_prefix(begun):
            option = Option(How.PREFIX, (), PREFIX_WORTH, Worth.WORD, prefix=begun)
            yield Term(begun, begun, DOUBTFUL_WEIGHT, (option,))

    def _kind_term(self, named: Named, words: Sequence[Word]) -> Term:
        mended = True in [word.mended for word in words]
        named = named._replace(places=())
        known = self._kinds.get((named, mended))
        if known is None:
            weight = KIND_WEIGHT * max(self._lexicon.kinds[name].weight for name in named.kinds)
            options = self._of_need(named) if named.need else self._of_kinds(named, mended)
            known = self._kinds[named, mended] = weight, tuple(options)
        weight, options = known
        if named.need and len(words) == 1:
            options = (*(each._replace(spelling="") for each in words[0].options), *options)
        text = " ".join([word.text for word in words])
        typed = " ".join([word.typed for word in words])
        return Term(text, typed, weight, options, is_kind=True)

    def _of_kinds(self, named: Named, mended: bool) -> Iterable[Option]:
        worth = _KIND_MENDED_WORTH if mended else 1.0
        broader = {also for name in named.kinds for also in self._lexicon.kinds[name].is_also}
        yield Option(How.KIND, tuple(KIND + name for name in named.kinds), worth, Worth.KIND)
        if broader:
            keys = tuple(KIND + name for name in sorted(broader))
            yield Option(How.BROADER, keys, worth, Worth.BROADER_KIND)

    def _of_need(self, named: Named) -> Iterable[Option]:
        """The kinds that serve a need: only one that is also called so may surely be meant."""
        for n, name in enumerate(named.kinds):
            worth = max(1 - n * _NEED_STEP, _NEED_LEAST)
            yield Option(How.NEED, (KIND + name,), worth, Worth.KIND, sure=name in named.names)

    def _word_term(self, word: Word) -> Term:
        if is_number(word.typed):
            options = tuple(self._of_number(word.key))
            return Term(word.text, word.typed, NUMBER_WEIGHT, options, decisive=True)
        return Term(word.text, word.typed, self._weight(word.options), word.options)

    def _of_number(self, number: str) -> Iterable[Option]:
        """A number, and the same with a letter or without: worth less where both exist."""
        bare = number.rstrip(_LETTERS_OF_NUMBERS)
        if bare == number:
            yield Option(How.SAME, (number,), 1.0, Worth.NUMBER)
            lettered = tuple(n for n in map(number.__add__, _LETTERS) if self._known.count(n))
            if lettered:
                yield Option(How.SAME, lettered, _LETTERED_WORTH, Worth.NUMBER, sure=False)
        elif self._known.count(number):
            yield Option(How.SAME, (number,), 1.0, Worth.NUMBER)
            yield Option(How.SAME, (bare,), _UNLETTERED_WORTH, Worth.NUMBER, sure=False)
        else:  # «садик 8в кургане»
            sure = number[-1] in _PREPOSITIONS
            yield Option(How.SAME, (bare,), 1.0, Worth.NUMBER, sure=sure)

    def _weight(self, options: tuple[Option, ...]) -> float:
        """How much a word tells that may be meant so; remembered, for words of queries repeat."""
        if not options:
            return UNKNOWN_WEIGHT
        keys = tuple([option.keys for option in options])
        weight = self._weights.get(keys)
        if weight is None:
            count = max(sum(map(self._known.count, each)) for each in keys)
            weight = word_weight(count, self._known.pages)
            if len(self._weights) < REMEMBERED:
                self._weights[keys] = weight
        return weight


def _names_more(terms: Iterable[Term]) -> bool:
    """Whether the terms name a place or a person."""
    return any(
        not (term.is_kind or term.decisive) and term.weight > DOUBTFUL_WEIGHT for term in terms
    )


def _is_country(word: str) -> bool:
    return key(word) in _COUNTRY


def _unsure(term: Term) -> Term:
    return replace(term, options=tuple(each._replace(sure=False) for each in term.options))


_PREPOSITIONS = frozenset("вскуоия")
_LETTERS_OF_NUMBERS = "".join(map(chr, range(ord("а"), ord("я") + 1)))


def _places(terms: Iterable[Term]) -> frozenset[str]:
    """The places that the words of a query may name."""
    words = [term.text for term in terms if not (term.is_kind or term.decisive)]
    return frozenset().union(*map(_nominatives, words))


_nominatives = lru_cache(maxsize=4096)(nominatives)
