"""Words that no page has → the words that they may be misprints of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from directory.language.common import is_common, is_listed
from directory.language.kinds import Asked, names_bodies
from directory.language.lexicon import Lexicon
from directory.language.normalise import is_number
from directory.language.stems import fold, key
from directory.search.fields import Worth
from directory.search.known import Known
from directory.search.query import How, Option
from directory.search.words import Word, spelt

MOST_MENDED = 6
"""Unknown words that are mended; a text with more is no query but a letter."""
MOST_WORDS_OF_NEEDS = 10
"""Words, from the first, that are read as words of needs by their roots."""
TWO_ERRORS_FROM = 7
"""Letters of a word, as typed, from which it may have two errors."""
SURE_WITH_ONE_ERROR_FROM, SURE_WITH_TWO_ERRORS_FROM = 6, 9
"""Letters of a mistyped word from which an answer that rests on it may be sure."""
ALONE_FROM, ALONE_WITH_TWO_ERRORS_FROM = 5, 9
"""Letters of a word in another alphabet that is mended although nothing stands beside it."""
HEARD_FROM, HEARD_THOUGH_COMMON_FROM, DOUBTED_FROM = 4, 6, 3
"""Letters of a word that is mended by its sound: of an unknown one, of one that may be a common
word in some case, and of a known one in a query that nothing answers."""
_WORTH = (1.0, 0.9, 0.8, 0.7)  # by the number of errors
_AS_TYPED = 4
"""Letters of a word up to which errors are counted in what was typed, too."""
_SHORT, _SHORT_WORTH = 5, 0.84  # in a word of up to five letters
_SECOND_LOOK_WORTH = 0.88  # of doubts about words which are right as they are
_MOST_OPTIONS = 12


class _Support(NamedTuple):
    """What stands beside a mistyped word: keys, whether they name a kind, whether anything does."""

    keys: list[str]
    has_kind: bool
    any: bool


class Mending:
    """Mends words by the words of kinds' names and of the index."""

    def __init__(self, lexicon: Lexicon, known: Known, asked: Asked) -> None:
        self._lexicon = lexicon
        self._asked = asked
        self._known = known
        self._told = lexicon.names.words
        self._phrases_with = lexicon.names.longer

    def mend(self, words: Sequence[str], read: list[Word | None], *, as_typed: bool) -> None:
        """Put words that are known in the places of `read` where there is none.

        A mistake is believed beside words that are right; alone, a slight one at most.
        """
        keys = [word.key if word else "" for word in read]
        beside = _Support(
            keys,
            bool(self._asked(keys)),
            any(word and not is_number(word.typed) for word in read),
        )
        unknown = [n for n, word in enumerate(read) if word is None]
        if not beside.any and len(unknown) > 1 and as_typed:
            # The name of a kind supports the rest, even if it is mistyped itself.
            for n in unknown:
                if mended := self._kind(words[n], keys):
                    read[n], keys[n] = mended, mended.key
                    beside = _Support(keys, True, True)
        for n in unknown[:MOST_MENDED]:
            if read[n] is None:
                read[n] = self._known_as(words[n], beside, as_typed=as_typed)

    def complete_needs(self, words: Sequence[str], read: list[Word | None]) -> None:
        """Put words of needs in the places of those that no page has and that are of one root:
        «голосовать» for «голосование», «подключение воды» for «подключить воду». Only where no body
        is named: who names one needs no other."""
        keys = [word.key if word else "" for word in read]
        named = self._asked(keys)
        if names_bodies(self._lexicon, named):
            return
        taken = {place for each in named for place in each.places}
        for n, typed in enumerate(words[:MOST_WORDS_OF_NEEDS]):
            word = read[n]
            if n in taken or typed[0].isdigit() or (word and word.options):
                continue
            longest, found = 0, ""
            for other in self._lexicon.needs.roots.akin(key(typed)):
                for each in self._asked([*keys[:n], other, *keys[n + 1 :]]):
                    if each.need and n in each.places and len(each.places) > longest:
                        longest, found = len(each.places), other
            if found:
                keys[n] = found
                spelt = self._lexicon.needs.spellings[found]
                read[n] = Word(typed, spelt, found, (), 0.6, mended=True)

    def _known_as(self, typed: str, beside: _Support, *, as_typed: bool) -> Word | None:
        """What an unknown word may be a mistake for: first what completes the name of a kind, then
        what is heard alike."""
        common = is_common(typed)
        heard = self._heard(typed, common=common) if as_typed else None
        if heard:
            return (not common and beside.any and self._kind(typed, beside.keys)) or heard
        if common:
            return None
        mended = self._mended(typed, beside, as_typed=as_typed)
        return mended or (self._heard(typed, nearly=True) if as_typed else None)

    def _mended(self, typed: str, beside: _Support, *, as_typed: bool) -> Word | None:
        if beside.any:
            return self._kind(typed, beside.keys) or self._word(typed, beside)
        if as_typed:
            if len(typed) > _SHORT:
                return self._word(typed, beside)
            # Beside a number alone, the name of a kind: «шклла 148».
            return self._kind(typed, []) if any(beside.keys) else None
        return self._word(typed, beside) if len(typed) >= ALONE_FROM else None

    def _heard(
        self, typed: str, least: int = HEARD_FROM, *, common: bool = False, nearly: bool = False
    ) -> Word | None:
        """The word of a kind's name or of a need that is heard like this one, or `nearly` so."""
        least = HEARD_THOUGH_COMMON_FROM if common else least
        if len(typed) < least or not typed.isalpha() or is_listed(typed):
            return None
        word = self._lexicon.sounds.nearly(typed) if nearly else self._lexicon.sounds.word(typed)
        if word is None:
            return None
        option = Option(
            How.MENDED,
            (key(word),),
            _WORTH[1],
            Worth.WORD,
            sure=not common and _is_sure(typed, 1 + nearly),
        )
        return Word(typed, word, option.keys[0], (option,), 0.6, mended=True)

    def _is_near_as_typed(self, typed: str, key: str) -> bool:
        return any(OSA.distance(typed, each) <= 1 for each in self._known.spellings_of(key))

    def begun_kind(self, typed: str, before: Sequence[str], *, least: int) -> str | None:
        """The key that makes the name of a kind of the word before and this beginning of one."""
        start = fold(typed)
        if len(start) < least or not before:
            return None
        for phrase in self._phrases_with.get(before[-1], ()):
            rest = [each for each in phrase if each not in before]
            if len(rest) == 1 and rest[0].startswith(start):
                return rest[0]
        return None

    def doubted(self, word: Word) -> Word:
        """A known word with what it may be a mistyping of; a common one only of a kind's name."""
        if word.mended or word.typed in self._lexicon.needs.words:
            return word
        if (heard := self._heard(word.typed, DOUBTED_FROM)) and heard.key != word.key:
            return heard
        near = self._known.near(word.typed)
        if is_common(word.typed):
            long = len(word.typed) >= _SHORT
            near = [(e, k) for e, k in near if e == 1 and long and k in self._told]
        if not near:
            return word
        keys = tuple(each for _, each in near[:_MOST_OPTIONS])
        worth = _SECOND_LOOK_WORTH * _WORTH[1]
        option = Option(How.MENDED, keys, worth, Worth.WORD)
        kind = keys[0] if not word.options and keys[0] in self._told else word.key
        return Word(word.typed, word.text, kind, (*word.options, option), word.sure)

    def _kind(self, typed: str, keys: Sequence[str]) -> Word | None:
        """A mistyped word of a kind's name: with two errors where the rest of the name is there."""
        if len(typed) < _SHORT or is_common(typed):
            return None
        first = fold(typed)[:1]
        best: tuple[int, bool, str] | None = None
        for errors, each in self._known.near(typed):
            if each in self._told and each[0] == first:
                completes = any(
                    all(other in keys for other in phrase if other != each)
                    for phrase in self._phrases_with.get(each, ())
                )
                if errors == 1 or (completes and errors == 2 and len(typed) > _SHORT):
                    found = (errors, not completes, each)
                    best = min(best, found) if best else found
        if best is None or (best[1] and any(keys)):
            return None
        text = spelt(self._known, self._lexicon, best[2], typed)
        sure = _is_sure(typed, best[0])
        option = Option(How.MENDED, (best[2],), _WORTH[best[0]], Worth.WORD, sure=sure)
        return Word(typed, text, best[2], (option,), 0.6, mended=True)

    def _word(self, typed: str, beside: _Support) -> Word | None:
        """A mistyped word of any kind. Two errors in a short one are one too many, unless it is the
        name of a kind."""
        first, two = fold(typed)[:1], ALONE_WITH_TWO_ERRORS_FROM
        reach = 2 if len(typed) >= (TWO_ERRORS_FROM if beside.any else two) else 1
        kind_reach = 2 if beside.any and not beside.has_kind else reach
        near = [
            (errors, each)
            for errors, each in self._known.near(typed)
            if errors <= reach or (errors <= kind_reach and each in self._told and each[0] == first)
        ]
        if len(typed) <= _AS_TYPED:  # keys are folded: «вбтс» is near «витс», but not «вице»
            kind = beside.any and not beside.has_kind
            near = [
                (errors, each)
                for errors, each in near
                if self._is_near_as_typed(typed, each)
                or (kind and each in self._told and each[0] == first)
            ]
        if not near:
            return None

        def likelihood(found: tuple[int, str]) -> tuple[int, bool, bool, int]:
            errors, each = found
            fits = beside.has_kind != (each in self._told)
            return errors, not fits, each[:1] != first, -self._known.count(each)

        near.sort(key=likelihood)
        least, best = near[0]
        options = []
        for errors in sorted({errors for errors, _ in near}):
            keys = tuple(each for e, each in near if e == errors)[:_MOST_OPTIONS]
            worth = _SHORT_WORTH if len(typed) <= _SHORT else _WORTH[errors]
            sure = _is_sure(typed, errors)
            options.append(Option(How.MENDED, keys, worth, Worth.WORD, sure=sure))
        text = spelt(self._known, self._lexicon, best, typed)
        return Word(typed, text, best, tuple(options), 0.7 - 0.1 * least, mended=True)


def _is_sure(typed: str, errors: int) -> bool:
    """Whether a page that is found by a word with so many errors may be the answer."""
    return len(typed) >= (SURE_WITH_ONE_ERROR_FROM if errors == 1 else SURE_WITH_TWO_ERRORS_FROM)
