"""Ids for pages that come without one: made from the title, readable, unique."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

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
    """Generates ids that are not `taken`, in the directory or in the file.

    The same titles in the same order get the same ids; equal ones are told apart by a number. An
    id that a deleted page had, `gone` with its title and territory, is given to the same page
    alone: printed codes, saved links and old buttons lead by it.
    """

    def __init__(
        self, taken: set[str], gone: Mapping[str, tuple[str, int | None]] | None = None
    ) -> None:
        self._taken = taken
        self._gone = gone or {}
        self._last: defaultdict[str, int] = defaultdict(lambda: 1)

    def make(self, title: str, territory: int | None = None) -> str:
        """A new id for a page with this title and territory."""
        made = base = slug(title) or "page"
        own = title, territory
        while made in self._taken or self._gone.get(made, own) != own:
            self._last[base] += 1
            ending = f"-{self._last[base]}"
            made = base[: LONGEST - len(ending)].rstrip("-") + ending
        self._taken.add(made)
        return made
