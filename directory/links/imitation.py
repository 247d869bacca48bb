"""How names and hosts are made to resemble others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import permutations

from rapidfuzz.distance import OSA

from directory.links.data import PLATFORMS, SITES
from directory.links.hosts import within
from directory.links.letters import latin, skeleton
from directory.links.sound import LEET, sound

_DATA = tomllib.loads((files("directory.links") / "lookalike.toml").read_text("utf-8"))
_GLUED = tuple(sorted({skeleton(word) for word in _DATA["glued"]}, key=len, reverse=True))
_BESIDE = (*_GLUED, *(skeleton(word) for word in _DATA["beside"]))
_SEPARATE = frozenset(_GLUED) | {skeleton(word) for word in _DATA["separate"]}
_BEFORE, _AFTER = (tuple(map(skeleton, _DATA[name])) for name in ("before", "after"))
_NUMBERED = re.compile(rf"(?:{'|'.join(_DATA['numbered'])})[._-]?\d*", re.I)

SHORTEST = 4
"""The least letters of a name that may have something added."""

_SHORTEST_APART = 3
"""The same for separate words."""

_SHORTEST_CORE = 2


def without_added(name: str) -> Iterator[str]:
    """The name without words like «official» before or after it, as skeletons."""
    if not name.isalnum():
        yield from _without_separate([skeleton(token) for token in re.split(r"[._-]+", name)])
    whole = skeleton(name)
    # Fast path: most names have none of these words.
    if not (whole.startswith(_GLUED) or whole.endswith(_GLUED)):
        return
    for start in _stripped(whole, _GLUED, str.startswith, SHORTEST):
        for rest in _stripped(start, _GLUED, str.endswith, SHORTEST):
            if rest != whole:
                yield rest


def core(name: str) -> str:
    """The name without words that are added or common in names of bodies."""
    start = _stripped(skeleton(name), _BESIDE, str.startswith, _SHORTEST_CORE)[-1]
    return _stripped(start, _BESIDE, str.endswith, _SHORTEST_CORE)[-1]


def _stripped(
    name: str, words: Sequence[str], stands: Callable[[str, str], bool], shortest: int
) -> list[str]:
    """The name, and the rests as one word after another is removed at one end."""
    found = [name]
    while True:
        rest = found[-1]
        fitting = (x for x in words if stands(rest, x) and len(rest) - len(x) >= shortest)
        word = next(fitting, "")
        if not word:
            return found
        found.append(rest[len(word) :] if stands is str.startswith else rest[: -len(word)])


def is_same_name(given: str, real: str) -> bool:
    """Whether one body may well have both names, on two networks: they differ in separators,
    spelling and added words, but not in look-alike letters."""
    if not given.isascii() or stands_for_letters(given.casefold(), real.casefold()):
        return False
    bare, other = (sound(name, digits=True) for name in (given, real))
    if bare == other:
        return True
    return (
        core(given) == core(real)
        and len(core(real)) >= SHORTEST
        and (bare in other or other in bare)
    )


def _without_separate(tokens: list[str]) -> Iterator[str]:
    first, last = 0, len(tokens)
    while first < last - 1 and tokens[first] in _SEPARATE:
        first += 1
    while last > first + 1 and tokens[last - 1] in _SEPARATE:
        last -= 1
    for part in (tokens[first:], tokens[:last], tokens[first:last]):
        rest = "".join(part)
        if len(rest) >= _SHORTEST_APART and len(part) < len(tokens):
            yield rest


def without_affix(name: str) -> Iterator[str]:
    """The name without an attached article or country code."""
    seen = skeleton(name)
    starts = ["", *(word for word in _BEFORE if seen.startswith(word))]
    ends = ["", *(word for word in _AFTER if seen.endswith(word))]
    for start in starts:
        for end in ends:
            rest = seen[len(start) : len(seen) - len(end)]
            if len(rest) > SHORTEST and rest != seen:
                yield rest


_LETTERS_BEFORE_NUMBER = 7
"""With fewer letters before it, a number tells bodies of one kind apart («school5»)."""

_LETTERS_BEFORE_CODE = 5
"""With fewer letters before a region's code («ketovo45»), they are an abbreviation."""

_LONGEST_NUMBER = 4
"""Digits of the highest numbers of bodies of one kind."""


def unadorned(name: str) -> list[str]:
    """The name without added words, and without attached articles and codes."""
    rests = [*without_added(name)]
    return [*rests, *(bare for rest in (name, *rests) for bare in without_affix(rest))]


def without_number(name: str, shortest: int = _LETTERS_BEFORE_NUMBER) -> Iterator[str]:
    """The name without a number put after it, or with a shorter one, where that does not make
    another body of its kind: names of fewer letters than `shortest` keep a number."""
    found = re.fullmatch(r"(.*?[^\W\d_])([._-]?)(\d+)(?:[._-](\d{1,4}))?", name)
    if not found:
        return
    letters, separator, number, more = found.groups()
    if more:
        yield f"{letters}{separator}{number}"
        number += more
    shorter = [f"{letters}{separator}{number[:size]}" for size in range(len(number) - 1, 1, -1)]
    if len(number) > _LONGEST_NUMBER:
        yield from shorter
    if any(_NUMBERED.fullmatch(x) for x in re.split(r"[._-]", letters)):
        return
    if len(letters) >= _LETTERS_BEFORE_CODE:
        yield from shorter
    if len(letters) >= shortest:
        yield letters


def swapped(name: str) -> Iterator[str]:
    """The name with its parts in other orders, as skeletons."""
    tokens = [token for token in re.split(r"[._-]+", name) if token]
    if 2 <= len(tokens) <= 4:
        for order in permutations(tokens):
            yield skeleton("".join(order))
    bare = "".join(tokens)
    if len(bare) >= 8:
        for cut in range(2, len(bare) - 1):
            yield skeleton(bare[cut:] + bare[:cut])


def redrawn(name: str) -> Iterator[str]:
    """The name with letter groups replaced by look-alike letters, as skeletons."""
    for drawn, alike in (("cl", "d"), ("q", "g"), ("vv", "w")):
        places = [found.start() for found in re.finditer(drawn, name)]
        for place in places[:3]:
            yield skeleton(name[:place] + alike + name[place + len(drawn) :])


def is_generic(name: str) -> bool:
    """Whether hundreds of bodies may have this name: «school5»."""
    return _NUMBERED.fullmatch(name) is not None


def stands_for_letters(given: str, real: str) -> bool:
    """Whether digits stand for letters in one name where the other has those letters."""
    if len(given) != len(real) or given == real:
        return False
    differing = [(a, b) for a, b in zip(given, real, strict=True) if a != b]
    return all(LEET.get(a) == b or LEET.get(b) == a for a, b in differing)


def numbers_differ(given: str, real: str) -> bool:
    """Whether both have numbers and not the same: two schools, not a double.

    A digit that stands for a letter («kurg4n») is not a number of the name.
    """
    if stands_for_letters(given, real):
        return False
    # A letter within a number («5j6») hides it: «school5a6» is nobody's name.
    given, real = (re.sub(r"(?<=\d)[a-z](?=\d)", "", name) for name in (given, real))
    mine, theirs = re.findall(r"\d+", given), re.findall(r"\d+", real)
    if mine and theirs:
        return sorted(mine) != sorted(theirs)
    # One has a number that the other lacks, and nothing else is different.
    return bool(mine or theirs) and re.sub(r"\d", "", given) == re.sub(r"\d", "", real)


def stem(host: str) -> str:
    """The host without «www.» and its last label."""
    return host.removeprefix("www.").rpartition(".")[0]


def parent(host: str) -> str:
    """The registered domain of a host: its last two labels, or three where anybody may have a name
    («school.narod.ru») and in the zones of the state («mchs.gov.ru»)."""
    labels = host.split(".")
    end = ".".join(labels[-2:])
    return ".".join(labels[-3 if end in SITES.shared or end in SITES.trusted else -2 :])


def bought(domain: str) -> str:
    """The label that the holder chose: «primer» of «primer.ru» and «primer.narod.ru»."""
    return domain.partition(".")[0]


_MOST_LABELS = 6
"""The most labels of a host of the directory."""


def embedded(host: str, is_known: Callable[[str], bool]) -> str | None:
    """The known host that stands within another: «vk.com» in «vk.com.evil.ru», «vk-com.ru»."""
    for name in (host, host.replace("-", ".")):
        labels = name.split(".")
        # What stands at the end is no imitation: the host is within it.
        for size in range(min(len(labels) - 1, _MOST_LABELS), 1, -1):
            for start in range(len(labels) - size):
                part = ".".join(labels[start : start + size])
                if is_known(part):
                    return part
    return None


def platform_imitated(host: str) -> str | None:
    """The domain of a platform or of the state that a host imitates."""
    bare = re.sub(r"^(?:www|m)\.", "", host)
    drawn = _drawn(bare)
    for domain, looks in _DOMAINS.items():
        if bare != domain and drawn == looks:
            return domain
        edits = 0 if len(domain) < 9 else 1 if len(domain) < 12 else 2
        if edits and 0 < OSA.distance(bare, domain, score_cutoff=edits) <= edits:
            return domain
    labels = drawn.split(".")[:-1]
    for brand, domain in _BRANDS.items():
        if any(brand in label for label in labels) and not within(host, (domain,)):
            return domain
    return None


def platforms_hinted(host: str) -> Iterator[str]:
    """Like `platform_imitated`, but by resemblances that alone prove nothing («ok-page.com»,
    «vkcom.ru»)."""
    words = set(re.split(r"[.-]", latin(host)))
    for platform in PLATFORMS.values():
        for domain in platform.domains:
            name = domain.partition(".")[0]
            hints = (name, domain.replace(".", "")) if len(name) < 3 else ()
            begun = len(name) > 2 and any(word.startswith(name) for word in words)
            if begun or not words.isdisjoint(hints) or OSA.distance(host, domain) <= 2:
                yield domain


def _drawn(host: str) -> str:
    return ".".join(skeleton(label) for label in host.split("."))


_BRANDS: dict[str, str] = {skeleton(brand): domain for brand, domain in _DATA["brands"].items()}
_DOMAINS = {
    domain: _drawn(domain)
    for domain in (
        *(x for platform in PLATFORMS.values() for x in platform.domains),
        *SITES.trusted,
    )
}
