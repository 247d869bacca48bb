"""The lexicon: what `data/*.toml` say of kinds, abbreviations, numbers and words that say nothing.

Each file explains at its top what may be written in it. Reading them is the only place where their
form is known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from directory.language.needs import Needs
from directory.language.networks import Networks
from directory.language.normalise import normalise, split
from directory.language.sounds import Sounds
from directory.language.stems import key

DATA = Path(__file__).with_name("data")
_KINDS = ("institutions.toml", "posts.toml", "territories.toml")

_TELLING = 0.5
"""The least weight of an institution's kind: lesser ones are territories and posts."""

_SMALL = frozenset({"и", "к", "по", "с", "в", "на", "для", "им", "о", "у"})


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
class KindNames:
    """Names of kinds. `phrases`: the sorted keys of a name → the kinds it may mean, the likeliest
    first. `triggers`: for each key, the phrases that are looked up by it, longest first; `longer`:
    for each key, the phrases of several words that have it. `words` are the keys of all."""

    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    triggers: Mapping[str, tuple[tuple[str, ...], ...]]
    longer: Mapping[str, Sequence[tuple[str, ...]]]
    words: frozenset[str]

    @classmethod
    def of(cls, phrases: Mapping[tuple[str, ...], tuple[str, ...]]) -> KindNames:
        """The names whose phrases these are."""
        longer: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            for word in phrase if len(phrase) > 1 else ():
                longer.setdefault(word, []).append(phrase)
        return cls(phrases, _triggers(phrases), longer, frozenset().union(*phrases))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The data files, ready for use. Words are known by their keys (`directory.language.stems`).

    `names` are what kinds are called in pages, `asked` what they are asked for by in queries: by
    their names and by the `needs` they serve. `institutions` are the keys of the words that
    institutions are called by, `kind_words` the words of kinds' names as written, `sounds` these
    and the words of needs as they are heard, `parts` what is put before them in one word
    («рай|больница»), `adjectives` before them apart («обл. суд»), `fused`
    in names of places («м. Чаусово», Малочаусово). `cardinals` are the values of number words as
    they stand, `ordinals` by key, which before one of `ranked_posts` are no number; `units_after`
    and `units_before` tell that a number beside them is not an institution's. `post_heads` are
    the keys that names of posts begin with. `questions` and `legal` are the words that say nothing,
    by `unsaid_key`; `unsaid` are both just as they are written. `regions`: the key of a region's
    word → those of its other names, `region_phrases`: the keys of a name of several words → how it
    is read. `version` changes whenever a file does that pages are read by.
    """

    kinds: Mapping[str, Kind]
    names: KindNames
    asked: KindNames
    institutions: frozenset[str]
    needs: Needs
    abbreviations: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, str]
    adjectives: Mapping[str, str]
    fused: Mapping[str, Sequence[str]]
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    ranked_posts: frozenset[str]
    number_signs: frozenset[str]
    number_endings: tuple[str, ...]
    units_after: frozenset[str]
    units_before: frozenset[str]
    post_heads: frozenset[str]
    questions: frozenset[str]
    question_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    legal: frozenset[str]
    unsaid: frozenset[str]
    networks: Networks
    english: Mapping[tuple[str, ...], str]
    english_silent: frozenset[str]
    regions: Mapping[str, tuple[str, ...]]
    region_phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    version: str
    kind_words: frozenset[str] = field(default=frozenset())
    sounds: Sounds = field(default_factory=Sounds)


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
    abbreviations = {
        short: tuple(split(normalise(long)))
        for short, long in tables["abbreviations.toml"]["words"].items()
    }
    ordinals = {key(word): n for word, n in numerals["ordinals"].items()}
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, name in sorted(names):
        if keys := tuple(sorted(_keys(_spelt(name, abbreviations), {}))):
            phrases[keys] = tuple(dict.fromkeys((*phrases.get(keys, ()), kind)))
    questions, legal = (
        frozenset(map(unsaid_key, unsaid[name]["words"])) for name in ("questions", "legal")
    )
    silent = questions | legal
    needs = Needs.read(
        tables["needs.toml"]["body"],
        lambda word: _keys(abbreviations.get(word, (word,)), ordinals),
        lambda word: unsaid_key(word) in silent,
        phrases,
    )
    if strange := {kind for served in needs.phrases.values() for kind in served} - kinds.keys():
        raise ValueError(f"needs.toml: no such kind: {', '.join(sorted(strange))}")
    regions = tables["regions.toml"]
    kind_words = frozenset(word for _, name in names for word in split(normalise(name)))
    whole = {*map(key, kind_words), *(need[0] for need in needs.phrases if len(need) == 1)}
    return Lexicon(
        kinds={name: _kind(name, kinds) for name in kinds},
        names=KindNames.of(phrases),
        asked=KindNames.of({**phrases, **needs.phrases}),
        institutions=frozenset(
            word
            for phrase, found in phrases.items()
            for word in phrase
            if any(kinds[kind].get("weight", 1.0) >= _TELLING for kind in found)
        ),
        needs=needs,
        abbreviations=abbreviations,
        fused=tables["abbreviations.toml"]["fused"],
        adjectives=tables["abbreviations.toml"]["adjectives"],
        parts=dict(sorted(tables["abbreviations.toml"]["parts"].items(), key=_longest_first)),
        cardinals=numerals["cardinals"],
        ordinals=ordinals,
        ranked_posts=frozenset(map(key, numerals["signs"]["posts"])),
        number_signs=frozenset(numerals["signs"]["before"]),
        number_endings=tuple(numerals["signs"]["endings"]),
        units_after=frozenset(map(unsaid_key, numerals["asides"]["after"])),
        units_before=frozenset(numerals["asides"]["before"]),
        post_heads=frozenset(
            key(_spelt(name, abbreviations)[0])
            for kind, entry in tables["posts.toml"].items()
            for name in (kind, *entry.get("names", ()))
        ),
        questions=questions,
        question_phrases=_by_first(unsaid["questions"]["phrases"]),
        legal=legal,
        unsaid=frozenset({*unsaid["questions"]["words"], *unsaid["legal"]["words"]}),
        networks=Networks.read(tables["networks.toml"]),
        english=_english(tables["english.toml"]),
        english_silent=frozenset(tables["english.toml"]["silent"]["words"]),
        regions=_regions(regions["nicknames"]),
        region_phrases={
            tuple(map(key, split(name))): tuple(split(read))
            for name, read in regions["phrases"].items()
        },
        version=version.hexdigest(),
        kind_words=kind_words,
        sounds=Sounds(kind_words, needs.words, whole=whole),
    )


def _keys(words: Iterable[str], ordinals: Mapping[str, int]) -> list[str]:
    """The keys of a name's words, those of `ordinals` as figures, as queries are read.

    Prepositions and conjunctions are left out of queries, so names do without them too.
    """
    keys = [key(word) for word in words if word not in _SMALL]
    return [str(ordinals.get(each, each)) for each in keys]


def _longest_first(item: tuple[str, str]) -> int:
    return -len(item[0])


def _english(tables: Mapping[str, dict[str, str]]) -> dict[tuple[str, ...], str]:
    both = tables["words"] | tables["phrases"]
    return {tuple(split(name)): russian for name, russian in both.items()}


def _regions(nicknames: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for region, others in nicknames.items():
        group = dict.fromkeys(map(key, (region, *others)))
        for each in group:
            found[each] = tuple(other for other in group if other != each)
    return found


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
    rarest = {each: n for n, each in enumerate(sorted(count, key=lambda each: (count[each], each)))}
    under: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        under.setdefault(min(phrase, key=rarest.__getitem__), []).append(phrase)
    return {each: tuple(sorted(found, key=len, reverse=True)) for each, found in under.items()}
