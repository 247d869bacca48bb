"""A text as typed → the words that say which page is wanted, and what was said around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.language.asides import is_year, number_asides, without_times
from directory.language.kinds import Asked
from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.normalise import normalise
from directory.language.stems import key
from directory.language.words import Words
from directory.search.known import Known
from directory.search.spelling_out import SpellingOut
from directory.search.ways import asked_address, asked_phone

MOST_WORDS = 24
SHORT = 3
"""A last word of so few letters may be a beginning even if it is a word."""
_PREPOSITIONS = frozenset("вскуоаия")
_NUMBER_LETTERS = frozenset("аб")
"""Letters that belong to the number before them even after a space: «школа 5 а»."""
_NUMBER, _LETTER, _REPLACED, _NETWORK, _SILENT, _DENIED = (1 << n for n in range(6))
_BUT = (["а"], ["но"])
_REMEMBERED = 20_000
_PHRASE = 3  # words of the longest phrase that is replaced


@dataclass(slots=True)
class Heard:
    """What a text was heard as.

    `plain` are all its words as they stand, `words` those that tell, `silent` those that say
    nothing, `aside` the names of networks and the numbers of other things. `begun` is a last word
    that may be only begun; `open_ended`: the last one of `words` may. `initials` are single letters
    that may be a person's; `network` is the first network that was named. `dotted` are words that
    were shortened in writing, `ways` lead to a page by a phone number or an address; `changed`:
    some words were spelt out.
    """

    text: str
    plain: list[str]
    words: list[str]
    silent: list[str]
    aside: list[str]
    begun: str = ""
    initials: str = ""
    network: str = ""
    dotted: frozenset[str] = frozenset()
    ways: tuple[int, ...] = ()
    changed: bool = False
    open_ended: bool = False


class Hearing:
    """Tells the words that name a page from those around them, by the lexicon."""

    def __init__(self, lexicon: Lexicon, known: Known, asked: Asked) -> None:
        self._lexicon = lexicon
        self._asked = asked
        self._words = Words(lexicon)
        self._known = known
        self._spelling = SpellingOut(lexicon, known, asked.words)
        self._unsaid = lexicon.questions | lexicon.legal
        self._told = lexicon.names.words
        self._marks = _WordMarks(lexicon)

    def hear(self, text: str, *, open_ended: bool, spelling_out: bool) -> Heard:
        """The words of `text`; `open_ended`: the last one may be only begun; `spelling_out`: words
        that nobody knows may be shortened, glued or parted ones."""
        given = normalise(without_times(text))
        spelt, dotted = self._spelling.text(given)
        plain, every = self._words.of_normalised(spelt)
        marks = 0
        for word in every:
            marks |= self._marks[word]
        if marks & _DENIED and "не" in every:
            every = self._without_denied(every)
        if marks & _REPLACED:
            every = self._replaced(every)
        aside, network, said = set[int](), "", every
        if marks & (_NETWORK | _NUMBER):
            if marks & _NETWORK:
                aside, network = self._lexicon.networks.named(every)
            if marks & _NUMBER:
                aside |= self._other_numbers(every)
            said = [word for n, word in enumerate(every) if n not in aside]
            if not said:
                aside, said = set(), every
            said = _lettered(said)
        initials = _initials(said) if marks & _LETTER else ""
        changed = spelt != given
        if spelling_out:
            whole = self._spelling.words(said, open_ended=open_ended)
            changed = changed or whole != said
            said = whole
        said = [word for word in dict.fromkeys(said) if len(word) > 1 or word.isdigit()]
        begun = plain[-1] if open_ended and len(plain[-1]) <= SHORT else ""
        long = self._lexicon.abbreviations.get(begun, ())
        # «ГАИ» is a body whole; «обл» may still become «областной».
        is_kind = len(long) == 1 and (key(long[0]),) in self._lexicon.names.phrases
        if long and not is_kind and self._known.has_prefix(begun):
            said = [*said[: -len(self._lexicon.abbreviations[begun])], begun]
        words, silent = said[:MOST_WORDS], list[str]()
        if marks & _SILENT:
            words, silent = self._telling(words, open_ended=open_ended)
        begun = "" if begun in words or len(every) - 1 in aside else begun
        return Heard(
            text,
            plain,
            words,
            silent,
            [every[n] for n in sorted(aside)],
            begun,
            initials,
            network,
            dotted=dotted,
            ways=(*asked_phone(plain), *asked_address(plain)) if marks & _NUMBER else (),
            changed=changed,
            open_ended=open_ended and not begun and said[-1:] == words[-1:],
        )

    def _without_denied(self, words: list[str]) -> list[str]:
        """The words without those that are not meant: «музей Шадринск, а не Курган», «не
        арбитражный суд». «Не горит фонарь» denies nothing: what is denied is of a kind's name, or
        follows «а»."""
        denied = {
            n + 1
            for n, word in enumerate(words[:-1])
            if word == "не" and (words[n - 1 : n] in _BUT or key(words[n + 1]) in self._told)
        }
        left = [word for n, word in enumerate(words) if n not in denied]
        return left if any(unsaid_key(word) not in self._unsaid for word in left) else words

    def _replaced(self, words: list[str]) -> list[str]:
        """The words with names of several words read as the lexicon has them, unless pages have all
        these words: «Южный Урал» may be a settlement here."""
        read: list[str] = []
        n = 0
        while n < len(words):
            for length in range(_PHRASE, 1, -1):
                phrase = tuple(map(key, words[n : n + length]))
                region = self._lexicon.region_phrases.get(phrase)
                if region and not all(map(self._known.count, phrase)):
                    read += region
                    n += length
                    break
            else:
                read.append(words[n])
                n += 1
        return read

    def _other_numbers(self, words: Sequence[str]) -> set[int]:
        """The places of numbers of other things, and of the words that tell so."""
        others = number_asides(self._lexicon, words)
        if others:  # «кадетский корпус 2»
            for named in self._asked(list(map(key, words))):
                if not others.isdisjoint(named.places):
                    others = {n for n in others if not _beside(n, named.places)}
        left = [n for n, word in enumerate(words) if word[0].isdigit() and n not in others]
        for n in left:
            if is_year(words[n]) and (len(left) > 1 or not self._known.count(words[n])):
                others.add(n)
        return others

    def _telling(self, words: list[str], *, open_ended: bool) -> tuple[list[str], list[str]]:
        """The words that say which page is wanted, and the others; all of them if none does."""
        silent = {n for n, word in enumerate(words) if unsaid_key(word) in self._unsaid}
        last = len(words) - 1
        if open_ended and last in silent and self._may_be_begun(words[last]):
            silent.discard(last)
        keys = [key(word) for word in words]
        asked = set[int]()
        if not self._lexicon.question_phrases.keys().isdisjoint(keys):
            asked.update(self._questions(keys))
            silent |= asked
        if silent:  # what names a kind or a need does tell: «прием врача», «отдел»
            for named in self._asked(keys):
                if len(named.places) > 1 or not (
                    asked.intersection(named.places) or self._is_unsaid(words[named.places[0]])
                ):
                    silent.difference_update(named.places)
        if not silent or len(silent) == len(words):
            return words, []
        return (
            [word for n, word in enumerate(words) if n not in silent],
            [words[n] for n in sorted(silent)],
        )

    def _is_unsaid(self, word: str) -> bool:
        """Whether a word says nothing although it looks like a case of one that does: «долго» is
        no case of «долги»."""
        lexicon = self._lexicon
        names = word in lexicon.kind_words or word in lexicon.needs.words
        return word in lexicon.unsaid and not names

    def _may_be_begun(self, word: str) -> bool:
        """Whether a word that says nothing may begin another: «россо» is Россошь, not «Россия»."""
        return word not in self._lexicon.unsaid and self._known.has_prefix(word)

    def _questions(self, keys: Sequence[str]) -> Iterable[int]:
        """The places of words that together say nothing: «как найти»."""
        for n, word in enumerate(keys):
            for phrase in self._lexicon.question_phrases.get(word, ()):
                if tuple(keys[n : n + len(phrase)]) == phrase:
                    yield from range(n, n + len(phrase))


class _WordMarks(dict[str, int]):
    """What each word may be besides a name; most are nothing else, and their queries read soon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._replaced = frozenset(phrase[0] for phrase in lexicon.region_phrases)
        self._networks = lexicon.networks.all
        self._unsaid = lexicon.questions | lexicon.legal
        self._questions = lexicon.question_phrases

    def __missing__(self, word: str) -> int:
        each = key(word)
        marks = _NUMBER if word[0].isdigit() else 0
        if len(word) == 1 and word.isalpha():
            marks |= _LETTER
        if word == "не":
            marks |= _DENIED
        if each in self._replaced:
            marks |= _REPLACED
        if word in self._networks or each in self._networks:
            marks |= _NETWORK
        if unsaid_key(word) in self._unsaid or each in self._questions:
            marks |= _SILENT
        if len(self) < _REMEMBERED:
            self[word] = marks
        return marks


def _beside(place: int, places: Sequence[int]) -> bool:
    return not {place - 1, place, place + 1}.isdisjoint(places)


def _lettered(words: list[str]) -> list[str]:
    """The words with a number and the letter after it as one: «пять а» → «5а»."""
    joined: list[str] = []
    for word in words:
        if joined and word in _NUMBER_LETTERS and joined[-1].isdigit():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _initials(words: Sequence[str]) -> str:
    """Single letters that may be a person's, at most two: not a lone «в» or «с» before a word."""
    letters = [n for n, word in enumerate(words) if len(word) == 1 and word.isalpha()]
    last = len(words) - 1
    return "".join(
        [
            words[n]
            for n in letters
            if words[n] not in _PREPOSITIONS or n == last or {n - 1, n + 1} & {*letters}
        ][:2]
    )
