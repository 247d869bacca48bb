"""What people need of bodies («прописка»), as `data/needs.toml` tells it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, NotRequired, TypedDict

from directory.language.normalise import normalise, split
from directory.language.roots import Roots
from directory.language.stems import key

Phrase = tuple[str, ...]
"""The sorted keys of the words of a name or a need."""


class Combined(TypedDict):
    """Needs of two parts: each of `ones` with each of `others`."""

    ones: Sequence[str]
    others: Sequence[str]


class Body(TypedDict):
    """A table of needs.toml: needs, and the kinds that serve them, the likeliest first."""

    kinds: Sequence[str]
    needs: Sequence[str]
    alone: NotRequired[Sequence[str]]
    together: NotRequired[Sequence[Combined]]


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs, ready for use.

    `phrases`: a need → the kinds that serve it; those that are needs only `alone` count where
    nothing else is needed. `words` are all words of needs as written, `spellings` the shortest of
    each key, `roots` find the keys by words of the same root.
    """

    phrases: Mapping[Phrase, tuple[str, ...]] = field(default_factory=dict)
    alone: frozenset[Phrase] = frozenset()
    words: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    roots: Roots = field(default_factory=Roots)

    @classmethod
    def read(
        cls,
        bodies: Iterable[Body],
        keys_of: Callable[[str], Sequence[str]],
        is_silent: Callable[[str], bool],
        names: Container[Phrase],
    ) -> Needs:
        """The needs that `bodies` serve.

        `keys_of` makes the keys of a word. A need is known without the words that say nothing, too
        («прививка гриппа», where `is_silent` says so of «от»), unless what is left is one word, or
        one of the `names` of bodies.
        """
        phrases: dict[Phrase, tuple[str, ...]] = {}
        shorter: dict[Phrase, tuple[str, ...]] = {}
        words: dict[str, tuple[Sequence[str], bool]] = {}
        alone: set[Phrase] = set()

        def read(need: str) -> _Read:
            whole: list[str] = []
            telling: list[str] = []
            for word in split(normalise(need)):
                if (known := words.get(word)) is None:
                    known = words[word] = keys_of(word), is_silent(word)
                whole += known[0]
                telling += () if known[1] else known[0]
            return _Read(tuple(sorted(whole)), tuple(sorted(telling)))

        for body in bodies:
            alone.update(read(need).whole for need in body.get("alone", ()))
            for whole, rest in _all_of(body, read):
                phrases[whole] = tuple(dict.fromkeys((*phrases.get(whole, ()), *body["kinds"])))
                if len(rest) > 1 and rest not in names and all((e,) not in names for e in rest):
                    shorter.setdefault(rest, phrases[whole])
        phrases = shorter | phrases
        spellings: dict[str, str] = {}
        for word in sorted(words, key=lambda each: (len(each), each)):
            spellings.setdefault(key(word), word)
        roots = Roots(word for each in phrases for word in each)
        return cls(phrases, frozenset(alone), frozenset(words), spellings, roots)


class _Read(NamedTuple):
    """A need by all its words, and by those that say something."""

    whole: Phrase
    telling: Phrase


def _all_of(body: Body, read: Callable[[str], _Read]) -> Iterable[_Read]:
    yield from map(read, (*body["needs"], *body.get("alone", ())))
    for pairs in body.get("together", ()):
        for one, other in product(map(read, pairs["ones"]), [*map(read, pairs["others"])]):
            yield _Read(
                tuple(sorted(one.whole + other.whole)), tuple(sorted(one.telling + other.telling))
            )
