"""Whether a page carries a code that only those can place there who run it.

Only the addresses are asked that are rebuilt from the directory's own record: a code on a page that
looks alike proves nothing, and neither does one at an address to which a link leads on. It must
stand in the head of the page, since anybody may write into comments: on a network in the account's
description, on a site in the description or in `<meta name="official-pages" content="…">`.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from html.parser import HTMLParser

from directory.linkcheck.checker import LinkChecker
from directory.links.address import SITE
from directory.model import NETWORKS, Link, Page

MOST = 6
"""Links of one page that are asked for a code."""

SECONDS = 40.0
"""How long is looked for one code, the wait for others included."""

_looking = asyncio.Semaphore(2)

OWN_NAME = "official-pages"
"""The name of the element of a site's page that may hold the code."""

_OF_SITES = frozenset({"description", OWN_NAME})
_OF_NETWORKS = frozenset({"description", "og:description", "twitter:description"})

_HEAD_ENDS = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_HEAD_CHARACTERS = 200_000


async def carries(checker: LinkChecker, page: Page, code: str) -> Link | None:
    """The link of the page behind which the code stands; None when it is behind none."""
    asked = [x.link for x in page.shown_links if x.slot in (*NETWORKS, SITE)][:MOST]
    try:
        async with asyncio.timeout(SECONDS), _looking:
            for link in asked:
                if code in _told(link, await checker.text(link)):
                    return link
    except TimeoutError:
        pass
    return None


def _told(link: Link, page: str) -> str:
    """What of an HTML page only those write who run it."""
    end = _HEAD_ENDS.search(page, 0, _HEAD_CHARACTERS)
    if end is None:
        return ""
    metas = _Metas(_OF_SITES if link.platform == SITE else _OF_NETWORKS)
    # The parser raises at unknown declarations: what came before counts. It is not closed, since
    # that rescans what is left open at the end.
    with suppress(AssertionError):
        metas.feed(page[: end.start()])
    return " ".join(metas.found)


class _Metas(HTMLParser):
    """Gathers what stands in the `<meta>` elements of these names."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the element's content if it is a `<meta>` of one of the names."""
        given = dict(attrs)
        name = given.get("name") or given.get("property") or ""
        if tag == "meta" and name.casefold() in self._names:
            self.found.append(given.get("content") or "")
