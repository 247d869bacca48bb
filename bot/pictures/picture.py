"""What may be drawn: plain values that say what to show, and nothing of how.

A picture never stands alone: the message that it goes with says the same in words, for screen
readers and for those who do not load pictures.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as long as `value`, with the words `told` at its end («118 (45%)»)."""

    name: str
    value: float
    told: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one below the other; `whole` is the value of a full length, 0: that of the longest."""

    title: str
    bars: tuple[Bar, ...]
    whole: float = 0


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table of numbers, darker where they are larger: `values` by row, then by column."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """The QR code of an address, with `below` in lines under it, to be printed."""

    address: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts one below the other under a title; `note` is the small print."""

    title: str
    charts: tuple[Bars | HeatMap, ...]
    note: str = ""


Picture = Charts | QrCode
