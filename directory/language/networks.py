"""Names of networks in a query: «в телеграме», «вк», «t.me»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.language.normalise import split
from directory.language.stems import key

_LONG = 5
"""Letters from which a name is known in any case ending."""


@dataclass(frozen=True, slots=True)
class Networks:
    """What networks are called: words as they stand, keys of longer ones and of phrases, and Latin
    names."""

    words: Mapping[str, str]
    keys: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]
    latin: Mapping[str, str]
    pattern: re.Pattern[str]
    all: frozenset[str]
    """Every word and key, and the last key of each phrase: without any, no network is named."""

    @classmethod
    def read(cls, tables: Mapping[str, Mapping[str, Sequence[str]]]) -> Networks:
        """The networks of `data/networks.toml`."""
        latin = {name: network for network, table in tables.items() for name in table["latin"]}
        longest = sorted(latin, key=len, reverse=True)
        every = [(word, network) for network, table in tables.items() for word in table["words"]]
        keys = {key(word): network for word, network in every if len(word) >= _LONG}
        phrases = {
            tuple(map(key, split(phrase))): network
            for network, table in tables.items()
            for phrase in table["phrases"]
        }
        return cls(
            words=dict(every),
            keys=keys,
            phrases=phrases,
            latin=latin,
            pattern=re.compile(
                rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, longest))})(?![\w./-]\w)(?!\w)",
                re.IGNORECASE,
            ),
            all=frozenset({*dict(every), *keys, *(phrase[-1] for phrase in phrases)}),
        )

    def without_latin(self, text: str) -> tuple[str, str]:
        """The text without Latin names of networks, and the first network that was named.

        >>> from directory.language.lexicon import lexicon
        >>> lexicon().networks.without_latin("губернатор vk.com")
        ('губернатор', 'vk')
        """
        found = self.pattern.search(text)
        if found is None:
            return text, ""
        rest = " ".join(self.pattern.sub(" ", text).split())
        return (rest, self.latin[found.group().lower()]) if rest else (text, "")

    def named(self, words: Sequence[str]) -> tuple[set[int], str]:
        """The places of the words that name networks, and the first network that is named."""
        places: set[int] = set()
        first = ""
        keys = list(map(key, words))
        for n, word in enumerate(words):
            network = self.words.get(word, "")
            if not network and len(word) >= _LONG:
                network = self.keys.get(keys[n], "")
            taken = {n} if network else set()
            for length in (3, 2):
                phrase = tuple(keys[n : n + length])
                if phrase in self.phrases:
                    network, taken = self.phrases[phrase], set(range(n, n + len(phrase)))
                    break
            places |= taken
            first = first or network
        return places, first
