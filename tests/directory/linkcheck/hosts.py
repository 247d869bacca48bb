"""The made-up hosts that links lead to, and what one of them is judged to be."""

from __future__ import annotations

from directory.linkcheck.checker import LinkChecker
from directory.links.outcome import CheckOutcome
from tests.directory.loopback import link

SCHOOL, OTHER, SECRET = "school.example.ru", "other.example.org", "secret.example.net"
"""The last is of the server that nobody may reach."""


async def outcome_of(checker: LinkChecker, path: str = "", host: str = SCHOOL) -> CheckOutcome:
    """What a check of the host's page comes to."""
    return (await checker.check(link(f"{host}/{path}" if path else host))).outcome
