"""What is said of a link that cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

from directory.translation import SaidError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A link that names no account or site: `why` says what is wrong and the cure.

    Whatever of the link `why` quotes is made harmless first (`letters.harmless`).
    """

    why: str


class RefusedError(SaidError):
    """Within the package: the reason of a `Refusal`."""
