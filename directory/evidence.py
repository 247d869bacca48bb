"""What speaks for a page: where its facts come from, who vouched for which link, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.model import NETWORKS, Page, PageLink
from directory.staleness import STALE_DAYS

MARKING = frozenset({"vk", "ok"})
"""The networks that give the mark «Госорганизация» (order 2523-р of 02.09.2022 names these two)."""

_WITHOUT_MARK = frozenset(NETWORKS) - MARKING - {"site"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one page on a certain day.

    `source` is free text from the file, perhaps with an address in it, which is no link of the
    directory and must not become one. `mark` is the network's mark «Госорганизация» (None: nobody
    looked), seen on `checked_at`. `days` have passed since `checked_at`; both are None when the day
    is unknown or lies ahead, which no honest check does. `on_site` and `confirmed` are the shown
    links for which the body's own site and an editor vouch; `marked` those on the networks whose
    mark it is, `unmarked` those on networks of which it says nothing.
    """

    source: str
    mark: bool | None
    checked_at: date | None
    days: int | None
    on_site: tuple[PageLink, ...]
    confirmed: tuple[PageLink, ...]
    marked: tuple[PageLink, ...]
    unmarked: tuple[PageLink, ...]

    @property
    def stale(self) -> bool:
        """Whether nobody confirmed the page within `STALE_DAYS`."""
        return self.days is None or self.days > STALE_DAYS


def evidence(page: Page, today: date) -> Evidence:
    """What speaks for the page as of `today`."""
    known = page.checked_at is not None and page.checked_at <= today
    checked_at = page.checked_at if known else None
    return Evidence(
        page.source,
        page.official_mark,
        checked_at,
        (today - checked_at).days if checked_at else None,
        tuple(x for x in page.shown_links if x.on_site),
        tuple(x for x in page.shown_links if x.confirmed),
        tuple(x for x in page.shown_links if x.slot in MARKING),
        tuple(x for x in page.shown_links if x.slot in _WITHOUT_MARK),
    )
