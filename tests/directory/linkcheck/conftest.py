"""Two servers on loopback, one that links lead to and one that nobody may reach, and a checker."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from directory.linkcheck.checker import LinkChecker
from tests.directory.linkcheck.hosts import OTHER, SCHOOL, SECRET
from tests.directory.loopback import INNER, OPEN, LoopbackPolicy, Names, Site, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """The site that links lead to."""
    async with serving() as made:
        yield made


@pytest.fixture
async def inner() -> AsyncIterator[Site]:
    """A site that nobody may reach."""
    async with serving(INNER) as made:
        yield made


@pytest.fixture
def names(site: Site, inner: Site) -> Names:
    """The names of both."""
    made = Names()
    made.places = {
        SCHOOL: [(OPEN, site.port)],
        f"www.{SCHOOL}": [(OPEN, site.port)],
        OTHER: [(OPEN, site.port)],
        SECRET: [(INNER, inner.port)],
    }
    return made


@pytest.fixture
def policy() -> LoopbackPolicy:
    """What may be reached."""
    return LoopbackPolicy()


@pytest.fixture
async def checker(names: Names, policy: LoopbackPolicy) -> AsyncIterator[LinkChecker]:
    """A checker of the made-up names."""
    async with LinkChecker(policy, names) as made:
        yield made
