"""The words of a query as understood → its terms: what a page may have, and how much that tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from directory.language.common import is_common
from directory.language.kinds import Named
from directory.language.lexicon import Lexicon
from directory.language.stems import key
from directory.search.fields import Worth
from directory.search.hearing import SHORT
from directory.search.known import Known
from directory.search.query import CITY_HEAD, How, Option, Term
from directory.search.segment import KIND
from directory.search.understanding import PREFIX_WORTH, REMEMBERED
from directory.search.weights import (
    DOUBTFUL_WEIGHT,
    KIND_WEIGHT,
    NUMBER_WEIGHT,
    UNKNOWN_WEIGHT,
    word_weight,
)
from directory.search.words import Word

_KIND_MENDED_WORTH = 0.97
_LIKE_WORTH = 0.8
"""Of the body that is asked for by a post of it, and of what a kind is like that no page is of."""
_NEED_STEP, _NEED_LEAST = 0.06, 0.7
"""What each kind that serves a need is worth less than the one before, and at least."""
_LETTERS = "абвгдежзик"
_LETTERS_OF_NUMBERS = "".join(map(chr, range(ord("а"), ord("я") + 1)))
_LETTERED_WORTH = 0.7
"""Of «5а» for who asks for 5."""
_UNLETTERED_WORTH = 0.6
"""Of 5 for who asks for «5а», if there is a «5а» somewhere."""
_PREPOSITIONS = frozenset("вскуоия")
_AUTHORITIES = frozenset({"администрация", "глава", "дума", "правительство"})
"""Kinds that a city has as a region has."""
_RARE_NAME = 0.9  # of the pages of a kind, those that have a word of its name
_WORD_WORTH, _POST_WORD_WORTH = 0.72, 0.5
"""Of the word of a kind, or of a post, in another one's name."""


class KindTerm(NamedTuple):
    """What the name of a kind tells: its weight and options, whether it is that of a city's head
    or of an authority that a city may have. `rarer_names` are those of its keys that not all
    pages of the kind have."""

    weight: float
    options: tuple[Option, ...]
    city_head: bool
    authority: bool
    rarer_names: tuple[str, ...]


class TermMaker:
    """Makes terms, by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._known = known
        self._kinds: dict[
            tuple[tuple[str, ...], tuple[str, ...], bool, tuple[str, ...], bool, bool], KindTerm
        ] = {}
        self._numbers: dict[str, tuple[Option, ...]] = {}
        self._weights: dict[tuple[tuple[str, ...], ...], float] = {}
        self._city = frozenset(map(key, ("город", "городской", "район")))

    def of_kind(self, named: Named, words: Sequence[Word]) -> tuple[Term, KindTerm]:
        """The term of a kind that is named by `words`, or of a need, and what the name tells."""
        name = () if named.need else tuple([word.key for word in words])
        mended = True in [word.mended for word in words]
        sure = not mended or all(
            option.sure for word in words if word.mended for option in word.options[:1]
        )
        kind = self._kind(named, name, mended, sure)
        options = kind.options
        if named.need and len(words) == 1:
            whole = words[0].typed in self._lexicon.needs.words  # «СВО» begins no «Свободный»
            own = [o for o in words[0].options if not (whole and o.how is How.PREFIX)]
            # An ordinary word is rather what is needed than a name.
            sure = not is_common(words[0].typed)
            own = [each._replace(spelling="", sure=each.sure and sure) for each in own]
            options = (*own, *options)
        text = " ".join([word.text for word in words])
        typed = " ".join([word.typed for word in words])
        return Term(text, typed, kind.weight, options, is_kind=True), kind

    def of_word(self, word: Word) -> Term:
        """The term of a word that names no kind, or of a number."""
        if word.typed[0].isdigit():
            options = self._numbers.get(word.key)
            if options is None:
                options = tuple(self._of_number(word.key))
                if len(self._numbers) < REMEMBERED:
                    self._numbers[word.key] = options
            return Term(word.text, word.typed, NUMBER_WEIGHT, options, decisive=True)
        return Term(word.text, word.typed, self._weight(word.options), word.options)

    def doubtful(self, silent: Sequence[str], begun: str) -> Iterable[Term]:
        """What says nothing, unless it is the name of a village or the beginning of a word.

        A page gains little by having it, and loses as little by not having it.
        """
        for word in silent:
            if self._known.count(key(word)):
                option = Option(How.SAME, (key(word),), 1.0, Worth.WORD, word)
                yield Term(word, word, DOUBTFUL_WEIGHT, (option,))
        if 1 < len(begun) <= SHORT and self._known.has_prefix(begun):
            option = Option(How.PREFIX, (), PREFIX_WORTH, Worth.WORD, prefix=begun)
            yield Term(begun, begun, DOUBTFUL_WEIGHT, (option,))

    def is_of_city(self, kinds: Sequence[KindTerm], read: Sequence[Word]) -> bool:
        """Whether a city's or a district's authority is asked for, and no region's."""
        for kind in kinds:
            if kind.city_head or (
                kind.authority and not self._city.isdisjoint([word.key for word in read])
            ):
                return True
        return False

    def _kind(self, named: Named, name: tuple[str, ...], mended: bool, sure: bool) -> KindTerm:
        asked = (named.kinds, named.names, named.need, name, mended, sure)
        known = self._kinds.get(asked)
        if known is None:
            weight = KIND_WEIGHT * max(self._lexicon.kinds[name].weight for name in named.kinds)
            options = [
                *(self._of_need(named) if named.need else self._of_kinds(named, mended, sure))
            ]
            if len(name) == 1 and self._known.count(name[0]):
                # «отдел администрации» is no «администрация», but has the word. A deputy is
                # somebody else than the head.
                is_post = any(self._lexicon.kinds[each].is_post for each in named.kinds)
                worth = _POST_WORD_WORTH if is_post else _WORD_WORTH
                options.append(Option(How.SAME, name, worth, Worth.WORD, sure=sure))
            known = self._kinds[asked] = KindTerm(
                weight,
                tuple(options),
                CITY_HEAD in named.kinds,
                not _AUTHORITIES.isdisjoint(named.kinds),
                tuple(key for key in name if self._is_rare(key, named)),
            )
        return known

    def _is_rare(self, name: str, named: Named) -> bool:
        """Whether some pages of a kind do not have a word of the name that was typed."""
        pages = sum(self._known.count(KIND + kind) for kind in named.kinds)
        return bool(name) and 0 < self._known.count(name) < pages * _RARE_NAME

    def _of_kinds(self, named: Named, mended: bool, sure: bool) -> Iterable[Option]:
        worth = _KIND_MENDED_WORTH if mended else 1.0
        broader = {also for name in named.kinds for also in self._lexicon.kinds[name].is_also}
        keys = tuple(KIND + name for name in named.kinds)
        yield Option(How.KIND, keys, worth, Worth.KIND, sure=sure)
        if broader:
            keys = tuple(KIND + name for name in sorted(broader))
            yield Option(How.BROADER, keys, worth, Worth.BROADER_KIND, sure=sure)
        if like := sorted(self._stand_in(named) - broader):
            keys = tuple(KIND + name for name in like)
            yield Option(How.LIKE, keys, _LIKE_WORTH, Worth.KIND, sure=False)

    def _stand_in(self, named: Named) -> set[str]:
        """The kinds whose pages stand in for those of a post, or of a kind that no page is of, but
        not the broader ones: for «соцзащита» no other ministry."""
        kinds = [self._lexicon.kinds[name] for name in named.kinds]
        if not all(kind.is_post or not self._known.count(KIND + kind.name) for kind in kinds):
            return set()
        like = {name for kind in kinds for name in kind.is_like}
        return like - {also for name in like for also in self._lexicon.kinds[name].is_also}

    def _of_need(self, named: Named) -> Iterable[Option]:
        """The kinds that serve a need: only one that is also called so may surely be meant."""
        for n, name in enumerate(named.kinds):
            worth = max(1 - n * _NEED_STEP, _NEED_LEAST)
            yield Option(How.NEED, (KIND + name,), worth, Worth.KIND, sure=name in named.names)

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
