"""What is said of a link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`HIDDEN`: it was in the directory and was withdrawn. `LOOKALIKE`: made to resemble a page of
    the directory, or a platform. `UNKNOWN`: not in the directory, which proves nothing."""

    OFFICIAL = "official"
    HIDDEN = "hidden"
    LOOKALIKE = "lookalike"
    UNKNOWN = "unknown"
    NOT_A_LINK = "not_a_link"


class Ground(StrEnum):
    """On what ground a verdict is given, the most dangerous first: the order of severity."""

    IMITATES = "imitates"
    """Look-alike: it is made to resemble an account, a platform or a site."""
    WITHDRAWN = "withdrawn"
    """Hidden: the account was in the directory and was withdrawn. Unknown: `page` shows it, and it
    was withdrawn as taken over on another page."""
    OPENS_OTHER = "opens_other"
    """Unknown: it names an account of `page`, but what opens may be another's."""
    UNREADABLE = "unreadable"
    """Unknown: it hides where it leads (an invitation, a short link, an address with tricks)."""
    SAME_NAME = "same_name"
    """Unknown: `page` has this name on another network, and no account on this one."""
    NOT_LISTED = "not_listed"
    """Unknown: the directory does not have it, or has it no more."""
    NO_LINK = "no_link"
    """Not a link."""
    SERVICE = "service"
    """A service of a platform (unknown) or of the state (official), and nobody's page."""
    CLOSED = "closed"
    """Official, but the body or the page is closed; `successor` stands in its place."""
    LISTED = "listed"
    """Official."""


_SEVERITY = {ground: place for place, ground in enumerate(Ground)}


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """The verdict on one link.

    `page` is the id of the page that it belongs to, resembles or may belong to. `of` is the
    `Link.key` of the real account that it resembles or names (None: it resembles a platform's own
    address). `successor` is the id of the page in the place of a closed one. `why` tells on
    what evidence, in what it differs, or how to check oneself; whatever it quotes of the given
    link cannot be pressed. `beside` is what `why` says beside the mere absence from the directory,
    for those who are told that already.
    """

    verdict: Verdict
    ground: Ground
    page: str | None = None
    of: str | None = None
    why: str = ""
    successor: str | None = None
    beside: str = ""

    @property
    def severity(self) -> int:
        """The place among verdicts by danger, 0 for the worst: to be sorted by."""
        return _SEVERITY[self.ground]
