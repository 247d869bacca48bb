"""Names and hosts made to resemble others: which real ones a given one may imitate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import permutations

from rapidfuzz.distance import OSA

from directory.links.data import PLATFORMS, SITES
from directory.links.hosts import within
from directory.links.letters import latin, skeleton

_DATA = tomllib.loads((files("directory.links") / "lookalike.toml").read_text("utf-8"))
_GLUED = tuple(sorted({skeleton(word) for word in _DATA["glued"]}, key=len, reverse=True))
_SEPARATE = frozenset(_GLUED) | {skeleton(word) for word in _DATA["separate"]}
_NUMBERED = re.compile(rf"(?:{'|'.join(_DATA['numbered'])})[._-]?\d*", re.I)

SHORTEST = 4
"""The fewest letters of a name that something may be said to be added to."""


def without_added(name: str) -> Iterator[str]:
    """What remains of a name without words like «official» before or after it, as skeletons."""
    if not name.isalnum():
        yield from _without_separate([skeleton(token) for token in re.split(r"[._-]+", name)])
    rest = skeleton(name)
    # Most names end at once: their first test is the whole of it, and there are many names.
    while rest.startswith(_GLUED) or rest.endswith(_GLUED):
        for word in _GLUED:
            if len(rest) - len(word) < SHORTEST:
                continue
            if rest.endswith(word):
                rest = rest[: -len(word)]
                break
            if rest.startswith(word):
                rest = rest[len(word) :]
                break
        else:
            return
        yield rest


def _without_separate(tokens: list[str]) -> Iterator[str]:
    first, last = 0, len(tokens)
    while first < last - 1 and tokens[first] in _SEPARATE:
        first += 1
    while last > first + 1 and tokens[last - 1] in _SEPARATE:
        last -= 1
    for part in (tokens[first:], tokens[:last], tokens[first:last]):
        rest = "".join(part)
        if len(rest) >= SHORTEST and len(part) < len(tokens):
            yield rest


def without_number(name: str) -> Iterator[str]:
    """The name without a number put after it, where that does not make another body of its kind."""
    found = re.fullmatch(r"([a-z][a-z._-]{6,}[a-z])[._-]?\d{1,4}", name)
    if found and not any(_NUMBERED.fullmatch(x) for x in re.split(r"[._-]", found[1])):
        yield skeleton(found[1])


def swapped(name: str) -> Iterator[str]:
    """The name with its parts in other orders, as skeletons."""
    tokens = [token for token in re.split(r"[._-]+", name) if token]
    if 2 <= len(tokens) <= 4:
        for order in permutations(tokens):
            yield skeleton("".join(order))
    bare = "".join(tokens)
    if len(bare) >= 8:
        for cut in range(3, len(bare) - 2):
            yield skeleton(bare[cut:] + bare[:cut])


def is_generic(name: str) -> bool:
    """Whether hundreds of bodies may have this name: «school5»."""
    return _NUMBERED.fullmatch(name) is not None


def numbers_differ(given: str, real: str) -> bool:
    """Whether both have numbers and not the same: two schools, not a double.

    A digit that stands for a letter («kurg4n») is not a number of the name.
    """
    mine, theirs = re.findall(r"\d+", given), re.findall(r"\d+", real)
    if mine and theirs:
        return sorted(mine) != sorted(theirs)
    # One has a number that the other lacks, and nothing else is different.
    return bool(mine or theirs) and re.sub(r"\d", "", given) == re.sub(r"\d", "", real)


def stem(host: str) -> str:
    """What of a host is its name: without «www.» and the last label."""
    return host.removeprefix("www.").rpartition(".")[0]


def parent(host: str) -> str:
    """The domain whose holder gave the host its name: the last two labels, one more where anybody
    may have a name («school.narod.ru»)."""
    labels = host.split(".")
    return ".".join(labels[-3 if ".".join(labels[-2:]) in SITES.shared else -2 :])


def embedded(host: str, is_known: Callable[[str], bool]) -> str | None:
    """The known host that stands within another: «vk.com» in «vk.com.evil.ru», «vk-com.ru»."""
    for name in (host, host.replace("-", ".")):
        labels = name.split(".")
        # What stands at the end is no imitation: the host is within it.
        for size in range(len(labels) - 1, 1, -1):
            for start in range(len(labels) - size):
                part = ".".join(labels[start : start + size])
                if is_known(part):
                    return part
        if name != host:
            # «login-vkontakte.ru»: of short names («дом-ok.ru») this is no proof.
            for start in range(1, len(labels) - 1):
                part = ".".join(labels[start:])
                if len(labels[start]) >= 5 and is_known(part) and parent(host) != parent(part):
                    return part
    return None


def platform_imitated(host: str) -> str | None:
    """The domain of a platform or of the state that a strange host is made to resemble."""
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


def platform_hinted(host: str) -> str | None:
    """Like `platform_imitated`, but by resemblances that alone prove nothing («ok-page.com»)."""
    words = set(re.split(r"[.-]", latin(host)))
    for platform in PLATFORMS.values():
        for domain in platform.domains:
            name = domain.partition(".")[0]
            if name in words or OSA.distance(host, domain, score_cutoff=2) <= 2:
                return domain
            if len(name) > 2 and any(word.startswith(name) for word in words):
                return domain
    return None


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
