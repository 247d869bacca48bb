"""What a report in free words says of a page, as the cells that an editor begins with."""

from __future__ import annotations

from directory.links import Refusal, find_links, parse
from directory.model import NETWORKS
from directory.reports import without_query

_ENDS = " \t\r\n,;:–—-"
_LONGEST_TITLE = 120


def cells_of_report(text: str, *, new: bool) -> dict[str, str]:
    """The first link of each network, and for a `new` page its title: the words before the links.

    What names no address is left out: the editor reads the report's own words before these.
    """
    cells: dict[str, str] = {}
    for found in find_links(text):
        link = parse(found, slot="telegram" if found.startswith("@") else None)
        if not isinstance(link, Refusal) and link.platform in NETWORKS:
            cells.setdefault(link.platform, found)
        text = text.replace(found, "\n")
    named = (part.strip(_ENDS) for part in without_query(text).split("\n"))
    title = next((part for part in named if len(part) > 1), "")
    if new and 0 < len(title) <= _LONGEST_TITLE:
        cells = {"title": title, **cells}
    return cells
