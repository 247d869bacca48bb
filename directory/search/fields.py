"""What of a page is searched, and how much a match in each part counts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag
from typing import Any

import numpy as np
import numpy.typing as npt


class Field(IntFlag):
    """The parts of a page that hold a word; a page may hold it in several.

    PLACE is the deepest territory known of the page, DISTRICT what lies between it and the REGION.
    """

    TITLE = 1
    ALIAS = 2
    PLACE = 4
    PERSON = 8
    POST = 16
    DISTRICT = 32
    FULL_NAME = 64
    REGION = 128


class Naming(IntFlag):
    """How a page is of a kind: it is the page's own; it follows from the own one (a ФАП is a
    clinic); after a fashion, or named beside another; it is the head's post."""

    OWN = 1
    BROADER = 2
    NEAR = 4
    POST = 8


_FIELD_WORTH = {
    Field.TITLE: 1.0,
    Field.ALIAS: 1.0,
    Field.PLACE: 1.0,
    Field.PERSON: 1.0,
    Field.POST: 0.96,
    Field.FULL_NAME: 0.97,
    Field.DISTRICT: 0.9,
    Field.REGION: 0.8,
}
_KIND_WORTH = {Naming.OWN: 1.0, Naming.BROADER: 0.98, Naming.POST: 1.0, Naming.NEAR: 0.72}

Worths = npt.NDArray[np.float32]


def _table(worth: Mapping[Any, float]) -> list[float]:
    """The worth of each combination of `Field` or `Naming` flags: that of the best of them."""
    return [
        max((w for flag, w in worth.items() if bits & flag), default=0.0) for bits in range(256)
    ]


class Worth(IntEnum):
    """What a match is worth by where the page has it: a row of `WORTHS`, whose columns are flags.

    WORD and NUMBER: by the part of the page. DERIVED: «Кетово» by «Кетовский», but not «Курган» by
    «Курганская область». KIND: by how the page is of the kind. BROADER_KIND: the query's kind by a
    broader one, «средняя школа 5» by a page that says just «школа».
    """

    WORD = 0
    NUMBER = 1
    DERIVED = 2
    KIND = 3
    BROADER_KIND = 4

    __hash__ = int.__hash__  # a member's own hash is no quick one, and each query asks for some


WORTHS: Worths = np.array(
    [
        _table(_FIELD_WORTH),
        _table({**_FIELD_WORTH, Field.PERSON: 0.5, Field.DISTRICT: 0.5, Field.REGION: 0.5}),
        _table({f: w for f, w in _FIELD_WORTH.items() if f is not Field.REGION}),
        _table(_KIND_WORTH),
        _table({Naming.OWN: 0.86, Naming.POST: 0.86}),
    ],
    np.float32,
)
EVERYWHERE = frozenset({Worth.WORD, Worth.NUMBER, Worth.KIND})
"""The rows in which a match is worth something wherever the page has it."""
