"""The words of a query → what each may mean: as it stands, only begun, mistyped, two in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum, auto

from directory.language.adjectives import related
from directory.language.common import is_common
from directory.language.kinds import Asked
from directory.language.lexicon import Lexicon
from directory.language.stems import fold, key
from directory.search.fields import Worth
from directory.search.hearing import SHORT
from directory.search.known import Known
from directory.search.mending import MOST_MENDED, Mending
from directory.search.query import How, Option
from directory.search.words import Word, keys, spelt

PREFIX_FROM, KIND_PREFIX_FROM = 2, 3
"""Letters from which the last word may be the beginning of another, and of a word for a kind."""
COMMON_FROM = 5
"""Letters from which a common word is rather itself than the beginning of another."""
REMEMBERED = 20_000
"""Words whose reading is remembered: those of queries repeat."""

# What is left of a match, by how the word was understood.
PREFIX_WORTH = 0.93
_BEGUN_WORTH, _CASE_WORTH = 0.97, 0.95
_DERIVED_WORTH = 0.85
_NICKNAME_WORTH = 0.97  # of a region by a word that no page has

_NO_BEGINNING = "ьъ"  # of Russian words; keys are without these letters
_SHORTEST_KEY, _MOST_OF_SHORTEST = 2, 5
_LONGEST_GLUED = 30  # letters of a word that may be two


class Care(Enum):
    """How far a reading goes: words as they are, unknown words mended, known ones doubted too."""

    AS_IS = auto()
    MENDED = auto()
    DOUBTED = auto()


class Understanding:
    """Understands words by a lexicon and by what the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known, asked: Asked) -> None:
        self._lexicon = lexicon
        self._known = known
        self._mending = Mending(lexicon, known, asked)
        self._told = lexicon.names.words
        self._named, self._asked = asked, asked.words
        self._found: dict[str, tuple[str, tuple[Option, ...]]] = {}

    def words(
        self,
        words: Sequence[str],
        care: Care,
        *,
        open_ended: bool,
        as_typed: bool,
        begun: Collection[str] = (),
    ) -> list[Word]:
        """What each word may mean. `open_ended`: the last one may be only begun, and those that are
        `begun` are. `as_typed`: the words are in the alphabet that was typed."""
        doubting = care is Care.DOUBTED
        read = [self._plain(word) for word in words]
        if any(map(self._is_of_needs, read)):
            self._forget_others_needs(read)
        if open_ended and words and not words[-1][0].isdigit():
            before = [word.key for word in read[:-1] if word]
            read[-1] = self._begun(words[-1], read[-1], before, doubting=doubting)
        for n, word in enumerate(words) if begun else ():
            if word in begun and read[n] is None and self._known.has_prefix(word):
                read[n] = Word(word, word, "", (_prefix(word, sure=True),), 0.8)
        if care is not Care.AS_IS:
            if None in read:
                self._mending.mend(words, read, as_typed=as_typed)
            if any(not (word and word.options) for word in read):
                self._mending.complete_needs(words, read)
        if None not in read and not doubting:
            return [word for word in read if word]
        understood: list[Word] = []
        for n, (typed, each) in enumerate(zip(words, read, strict=True)):
            if each is None:
                understood += self._apart(typed) if doubting else [Word(typed, typed, key(typed))]
            elif doubting and n < MOST_MENDED and not typed[0].isdigit():
                understood.append(self._mending.doubted(each))
            else:
                understood.append(each)
        return understood

    def _plain(self, word: str) -> Word | None:
        """A word that the pages or the lexicon have, in any case ending."""
        if word[0].isdigit():
            return Word(word, word, key(word), sure=1.0)
        if word[0] in _NO_BEGINNING:
            return None
        found = self._found.get(word)
        if found is None:
            named = [
                each
                for each in keys(word)
                if (each in self._asked or self._known.count(each))
                and not _is_all_ending(word, each)
            ]
            options = tuple(self._options(word, [k for k in named if self._known.count(k)]))
            found = (named[0] if named else key(word), options) if named or options else ("", ())
            if len(self._found) < REMEMBERED:
                self._found[word] = found
        return Word(word, word, *found, 1.0) if found[0] else None

    def _is_of_needs(self, word: Word | None) -> bool:
        """Whether a word is known by those of needs alone, and is not spelt as one of them."""
        if word is None or word.options or word.typed[0].isdigit() or word.key in self._told:
            return False
        return not (word.typed in self._lexicon.needs.words or is_common(word.typed))

    def _forget_others_needs(self, read: list[Word | None]) -> None:
        """Put none in the places of words of needs that are not named: «щуков», without «ловить»,
        may be a misprint."""
        named = self._named([word.key if word else "" for word in read])
        taken = {place for each in named for place in each.places}
        for n, word in enumerate(read):
            if n not in taken and self._is_of_needs(word):
                read[n] = None

    def _options(self, word: str, known: Sequence[str]) -> Iterable[Option]:
        if known:
            yield Option(How.SAME, (known[0],), 1.0, Worth.WORD, word)
        region = tuple(k for k in self._lexicon.regions.get(key(word), ()) if self._known.count(k))
        others = related(key(word))
        for derived in (others[:1], tuple(k for k in others[1:] if self._known.count(k))):
            # «Питер» is a city, and no Питерский district.
            if any(map(self._known.count, derived)) and (known or not region):
                # «цветы» are no «Цветское», nor is Курганинск Курган; «Ялта» is of «Ялтинский».
                sure = not (is_common(word) or (known and derived != others[:1]))
                yield Option(How.DERIVED, derived, _DERIVED_WORTH, Worth.DERIVED, sure=sure)
        for each in known[1:]:
            yield Option(How.SAME, (each,), _DERIVED_WORTH, Worth.WORD)
        if region:
            worth = _DERIVED_WORTH if known else _NICKNAME_WORTH
            yield Option(How.REGION, region, worth, Worth.WORD)

    def _begun(
        self, typed: str, word: Word | None, before: Sequence[str], *, doubting: bool
    ) -> Word | None:
        """The last word, which may be only begun: of a kind's name, or any that the pages have."""
        whole = word is not None and (
            self._known.has_spelling(typed)
            or typed in self._lexicon.kind_words
            or word.key in self._lexicon.regions
            or (
                word.key in self._asked
                and not self._is_stem(typed, word.key)
                and self._is_named(before, word.key)
            )
        )
        if whole and len(typed) > SHORT and not doubting:
            return word
        told = None if whole else self._mending.begun_kind(typed, before, least=KIND_PREFIX_FROM)
        if told:
            return Word(typed, spelt(self._known, self._lexicon, told, typed), told, (), 0.9)
        if len(typed) < PREFIX_FROM or not self._known.has_prefix(typed):
            return word
        # «цветы» begin no name, but «суд сокол» asks for Соколово's.
        common = len(typed) >= COMMON_FROM and is_common(typed)
        option = _prefix(typed, sure=not common or bool(self._named(before)))
        if word is None:
            return Word(typed, typed, "", (option,), 0.8)
        if whole:
            return Word(typed, typed, word.key, (*word.options, option), word.sure)
        # Nobody writes it so, therefore it is rather a beginning than a case of another word.
        options = [each._replace(worth=each.worth * _CASE_WORTH) for each in word.options]
        return Word(typed, typed, "", (option._replace(worth=_BEGUN_WORTH), *options), word.sure)

    def _is_stem(self, typed: str, key: str) -> bool:
        """Whether a word of needs is rather the beginning of another: «озер» of «Озёрск», in what
        nobody calls a lake."""
        return fold(typed) == key and typed not in self._lexicon.needs.words

    def _is_named(self, before: Sequence[str], last: str) -> bool:
        """Whether the last word names a kind or a need: «черно» does not, for «черная зарплата»."""
        return any(len(before) in named.places for named in self._named([*before, last]))

    def _apart(self, typed: str) -> list[Word]:
        """Two words written as one («детскийсад»), or the unknown word as it is."""
        for cut in range(3, len(typed) - 2) if len(typed) <= _LONGEST_GLUED else ():
            left, right = self._plain(typed[:cut]), self._plain(typed[cut:])
            if left and right and all(w.options or w.key in self._told for w in (left, right)):
                left.mended = right.mended = True
                return [left, right]
        return [Word(typed, typed, key(typed))]

    def show_spellings(self, read: Iterable[Word]) -> None:
        """Have the words of another alphabet shown as pages spell them: «културй» as «культуры»."""
        for word in read:
            if word.key and not self._known.has_spelling(word.typed):
                word.text = spelt(self._known, self._lexicon, word.key, word.text)


def _is_all_ending(word: str, key: str) -> bool:
    """Whether the key is hardly anything of the word: «смьми» is no case of «см»."""
    return len(key) <= _SHORTEST_KEY and len(word) >= _MOST_OF_SHORTEST


def _prefix(typed: str, *, sure: bool) -> Option:
    return Option(How.PREFIX, (), PREFIX_WORTH, Worth.WORD, prefix=typed, sure=sure)
