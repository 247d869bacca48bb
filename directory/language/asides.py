"""Numbers of a query that are no institution's: a class, an age, a date, an hour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.normalise import is_number

_TIMES = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b|\b\d{4}\s?[-/]\s?\d{4}\b")
_YEARS = range(1990, 2040)


def without_times(text: str) -> str:
    """The text without hours and dates in figures.

    >>> without_times("школа 5 до 18:00 12.05.2026").split()
    ['школа', '5', 'до']
    """
    return _TIMES.sub(" ", text) if ":" in text or "." in text or "20" in text else text


def is_year(word: str) -> bool:
    """Whether a word is a number that is more often a year than a number of anything."""
    return len(word) == 4 and word.isdigit() and int(word) in _YEARS


def number_asides(lexicon: Lexicon, words: Sequence[str]) -> set[int]:
    """The places of numbers that belong to something else, and of the words that tell so.

    >>> from directory.language.lexicon import lexicon
    >>> sorted(number_asides(lexicon(), ["школа", "4", "8", "класс"]))
    [2, 3]
    """
    aside: set[int] = set()
    for n, word in enumerate(words):
        if not is_number(word) or n in aside:
            continue
        unit = n + 1
        if unit + 1 < len(words) and len(words[unit]) == 1 and words[unit].isalpha():  # «1 а класс»
            unit += 1
        follows = unit + 1 < len(words) and is_number(words[unit + 1])
        if unit < len(words) and unsaid_key(words[unit]) in lexicon.units_after:
            # «садик 55 корпус 2»: a word between two numbers belongs to the second.
            if not (follows and words[unit] in lexicon.units_before):
                aside.update(range(n, unit + 1))
        elif n and n - 1 not in aside and words[n - 1] in lexicon.units_before:
            aside |= {n - 1, n}
    return aside
