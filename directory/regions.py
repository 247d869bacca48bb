"""The regions of Russia: whose bot this is, and the time that people live by there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from directory.territories import territory_key

MOSCOW = "Europe/Moscow"

_FILE = Path(__file__).with_name("regions.toml")
_NEAREST = 3
"""Names that an unknown one is answered with."""


class UnknownRegionError(ValueError):
    """No region of Russia bears this name; the Russian text lists the nearest names."""

    def __init__(self, name: str) -> None:
        listed = ", ".join(f"«{near}»" for near in nearest(name))
        super().__init__(f"«{name}» — не регион России; ближайшие названия: {listed}")


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its name in the directory; `zone` names its time zone (IANA).

    `codes` are its numbers of two digits, the usual one first, `others` further names in use.
    """

    name: str
    zone: str
    codes: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def time(self) -> ZoneInfo:
        """The time zone of the region's capital."""
        return ZoneInfo(self.zone)


@cache
def all_regions() -> tuple[Region, ...]:
    """All regions, by name."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["region"]
    regions = (
        Region(row["name"], row["zone"], tuple(row["codes"]), tuple(row.get("others", ())))
        for row in found
    )
    return tuple(sorted(regions, key=lambda region: region.name))


@cache
def by_code() -> dict[str, Region]:
    """The regions by each of their numbers: «45»."""
    return {code: region for region in all_regions() for code in region.codes}


def region_named(name: str) -> Region | None:
    """The region with this name in any case and short form («Курганская обл.»), None for "".

    Raises `UnknownRegionError`.
    """
    wanted = territory_key(name)
    if not name.strip():
        return None
    for region in all_regions():
        if territory_key(region.name) == wanted:
            return region
    raise UnknownRegionError(name)


def nearest(name: str) -> list[str]:
    """The names of regions that are most like this one, the nearest first."""
    found = process.extract(
        territory_key(name),
        {region.name: territory_key(region.name) for region in all_regions()},
        scorer=fuzz.WRatio,
        limit=_NEAREST,
    )
    return [name for _key, _score, name in found]
