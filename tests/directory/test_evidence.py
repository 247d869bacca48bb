"""What speaks for a page on a certain day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from directory.evidence import evidence
from directory.model import Link, Page, PageLink
from directory.staleness import STALE_DAYS

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("ago", "days", "stale"),
    [
        (0, 0, False),
        (STALE_DAYS, STALE_DAYS, False),
        (STALE_DAYS + 1, STALE_DAYS + 1, True),
        (-1, None, True),
        (None, None, True),
    ],
)
def test_a_check_ages_and_one_from_the_future_counts_for_none(
    ago: int | None, days: int | None, stale: bool
) -> None:
    day = None if ago is None else TODAY - timedelta(days=ago)
    found = evidence(Page("p", "Школа", checked_at=day), TODAY)
    assert (found.days, found.stale) == (days, stale)
    assert found.checked_at == (day if days is not None else None)


def test_only_links_that_are_shown_are_vouched_for() -> None:
    seen = PageLink("vk", Link("vk", "name", "a"), on_site=TODAY, confirmed=TODAY)
    withdrawn = PageLink("ok", Link("ok", "group", "1"), "взломана", TODAY, TODAY)
    bare = PageLink("max", Link("max", "name", "b"))
    page = Page("p", "Школа", links=(seen, withdrawn, bare), official_mark=False, source="устав")
    found = evidence(page, TODAY)
    assert (found.on_site, found.confirmed) == ((seen,), (seen,))
    assert (found.mark, found.source) == (False, "устав")
