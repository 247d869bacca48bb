"""A page together with what its card says of its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

from directory.model import Page, Status


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, its place in words from the region down, and the pages it leads to.

    `successor` is what stands in the place of a closed page now: the end of a chain of successors.
    Neither leads back to the page itself.
    """

    page: Page
    place: tuple[str, ...] = ()
    parent: Page | None = None
    successor: Page | None = None

    @property
    def hidden(self) -> bool:
        """Whether the page was withdrawn."""
        return self.page.status is Status.HIDDEN

    @property
    def retired(self) -> bool:
        """Whether the page is not in the directory any more."""
        return self.page.status is Status.RETIRED
