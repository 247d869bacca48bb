"""The key by which a word is known: its stem without case ending, with spelling variants folded.

Dictionaries and general stemmers fail on what matters here, names: pymorphy3 turns «Шумков» into
«шумок», Snowball «Ростов» into «рост» but «Ростова» into «ростов». Names and places decline by few
patterns, so only case endings are cut, never a suffix: Шумков, Шумкова, Шумкову → «шумков»; Кетово,
Кетове → «кетов»; школа, школу, школ → «школ».
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "аеиоуыэюя"
# Endings with a consonant, each with the letters that must remain before it: «Надым» is no case of
# «над». Adjectives, plurals, instrumentals.
_CONSONANT_ENDINGS = re.compile(
    "(?:(?<=..)(?<![бвгджзклмнпрстфхцчшщ]д)[оеи](?:го|му)|(?<=...)[аяиы]ми|(?<=..)[ие]?[ая][хм]"
    "|(?<=...)[ие]?(?<![бвгджзклмнпрстфхцчшщ]д)[ое]м|(?<=....)[иы][мх])$"
)
_CONSONANT_LAST = frozenset({"го", "му"} | {a + b for a in "аяиыое" for b in "мх"} | {"ми"})
# Any vowels would be too many: in МОУО, МБДОУ they are no ending.
_VOWEL_ENDING = re.compile("(?<=..)(?:[иь]?[аеиоуыюяь][йюяеи]|(?<![аеиоуыэюя])[аеиоуыэюяйь])$")
_VOWEL_LAST = "аеиоуыэюяйь"
# Fleeting vowels: Орёл – Орла, Елец – Ельца, городок – городка.
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])(?:[ео](?=[цк]$)|е(?=[лн]$))")
_TWICE = re.compile(r"(.)\1")
# After a vowel: «шш» of a misspelt «Алешша», but not «дд» of ДДТ.
_DOUBLED = re.compile(r"([бвгджзклмнпрстфхчш])\1+|(и)и+")
_DOUBLED_INSIDE = re.compile("(?<=[аеиоуюя])" + _DOUBLED.pattern)
_ACRONYM = 4  # letters: ДДТ and ССМП have their doubled letters for a reason
_VOWEL = re.compile(f"[{_VOWELS}]")


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """The word with letters folded that are often confused, or that transliteration cannot tell.

    >>> fold("бийск") == fold("бииск")
    True
    """
    return _folded(word, len(word))


def _folded(text: str, length: int) -> str:
    if text.startswith("йо"):
        text = "е" + text[2:]
    # Most letters are not there, and so many searches take half the time of one `translate`.
    text = text.replace("ц", "тс").replace("й", "и").replace("ы", "и").replace("э", "е")
    text = text.replace("ё", "е").replace("щ", "ш").replace("ъ", "").replace("ь", "")
    if not _TWICE.search(text):  # most words, and sooner said than by the other two
        return text
    return (_DOUBLED_INSIDE if length <= _ACRONYM else _DOUBLED).sub(r"\1\2", text)


@lru_cache(maxsize=1 << 15)
def key(word: str) -> str:
    """The key of a lower-case word; a number is its own key without leading zeros.

    >>> key("шадринске") == key("шадринск") == key("шадринском")
    True
    """
    if word.isdigit():
        return word.lstrip("0") or "0"
    return _key(word)


def _key(word: str) -> str:
    if len(word) <= 2 or word[0] < "а":
        return fold(word)
    # A look at the last letters spares most words most of the patterns.
    stem = _CONSONANT_ENDINGS.sub("", word) if word[-2:] in _CONSONANT_LAST else word
    if stem[-1] in _VOWEL_LAST:
        stem = _VOWEL_ENDING.sub("", stem)
    if len(stem) > 3 and stem[-1] in "цклн" and stem[-2] in "ео":
        stem = _FLEETING.sub("", stem)
    # A short word without a vowel is an acronym: ГБУ is no case of ГБ.
    if len(word) <= _ACRONYM and not _VOWEL.search(stem):
        stem = word
    return _folded(stem, len(word))
