"""A page as the row of the directory file that says all the file can say of it."""

from __future__ import annotations

from collections.abc import Iterable

from directory.file.columns import PAGES, PLACE, Column
from directory.links import url
from directory.model import SLOTS, Page
from directory.territories import Territories


def row_of(page: Page, territories: Territories, *, russian: bool = False) -> dict[str, str]:
    """The texts of the page's row by column, all columns of the contract, in its order.

    The words are the contract's English ones, numbers have a decimal point, dates are ISO; in a
    `russian` row words, decimal commas and dates are Russian. Empty is "not known". Several links
    of a slot stand in one cell with a space between; a link that is itself hidden is left out.
    """
    places = dict(zip(PLACE, places_of(page, territories), strict=True))
    row = {}
    for name, column in PAGES.items():
        if column.form:
            row[name] = column.form.write(getattr(page, name), russian=russian)
        else:
            row[name] = places.get(name, "")
    for link in page.links:
        if not link.hidden:
            row[link.slot] = f"{row[link.slot]} {url(link.link)}".lstrip()
    return row


def text_of(page: Page, column: Column, territories: Territories) -> str:
    """What stands in one column of the page's Russian row."""
    if column.form:
        return column.form.write(getattr(page, column.name), russian=True)
    if column.name in PLACE:
        return places_of(page, territories)[PLACE.index(column.name)]
    assert column.name in SLOTS
    return " ".join(url(x.link) for x in page.links if x.slot == column.name and not x.hidden)


def in_order(pages: Iterable[Page], territories: Territories) -> list[Page]:
    """The pages as an office lists them: by region, district, settlement and title."""
    return sorted(pages, key=lambda p: (*places_of(p, territories), p.title, p.id))


def places_of(page: Page, territories: Territories) -> tuple[str, str, str]:
    """The names of the page's region, district and settlement."""
    region = district = settlement = ""
    for territory in territories.path(page.territory):
        if territory.is_settlement:
            settlement = territory.name
        elif territory.parent is None:
            region = territory.name
        else:
            district = territory.name
    return region, district, settlement
