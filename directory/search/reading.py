"""A query as typed → the ways in which it can be read, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from directory.language.kinds import Named, kinds_in
from directory.language.layout import switched
from directory.language.lexicon import Lexicon
from directory.language.normalise import normalise, split
from directory.language.stems import fold, key
from directory.language.translit import has_latin, in_cyrillic
from directory.language.words import Words
from directory.search import weights
from directory.search.building import title_key
from directory.search.fields import (
    BROADER_KIND_WORTH,
    DERIVED_WORTH,
    KIND_WORTH,
    NUMBER_WORTH,
    WORD_WORTH,
)
from directory.search.query import How, Option, Query, Term
from directory.search.segment import KIND

LONGEST = 4000
"""Letters of a query that are looked at; Telegram's own limit for a message is 4096."""
MOST_WORDS = 24
MOST_MENDED = 6
"""Unknown words that are mended; text of more is no query but a letter."""
PREFIX_FROM = 2
_WORTH = {How.PREFIX: 0.93, How.DERIVED: 0.85}
_MENDED_WORTH = (1.0, 0.9, 0.8)
_SHORT_MENDED_WORTH = 0.84
_SHORT = 6


class Known(Protocol):
    """What the reader asks of the index."""

    pages: int

    def count(self, key: str) -> int: ...
    def near(self, key: str) -> list[tuple[int, str]]: ...
    def with_prefix(self, prefix: str) -> list[str]: ...
    def spelling(self, key: str) -> str: ...


class Reader:
    """Reads queries by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._words = Words(lexicon)
        self._known = known
        self._told = sorted({word for phrase in lexicon.phrases for word in phrase})
        self._told_set = frozenset(self._told)

    def read(self, text: str) -> list[Query]:
        """The readings of `text`, the likeliest first; empty when it has no words at all."""
        text = " ".join(text[:LONGEST].split())
        typed = self._reading(text, text)
        readings = [typed] if typed else []
        if has_latin(text) and (typed is None or typed.known < 1):
            others = [*switched(text), in_cyrillic(text)]
            readings += [r for other in others if (r := self._reading(other, text))]
            readings.sort(key=lambda reading: -reading.known)
        return readings

    def _reading(self, text: str, typed: str) -> Query | None:
        clean = normalise(text)
        words = list(dict.fromkeys(self._words.spell(clean)))[:MOST_WORDS]
        initials = "".join(w for w in words if len(w) == 1 and not w.isdigit())
        words, dropped = self._telling([w for w in words if len(w) > 1 or w.isdigit()])
        if not words:
            return None
        resolved = self._resolved(words, typed[-1:])
        keys = [each.keys[0] if each.keys else key(each.typed) for each in resolved]
        named = kinds_in(self._lexicon, keys, loose=None)
        taken = {place for each in named for place in each.places}
        terms = [self._kind_term(each, [resolved[p] for p in each.places]) for each in named]
        terms += [self._word_term(each) for n, each in enumerate(resolved) if n not in taken]
        letters = sum(len(w) for w in words)
        understood = " ".join(each.text for each in resolved)
        mended = any(each.how is How.MENDED for each in resolved)
        return Query(
            understood,
            tuple(terms),
            title_key(split(clean)),
            initials[:2],
            mended or text != typed,
            sum(len(each.typed) * each.sure for each in resolved) / letters,
            tuple(dropped),
        )

    def _telling(self, words: list[str]) -> tuple[list[str], list[str]]:
        """The words that say which page is wanted, and the others; all of them if none does."""
        lexicon = self._lexicon
        keys = [key(word) for word in words]
        silent = {n for n, k in enumerate(keys) if k in lexicon.questions or k in lexicon.legal}
        for phrase in lexicon.question_phrases:
            for n in range(len(keys) - len(phrase) + 1):
                if tuple(keys[n : n + len(phrase)]) == phrase:
                    silent.update(range(n, n + len(phrase)))
        # What names a kind does: «прием врача», «отдел».
        for named in kinds_in(lexicon, keys, loose=None):
            silent.difference_update(named.places)
        if len(silent) == len(words):
            return words, []
        return (
            [w for n, w in enumerate(words) if n not in silent],
            [w for n, w in enumerate(words) if n in silent],
        )

    def _resolved(self, words: list[str], last_sign: str) -> list[_Word]:
        mended = 0
        resolved: list[_Word] = []
        for place, word in enumerate(words):
            is_last = place == len(words) - 1 and (last_sign.isalnum())
            each = self._plain(word)
            if each is None and is_last:
                each = self._begun(word, [w.keys[0] for w in resolved if w.keys])
            if each is None and mended < MOST_MENDED:
                mended += 1
                each = self._mended(word)
            resolved.append(each or _Word(word, word, How.SAME, (), 0.0))
        return resolved

    def _plain(self, word: str) -> _Word | None:
        """A word that the pages or the lexicon have, in any case ending."""
        for each in (key(word), *_stripped(word)):
            if word.isdigit() or each in self._told_set or self._known.count(each):
                return _Word(word, word, How.SAME, (each,), 1.0)
        return None

    def _begun(self, word: str, before: Sequence[str]) -> _Word | None:
        """A word that is being typed: of a kind's name first, then any that begins so."""
        if len(word) < PREFIX_FROM:
            return None
        if before and (told := self._begun_kind(word, before)):
            return _Word(word, self._known.spelling(told) or word, How.SAME, (told,), 0.9)
        keys = self._known.with_prefix(word)
        if not keys:
            return None
        return _Word(word, word, How.PREFIX, tuple(keys), 0.8)

    def _begun_kind(self, word: str, before: Sequence[str]) -> str | None:
        """The key that makes a kind's name of the words before and this beginning."""
        start = fold(word)
        for phrase in self._lexicon.phrases:
            if len(phrase) > 1:
                rest = [each for each in phrase if each not in before]
                if len(rest) == 1 and rest[0].startswith(start):
                    return rest[0]
        return None

    def _mended(self, word: str) -> _Word | None:
        near = self._known.near(key(word))
        if not near:
            return None
        least = near[0][0]
        best = [(errors, k) for errors, k in near if errors == least]
        best.sort(
            key=lambda e: (
                e[1] not in self._told_set,
                e[1][:1] != key(word)[:1],
                -self._known.count(e[1]),
            )
        )
        text = self._known.spelling(best[0][1]) or word
        return _Word(
            word, text, How.MENDED, tuple(k for _, k in best[:12]), 0.6 - 0.1 * least, least
        )

    def _kind_term(self, named: Named, words: list[_Word]) -> Term:
        kinds = [self._lexicon.kinds[name] for name in named.kinds]
        worth = 1.0
        for each in words:
            if each.how is How.MENDED:
                worth = min(worth, 0.97)
        options = [Option(How.KIND, (KIND + kind.name,), worth, KIND_WORTH) for kind in kinds]
        options += [
            Option(How.BROADER, (KIND + name,), worth, BROADER_KIND_WORTH)
            for kind in kinds
            for name in sorted(kind.is_also)
        ]
        weight = weights.KIND_WEIGHT * max(kind.weight for kind in kinds)
        text = " ".join(each.text for each in words)
        return Term(
            text, " ".join(each.typed for each in words), weight, tuple(options), is_kind=True
        )

    def _word_term(self, word: _Word) -> Term:
        if word.typed.isdigit():
            option = Option(How.SAME, (key(word.typed),), 1.0, NUMBER_WORTH)
            return Term(word.text, word.typed, weights.NUMBER_WEIGHT, (option,), decisive=True)
        if not word.keys:
            return Term(word.text, word.typed, weights.UNKNOWN_WEIGHT, ())
        worth = _WORTH.get(word.how, 1.0)
        if word.how is How.MENDED:
            worth = (
                _SHORT_MENDED_WORTH if len(word.keys[0]) < _SHORT else _MENDED_WORTH[word.errors]
            )
        options = [Option(word.how, word.keys, worth, WORD_WORTH, word.typed)]
        if word.how is How.SAME:
            options += self._derived(word.keys[0])
        count = sum(map(self._known.count, word.keys[:50]))
        weight = float(weights.word_weight(count, self._known.pages))
        return Term(word.text, word.typed, weight, tuple(options))

    def _derived(self, word: str) -> list[Option]:
        other = word[:-2] if word.endswith("ск") else word + "ск"
        if len(other) < 3 or not self._known.count(other):
            return []
        return [Option(How.DERIVED, (other,), _WORTH[How.DERIVED], DERIVED_WORTH)]


class _Word:
    """A word of the query: as typed, as understood, and the keys that it may have."""

    __slots__ = ("errors", "how", "keys", "sure", "text", "typed")

    def __init__(
        self, typed: str, text: str, how: How, keys: tuple[str, ...], sure: float, errors: int = 0
    ) -> None:
        self.typed = typed
        self.text = text
        self.how = how
        self.keys = keys
        self.sure = sure
        self.errors = errors


def _stripped(word: str) -> list[str]:
    """Other keys of a word: genitive plurals («садов»), which look like surnames."""
    return [key(word[:-2])] if word.endswith(("ов", "ев", "ей")) and len(word) > 5 else []
