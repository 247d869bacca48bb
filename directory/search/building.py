"""Pages → a segment of the index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from directory.language.common import is_case
from directory.language.kinds import kinds_in, kinds_of_posts
from directory.language.lexicon import Lexicon, unsaid_key
from directory.language.normalise import is_number, normalise, split
from directory.language.stems import key
from directory.language.words import Words
from directory.mapped import Texts
from directory.model import Level, Page, Status, Territory
from directory.search.fields import Field, Naming
from directory.search.segment import (
    KIND,
    NO_TERRITORY,
    PAGE_BITS,
    SPELLINGS,
    PageFacts,
    Postings,
    Segment,
)
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary
from directory.search.ways import acronym_way, address_ways, phone_ways, title_way
from directory.search.weights import word_weights
from directory.territories import Territories

_LEVELS = {level: place for place, level in enumerate(Level)}
_NO_LEVEL = len(_LEVELS)
UNSAID = 0
"""The number of all words that are not indexed."""
_TELLING = 0.5  # kinds of a lesser weight do not say what a page is
_SHORT_NAME = 3  # letters of the key of a kind's name by which other words may be known, too
_CITY = "город"
_BESIDE = "при"
"""Before the body that another is attached to: «Комитет ветеринарии при Правительстве» is none."""
_SHORT = 5  # letters; words that say nothing and are no longer are «с.», «село», «на»

Ids = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]


class Builder:
    """Makes a segment: `add` its pages in the order of their ids, then `done`, once.

    `first`: the words of the lexicon become words of the segment, so that they can be mended.
    """

    def __init__(self, territories: Territories, lexicon: Lexicon, *, first: bool = True) -> None:
        self._territories = territories
        self._lexicon = lexicon
        self._words = Words(lexicon)
        self._known = _KnownWords(lexicon)
        self._kinds_of_shape: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        # The words of all texts by their numbers, and for each text its page, flags and length.
        self._word = array("I")
        self._page, self._field, self._count = array("I"), array("B"), array("I")
        self._shown: list[str] = []
        self._ways, self._way_to, self._levels = array("Q"), array("I"), array("B")
        self._closed, self._territory, self._initials = array("B"), array("i"), array("H")
        for word in sorted(lexicon.kind_words) if first else ():
            self._known[word]

    def add(self, pages: Iterable[Page]) -> None:
        """Take more pages; retired ones are left out. Hidden ones are found, as warnings."""
        for page in pages:
            if page.status is not Status.RETIRED:
                self._add(page)

    def _add(self, page: Page) -> None:
        number = len(self._shown)
        self._shown.append("\n".join((page.id, page.title, page.person, *page.aliases)))
        self._levels.append(_LEVELS[page.level] if page.level else _NO_LEVEL)
        self._closed.append(page.status is Status.CLOSED)
        self._territory.append(NO_TERRITORY if page.territory is None else page.territory)
        plain, title = self._words.both(page.title)
        self._leads(number, title_way(plain))
        for way in phone_ways(page.phone) if page.phone else ():
            self._leads(number, way)
        for way in address_ways(split(normalise(page.address))) if page.address else ():
            self._leads(number, way)
        if (acronym := acronym_way(page.title, self._lexicon.unsaid)) is not None:
            self._leads(number, acronym)
        self._occur(number, title, Field.TITLE, Naming.OWN)
        if page.full_name and page.full_name != page.title:
            self._occur(number, self._words.read(page.full_name), Field.FULL_NAME, Naming.OWN)
        for alias in page.aliases:
            self._occur(number, self._words.read(alias), Field.ALIAS, Naming.OWN)
        if page.post:
            self._occur(number, self._words.read(page.post), Field.POST, Naming.POST)
        if page.person:
            person = split(normalise(page.person))
            self._occur(number, person, Field.PERSON, None)
            self._initials.extend(
                ord(word[0]) if word else 0 for word in (*person, "", "", "")[1:3]
            )
        else:
            self._initials.extend((0, 0))

    def _leads(self, page: int, way: int) -> None:
        self._ways.append(way)
        self._way_to.append(page)

    def _occur(self, page: int, words: list[str], field: int, naming: Naming | None) -> None:
        # Once for each text and not for each word: `done` spreads it out.
        count = len(words)
        self._word.extend(map(self._known.__getitem__, words))
        self._text(page, field, count)
        if naming is not None:
            told = list(map(self._known.told.__getitem__, words))
            beside = words.index(_BESIDE) if _BESIDE in words else count
            for kind, flags in self._kinds(told[:beside]):
                self._word.append(kind)
                self._text(page, naming if flags == Naming.OWN else flags, 1)
            for kind, _ in self._kinds(told[beside:]) if beside < count else ():
                self._word.append(kind)
                self._text(page, Naming.NEAR, 1)

    def _text(self, page: int, flags: int, words: int) -> None:
        self._page.append(page)
        self._field.append(flags)
        self._count.append(words)

    def _kinds(self, told: Iterable[str]) -> list[tuple[int, int]]:
        """The kinds of a text whose words have these keys, "" for those that no kind's name has.

        Pages by the thousand are named alike but for proper names, so each sequence is read once.
        """
        shape = tuple(told)
        found = self._kinds_of_shape.get(shape)
        if found is None:
            found = self._kinds_of_shape[shape] = list(self._named(shape))
        return found

    def _named(self, shape: Sequence[str]) -> Iterable[tuple[int, int]]:
        first = True
        every = kinds_in(self._lexicon, shape)
        for named in kinds_of_posts(self._lexicon, shape, every):
            for name in {*named.kinds, *self._lexicon.kinds[named.kinds[0]].is_also}:
                yield self._known.kind(name), Naming.NEAR
        for named in every:
            for name in named.kinds:
                kind = self._lexicon.kinds[name]
                # What a title names first it is; «при школе», «администрации района» follow.
                own = first or kind.weight < _TELLING
                yield self._known.kind(name), Naming.OWN if own else Naming.NEAR
                for also in kind.is_also:
                    yield self._known.kind(also), Naming.BROADER if first else Naming.NEAR
                for like in kind.is_like:
                    yield self._known.kind(like), Naming.NEAR
            first = first and all(self._lexicon.kinds[n].weight < _TELLING for n in named.kinds)

    def done(self) -> Segment:
        """The segment of all that was added."""
        by_territory = self._territory_occurrences()
        count = np.frombuffer(self._count, np.uint32)
        pages = np.frombuffer(self._page, np.uint32).repeat(count)
        fields = np.frombuffer(self._field, np.uint8).repeat(count)
        words = np.concatenate([np.frombuffer(self._word, np.uint32), by_territory[0]])
        pages = np.concatenate([pages, by_territory[1]])
        fields = np.concatenate([fields, by_territory[2]])
        indexed = words != UNSAID
        words, pages, fields = words[indexed], pages[indexed], fields[indexed]
        vocabulary, key_of, places = Vocabulary.of(self._known.spellings, self._known.key_of)
        bits = vocabulary.bits[places] if len(vocabulary.bits) else np.zeros(len(key_of), np.uint8)
        postings = _postings(key_of, bits, words, pages, fields, len(vocabulary.keys))
        facts = self._facts(postings, vocabulary)
        return Segment(vocabulary, Typos.of(vocabulary), postings, facts, Texts.of(self._shown))

    def _territory_occurrences(self) -> tuple[Ids, Ids, Bytes]:
        """The words of each page's territory and of those it lies in, now and formerly."""
        of_page = np.frombuffer(self._territory, np.int32)
        order = np.argsort(of_page, kind="stable").astype(np.uint32)
        used, first, sizes = np.unique(of_page[order], return_index=True, return_counts=True)
        words, fields, starts, counts = array("I"), array("B"), array("I"), array("I")
        above: dict[int, list[tuple[int, int]]] = {}
        for number, start, size in zip(used.tolist(), first.tolist(), sizes.tolist(), strict=True):
            territory = self._territories.get(number)
            if territory is None:
                continue
            found = self._names(territory, Field.PLACE)
            if territory.parent is not None:
                if territory.parent not in above:
                    path = self._territories.path(territory.parent)
                    above[territory.parent] = [
                        each
                        for depth, outer in enumerate(path)
                        for each in self._names(outer, Field.DISTRICT if depth else Field.REGION)
                    ]
                found = [*found, *above[territory.parent]]
            words.extend([word for word, _ in found])
            fields.extend([field for _, field in found])
            starts.extend(repeat(start, len(found)))
            counts.extend(repeat(size, len(found)))
        size = np.frombuffer(counts, np.uint32).astype(np.intp)
        ends = np.cumsum(size)
        begins = np.frombuffer(starts, np.uint32).astype(np.intp)
        every = np.repeat(begins - (ends - size), size) + np.arange(ends[-1] if len(ends) else 0)
        return (
            np.repeat(np.frombuffer(words, np.uint32), size),
            order[every],
            np.repeat(np.frombuffer(fields, np.uint8), size),
        )

    def _names(self, territory: Territory, field: Field) -> list[tuple[int, int]]:
        """The words of a territory's names and its kinds, with the flags that they have."""
        names = [(territory.name, field)]
        names += [(name, max(field, Field.DISTRICT)) for name in territory.former_names]
        if field is Field.PLACE and territory.centre:
            names.append((territory.centre, Field.DISTRICT))
        found: list[tuple[int, int]] = []
        for name, each in names:
            words = self._words.read(name)
            for word in words:
                number = self._known[word]
                # A place may be called by a word that says nothing elsewhere: «ЗАО» of Moscow.
                alone = len(words) == 1
                if number == UNSAID and (alone or (territory.is_settlement and len(word) > _SHORT)):
                    number = self._known.always(word, key(word))
                found.append((number, each))
            if not territory.is_settlement:
                told = map(self._known.told.__getitem__, words)
                found += [(kind, int(Naming.NEAR)) for kind, _ in self._kinds(told)]
        return found

    def _place_names(self, vocabulary: Vocabulary) -> Ids:
        of_page = np.frombuffer(self._territory, np.int32)
        used, place = np.unique(of_page, return_inverse=True)
        names = np.zeros(len(used), np.uint32)
        for n, number in enumerate(used.tolist()):
            territory = self._territories.get(number)
            words = split(normalise(territory.name)) if territory else []
            own = [word for word in words if self._known[word] != UNSAID]
            if len(own) > 1 and own[0] == _CITY:  # «Город Калуга»
                del own[0]
            if len(own) == 1:
                names[n] = vocabulary.place(own[0])
        return names[place]

    def _facts(self, postings: Postings, vocabulary: Vocabulary) -> PageFacts:
        count = len(self._shown)
        weights = word_weights(np.diff(postings.starts), count)
        # What names a kind is matched as a kind, and is no part of a title's own words.
        named = np.array(
            [k.startswith(KIND) or k in self._known.told.words for k in vocabulary.keys], bool
        )
        each = np.where(named, 0, weights).repeat(np.diff(postings.starts))

        pages = postings.pages(0, len(postings.keyed))

        def weight_in(field: Field) -> npt.NDArray[np.float32]:
            inside = np.where(postings.marks & int(field), each, 0)
            return np.bincount(pages, inside, count).astype(np.float32)

        least = np.float32(0.05)  # never to divide by nothing
        ways = np.frombuffer(self._ways, np.uint64)
        by_way = np.argsort(ways, kind="stable")
        return PageFacts(
            ways=ways[by_way],
            by_way=np.frombuffer(self._way_to, np.uint32)[by_way],
            whole=np.maximum(np.stack([weight_in(Field.TITLE), weight_in(Field.PLACE)], 1), least),
            place_name=self._place_names(vocabulary),
            level=np.frombuffer(self._levels, np.uint8),
            closed=np.frombuffer(self._closed, np.uint8).astype(bool),
            territory=np.frombuffer(self._territory, np.int32),
            initials=np.frombuffer(self._initials, np.uint16).reshape(-1, 2),
        )


class _KnownWords(dict[str, int]):
    """Words by their spelling → their numbers, `UNSAID` for those that are not indexed.

    `key_of` and `spellings` are those of each number; kinds have no spelling.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._legal = lexicon.legal
        self.told = _Told(lexicon)
        self.key_of: list[str] = [""]
        self.spellings: list[str] = [""]
        self._numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        indexed = is_number(word) or (len(word) > 1 and unsaid_key(word) not in self._legal)
        number = self[word] = self.always(word, key(word)) if indexed else UNSAID
        return number

    def always(self, word: str, key: str, spelling: str | None = None) -> int:
        """The number of a word, also of one that is not indexed elsewhere."""
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.key_of)
            self.key_of.append(key)
            self.spellings.append(word if spelling is None else spelling)
        return number

    def kind(self, name: str) -> int:
        """The number of a kind."""
        return self.always(KIND + name, KIND + name, "")


class _Told(dict[str, str]):
    """Words by their spelling → their key when some kind's name has it, else ""."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = lexicon.names.words
        self._short: dict[str, list[str]] = {}
        for name in lexicon.kind_words:
            if len(key(name)) <= _SHORT_NAME:
                self._short.setdefault(key(name), []).append(name)

    def __missing__(self, word: str) -> str:
        each = key(word)
        told = each if each in self.words else ""
        # «Суда» is a case of «суд», but «Замай» none of «зам».
        if each in self._short and not any(is_case(word, name) for name in self._short[each]):
            told = ""
        self[word] = told
        return told


def _postings(
    key_of: npt.NDArray[np.uint32],
    bits: npt.NDArray[np.uint8],
    words: npt.NDArray[np.uint32],
    pages: npt.NDArray[np.uint32],
    fields: npt.NDArray[np.uint8],
    keys: int,
) -> Postings:
    """Occurrences of spellings → postings of keys, the occurrences on one page made one."""
    marks = fields | bits[words].astype(np.uint16) << np.uint16(SPELLINGS)
    keyed = key_of[words].astype(np.int64) << PAGE_BITS | pages
    order = np.argsort(keyed)
    keyed, marks = keyed[order], marks[order]
    if len(keyed):
        first = np.flatnonzero(np.diff(keyed, prepend=-1))
        keyed, marks = keyed[first], np.bitwise_or.reduceat(marks, first)
    starts = np.searchsorted(keyed, np.arange(keys + 1) << PAGE_BITS)
    return Postings(starts.astype(np.uint32), keyed, marks)
