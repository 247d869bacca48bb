"""A text as the words its search is made of: abbreviations spelt out, number words in figures."""

from __future__ import annotations

import re

from directory.language.lexicon import Lexicon
from directory.language.normalise import normalise, split
from directory.language.stems import key


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
        self._special: dict[str, bool] = {}

    def read(self, text: str) -> list[str]:
        """The words of `text` in order: lower case, numbers as figures, single letters kept."""
        return self.spell(normalise(text))

    def spell(self, text: str) -> list[str]:
        """The same for a text that is normalised already."""
        if "-" in text or "/" in text or "." in text:
            text = self._signed.sub(lambda m: " ".join(self._long(m.group())), text)
        words = split(self._ending.sub("", text))
        if any(map(self._is_special, words)):
            words = self._figures([long for word in words for long in self._long(word)])
        return words

    def _long(self, word: str) -> tuple[str, ...]:
        return self._lexicon.abbreviations.get(word, (word,))

    def _is_special(self, word: str) -> bool:
        """Whether a word is anything but itself; most words of a directory are not."""
        known = self._special.get(word)
        if known is None:
            lexicon = self._lexicon
            known = word in lexicon.abbreviations or word in lexicon.number_signs
            known = known or self._number(word) is not None
            if len(self._special) > 100_000:
                self._special.clear()
            self._special[word] = known
        return known

    def _number(self, word: str) -> int | None:
        value = self._lexicon.cardinals.get(word)
        return value if value is not None else self._lexicon.ordinals.get(key(word))

    def _figures(self, words: list[str]) -> list[str]:
        """Number words as figures, tens and units added; signs before a number dropped."""
        figures: list[str] = []
        open_to = 0  # what may still be added to the last figure: units to tens, tens to hundreds
        for word in words:
            value = self._number(word)
            if value is not None and 0 < value < open_to:
                figures[-1] = str(int(figures[-1]) + value)
            else:
                if (value is not None or word.isdigit()) and figures:
                    if figures[-1] in self._lexicon.number_signs:
                        figures.pop()
                figures.append(word if value is None else str(value))
            open_to = _room(value or 0)
        return figures


def _room(value: int) -> int:
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0
