"""Words of one root: «голосовать» and «голосование», «предпенсионный» and «предпенсионер».

Russian makes verbs of nouns and nouns of verbs, and `directory.language.stems` cuts case endings
only. What people need is said by any of these words; needs are found by their roots, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import takewhile

LEAST, LEAST_OF_VERBS = 5, 4
"""Letters of a root, since shorter ones are of many words; of a verb's, vowel included («рожа»)."""
_LONGEST_ENDING = 6
_VOWELS = frozenset("аеиоуюя")
# As `stems.key` leaves them: without case endings, «ц» as «тс», «щ» as «ш», «ы» and «й» as «и».
_AFTER_VOWELS = frozenset(
    ("т", "л", "н", "нн", "ни", "вш", "ем", "ет", "ют", "юш", "тел", "телн", "тор", "тсион", "тс")
)
_AFTER_CONSONANTS = frozenset(
    (
        *("к", "н", "ник", "нитс", "ничн", "чик", "шик", "ств", "ск", "ен", "енн", "ени", "ан"),
        *("ани", "ат", "ит", "ет", "ут", "от", "ал", "ил", "ел", "ив", "ова", "ива", "оват", "ем"),
        *("ивал", "овал", "ирова", "ироват", "ировал", "ирован", "ован", "иван", "еван", "иват"),
        *("ист", "истк", "ер", "ерк", "ор", "ик", "ок", "ост", "ител", "ател", "ателн", "ителн"),
        *("атс", "им", "ят", "иш", "еш", "аш", "уш", "яш", "атор", "ическ", "ичн", "очн", "евт"),
    )
)
_OF_VERBS = frozenset(("т", "л", "ем", "ет", "ют", "ла", "ли", "вш"))
_OF_PERSONS = frozenset(("ист", "истк", "ник", "нитс", "чик", "шик"))


def _ending_fits(root: str, ending: str) -> bool:
    """Whether a word may end so after the root: «концер|н» is not of the root of «концер|т»."""
    plain = ending.removesuffix("с") if ending.endswith(("тс", "лс", "ис")) else ending
    allowed = _AFTER_VOWELS if root[-1] in _VOWELS else _AFTER_CONSONANTS
    return not ending or ending in allowed or plain in allowed


class Roots:
    """Finds, among words known by their keys, those that have the root of another word."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._keys = sorted(
            {each for each in keys if len(each) >= LEAST_OF_VERBS and each.isalpha()}
        )

    def akin(self, key: str) -> list[str]:
        """The keys of one root with `key`, the nearest first; `key` itself is not looked for.

        >>> Roots(["голосован", "концерт"]).akin("голосоват"), Roots(["концерт"]).akin("концерн")
        (['голосован'], [])
        """
        if len(key) < LEAST_OF_VERBS:
            return []
        found = []
        begin = key[:LEAST_OF_VERBS]
        place = bisect_left(self._keys, begin)
        while place < len(self._keys) and self._keys[place].startswith(begin):
            other = self._keys[place]
            pairs = takewhile(lambda pair: pair[0] == pair[1], zip(key, other, strict=False))
            same = sum(1 for _ in pairs)
            root, endings = key[:same], (key[same:], other[same:])
            longest = max(map(len, endings))
            if same < LEAST and not _OF_VERBS.issuperset(endings):
                longest = _LONGEST_ENDING + 1
            if not endings[0] and endings[1] in _OF_PERSONS:  # «машина» is no «машинист»
                longest = _LONGEST_ENDING + 1
            if longest <= _LONGEST_ENDING and all(_ending_fits(root, each) for each in endings):
                found.append((longest, other))
            place += 1
        return [other for _, other in sorted(found)]
