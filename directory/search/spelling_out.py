"""Words of a query as people shorten, glue and part them → the words that the directory has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from directory.language.adjectives import related
from directory.language.common import is_common
from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.normalise import is_number
from directory.language.sounds import Sounds
from directory.language.stems import key
from directory.search.known import Known
from directory.search.words import keys

_DOTTED = re.compile(r"(?<!\w)([а-я]{3,})\.(?!\w*@)")
_HYPHENED = re.compile(r"(?<![\w-])([а-я]{1,6})-([а-я]{1,4})(?![\w-])")
_FUSED = re.compile(r"(?<!\w)([а-я]{1,4})\. ?([а-я]{3,})")
_VOWELS = "аеиоуыэюяйь"
_SHORTENED_FROM, _COMMON_SHORTENED_FROM, _DOTTED_FROM = 4, 5, 3
"""Letters of a shortened word: without a dot, of one that is a word itself («админ»), dotted."""
_HEARD_FROM = 6
"""Letters of a short word that is known by its sound."""
_PART = 3  # letters of the shorter part of two glued words
_LONGEST_GLUED = 30
REMEMBERED = 20_000
_COLLOQUIAL = re.compile("(?:к[аиуе]|кой)$")
_COLLOQUIAL_STEM = 5
_PREPOSITIONS = ("в", "на", "по", "из", "о", "с", "к")


class SpellingOut:
    """Spells words out by the names of kinds in the lexicon and the words that the index knows."""

    def __init__(self, lexicon: Lexicon, known: Known, asked: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._known = known
        self._institutions = lexicon.institutions
        self._told = lexicon.names.words
        self._asked = asked
        self._kind_words = sorted(lexicon.kind_words)
        self._known_words: dict[str, bool] = {}
        self._sounds = Sounds(each for each in lexicon.abbreviations if len(each) >= _HEARD_FROM)
        shortest = "|".join(map(re.escape, lexicon.adjectives))
        self._whole_names = frozenset(
            " ".join(pair) for long in lexicon.abbreviations.values() for pair in pairwise(long)
        )
        self._adjectives = re.compile(rf"(?<![\w-])({shortest})(?:\. ?|/| )([а-я]{{3,}})")

    def text(self, text: str) -> tuple[str, frozenset[str]]:
        """A normalised text with shortened words in full («адм-ция», «поликл. 4»), and those with a
        dot that stay as they are («кург.»)."""
        dotted: frozenset[str] = frozenset()
        if self._adjectives.search(text):
            text = self._adjectives.sub(self._adjective, text)
        if "-" in text:
            text = _HYPHENED.sub(lambda m: self._hyphened(m) or m.group(), text)
        if "." in text:
            text = _FUSED.sub(lambda m: self._fused(*m.groups()) or m.group(), text)
            text = _DOTTED.sub(lambda m: self._dotted(m.group(1)) or m.group(), text)
            dotted = frozenset(_DOTTED.findall(text))
        return text, dotted

    def words(self, words: Sequence[str], *, open_ended: bool) -> list[str]:
        """The words with those spelt out that are unknown as they stand."""
        if all(map(self._known_words.get, words)):
            return list(words)
        knows = [self._knows(word) for word in words]
        if all(knows):
            return list(words)
        words, knows = self._joined(words, knows)
        spelt: list[str] = []
        for n, (word, known) in enumerate(zip(words, knows, strict=True)):
            begun = open_ended and n == len(words) - 1 and self._known.has_prefix(word)
            if known or begun or len(word) < _DOTTED_FROM:
                spelt.append(word)
            else:
                spelt += self._spelt(word)
        return spelt

    def _knows(self, word: str) -> bool:
        """Whether a word needs no spelling out."""
        knows = self._known_words.get(word)
        if knows is None:
            knows = is_number(word) or word in self._lexicon.unsaid
            knows = knows or unsaid_key(word) in self._lexicon.questions
            knows = knows or any(k in self._asked or self._known.count(k) for k in keys(word))
            knows = knows or key(word) in self._lexicon.regions
            if len(self._known_words) < REMEMBERED:
                self._known_words[word] = knows
        return knows

    def _adjective(self, match: re.Match[str]) -> str:
        """«обл. суд» → «областной суд», but not «обл. центр» of nothing that is so called."""
        short, noun = match.groups()
        if key(noun) not in self._institutions:
            return match.group()
        before = match.string[: match.start()].split()[-1:]
        if " ".join([*before, short]) in self._whole_names:  # «Марий Эл школа»
            return match.group()
        return f"{self._lexicon.adjectives[short]} {noun}"

    def _joined(self, words: Sequence[str], knows: list[bool]) -> tuple[list[str], list[bool]]:
        """Words that were parted («гулли вер») as one, when only that is known."""
        joined: list[str] = []
        known: list[bool] = []
        for word, knows_it in zip(words, knows, strict=True):
            before = joined[-1] if joined and len(joined[-1]) > 1 and len(word) > 1 else ""
            if (
                before
                and not (knows_it and known[-1])
                and not (is_number(before) or is_number(word))
                and self._knows(before + word)
            ):
                joined[-1], known[-1] = before + word, True
            else:
                joined.append(word)
                known.append(knows_it)
        return joined, known

    def _spelt(self, word: str) -> list[str]:
        """The word or words that an unknown one stands for; itself when there are none."""
        common = is_common(word)
        long = len(word) >= (_COMMON_SHORTENED_FROM if common else _SHORTENED_FROM)
        if long and (full := self._begun(word)):
            return [full]
        if not common and (short := self._heard(word)):
            return list(self._lexicon.abbreviations[short])
        if common or any(errors == 1 for errors, _ in self._known.near(word)):
            return [word]
        return self._in_parts(word) or self._colloquial(word) or self._apart(word) or [word]

    def _hyphened(self, match: re.Match[str]) -> str:
        """The word of a kind that begins with the one and ends like the other part, else ""."""
        begin, end = match.groups()
        whole = match.group()
        if whole in self._lexicon.abbreviations or self._known.has_spelling(begin + end):
            return ""
        last = end.rstrip(_VOWELS)
        return last and self._best(
            begin,
            lambda word: word.rstrip(_VOWELS).endswith(last) and len(word) > len(begin) + len(end),
        )

    def _fused(self, letter: str, name: str) -> str:
        """«м. Чаусово» → «малочаусово» when pages have that, or its adjective; else ""."""
        for adjective in self._lexicon.fused.get(letter, ()):
            whole = adjective + name
            if any(map(self._known.count, (key(whole), *related(key(whole))))):
                return whole
        return ""

    def _dotted(self, word: str) -> str:
        if word in self._lexicon.abbreviations or self._known.has_spelling(word):
            return ""
        full = self._begun(word)
        return f"{full} " if full else ""

    def _begun(self, word: str) -> str:
        return self._best(word, lambda each: len(each) > len(word))

    def _best(self, begin: str, fits: Callable[[str], bool]) -> str:
        """The commonest word of a kind's name that begins so, the shortest of equals, else ""."""
        place, found = bisect_left(self._kind_words, begin), []
        while place < len(self._kind_words) and self._kind_words[place].startswith(begin):
            if fits(self._kind_words[place]):
                found.append(self._kind_words[place])
            place += 1
        return min(found, key=lambda each: (-self._known.count(key(each)), len(each)), default="")

    def _in_parts(self, word: str) -> list[str]:
        """«райбольница», «педколледж»: a shortened adjective and the word of a kind."""
        for part, full in self._lexicon.parts.items():
            rest = word[len(part) :]
            if word.startswith(part) and len(rest) >= _PART and key(rest) in self._told:
                return [*full.split(), rest]
        return []

    def _colloquial(self, word: str) -> list[str]:
        """«перинаталка», «арбитражка»: the beginning of an adjective with an ending of its own."""
        stem = _COLLOQUIAL.sub("", word)
        full = self._begun(stem) if stem != word and len(stem) >= _COLLOQUIAL_STEM else ""
        return [full] if full else []

    def _heard(self, word: str) -> str | None:
        """The short word that is heard so: «сацзащита» is «соцзащита»."""
        return self._sounds.word(word) if len(word) >= _HEARD_FROM else None

    def _apart(self, word: str) -> list[str]:
        """Two words that were written as one («детскийсад», «вкургане»), the longer first part."""
        for preposition in _PREPOSITIONS:
            rest = word.removeprefix(preposition)
            if rest != word and len(rest) > _PART and self._is_whole(rest):
                return [rest]
            rest = word.removesuffix(preposition)
            if rest != word and len(rest) >= _PART and key(rest) in self._told:
                return [rest]
        for cut in range(len(word) - 2, 1, -1) if len(word) <= _LONGEST_GLUED else ():
            left, right = word[:cut], word[cut:]
            if not self._is_whole(left):
                continue
            if right[0] == "в" and key(left) in self._told and self._is_whole(right[1:]):
                return [left, right[1:]]  # «глававкетово»
            if self._is_whole(right):
                names = key(left) in self._told or key(right) in self._told
                if names or min(len(left), len(right)) > _PART:
                    return [left, right]
        return []

    def _is_whole(self, word: str) -> bool:
        """Whether a part is a word that pages have so, or that names a kind."""
        if len(word) < _PART:
            return (key(word),) in self._lexicon.names.phrases
        return self._known.has_spelling(word) or key(word) in self._told
