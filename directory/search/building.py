"""Pages → a segment of the index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from itertools import repeat

import numpy as np
import numpy.typing as npt

from directory.language.kinds import kinds_in
from directory.language.lexicon import Kind, Lexicon, unsaid_key
from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.language.words import Words
from directory.model import Level, Page, Status, Territory
from directory.search.fields import Field, Naming
from directory.search.segment import KIND, PageFacts, Postings, Segment, Texts
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary
from directory.search.weights import word_weights
from directory.territories import Territories

_LEVELS = {level: place for place, level in enumerate(Level)}
_NO_LEVEL = len(_LEVELS)


def build(pages: Iterable[Page], territories: Territories, lexicon: Lexicon) -> Segment:
    """A segment of all `pages` that are not hidden."""
    builder = _Builder(territories, lexicon)
    for page in pages:
        if page.status is not Status.HIDDEN:
            builder.add(page)
    return builder.done()


def title_key(words: Iterable[str]) -> int:
    """A number that two titles share when they are made of the same words, 64 bits."""
    text = "\n".join(sorted(set(words))).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


class _Builder:
    """Collects where each word occurs; `done` sorts it all out."""

    def __init__(self, territories: Territories, lexicon: Lexicon) -> None:
        self._territories = territories
        self._lexicon = lexicon
        self._words = Words(lexicon)
        self._numbers = _Numbering()
        self._kept: dict[str, bool] = {}
        self._kinds = {name: self._numbers[KIND + name] for name in lexicon.kinds}
        self._kinds_of_shape: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}
        self._told = frozenset(word for phrase in lexicon.phrases for word in phrase)
        # Occurrences: a word's number, a page's number, flags.
        self._word, self._page, self._field = array("I"), array("I"), array("B")
        self._ids: list[str] = []
        self._shown: list[str] = []
        self._titles, self._levels = array("Q"), array("B")
        self._closed, self._territory, self._initials = array("B"), array("i"), array("H")
        for word in sorted(lexicon.words):
            if self._is_kept(word):
                self._numbers[word]

    def add(self, page: Page) -> None:
        number = len(self._ids)
        self._ids.append(page.id)
        self._shown.append("\n".join((page.title, page.person, *page.aliases)))
        clean = normalise(page.title)
        self._titles.append(title_key(split(clean) or [clean]))
        self._levels.append(_LEVELS[page.level] if page.level else _NO_LEVEL)
        self._closed.append(page.status is Status.CLOSED)
        self._territory.append(-1 if page.territory is None else page.territory)
        person = split(normalise(page.person)) if page.person else []
        self._initials.extend(ord(w[0]) if w else 0 for w in (*person, "", "", "")[1:3])
        title = self._words.spell(clean)
        self._occur(number, title, Field.TITLE)
        self._occur_kinds(number, title, Naming.OWN)
        if page.full_name and page.full_name != page.title:
            words = self._words.read(page.full_name)
            self._occur(number, words, Field.FULL_NAME)
            self._occur_kinds(number, words, Naming.OWN)
        for alias in page.aliases:
            words = self._words.read(alias)
            self._occur(number, words, Field.ALIAS)
            self._occur_kinds(number, words, Naming.OWN)
        if person:
            self._occur(number, person, Field.PERSON)
        if page.post:
            words = self._words.read(page.post)
            self._occur(number, words, Field.POST)
            self._occur_kinds(number, words, Naming.POST)

    def _occur(self, page: int, words: list[str], field: Field) -> None:
        kept = [word for word in words if self._is_kept(word)]
        self._word.extend(map(self._numbers.__getitem__, kept))
        self._page.extend(repeat(page, len(kept)))
        self._field.extend(repeat(int(field), len(kept)))

    def _is_kept(self, word: str) -> bool:
        known = self._kept.get(word)
        if known is None:
            known = word.isdigit() or (
                len(word) > 1 and unsaid_key(word) not in self._lexicon.legal
            )
            self._kept[word] = known
        return known

    def _occur_kinds(self, page: int, words: list[str], naming: Naming) -> None:
        # Pages by the thousand are named alike but for proper names, so that the work is done once
        # for each sequence of words that any kind's name has.
        keys = map(key, words)
        shape = tuple(each if each in self._told else "" for each in keys)
        found = self._kinds_of_shape.get(shape)
        if found is None:
            found = self._kinds_of_shape[shape] = tuple(self._named(shape))
        for kind, flags in found:
            self._word.append(kind)
            self._page.append(page)
            self._field.append(naming if flags == Naming.OWN else flags)

    def _named(self, shape: tuple[str, ...]) -> Iterable[tuple[int, int]]:
        first = True
        for named in kinds_in(self._lexicon, shape):
            for name in named.kinds:
                kind: Kind = self._lexicon.kinds[name]
                # What a title names first it is; «при школе», «администрации района» follow.
                yield self._kinds[name], Naming.OWN if first or kind.weight < 0.5 else Naming.NEAR
                for also in kind.is_also:
                    yield self._kinds[also], Naming.BROADER if first else Naming.NEAR
                for like in kind.is_like:
                    yield self._kinds[like], Naming.NEAR
            first = first and all(self._lexicon.kinds[n].weight < 0.5 for n in named.kinds)

    def done(self) -> Segment:
        by_territory = self._territory_occurrences()
        words = np.concatenate([np.frombuffer(self._word, np.uint32), by_territory[0]])
        pages = np.concatenate([np.frombuffer(self._page, np.uint32), by_territory[1]])
        fields = np.concatenate([np.frombuffer(self._field, np.uint8), by_territory[2]])
        names = list(self._numbers)
        vocabulary, key_of, places = Vocabulary.of(
            [name if not name.startswith(KIND) else "" for name in names],
            [name if name.startswith(KIND) else key(name) for name in names],
        )
        bits = vocabulary.bits[places] if len(vocabulary.bits) else np.zeros(len(names), np.uint8)
        postings = _postings(key_of, bits, words, pages, fields, len(vocabulary.keys))
        facts = self._facts(postings, vocabulary)
        return Segment(
            vocabulary, Typos.of(vocabulary), postings, facts,
            Texts.of(self._ids), Texts.of(self._shown),
        )  # fmt: skip

    def _territory_occurrences(
        self,
    ) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
        """The words of each page's territory and of those it lies in, now and formerly."""
        territory = np.frombuffer(self._territory, np.int32)
        order = np.argsort(territory, kind="stable").astype(np.uint32)
        used, first = np.unique(territory[order], return_index=True)
        bounds = [*first.tolist(), len(order)]
        words, pages, fields = [order[:0]], [order[:0]], [np.zeros(0, np.uint8)]
        for place, number in enumerate(used.tolist()):
            here = order[bounds[place] : bounds[place + 1]]
            for word, field in self._territory_words(number):
                words.append(np.full(len(here), word, np.uint32))
                pages.append(here)
                fields.append(np.full(len(here), field, np.uint8))
        return np.concatenate(words), np.concatenate(pages), np.concatenate(fields)

    def _territory_words(self, number: int) -> Iterable[tuple[int, int]]:
        for depth, territory in enumerate(self._territories.path(number)):
            own = territory.id == number
            field = Field.PLACE if own else Field.DISTRICT if depth else Field.REGION
            names = [(territory.name, field)]
            names += [(name, max(field, Field.DISTRICT)) for name in territory.former_names]
            if own and territory.centre:
                names.append((territory.centre, Field.DISTRICT))
            for name, field in names:
                words = self._words.read(name)
                for word in words:
                    if self._is_kept(word) or (own and len(word) > 5 and territory.is_settlement):
                        yield self._numbers[word], int(field)
                for kind, _ in self._named(tuple(map(key, words))):
                    yield kind, int(Naming.NEAR)

    def _facts(self, postings: Postings, vocabulary: Vocabulary) -> PageFacts:
        count = len(self._ids)
        weights = word_weights(np.diff(postings.starts), count)
        # What names a kind is matched as a kind, and is no part of a title's own words.
        named = np.array([k.startswith(KIND) or k in self._told for k in vocabulary.keys], bool)
        each = np.where(named, 0, weights).repeat(np.diff(postings.starts))

        def weight_in(field: Field) -> npt.NDArray[np.float32]:
            inside = np.where(postings.fields & int(field), each, 0)
            return np.bincount(postings.pages, inside, count).astype(np.float32)

        return PageFacts(
            title_key=np.frombuffer(self._titles, np.uint64),
            title_weight=weight_in(Field.TITLE),
            place_weight=weight_in(Field.PLACE),
            level=np.frombuffer(self._levels, np.uint8),
            closed=np.frombuffer(self._closed, np.uint8).astype(bool),
            territory=np.frombuffer(self._territory, np.int32),
            initials=np.frombuffer(self._initials, np.uint16).reshape(-1, 2),
        )


class _Numbering(dict[str, int]):
    """Numbers words in the order in which they are first met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def _postings(
    key_of: npt.NDArray[np.uint32],
    bits: npt.NDArray[np.uint8],
    words: npt.NDArray[np.uint32],
    pages: npt.NDArray[np.uint32],
    fields: npt.NDArray[np.uint8],
    keys: int,
) -> Postings:
    """Occurrences of spellings → postings of keys, the occurrences on one page made one."""
    spelt = bits[words]
    both = key_of[words].astype(np.uint64) << np.uint64(32) | pages
    order = np.argsort(both, kind="stable")
    both = both[order]
    new = (
        np.flatnonzero(np.concatenate([np.ones(1, bool), both[1:] != both[:-1]]))
        if len(both)
        else order
    )
    unique = both[new]
    starts = np.searchsorted(unique, np.arange(keys + 1, dtype=np.uint64) << np.uint64(32))
    return Postings(
        starts.astype(np.uint32),
        unique.astype(np.uint32),
        np.bitwise_or.reduceat(fields[order], new) if len(new) else fields[:0],
        np.bitwise_or.reduceat(spelt[order], new) if len(new) else spelt[:0],
    )
