"""Whether a page carries a code that only those can place there who run it.

Only the addresses are asked that are rebuilt from the directory's own record: a code on a page that
looks alike proves nothing, and neither does one at an address to which a link leads on. On a
network it must stand in the account's description, since anybody may write into comments; on a
site, in its first page.
"""

from __future__ import annotations

import asyncio
import html
import re

from directory.linkcheck.checker import LinkChecker
from directory.links.address import SITE
from directory.model import NETWORKS, Link, Page

MOST = 6
"""Links of one page that are asked for a code."""

SECONDS = 40.0
"""How long is looked for one code."""

_looking = asyncio.Semaphore(2)

# No part can be tried twice, so a page that was made for that purpose does not hold anybody up.
_META = re.compile(r"<meta\b([^<>]{1,4000})>", re.IGNORECASE)
_NAMED = re.compile(
    r"""\b(?:name|property)\s*=\s*["']?(?:og:|twitter:)?description["'\s/]?""", re.IGNORECASE
)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


async def carries(checker: LinkChecker, page: Page, code: str) -> Link | None:
    """The link of the page behind which the code stands; None when it is behind none."""
    asked = [x.link for x in page.shown_links if x.slot in (*NETWORKS, SITE)][:MOST]
    try:
        async with _looking, asyncio.timeout(SECONDS):
            for link in asked:
                if code in _told(link, await checker.text(link)):
                    return link
    except TimeoutError:
        pass
    return None


def _told(link: Link, page: str) -> str:
    """What of an HTML page only those write who run it."""
    if link.platform == SITE:
        return page
    metas = [meta[1] for meta in _META.finditer(page) if _NAMED.search(meta[1])]
    found = (_CONTENT.search(meta) for meta in metas)
    return " ".join(html.unescape(each[1] or each[2] or "") for each in found if each)
