"""Which links were withdrawn, why, and how far a withdrawal reaches.

It applies to the page on which it was made, and to the pages of the same category at or below its
place: just those that its author may change (see `rights.Scope.covers`), so nobody can withdraw a
link of somebody else's page by hiding it on their own. It stays in force when that page leaves the
directory; a merged page's is kept on the page that it was merged into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from directory.links.keys import identity
from directory.model import Link, Page, Status
from directory.territories import Territories
from directory.translation import say


class Withdrawals:
    """The withdrawn links of some pages: hidden themselves, or on a hidden page, with a reason."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._of: defaultdict[str, list[tuple[Page, str]]] = defaultdict(list)
        for page in pages:
            for link in () if page.merged_into else page.links:
                if why := link.hidden or _why(page):
                    self._of[identity(link.link)].append((page, why))

    def __bool__(self) -> bool:
        """Whether anything was withdrawn."""
        return bool(self._of)

    def reason(self, link: Link, page: Page, tree: Territories) -> str:
        """Why the link may not be put on the page, "" when it may."""
        found = self._of.get(identity(link), ())
        return next((why for other, why in found if reaches(other, page, tree)), "")

    def elsewhere(self, link: Link) -> tuple[str, str] | None:
        """The title of a page on which the link was withdrawn, and why; None when on none."""
        found = self._of.get(identity(link))
        return (found[0][0].title, found[0][1]) if found else None


def _why(page: Page) -> str:
    unnamed = say("причина не названа") if page.status is Status.HIDDEN else ""
    return page.hidden or unnamed


def reaches(withdrawn: Page, page: Page, tree: Territories) -> bool:
    """Whether a withdrawal on one page holds for the other."""
    if withdrawn.id == page.id:
        return True
    return withdrawn.category == page.category and tree.within(page.territory, withdrawn.territory)
