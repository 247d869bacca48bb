"""A query as typed → the ways in which it can be read, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from directory.language.cases import nominatives
from directory.language.common import is_common
from directory.language.common import load as load_common_words
from directory.language.english import in_russian, is_sentence
from directory.language.kinds import Asked, Named, most_needed, names_bodies
from directory.language.layout import switched
from directory.language.lexicon import Lexicon
from directory.language.stems import key
from directory.language.translit import has_latin, in_cyrillic
from directory.search.hearing import Heard, Hearing
from directory.search.known import Known
from directory.search.query import Query, Term
from directory.search.terms import TermMaker
from directory.search.understanding import Care, Understanding
from directory.search.ways import title_way
from directory.search.weights import DOUBTFUL_WEIGHT
from directory.search.words import Word

LONGEST = 500
"""Letters of a query that are looked at; a longer one is a letter, and says first what it wants."""
_NEARLY_KNOWN = 0.4
_OPEN = 0.15  # readings whose `known` differs by less may both be meant
_COUNTRY = frozenset(map(key, ("россия", "российской", "рф", "федерация")))
_REGION, _GOVERNMENT = "область", "правительство"
_OF_PARTS = frozenset({"администрация", "сельсовет", "глава"})
"""The kinds of a region, of its authority, and of the authorities of what lies in it."""
_OF_REGIONS = frozenset(map(key, ("департамент", "депобр", "депздрав", "облздрав")))
"""Words for what is a ministry's of the country."""


class _HeardText(NamedTuple):
    """A text as heard, and what its telling words may be."""

    heard: Heard
    words: list[Word]

    @property
    def known(self) -> float:
        """The share of letters in known words, 0…1."""
        letters = sum([len(word.typed) for word in self.words])
        return sum([len(word.typed) * word.sure for word in self.words]) / max(letters, 1)


class QueryReader:
    """Reads queries by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._known = known
        load_common_words()
        self._asked = Asked(lexicon)
        self._hearing = Hearing(lexicon, known, self._asked)
        self._understanding = Understanding(lexicon, known, self._asked)
        self._terms = TermMaker(lexicon, known)

    def read(self, typed: str) -> list[Query]:
        """The likeliest reading of what was typed; also the second one when the words leave it open
        which of two layouts or alphabets it is. None when it has no words at all.
        """
        typed, network = " ".join(typed[:LONGEST].split()), ""
        if latin := has_latin(typed):
            typed, network = self._lexicon.networks.without_latin(typed)
        if not (latin and has_latin(typed)):
            readings = [self._hear(typed, typed, Care.MENDED)]
        elif (russian := in_russian(self._lexicon, typed)) and not has_latin(russian):
            readings = [self._hear(russian, typed, Care.MENDED)]  # English, and nothing else
        elif is_sentence(self._lexicon, typed):
            # A word of it is a name that pages have, or unknown: no beginning or misprint of one.
            texts = dict.fromkeys(in_cyrillic(russian))
            readings = [self._hear(text, typed, Care.AS_IS, whole=True) for text in texts]
            readings = [max(readings, key=lambda each: each.known)]
        else:
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
        for query in queries if network else ():
            query.network = query.network or network
        return queries

    def read_again(self, query: Query) -> Query:
        """A second look at a reading that found nothing good: every word may be a mistake."""
        again = self._query(
            self._hear(query.text_read, query.typed, Care.DOUBTED), query.typed, Care.DOUBTED
        )
        again.network = query.network
        return again

    def read_as_names(self, query: Query) -> Query:
        """The reading that takes its need for words that a page may be called by."""
        heard = self._hear(query.text_read, query.typed, Care.MENDED)
        return self._query(heard, query.typed, Care.MENDED, needs=False)

    def _hear(self, text: str, typed: str, care: Care, *, whole: bool = False) -> _HeardText:
        """What the words of `text` may be, one of the texts that `typed` may stand for; `whole`:
        its last word is not only begun."""
        open_ended = typed[-1:].isalpha() and not whole
        heard = self._hearing.hear(text, open_ended=open_ended, spelling_out=care is not Care.AS_IS)
        words = self._understanding.words(
            heard.words,
            care,
            open_ended=heard.open_ended,
            as_typed=text == typed,
            begun=heard.dotted,
        )
        return _HeardText(heard, words)

    def _query(self, reading: _HeardText, typed: str, care: Care, *, needs: bool = True) -> Query:
        heard, read = reading
        if heard.text != typed:
            self._understanding.show_spellings(read)
        named = self._asked([word.key for word in read])
        bodies = names_bodies(self._lexicon, named)
        if any(each.need for each in named):
            named = [
                each
                for each in named
                if not each.need
                or (
                    needs
                    and not self._is_place(each, read)
                    and not (bodies and _is_name(each, read))
                )
            ]
            if any(_REGION in each.kinds for each in named):
                named = [_of_region(each) if each.need else each for each in named]
        taken = {place for each in named for place in each.places}
        of_kinds = [
            self._terms.of_kind(each, [read[place] for place in each.places]) for each in named
        ]
        wanted = [each for each in named if each.need]
        asked = most_needed(wanted) if wanted else None
        terms = [
            term if each is asked or not each.need else _lightly(term)
            for each, (term, _) in zip(named, of_kinds, strict=True)
        ]
        terms += [
            self._terms.of_word(word) for place, word in enumerate(read) if place not in taken
        ]
        if not named and self._is_about_nothing(terms, heard.silent):
            terms = [_unsure(term) for term in terms]
        if wanted:  # «налог на дом» asks for no house
            terms = [self._aside(term, bodies=bodies) for term in terms]
        terms += self._terms.doubtful(heard.silent, heard.begun)
        if bodies:
            asked = None
        return Query(
            typed=typed,
            text_read=heard.text,
            text=" ".join([word.text for word in read]),
            terms=tuple(terms),
            ways=(title_way(heard.plain), *heard.ways),
            initials=heard.initials,
            changed=heard.text != typed or heard.changed or True in [word.mended for word in read],
            silent=tuple(heard.silent),
            aside=tuple(heard.aside),
            places=_places(terms),
            doubted=care is Care.DOUBTED,
            need=" ".join(read[place].text for place in asked.places) if asked else "",
            served_by=asked.kinds if asked else (),
            network=heard.network,
            of_city=self._terms.is_of_city([kind for _, kind in of_kinds], read),
            of_country=any(map(_is_country, heard.silent)) and not _names_more(terms),
            of_region=any(word.key in _OF_REGIONS for word in read),
            literal=tuple([key for _, kind in of_kinds for key in kind.rarer_names]),
        )

    def _is_place(self, named: Named, read: Sequence[Word]) -> bool:
        """Whether the only word of a need is the only place of the query: «ипотека Борец» is asked
        in a village. An ordinary word alone («кладбище») is rather a need than a place."""
        if not named.need or named.names or len(named.places) > 1:
            return False
        if len(read) == 1 and is_common(read[0].typed):
            return False
        places = [self._known.is_place(nominatives(word.text)) for word in read]
        return places[named.places[0]] and sum(places) == 1

    def _aside(self, term: Term, *, bodies: bool) -> Term:
        """A term as it counts beside a need: an ordinary word that is no place says little, and a
        number where no `bodies` are named is none of theirs: «пособие на третьего»."""
        if term.decisive and not bodies:
            return replace(_lightly(term), decisive=False)
        ordinary = not (term.is_kind or term.decisive) and is_common(term.typed)
        if not ordinary or self._known.is_place(_places([term])):
            return term
        return _lightly(term)

    def _is_about_nothing(self, terms: Sequence[Term], silent: Sequence[str]) -> bool:
        """Whether no page is surely meant by a query that names no kind: a lone common noun
        («цветы»), or places and what is wanted there («цена Кетово»)."""
        if any(term.decisive for term in terms):
            return False
        places = [self._known.is_place(_places([term])) for term in terms]
        if silent and all(places):
            return True
        return len(terms) == 1 and not places[0] and is_common(terms[0].typed)


def _is_name(need: Named, read: Sequence[Word]) -> bool:
    """Whether a need that counts alone may as well be of the name of a body beside it: «газета
    Земля»."""
    return need.alone and any(read[place].options for place in need.places)


def _lightly(term: Term) -> Term:
    return replace(term, weight=min(term.weight, DOUBTFUL_WEIGHT))


def _of_region(need: Named) -> Named:
    """A need in a whole region, where its government stands for the authorities of its parts."""
    kinds = (_GOVERNMENT if kind in _OF_PARTS else kind for kind in need.kinds)
    return need._replace(kinds=tuple(dict.fromkeys(kinds)))


def _names_more(terms: Iterable[Term]) -> bool:
    """Whether the terms name a place or a person."""
    return any(
        not (term.is_kind or term.decisive) and term.weight > DOUBTFUL_WEIGHT for term in terms
    )


def _is_country(word: str) -> bool:
    return key(word) in _COUNTRY


def _unsure(term: Term) -> Term:
    return replace(term, options=tuple(each._replace(sure=False) for each in term.options))


def _places(terms: Iterable[Term]) -> frozenset[str]:
    """The places that the words of a query may name."""
    words = [term.text for term in terms if not (term.is_kind or term.decisive)]
    return frozenset().union(*map(nominatives, words))
