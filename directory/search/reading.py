"""A query as typed → the ways in which it can be read, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Protocol

from directory.language.cases import nominatives
from directory.language.kinds import Named, kinds_in
from directory.language.layout import switched
from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.normalise import normalise, split
from directory.language.stems import fold, key
from directory.language.translit import has_latin, in_cyrillic
from directory.language.words import Words
from directory.search.building import title_key
from directory.search.fields import (
    BROADER_KIND_WORTH,
    DERIVED_WORTH,
    KIND_WORTH,
    NUMBER_WORTH,
    WORD_WORTH,
)
from directory.search.query import How, Option, Query, Term
from directory.search.segment import KIND, name_number
from directory.search.weights import KIND_WEIGHT, NUMBER_WEIGHT, UNKNOWN_WEIGHT, word_weight

LONGEST = 4000
"""Letters of a query that are looked at; Telegram's own limit for a message is 4096."""
MOST_WORDS = 24
MOST_MENDED = 6
"""Unknown words that are mended; a text with more is no query but a letter."""

PREFIX_FROM, KIND_PREFIX_FROM = 2, 3
"""Letters from which the last word may be the beginning of another, and of a word for a kind."""
SHORT = 3
"""A last word of so few letters may be a beginning even if it is a word."""

_PREFIX_WORTH, _DERIVED_WORTH, _KIND_MENDED_WORTH = 0.93, 0.85, 0.97
_BEGUN_WORTH, _CASE_WORTH = 0.97, 0.95
_DOUBTFUL_WEIGHT = 0.1
TWO_ERRORS_FROM = 7
"""Letters of a word, as typed, from which it may have two errors."""
_MENDED_WORTH = (1.0, 0.9, 0.8, 0.7)
_SHORT_MENDED, _SHORT_MENDED_WORTH = 5, 0.84  # in a word of up to five letters
_SECOND_LOOK_WORTH = 0.88  # what a reading keeps that doubts words which are right as they are
_MOST_OPTIONS = 12
_NEARLY_KNOWN = 0.4
_LONGEST_GLUED = 30  # letters of a word that may be two
_REMEMBERED = 20_000  # words whose reading is remembered: those of queries repeat


class _Care(Enum):
    """How far a reading goes: words as they are, unknown words mended, known ones doubted too."""

    AS_IS = auto()
    MENDED = auto()
    DOUBTED = auto()


class Known(Protocol):
    """What the reader asks of the index."""

    pages: int

    def count(self, key: str) -> int: ...
    def has_spelling(self, word: str) -> bool: ...
    def has_prefix(self, prefix: str) -> bool: ...
    def near(self, word: str) -> list[tuple[int, str]]: ...
    def spellings_of(self, key: str) -> list[str]: ...


@dataclass(slots=True)
class _Word:
    """A word of the query, and what may be meant by it.

    `key` is what it counts as in the names of kinds. `sure` 0…1 tells how sure it is that the
    directory has the word.
    """

    typed: str
    text: str
    key: str
    options: tuple[Option, ...] = ()
    sure: float = 0.0
    mended: bool = False


class Reader:
    """Reads queries by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._words = Words(lexicon)
        self._known = known
        self._told = frozenset(word for phrase in lexicon.phrases for word in phrase)
        self._found: dict[str, tuple[str, tuple[Option, ...]]] = {}
        self._kind_options: dict[tuple[tuple[str, ...], bool], tuple[Option, ...]] = {}
        self._unsaid = lexicon.questions | lexicon.legal
        self._phrases_with: dict[str, list[tuple[str, ...]]] = {}
        for phrase in lexicon.phrases:
            for word in phrase if len(phrase) > 1 else ():
                self._phrases_with.setdefault(word, []).append(phrase)

    def read(self, typed: str) -> list[Query]:
        """The readings of what was typed, the likeliest first; none when it has no words at all."""
        typed = " ".join(typed[:LONGEST].split())
        if not has_latin(typed):
            readings = [self._query(typed, typed, _Care.MENDED)]
        else:
            texts = dict.fromkeys([typed, *switched(typed), *in_cyrillic(typed)])
            readings = [self._query(text, typed, _Care.AS_IS) for text in texts]
            readings.sort(key=lambda reading: -reading.known)
            # Only what is nearly right as it is, if anything is, is worth mending.
            worth = readings if readings[0].known < _NEARLY_KNOWN else readings[:2]
            if readings[0].known < 1:
                readings = [self._query(each.text_read, typed, _Care.MENDED) for each in worth]
                readings.sort(key=lambda reading: -reading.known)
        return [reading for reading in readings if reading.terms]

    def read_again(self, query: Query) -> Query:
        """A second look at a reading that found nothing good: every word may be a mistake."""
        return self._query(query.text_read, query.typed, _Care.DOUBTED)

    def _query(self, text: str, typed: str, care: _Care) -> Query:
        clean = normalise(text)
        plain = split(clean)
        every = self._words.spell(clean)
        initials = "".join(word for word in every if len(word) == 1 and not word.isdigit())
        open_ended = typed[-1:].isalpha()
        every = [word for word in dict.fromkeys(every) if len(word) > 1 or word.isdigit()]
        begun = plain[-1] if open_ended and plain and len(plain[-1]) <= SHORT else ""
        if begun in self._lexicon.abbreviations and self._known.has_prefix(begun):
            every = [*every[: -len(self._lexicon.abbreviations[begun])], begun]
        words, dropped = self._telling(every[:MOST_WORDS])
        begun = "" if begun in words else begun
        read = self._understood(
            words, care, open_ended=open_ended and not begun, as_typed=text == typed
        )
        if text != typed:
            self._show_spellings(read)
        named = kinds_in(self._lexicon, [word.key for word in read], loose=None)
        taken = {place for each in named for place in each.places}
        terms = [self._kind_term(each, [read[place] for place in each.places]) for each in named]
        terms += [self._word_term(word) for place, word in enumerate(read) if place not in taken]
        terms += self._doubtful(dropped, begun)
        letters = sum(len(word.typed) for word in read)
        return Query(
            typed=typed,
            text_read=text,
            text=" ".join(word.text for word in read),
            terms=tuple(terms),
            title_key=title_key(plain or [clean]),
            initials=initials[:2],
            changed=text != typed or any(word.mended for word in read),
            known=sum(len(word.typed) * word.sure for word in read) / max(letters, 1),
            dropped=tuple(dropped),
            places=_places(terms),
            doubted=care is _Care.DOUBTED,
        )

    def _telling(self, words: list[str]) -> tuple[list[str], list[str]]:
        """The words that say which page is wanted, and the others; all of them if none does."""
        silent = {n for n, word in enumerate(words) if unsaid_key(word) in self._unsaid}
        keys = [key(word) for word in words]
        for n, word in enumerate(keys):
            for phrase in self._lexicon.question_phrases.get(word, ()):
                if tuple(keys[n : n + len(phrase)]) == phrase:
                    silent.update(range(n, n + len(phrase)))
        if silent:  # what names a kind does tell: «прием врача», «отдел»
            for named in kinds_in(self._lexicon, keys, loose=None):
                silent.difference_update(named.places)
        if not silent or len(silent) == len(words):
            return words, []
        return (
            [word for n, word in enumerate(words) if n not in silent],
            [words[n] for n in sorted(silent)],
        )

    def _doubtful(self, dropped: Sequence[str], begun: str) -> Iterable[Term]:
        """What says nothing, unless it is the name of a village or the beginning of a word.

        A page gains little by having it, and loses as little by not having it.
        """
        for word in dropped:
            if self._known.count(key(word)):
                option = Option(How.SAME, (key(word),), 1.0, WORD_WORTH, word)
                yield Term(word, word, _DOUBTFUL_WEIGHT, (option,))
        if 1 < len(begun) <= SHORT and self._known.has_prefix(begun):
            option = Option(How.PREFIX, (), _PREFIX_WORTH, WORD_WORTH, prefix=begun)
            yield Term(begun, begun, _DOUBTFUL_WEIGHT, (option,))

    def _show_spellings(self, read: Iterable[_Word]) -> None:
        """Have the words of another alphabet shown as pages spell them: «културй» as «культуры»."""
        for word in read:
            if word.key and not self._known.has_spelling(word.typed):
                word.text = self._spelt(word.key, word.text)

    def _spelt(self, key: str, typed: str) -> str:
        """How to show a word that is known by its key: as the lexicon has it, or the shortest."""
        spellings = self._known.spellings_of(key)
        names = [each for each in spellings if each in self._lexicon.kinds]
        told = names or [each for each in spellings if each in self._lexicon.words]
        return min(told or spellings or [typed], key=lambda each: (len(each), each))

    def _understood(
        self, words: Sequence[str], care: _Care, *, open_ended: bool, as_typed: bool
    ) -> list[_Word]:
        doubting = care is _Care.DOUBTED
        read = [self._plain(word) for word in words]
        if open_ended and words and not words[-1].isdigit():
            before = [word.key for word in read[:-1] if word]
            read[-1] = self._begun(words[-1], read[-1], before, doubting=doubting)
        keys = [word.key if word else "" for word in read]
        has_kind = bool(kinds_in(self._lexicon, keys, loose=None))
        # A mistake is believed beside words that are right; alone, a slight one at most.
        supported = any(word and not word.typed.isdigit() for word in read)
        unknown = [n for n, word in enumerate(read) if word is None]
        if care is _Care.AS_IS or not (supported or as_typed):
            unknown = []
        if not supported and len(unknown) > 1:
            # The name of a kind supports the rest, even if it is mistyped itself.
            for n in unknown:
                if mended := self._mended_kind(words[n], keys):
                    read[n], keys[n] = mended, mended.key
                    supported = has_kind = True
        for n in unknown[:MOST_MENDED]:
            if read[n] is None:
                read[n] = self._mended_kind(words[n], keys) if supported else None
                read[n] = read[n] or self._mended(words[n], has_kind=has_kind, supported=supported)
        understood: list[_Word] = []
        for n, (typed, each) in enumerate(zip(words, read, strict=True)):
            if each is None:
                understood += self._apart(typed) if doubting else [_Word(typed, typed, key(typed))]
            elif doubting and n < MOST_MENDED and not typed.isdigit():
                understood.append(self._doubted(each))
            else:
                understood.append(each)
        return understood

    def _mended_kind(self, typed: str, keys: Sequence[str]) -> _Word | None:
        """A mistyped word of a kind's name: with two errors where the rest of the name is there."""
        if len(typed) < _SHORT_MENDED:
            return None
        first = fold(typed)[:1]
        best: tuple[int, bool, str] | None = None
        for errors, each in self._known.near(typed):
            if each in self._told and each[0] == first:
                completes = any(
                    all(other in keys for other in phrase if other != each)
                    for phrase in self._phrases_with.get(each, ())
                )
                if errors == 1 or (completes and errors == 2 and len(typed) > _SHORT_MENDED):
                    found = (errors, not completes, each)
                    best = min(best, found) if best else found
        if best is None or (best[1] and any(keys)):
            return None
        text = self._spelt(best[2], typed)
        option = Option(How.MENDED, (best[2],), _MENDED_WORTH[best[0]], WORD_WORTH)
        return _Word(typed, text, best[2], (option,), 0.6, mended=True)

    def _plain(self, word: str) -> _Word | None:
        """A word that the pages or the lexicon have, in any case ending."""
        if word.isdigit():
            return _Word(word, word, key(word), sure=1.0)
        found = self._found.get(word)
        if found is None:
            known = [k for k in _keys(word) if k in self._told or self._known.count(k)]
            found = (known[0], tuple(self._options(word, known))) if known else ("", ())
            if len(self._found) < _REMEMBERED:
                self._found[word] = found
        return _Word(word, word, *found, 1.0) if found[0] else None

    def _options(self, word: str, known: Sequence[str]) -> Iterable[Option]:
        yield Option(How.SAME, (known[0],), 1.0, WORD_WORTH, word)
        yield from self._derived(known[0])
        for each in known[1:]:
            yield Option(How.SAME, (each,), _DERIVED_WORTH, WORD_WORTH)

    def _derived(self, word: str) -> Iterable[Option]:
        """«Кетовский» for «Кетово» and the other way round."""
        other = word[:-2] if word.endswith("ск") else word + "ск"
        if len(other) > 2 and self._known.count(other):
            yield Option(How.DERIVED, (other,), _DERIVED_WORTH, DERIVED_WORTH)

    def _begun(
        self, typed: str, word: _Word | None, before: Sequence[str], *, doubting: bool
    ) -> _Word | None:
        """The last word, which may be only begun: of a kind's name, or any that the pages have."""
        whole = word is not None and (
            self._known.has_spelling(typed)
            or typed in self._lexicon.words
            or word.key in self._told
        )
        if whole and len(typed) > SHORT and not doubting:
            return word
        if not whole and (told := self._begun_kind(typed, before)):
            return _Word(typed, self._spelt(told, typed), told, (), 0.9)
        if len(typed) < PREFIX_FROM or not self._known.has_prefix(typed):
            return word
        option = Option(How.PREFIX, (), _PREFIX_WORTH, WORD_WORTH, prefix=typed)
        if word is None:
            return _Word(typed, typed, "", (option,), 0.8)
        if whole:
            return _Word(typed, typed, word.key, (*word.options, option), word.sure)
        # Nobody writes it so, therefore it is rather a beginning than a case of another word.
        options = [replace(each, worth=each.worth * _CASE_WORTH) for each in word.options]
        return _Word(typed, typed, "", (replace(option, worth=_BEGUN_WORTH), *options), word.sure)

    def _begun_kind(self, typed: str, before: Sequence[str]) -> str | None:
        """The key that makes the name of a kind of the word before and this beginning."""
        start = fold(typed)
        if len(start) < KIND_PREFIX_FROM or not before:
            return None
        for phrase in self._phrases_with.get(before[-1], ()):
            rest = [each for each in phrase if each not in before]
            if len(rest) == 1 and rest[0].startswith(start):
                return rest[0]
        return None

    def _mended(self, typed: str, *, has_kind: bool, supported: bool) -> _Word | None:
        first, reach = fold(typed)[:1], 2 if supported and len(typed) >= TWO_ERRORS_FROM else 1
        if not supported and len(typed) <= _SHORT_MENDED:
            return None
        # Two errors in a short word are one too many, unless it is the name of a kind.
        near = [
            (errors, each)
            for errors, each in self._known.near(typed)
            if errors <= reach
            or (
                supported
                and not has_kind
                and errors == 2
                and each in self._told
                and each[0] == first
            )
        ]
        if not near:
            return None

        def likelihood(found: tuple[int, str]) -> tuple[int, bool, bool, int]:
            errors, each = found
            fits = has_kind != (each in self._told)
            return errors, not fits, each[:1] != first, -self._known.count(each)

        near.sort(key=likelihood)
        least, best = near[0]
        options = []
        for errors in sorted({errors for errors, _ in near}):
            keys = tuple(each for e, each in near if e == errors)[:_MOST_OPTIONS]
            worth = _SHORT_MENDED_WORTH if len(typed) <= _SHORT_MENDED else _MENDED_WORTH[errors]
            options.append(Option(How.MENDED, keys, worth, WORD_WORTH))
        text = self._spelt(best, typed)
        return _Word(typed, text, best, tuple(options), 0.7 - 0.1 * least, mended=True)

    def _doubted(self, word: _Word) -> _Word:
        """The word with what it may be a mistyping of."""
        near = [each for _, each in self._known.near(word.typed)][:_MOST_OPTIONS]
        if not near or word.mended:
            return word
        worth = _SECOND_LOOK_WORTH * _MENDED_WORTH[1]
        option = Option(How.MENDED, tuple(near), worth, WORD_WORTH)
        return _Word(word.typed, word.text, word.key, (*word.options, option), word.sure)

    def _apart(self, typed: str) -> list[_Word]:
        """Two words written as one («детскийсад»), or the unknown word as it is."""
        for cut in range(3, len(typed) - 2) if len(typed) <= _LONGEST_GLUED else ():
            left, right = self._plain(typed[:cut]), self._plain(typed[cut:])
            if left and right:
                left.mended = right.mended = True
                return [left, right]
        return [_Word(typed, typed, key(typed))]

    def _kind_term(self, named: Named, words: Sequence[_Word]) -> Term:
        mended = any(word.mended for word in words)
        options = self._kind_options.get((named.kinds, mended))
        if options is None:
            options = self._kind_options[named.kinds, mended] = tuple(self._of_kinds(named, mended))
        return Term(
            " ".join([word.text for word in words]),
            " ".join([word.typed for word in words]),
            KIND_WEIGHT * max(self._lexicon.kinds[name].weight for name in named.kinds),
            options,
            is_kind=True,
        )

    def _of_kinds(self, named: Named, mended: bool) -> Iterable[Option]:
        worth = _KIND_MENDED_WORTH if mended else 1.0
        broader = {also for name in named.kinds for also in self._lexicon.kinds[name].is_also}
        yield Option(How.KIND, tuple(KIND + name for name in named.kinds), worth, KIND_WORTH)
        if broader:
            keys = tuple(KIND + name for name in sorted(broader))
            yield Option(How.BROADER, keys, worth, BROADER_KIND_WORTH)

    def _word_term(self, word: _Word) -> Term:
        if word.typed.isdigit():
            option = Option(How.SAME, (word.key,), 1.0, NUMBER_WORTH)
            return Term(word.text, word.typed, NUMBER_WEIGHT, (option,), decisive=True)
        weight = UNKNOWN_WEIGHT
        if word.options:
            count = max(sum(map(self._known.count, option.keys)) for option in word.options)
            weight = word_weight(count, self._known.pages)
        return Term(word.text, word.typed, weight, word.options)


def _places(terms: Iterable[Term]) -> tuple[int, ...]:
    """The places that the words of a query may name."""
    words = {term.text for term in terms if not (term.is_kind or term.decisive)}
    return tuple({name_number(name) for word in words for name in nominatives(word)})


def _keys(word: str) -> Iterable[str]:
    """The key of a word, and another of a genitive plural that looks like a surname (Баков)."""
    yield key(word)
    if len(word) > 3 and word.endswith(("ов", "ев", "ей")):
        yield key(word[:-2] + "и")
