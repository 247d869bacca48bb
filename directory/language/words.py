"""A text as the words its search is made of: abbreviations spelt out, number words in figures."""

from __future__ import annotations

import re

from directory.language.lexicon import Lexicon
from directory.language.normalise import is_number, normalise, split
from directory.language.stems import key

_DIGIT_AND_LETTER = re.compile(r"\d ?[-«\"„“]?[а-я]")
_LETTER_OF_NUMBER = re.compile(r"(?<=\d)(?:-| ?[«\"„“])([а-я])(?!\w)[»\"“”]?")
_REMEMBERED = 200_000


class Words:
    """Reads texts by one lexicon.

    >>> Words(lexicon()).read("МБДОУ д/с № 5-й «Ёлочка», двадцать пятая")
    ['мбдоу', 'детский', 'сад', '5', 'елочка', '25']
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        signed = sorted(
            (s for s in lexicon.abbreviations if not s.isalpha()), key=len, reverse=True
        )
        self._signed = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, signed))})(?!\w)")
        endings = "|".join(sorted(lexicon.number_endings, key=len, reverse=True))
        self._ending = re.compile(rf"(?<=\d)-?(?:{endings})(?!\w)")
        self._special = _Special(lexicon)

    def read(self, text: str) -> list[str]:
        """The words of `text` in order: lower case, numbers as figures, single letters kept."""
        return self.both(text)[1]

    def both(self, text: str) -> tuple[list[str], list[str]]:
        """The words of `text` just as they stand (the text itself if it has none), and as read."""
        return self.of_normalised(normalise(text))

    def of_normalised(self, text: str) -> tuple[list[str], list[str]]:
        """The same for a text that is normalised."""
        plain = words = split(text)
        spelt = text
        if "-" in text or "/" in text or "." in text:
            spelt = self._signed.sub(lambda m: " ".join(self._long(m.group())), spelt)
        if _DIGIT_AND_LETTER.search(spelt):
            spelt = _LETTER_OF_NUMBER.sub(r"\1", self._ending.sub("", spelt))
        if spelt != text:
            words = split(spelt)
        if any(map(self._special.__getitem__, words)):
            words = self._figures([long for word in words for long in self._long(word)])
        return plain or [text], words

    def _long(self, word: str) -> tuple[str, ...]:
        return self._lexicon.abbreviations.get(word, (word,))

    def _figures(self, words: list[str]) -> list[str]:
        """Number words as figures, tens and units added; signs before a number dropped."""
        figures: list[str] = []
        open_to = 0  # what may still be added to the last figure: units to tens, tens to hundreds
        for word, following in zip(words, [*words[1:], ""], strict=True):
            # «Первый заместитель» bears no number.
            is_rank = key(following) in self._lexicon.ranked_posts
            value = None if is_rank else number(self._lexicon, word)
            if value is not None and 0 < value < open_to:
                figures[-1] = str(int(figures[-1]) + value)
            else:
                named = value is not None or is_number(word)
                if named and figures and figures[-1] in self._lexicon.number_signs:
                    figures.pop()
                figures.append(word if value is None else str(value))
            open_to = _room(value or 0)
        return figures


class _Special(dict[str, bool]):
    """Whether a word is anything but itself; most words of a directory are not."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, word: str) -> bool:
        lexicon = self._lexicon
        special = word in lexicon.abbreviations or word in lexicon.number_signs
        special = special or number(lexicon, word) is not None
        if len(self) < _REMEMBERED:
            self[word] = special
        return special


def number(lexicon: Lexicon, word: str) -> int | None:
    """The value of a number word, None of any other."""
    value = lexicon.cardinals.get(word)
    return value if value is not None else lexicon.ordinals.get(key(word))


def _room(value: int) -> int:
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0
