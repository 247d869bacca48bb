"""What a file is compared with, and how it is to be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from directory.imports.merge import Mode
from directory.model import Page
from directory.rights import Rights, Scope
from directory.territories import Territories


@dataclass(frozen=True, slots=True)
class State:
    """The directory that a file is compared with, as of revision `base`."""

    base: int
    territories: Territories
    categories: Sequence[str]
    pages: Mapping[str, Page]
    gone: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """Title and territory of the pages that were deleted, by their ids."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be taken: its mode, what it is limited to, and what its sender may do."""

    mode: Mode = Mode.UPDATE
    scope: Scope = field(default_factory=Scope)
    rights: Rights | None = None
    """None: all rights, as a command on the machine itself has."""
    region: str = ""
    """The region that the file is of: rows that name none belong to it."""
    home: str = ""
    """The region in which places are looked for first that are named without theirs."""
    new_regions: bool = False
    """The consent to create or rename regions by a list of territories."""
