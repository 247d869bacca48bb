"""The lexicon: what `data/*.toml` say of kinds, abbreviations, numbers and words that say nothing.

Each file explains at its top what may be written in it. Reading them is the only place where their
form is known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from directory.language.normalise import normalise, split
from directory.language.stems import key

DATA = Path(__file__).with_name("data")
_KINDS = ("institutions.toml", "posts.toml", "territories.toml")

_SMALL = frozenset({"и", "к", "по", "с", "в", "на", "для", "им"})


def unsaid_key(word: str) -> str:
    """By what a word is known among those that say nothing: short ones just as they are."""
    return key(word) if len(word) > 4 else word


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of institution, post or territory.

    `weight` 0…1: how much it tells about what is wanted. `is_post`: a post's name goes before an
    institution's («глава министерства строительства» names a minister). `is_also` are broader kinds
    that it is in full, `is_like` those which it is after a fashion; both with all that follows.
    """

    name: str
    weight: float
    is_post: bool
    is_also: frozenset[str]
    is_like: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The data files, ready for use. Words are known by their keys (`directory.language.stems`).

    `phrases` are the names of kinds: the sorted keys of a name → the kinds it may mean. `triggers`
    are, for each key, the phrases with that key in them, longest first. `cardinals` are the
    values of number words as they stand, `ordinals` by key. `questions` and `legal` are the
    words that say nothing, by `unsaid_key`; `unsaid` are both just as they are written. `version`
    changes whenever a file does.
    """

    kinds: Mapping[str, Kind]
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    triggers: Mapping[str, tuple[tuple[str, ...], ...]]
    abbreviations: Mapping[str, tuple[str, ...]]
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    number_signs: frozenset[str]
    number_endings: tuple[str, ...]
    questions: frozenset[str]
    question_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    legal: frozenset[str]
    unsaid: frozenset[str]
    version: str
    words: frozenset[str] = field(default=frozenset())


@cache
def lexicon(folder: Path = DATA) -> Lexicon:
    """The lexicon in `folder`. Raises `ValueError` that names the file when one cannot be read."""
    version = sha256()
    tables: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        text = path.read_bytes()
        version.update(text)
        try:
            tables[path.name] = tomllib.loads(text.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path}: {error}") from error
    kinds: dict[str, Any] = {}
    for name in _KINDS:
        kinds |= {
            kind: {**entry, "is_post": name == "posts.toml"} for kind, entry in tables[name].items()
        }
    names = {
        (kind, name) for kind, entry in kinds.items() for name in (kind, *entry.get("names", ()))
    }
    unsaid, numerals = tables["unsaid.toml"], tables["numerals.toml"]
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    abbreviations = {
        short: tuple(split(normalise(long)))
        for short, long in tables["abbreviations.toml"]["words"].items()
    }
    for kind, name in sorted(names):
        # Prepositions and conjunctions are left out of queries, so names do without them too.
        words = [word for word in _spelt(name, abbreviations) if word not in _SMALL]
        keys = tuple(sorted(map(key, words)))
        if keys:
            phrases[keys] = tuple(dict.fromkeys((*phrases.get(keys, ()), kind)))
    return Lexicon(
        kinds={name: _kind(name, kinds) for name in kinds},
        phrases=phrases,
        triggers=_triggers(phrases),
        abbreviations=abbreviations,
        cardinals=numerals["cardinals"],
        ordinals={key(word): n for word, n in numerals["ordinals"].items()},
        number_signs=frozenset(numerals["signs"]["before"]),
        number_endings=tuple(numerals["signs"]["endings"]),
        questions=frozenset(map(unsaid_key, unsaid["questions"]["words"])),
        question_phrases=_by_first(unsaid["questions"]["phrases"]),
        legal=frozenset(map(unsaid_key, unsaid["legal"]["words"])),
        unsaid=frozenset({*unsaid["questions"]["words"], *unsaid["legal"]["words"]}),
        version=version.hexdigest(),
        words=frozenset(word for _, name in names for word in split(normalise(name))),
    )


def _spelt(name: str, abbreviations: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words of a name as a text would have them once its abbreviations are read."""
    text = normalise(name)
    if text in abbreviations:
        return list(abbreviations[text])
    return [w for word in split(text) for w in abbreviations.get(word, (word,))]


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        keys = tuple(map(key, split(phrase)))
        found[keys[0]] = (*found.get(keys[0], ()), keys)
    return found


def _kind(name: str, kinds: Mapping[str, Any]) -> Kind:
    also = _above(name, kinds)
    like = {
        above
        for each in {name, *also}
        for near in kinds[each].get("like", ())
        for above in {near, *_above(near, kinds)}
    }
    weight = kinds[name].get("weight", 1.0)
    is_post = bool(kinds[name]["is_post"])
    return Kind(name, weight, is_post, frozenset(also), frozenset(like - also - {name}))


def _above(name: str, kinds: Mapping[str, Any]) -> set[str]:
    if name not in kinds:
        raise ValueError(f"«{name}» is named as a broader kind, but has no table")
    found: set[str] = set()
    for above in kinds[name].get("kind_of", ()):
        found |= {above} | _above(above, kinds)
    return found


def _triggers(
    phrases: Mapping[tuple[str, ...], tuple[str, ...]],
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Each phrase under its rarest key, so that few texts have to look at it."""
    count: dict[str, int] = {}
    for phrase in phrases:
        for each in phrase:
            count[each] = count.get(each, 0) + 1
    under: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        under.setdefault(min(phrase, key=lambda each: (count[each], each)), []).append(phrase)
    return {each: tuple(sorted(found, key=len, reverse=True)) for each, found in under.items()}
