"""A query as typed → the ways in which it can be read, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from directory.language.cases import nominatives
from directory.language.kinds import Named, kinds_in
from directory.language.layout import switched
from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.stems import key
from directory.language.translit import has_latin, in_cyrillic
from directory.language.words import Words
from directory.search.building import title_key
from directory.search.fields import Worth
from directory.search.known import Known
from directory.search.query import How, Option, Query, Term
from directory.search.segment import KIND
from directory.search.understanding import (
    PREFIX_WORTH,
    REMEMBERED,
    SHORT,
    Care,
    Understanding,
    Word,
)
from directory.search.weights import KIND_WEIGHT, NUMBER_WEIGHT, UNKNOWN_WEIGHT, word_weight

LONGEST = 500
"""Letters of a query that are looked at; a longer one is a letter, and says first what it wants."""
MOST_WORDS = 24
_KIND_MENDED_WORTH = 0.97
_DOUBTFUL_WEIGHT = 0.1
_PREPOSITIONS = frozenset("вскуоаия")
_NEARLY_KNOWN = 0.4
_OPEN = 0.15  # readings whose `known` differs by less may both be meant


@dataclass(slots=True)
class _Heard:
    """What a text was heard as: its words as they stand, those that tell, those that were dropped,
    a last one that may be only begun."""

    text: str
    plain: list[str]
    words: list[Word]
    dropped: list[str]
    begun: str
    initials: str

    @property
    def known(self) -> float:
        """The share of letters in known words, 0…1."""
        letters = sum([len(word.typed) for word in self.words])
        return sum([len(word.typed) * word.sure for word in self.words]) / max(letters, 1)


class Reader:
    """Reads queries by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._words = Words(lexicon)
        self._known = known
        self._understanding = Understanding(lexicon, known)
        self._kinds: dict[tuple[tuple[str, ...], bool], tuple[float, tuple[Option, ...]]] = {}
        self._weights: dict[tuple[tuple[str, ...], ...], float] = {}
        self._unsaid = lexicon.questions | lexicon.legal

    def read(self, typed: str) -> list[Query]:
        """The likeliest reading of what was typed; also the second one when the words leave it open
        which of two layouts or alphabets it is. None when it has no words at all.
        """
        typed = " ".join(typed[:LONGEST].split())
        if not has_latin(typed):
            heard = [self._hear(typed, typed, Care.MENDED)]
        else:
            texts = dict.fromkeys([typed, *switched(typed), *in_cyrillic(typed)])
            heard = [self._hear(text, typed, Care.AS_IS) for text in texts]
            heard.sort(key=lambda each: -each.known)
            if heard[0].known < 1:
                # Only what is nearly right as it is, if anything is, is worth mending.
                worth = heard if heard[0].known < _NEARLY_KNOWN else heard[:2]
                heard = [self._hear(each.text, typed, Care.MENDED) for each in worth]
                heard.sort(key=lambda each: -each.known)
            heard = heard[:1] + [each for each in heard[1:2] if each.known > heard[0].known - _OPEN]
        return [self._query(each, typed, Care.MENDED) for each in heard if each.words]

    def read_again(self, query: Query) -> Query:
        """A second look at a reading that found nothing good: every word may be a mistake."""
        heard = self._hear(query.text_read, query.typed, Care.DOUBTED)
        return self._query(heard, query.typed, Care.DOUBTED)

    def _hear(self, text: str, typed: str, care: Care) -> _Heard:
        """What the words of `text` may be, one of the texts that `typed` may stand for."""
        plain, every = self._words.both(text)
        initials = _initials(every)
        open_ended = typed[-1:].isalpha()
        every = [word for word in dict.fromkeys(every) if len(word) > 1 or word.isdigit()]
        begun = plain[-1] if open_ended and len(plain[-1]) <= SHORT else ""
        if begun in self._lexicon.abbreviations and self._known.has_prefix(begun):
            every = [*every[: -len(self._lexicon.abbreviations[begun])], begun]
        words, dropped = self._telling(every[:MOST_WORDS], open_ended=open_ended)
        begun = "" if begun in words else begun
        read = self._understanding.words(
            words, care, open_ended=open_ended and not begun, as_typed=text == typed
        )
        return _Heard(text, plain, read, dropped, begun, initials)

    def _query(self, heard: _Heard, typed: str, care: Care) -> Query:
        read = heard.words
        if heard.text != typed:
            self._understanding.show_spellings(read)
        named = kinds_in(self._lexicon, [word.key for word in read], loose=None)
        taken = {place for each in named for place in each.places}
        terms = [self._kind_term(each, [read[place] for place in each.places]) for each in named]
        terms += [self._word_term(word) for place, word in enumerate(read) if place not in taken]
        terms += self._doubtful(heard.dropped, heard.begun)
        return Query(
            typed=typed,
            text_read=heard.text,
            text=" ".join([word.text for word in read]),
            terms=tuple(terms),
            title_key=title_key(heard.plain),
            initials=heard.initials,
            changed=heard.text != typed or True in [word.mended for word in read],
            dropped=tuple(heard.dropped),
            places=_places(terms),
            doubted=care is Care.DOUBTED,
        )

    def _telling(self, words: list[str], *, open_ended: bool) -> tuple[list[str], list[str]]:
        """The words that say which page is wanted, and the others; all of them if none does."""
        silent = {n for n, word in enumerate(words) if unsaid_key(word) in self._unsaid}
        if open_ended and words and words[-1] not in self._lexicon.unsaid:
            silent.discard(len(words) - 1)  # «россо» is no case of «Россия», but of Россошь
        keys = [key(word) for word in words]
        if not self._lexicon.question_phrases.keys().isdisjoint(keys):
            silent.update(self._questions(keys))
        if silent:  # what names a kind does tell: «прием врача», «отдел»
            for named in kinds_in(self._lexicon, keys, loose=None):
                silent.difference_update(named.places)
        if not silent or len(silent) == len(words):
            return words, []
        return (
            [word for n, word in enumerate(words) if n not in silent],
            [words[n] for n in sorted(silent)],
        )

    def _questions(self, keys: Sequence[str]) -> Iterable[int]:
        """The places of words that together are a question: «как найти»."""
        for n, word in enumerate(keys):
            for phrase in self._lexicon.question_phrases.get(word, ()):
                if tuple(keys[n : n + len(phrase)]) == phrase:
                    yield from range(n, n + len(phrase))

    def _doubtful(self, dropped: Sequence[str], begun: str) -> Iterable[Term]:
        """What says nothing, unless it is the name of a village or the beginning of a word.

        A page gains little by having it, and loses as little by not having it.
        """
        for word in dropped:
            if self._known.count(key(word)):
                option = Option(How.SAME, (key(word),), 1.0, Worth.WORD, word)
                yield Term(word, word, _DOUBTFUL_WEIGHT, (option,))
        if 1 < len(begun) <= SHORT and self._known.has_prefix(begun):
            option = Option(How.PREFIX, (), PREFIX_WORTH, Worth.WORD, prefix=begun)
            yield Term(begun, begun, _DOUBTFUL_WEIGHT, (option,))

    def _kind_term(self, named: Named, words: Sequence[Word]) -> Term:
        mended = True in [word.mended for word in words]
        known = self._kinds.get((named.kinds, mended))
        if known is None:
            weight = KIND_WEIGHT * max(self._lexicon.kinds[name].weight for name in named.kinds)
            known = weight, tuple(self._of_kinds(named, mended))
            self._kinds[named.kinds, mended] = known
        text = " ".join([word.text for word in words])
        return Term(text, " ".join([word.typed for word in words]), *known, is_kind=True)

    def _of_kinds(self, named: Named, mended: bool) -> Iterable[Option]:
        worth = _KIND_MENDED_WORTH if mended else 1.0
        broader = {also for name in named.kinds for also in self._lexicon.kinds[name].is_also}
        yield Option(How.KIND, tuple(KIND + name for name in named.kinds), worth, Worth.KIND)
        if broader:
            keys = tuple(KIND + name for name in sorted(broader))
            yield Option(How.BROADER, keys, worth, Worth.BROADER_KIND)

    def _word_term(self, word: Word) -> Term:
        if word.typed.isdigit():
            option = Option(How.SAME, (word.key,), 1.0, Worth.NUMBER)
            return Term(word.text, word.typed, NUMBER_WEIGHT, (option,), decisive=True)
        return Term(word.text, word.typed, self._weight(word.options), word.options)

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


def _initials(words: Sequence[str]) -> str:
    """Single letters that may be a person's, at most two: not a lone «в» or «с» before a word."""
    letters = [n for n, word in enumerate(words) if len(word) == 1 and word.isalpha()]
    if not letters:
        return ""
    if len(letters) == 1 and letters[0] < len(words) - 1 and words[letters[0]] in _PREPOSITIONS:
        return ""
    return "".join(words[n] for n in letters[:2])


def _places(terms: Iterable[Term]) -> frozenset[str]:
    """The places that the words of a query may name."""
    words = [term.text for term in terms if not (term.is_kind or term.decisive)]
    return frozenset().union(*map(_nominatives, words))


_nominatives = lru_cache(maxsize=4096)(nominatives)
