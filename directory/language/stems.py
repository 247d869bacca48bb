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
    "(?:(?<=..)(?<![бвгджзклмнпрстфхцчшщ]д)[оеи][гм][оу]|(?<=...)[аяиы]ми|(?<=..)[ие]?[ая][хм]"
    "|(?<=...)[ие]?(?<![бвгджзклмнпрстфхцчшщ]д)[ое]м|(?<=....)[иы][мх])$"
)
# Any vowels would be too many: in МОУО, МБДОУ they are no ending.
_VOWEL_ENDING = re.compile("(?<=..)(?:[иь]?[аеиоуыюяь][йюяеи]|(?<![аеиоуыэюя])[аеиоуыэюяйь])$")
# Fleeting vowels: Орёл – Орла, Елец – Ельца, городок – городка.
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])(?:[ео](?=[цк]$)|е(?=[лн]$))")
_SAME = str.maketrans({"й": "и", "ы": "и", "э": "е", "ё": "е", "щ": "ш", "ъ": "", "ь": ""})
_TWICE = re.compile(r"(.)\1")
# After a vowel: «шш» of a misspelt «Алешша», but not «дд» of ДДТ.
_DOUBLED = re.compile(r"([бвгджзклмнпрстфхчш])\1+|(и)и+")
_DOUBLED_INSIDE = re.compile("(?<=[аеиоуюя])" + _DOUBLED.pattern)
_ACRONYM = 4  # letters: ДДТ and ССМП have their doubled letters for a reason
_VOWEL = re.compile(f"[{_VOWELS}]")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """The word with letters folded that are often confused, or that transliteration cannot tell.

    >>> fold("бийск") == fold("бииск")
    True
    """
    return _folded(word, len(word))


def _folded(text: str, length: int) -> str:
    if text.startswith("йо"):
        text = "е" + text[2:]
    text = text.replace("ц", "тс").translate(_SAME)
    if not _TWICE.search(text):  # most words, and sooner said than by the other two
        return text
    return (_DOUBLED_INSIDE if length <= _ACRONYM else _DOUBLED).sub(r"\1\2", text)


@lru_cache(maxsize=4096)
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
    stem = _CONSONANT_ENDINGS.sub("", word) if word[-1] in "гмхоиу" else word
    stem = _VOWEL_ENDING.sub("", stem)
    if len(stem) > 3:
        stem = _FLEETING.sub("", stem)
    # A short word without a vowel is an acronym: ГБУ is no case of ГБ.
    if len(word) <= _ACRONYM and not _VOWEL.search(stem):
        stem = word
    return _folded(stem, len(word))
