"""Ways to a page besides its words, as numbers that the page and a query share: the whole title, a
phone number, an address, the acronym of the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from directory.language.normalise import is_number, normalise, split
from directory.language.stems import key

_PHONE = re.compile(r"\+?\d(?:[\d\s()-]*\d)")
_NO_DIGIT = re.compile(r"\D")
_NATIONAL, _LOCAL = 10, (5, 6, 7)
"""Digits of a number without the country's, and of one without the city's."""
_BEFORE_HOUSES = frozenset(
    {"д", "дом", "здание", "зд", "владение", "вл", "стр", "строение", "корп"}
)
_STREETS = frozenset(
    {"ул", "улица", "улице", "улицы", "пр", "проспект", "проспекте", "пер", "переулок", "площадь"}
    | {
        "площади",
        "пл",
        "бульвар",
        "бульваре",
        "шоссе",
        "набережная",
        "тракт",
        "проезд",
        "микрорайон",
    }
)
_HOUSE = 4  # digits of a house's number at most; a postal index has more
_ACRONYM = (3, 5)
"""Letters of an acronym."""


def title_way(words: Iterable[str]) -> int:
    """The way of a title: two are equal when they are made of the same words."""
    return _number("\n".join(sorted(set(words))))


def phone_ways(text: str) -> Iterable[int]:
    """The ways of the phone numbers in a text: each whole, and as it is dialled in its city."""
    for number in _PHONE.findall(text):
        digits = _NO_DIGIT.sub("", number)[-_NATIONAL:]
        if len(digits) == _NATIONAL:
            yield _number("phone " + digits)
            for length in _LOCAL:
                yield _number("phone " + digits[-length:])
        elif len(digits) in _LOCAL:
            yield _number("phone " + digits)


def asked_phone(words: Sequence[str]) -> Iterable[int]:
    """The way of a query that is a phone number and nothing else."""
    digits = "".join(words)
    if digits.isdecimal() and len(digits) >= _LOCAL[0]:
        yield _number("phone " + digits[-_NATIONAL:])


def address_ways(words: Sequence[str]) -> Iterable[int]:
    """The ways of the houses that the words of an address or of a query name: «Мира 7а».

    >>> list(address_ways(["ул", "мира", "д", "7а"])) == list(address_ways(["мира", "7а"]))
    True
    """
    street = ""
    for word in words:
        if is_number(word):
            if street and len(word) <= _HOUSE:
                yield _number(f"house {street} {word}")
            street = ""
        elif word not in _BEFORE_HOUSES:
            street = key(word)


def asked_address(words: Sequence[str]) -> Iterable[int]:
    """The way of a query that is an address and nothing else: «Мира 7а», «ул. Карла Маркса, 5»."""
    said = [word for word in words if word not in _BEFORE_HOUSES]
    names = [word for word in said if not is_number(word) and word not in _STREETS]
    if len(said) > len(names) and (len(names) == 1 or len(said) > len(names) + 1):
        yield from address_ways(said)


def acronym_way(title: str, unsaid: frozenset[str]) -> int | None:
    """The way of a title by the first letters of its words: «КПК» of «Курганский педагогический
    колледж»."""
    words = [w for w in split(normalise(title)) if len(w) > 2 and w not in unsaid]
    least, most = _ACRONYM
    if not least <= len(words) <= most or any(map(is_number, words)):
        return None
    return _number("acronym " + "".join(word[0] for word in words))


def asked_acronym(words: Sequence[str]) -> int | None:
    """The way of a query that may be an acronym: one word of a few letters."""
    least, most = _ACRONYM
    if len(words) != 1 or not least <= len(words[0]) <= most or is_number(words[0]):
        return None
    return _number("acronym " + words[0])


def _number(text: str) -> int:
    """64 bits that stand for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
