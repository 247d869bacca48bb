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


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """The verdict on one link.

    `page` is the id of the page that it belongs to or resembles. `of` is the `Link.key` of the real
    account that a look-alike resembles (None: it resembles a platform's own address). `why` tells
    in Russian on what evidence, in what it differs, or how to check oneself; whatever it quotes of
    the given link cannot be pressed.
    """

    verdict: Verdict
    page: str | None = None
    of: str | None = None
    why: str = ""
