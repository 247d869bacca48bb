"""The words of a query → what each may mean: as it stands, only begun, mistyped, two in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from directory.language.common import is_common
from directory.language.kinds import asked_in
from directory.language.lexicon import Lexicon
from directory.language.normalise import is_number
from directory.language.stems import fold, key
from directory.search.fields import Worth
from directory.search.hearing import SHORT
from directory.search.known import Known
from directory.search.query import How, Option

MOST_MENDED = 6
"""Unknown words that are mended; a text with more is no query but a letter."""
PREFIX_FROM, KIND_PREFIX_FROM = 2, 3
"""Letters from which the last word may be the beginning of another, and of a word for a kind."""
TWO_ERRORS_FROM = 7
"""Letters of a word, as typed, from which it may have two errors."""
SURE_WITH_ONE_ERROR_FROM, SURE_WITH_TWO_ERRORS_FROM = 6, 9
"""Letters of a mistyped word from which an answer that rests on it may be sure."""
COMMON_FROM = 5
"""Letters from which a common word is rather itself than the beginning of another."""
REMEMBERED = 20_000
"""Words whose reading is remembered: those of queries repeat."""

# What is left of a match, by how the word was understood.
PREFIX_WORTH = 0.93
_BEGUN_WORTH, _CASE_WORTH = 0.97, 0.95
_DERIVED_WORTH = 0.85
_MENDED_WORTH = (1.0, 0.9, 0.8, 0.7)  # by the number of errors
_SHORT_MENDED, _SHORT_MENDED_WORTH = 5, 0.84  # in a word of up to five letters
_SECOND_LOOK_WORTH = 0.88  # of doubts about words which are right as they are

_MOST_OPTIONS = 12
_LONGEST_GLUED = 30  # letters of a word that may be two


class Care(Enum):
    """How far a reading goes: words as they are, unknown words mended, known ones doubted too."""

    AS_IS = auto()
    MENDED = auto()
    DOUBTED = auto()


@dataclass(slots=True)
class Word:
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


class Understanding:
    """Understands words by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known) -> None:
        self._lexicon = lexicon
        self._known = known
        self._told = frozenset(word for phrase in lexicon.names.phrases for word in phrase)
        self._asked = frozenset(word for phrase in lexicon.asked.phrases for word in phrase)
        self._found: dict[str, tuple[str, tuple[Option, ...]]] = {}
        self._phrases_with: dict[str, list[tuple[str, ...]]] = {}
        for phrase in lexicon.names.phrases:
            for word in phrase if len(phrase) > 1 else ():
                self._phrases_with.setdefault(word, []).append(phrase)

    def words(
        self, words: Sequence[str], care: Care, *, open_ended: bool, as_typed: bool
    ) -> list[Word]:
        doubting = care is Care.DOUBTED
        read = [self._plain(word) for word in words]
        if open_ended and words and not is_number(words[-1]):
            before = [word.key for word in read[:-1] if word]
            read[-1] = self._begun(words[-1], read[-1], before, doubting=doubting)
        if None in read and care is not Care.AS_IS:
            self._mend(words, read, as_typed=as_typed)
        if None not in read and not doubting:
            return [word for word in read if word]
        understood: list[Word] = []
        for n, (typed, each) in enumerate(zip(words, read, strict=True)):
            if each is None:
                understood += self._apart(typed) if doubting else [Word(typed, typed, key(typed))]
            elif doubting and n < MOST_MENDED and not is_number(typed):
                understood.append(self._doubted(each))
            else:
                understood.append(each)
        return understood

    def _mend(self, words: Sequence[str], read: list[Word | None], *, as_typed: bool) -> None:
        """Put words that are known in the places of `read` where there is none.

        A mistake is believed beside words that are right; alone, a slight one at most.
        """
        keys = [word.key if word else "" for word in read]
        has_kind = bool(asked_in(self._lexicon, keys))
        supported = any(word and not is_number(word.typed) for word in read)
        if not (supported or as_typed):
            return
        unknown = [n for n, word in enumerate(read) if word is None]
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

    def _mended_kind(self, typed: str, keys: Sequence[str]) -> Word | None:
        """A mistyped word of a kind's name: with two errors where the rest of the name is there."""
        if len(typed) < _SHORT_MENDED or is_common(typed):
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
        sure = _is_sure(typed, best[0])
        option = Option(How.MENDED, (best[2],), _MENDED_WORTH[best[0]], Worth.WORD, sure=sure)
        return Word(typed, text, best[2], (option,), 0.6, mended=True)

    def _plain(self, word: str) -> Word | None:
        """A word that the pages or the lexicon have, in any case ending."""
        if is_number(word):
            return Word(word, word, key(word), sure=1.0)
        found = self._found.get(word)
        if found is None:
            named = [k for k in _keys(word) if k in self._asked or self._known.count(k)]
            known = [k for k in named if self._known.count(k)]
            found = (named[0], tuple(self._options(word, known))) if named else ("", ())
            if len(self._found) < REMEMBERED:
                self._found[word] = found
        return Word(word, word, *found, 1.0) if found[0] else None

    def _options(self, word: str, known: Sequence[str]) -> Iterable[Option]:
        if not known:
            return
        yield Option(How.SAME, (known[0],), 1.0, Worth.WORD, word)
        yield from self._derived(known[0])
        for each in known[1:]:
            yield Option(How.SAME, (each,), _DERIVED_WORTH, Worth.WORD)

    def _derived(self, word: str) -> Iterable[Option]:
        """«Кетовский» for «Кетово» and the other way round."""
        other = word[:-2] if word.endswith("ск") else word + "ск"
        if len(other) > 2 and self._known.count(other):
            yield Option(How.DERIVED, (other,), _DERIVED_WORTH, Worth.DERIVED)

    def _begun(
        self, typed: str, word: Word | None, before: Sequence[str], *, doubting: bool
    ) -> Word | None:
        """The last word, which may be only begun: of a kind's name, or any that the pages have."""
        whole = word is not None and (
            self._known.has_spelling(typed)
            or typed in self._lexicon.kind_words
            or word.key in self._told
        )
        if whole and len(typed) > SHORT and not doubting:
            return word
        if not whole and (told := self._begun_kind(typed, before)):
            return Word(typed, self._spelt(told, typed), told, (), 0.9)
        if len(typed) < PREFIX_FROM or not self._known.has_prefix(typed):
            return word
        # «цветы» begin no name, but «суд сокол» asks for Соколово's.
        common = len(typed) >= COMMON_FROM and is_common(typed)
        sure = not common or bool(asked_in(self._lexicon, before))
        option = Option(How.PREFIX, (), PREFIX_WORTH, Worth.WORD, prefix=typed, sure=sure)
        if word is None:
            return Word(typed, typed, "", (option,), 0.8)
        if whole:
            return Word(typed, typed, word.key, (*word.options, option), word.sure)
        # Nobody writes it so, therefore it is rather a beginning than a case of another word.
        options = [each._replace(worth=each.worth * _CASE_WORTH) for each in word.options]
        begun = option._replace(worth=_BEGUN_WORTH)
        return Word(typed, typed, "", (begun, *options), word.sure)

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

    def _mended(self, typed: str, *, has_kind: bool, supported: bool) -> Word | None:
        first, reach = fold(typed)[:1], 2 if supported and len(typed) >= TWO_ERRORS_FROM else 1
        if is_common(typed) or not (supported or len(typed) > _SHORT_MENDED):
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
            sure = _is_sure(typed, errors)
            options.append(Option(How.MENDED, keys, worth, Worth.WORD, sure=sure))
        text = self._spelt(best, typed)
        return Word(typed, text, best, tuple(options), 0.7 - 0.1 * least, mended=True)

    def _doubted(self, word: Word) -> Word:
        """The word with what it may be a mistyping of."""
        if word.mended or is_common(word.typed):
            return word
        near = [each for _, each in self._known.near(word.typed)][:_MOST_OPTIONS]
        if not near:
            return word
        worth = _SECOND_LOOK_WORTH * _MENDED_WORTH[1]
        option = Option(How.MENDED, tuple(near), worth, Worth.WORD)
        return Word(word.typed, word.text, word.key, (*word.options, option), word.sure)

    def _apart(self, typed: str) -> list[Word]:
        """Two words written as one («детскийсад»), or the unknown word as it is."""
        for cut in range(3, len(typed) - 2) if len(typed) <= _LONGEST_GLUED else ():
            left, right = self._plain(typed[:cut]), self._plain(typed[cut:])
            if left and right:
                left.mended = right.mended = True
                return [left, right]
        return [Word(typed, typed, key(typed))]

    def show_spellings(self, read: Iterable[Word]) -> None:
        """Have the words of another alphabet shown as pages spell them: «културй» as «культуры»."""
        for word in read:
            if word.key and not self._known.has_spelling(word.typed):
                word.text = self._spelt(word.key, word.text)

    def _spelt(self, key: str, typed: str) -> str:
        """How to show a word that is known by its key: as the lexicon has it, or the shortest."""
        spellings = self._known.spellings_of(key)
        names = [each for each in spellings if each in self._lexicon.kinds]
        told = names or [each for each in spellings if each in self._lexicon.kind_words]
        return min(told or spellings or [typed], key=lambda each: (len(each), each))


def _is_sure(typed: str, errors: int) -> bool:
    """Whether a page that is found by a word with so many errors may be the answer."""
    return len(typed) >= (SURE_WITH_ONE_ERROR_FROM if errors == 1 else SURE_WITH_TWO_ERRORS_FROM)


def _keys(word: str) -> Iterable[str]:
    """The key of a word, and another of a genitive plural that looks like a surname (Баков)."""
    yield key(word)
    if len(word) > 3 and word.endswith(("ов", "ев", "ей")):
        yield key(word[:-2] + "и")
