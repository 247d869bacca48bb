"""The outcome of checking a link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from directory.model import Link

BROKEN_DAYS = 3
"""Failures on so many different days, with no success between them, make a link broken."""


class CheckOutcome(StrEnum):
    """`MOVED`: it opens, but elsewhere. `NOT_CHECKED`: the server refuses robots, or we could not
    ask; it says nothing about the link."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    NOT_CHECKED = "not_checked"

    @property
    def failed(self) -> bool:
        """Whether people who follow the link do not get there."""
        return self in (CheckOutcome.GONE, CheckOutcome.UNREACHABLE)

    @property
    def opened(self) -> bool:
        """Whether people who follow the link get to a page."""
        return self in (CheckOutcome.OK, CheckOutcome.MOVED)


@dataclass(frozen=True, slots=True)
class Checked:
    """One link with its outcome; `moved_to` is where it leads as text that is no link, `number` the
    network's own number of the account (None: the network does not tell), `linked` the identities
    of the accounts to which it links, of a site that opens."""

    link: Link
    outcome: CheckOutcome
    moved_to: str = ""
    number: int | None = None
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Replaced:
    """A link whose nick belonged to account number `was` and now belongs to `now`."""

    link: Link
    was: int
    now: int
