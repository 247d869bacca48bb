"""The regions of Russia by whatever a file calls them: «Курганская обл.», «45», «Якутия»."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from directory.regions import all_regions, by_code
from directory.territories import territory_key

_CODE = re.compile(r"\d{1,2}")
_CODED = re.compile(r"(\d{1,2})\s*[-–—.:)]*\s*(\D.*)")


@cache
def _by_key() -> dict[str, str]:
    return {
        _key(name): region.name
        for region in all_regions()
        for name in (region.name, *region.others)
    }


def _key(name: str) -> str:
    """The name's words without its kind, and without the dash between two names."""
    return " ".join(word for word in territory_key(name).split() if word not in ("-", "–", "—"))


@lru_cache(4096)
def region_named(text: str) -> str:
    """The region's name in the directory, "" when the text names no region of Russia.

    >>> region_named("Курганская обл"), region_named("45"), region_named("45 Курганская область")
    ('Курганская область', 'Курганская область', 'Курганская область')
    """
    line = re.sub(r"(?i)\b(област|кра|республик)[ия]\b", _nominative_kind, text.strip())
    if _CODE.fullmatch(line):
        region = by_code().get(line.zfill(2))
        return region.name if region else ""
    if (coded := _CODED.fullmatch(line)) and region_named(coded[1]) == region_named(coded[2]):
        return region_named(coded[2])
    bare = _key(line)
    return _by_key().get(bare) or _by_key().get(_nominative(bare), "")


def _nominative_kind(found: re.Match[str]) -> str:
    """«области» → «область», «края» → «край», «республики» → «республика»."""
    stem = found[1].lower()
    return stem + {"област": "ь", "кра": "й", "республик": "а"}[stem]


def _nominative(bare: str) -> str:
    """«курганской» (области) → «курганская», «алтайского» (края) → «алтайский»."""
    return re.sub(r"ой$", "ая", re.sub(r"ого$", "ий", bare))
