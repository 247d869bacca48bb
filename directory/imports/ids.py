"""Ids for pages that come without one: made from the title, readable, unique."""

from __future__ import annotations

import re
from collections import defaultdict

LONGEST = 32

_LATIN = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", "ъь") | str.maketrans(
    {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
)
_WORD = re.compile(r"[a-z0-9]+")


def slug(title: str) -> str:
    """The title in Latin letters, whole words as far as 32 characters allow; "" when none is left.

    >>> slug("Школа № 5 г. Кургана")
    'shkola-5-g-kurgana'
    """
    words = _WORD.findall(title.lower().translate(_LATIN))
    short = "-".join(words)
    if len(short) <= LONGEST:
        return short
    return short[: LONGEST + 1].rpartition("-")[0] or short[:LONGEST]


class NewIds:
    """Gives out ids that are not `taken`: neither in the directory nor in the file.

    The same titles in the same order get the same ids; equal ones are told apart by a number.
    """

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._last: defaultdict[str, int] = defaultdict(lambda: 1)

    def make(self, title: str) -> str:
        """A new id for a page with this title."""
        made = base = slug(title) or "page"
        while made in self._taken:
            self._last[base] += 1
            ending = f"-{self._last[base]}"
            made = base[: LONGEST - len(ending)].rstrip("-") + ending
        self._taken.add(made)
        return made
