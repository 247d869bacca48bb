"""How a word is heard: «палиция» is the police, «загз» the registry office."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from directory.language.stems import key

LONG = 7
"""Letters of a sound from which on one may be wrong."""
_RIGHT = 2  # letters of a sound that are right even there
_STEM = 5  # letters of the sound of a word without its ending: fewer sound like too much
_ALIKE = str.maketrans({"о": "а", "я": "а", "е": "и", "э": "и", "ь": None, "ъ": None})
_DOUBLED = re.compile(r"([^аиу])\1+")
_VOICELESS = str.maketrans("бвгджз", "пфктшс")
_HARD = re.compile("(?<=[жшц])ы")
_LOSES_VOICE = re.compile("[бвгджз]+(?=$|[кпстфхцчшщ])")


def sound(word: str) -> str:
    """How a lower-case word is heard, roughly: unstressed vowels alike, consonants without voice
    before those that have none and at the end, no letter doubled.

    >>> sound("загз") == sound("загс"), sound("дедский") == sound("децкий") == sound("детский")
    (True, True)
    """
    heard = _HARD.sub("и", word.translate(_ALIKE))
    heard = _LOSES_VOICE.sub(lambda found: found.group().translate(_VOICELESS), heard)
    return _DOUBLED.sub(r"\1", heard.replace("тс", "ц").replace("тц", "ц"))


class Sounds:
    """Finds words by how they are heard, in any case ending; those of the first list first, and
    those that are `whole` names by nearly that sound."""

    def __init__(self, *lists: Iterable[str], whole: Container[str] = frozenset()) -> None:
        self._words: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._long: dict[str, list[str]] = {}
        for word in (word for words in lists for word in sorted(words) if word.isalpha()):
            self._words.setdefault(sound(word), word)
            cut = key(word)
            stem = sound(cut)
            if stem not in self._stems and len(stem) >= LONG and cut in whole:
                self._long.setdefault(stem[:_RIGHT], []).append(stem)
            self._stems.setdefault(stem, word)

    def word(self, misspelt: str) -> str | None:
        """The word that is heard as this one is."""
        if found := self._words.get(sound(misspelt)):
            return found
        stem = key(misspelt)
        heard = sound(stem) if stem != misspelt else ""
        return self._stems.get(heard) if len(heard) >= _STEM else None

    def nearly(self, misspelt: str) -> str | None:
        """The long word that is heard as this one is but for one letter."""
        heard = sound(key(misspelt))
        alike = self._long.get(heard[:_RIGHT], ()) if len(heard) >= LONG else ()
        near = extractOne(heard, alike, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        return self._stems[near[0]] if near else None
