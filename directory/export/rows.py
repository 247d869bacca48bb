"""A page as the row of the directory file that says all the file can say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from directory.imports.columns import PAGE_COLUMNS
from directory.links import url
from directory.model import SLOTS, Page
from directory.territories import Territories

T = TypeVar("T")

_RUSSIAN = {
    "level": {
        "federal": "федеральный",
        "regional": "региональный",
        "municipal": "муниципальный",
        "settlement": "поселение",
    },
    "official_mark": {"yes": "да", "no": "нет"},
    "flagship": {"yes": "да", "no": "нет"},
    "status": {"active": "действует", "closed": "закрыта", "hidden": "скрыта"},
}


def row_of(page: Page, territories: Territories) -> dict[str, str]:
    """The texts of the page's row by column, all columns of the contract, in its order.

    The words are the contract's English ones, numbers have a decimal point, dates are ISO; empty
    is "not known". Several links of a slot stand in one cell with a space between; a link that is
    itself hidden is left out.
    """
    region, district, settlement = _places(page, territories)
    row = {
        "id": page.id,
        "title": page.title,
        "full_name": page.full_name,
        "category": page.category,
        "level": page.level.value if page.level else "",
        "region": region,
        "territory": district,
        "settlement": settlement,
        "person": page.person,
        "post": page.post,
        "address": page.address,
        "phone": page.phone,
        "lat": _text(page.lat, repr),
        "lon": _text(page.lon, repr),
        **dict.fromkeys(SLOTS, ""),
        "official_mark": _text(page.official_mark, _yes_or_no),
        "flagship": _text(page.flagship, _yes_or_no),
        "subscribers": _text(page.subscribers, str),
        "aliases": " | ".join(page.aliases),
        "parent": page.parent,
        "successor": page.successor,
        "status": page.status.value,
        "source": page.source,
        "checked_at": _text(page.checked_at, date.isoformat),
    }
    for link in page.links:
        if not link.hidden:
            row[link.slot] = f"{row[link.slot]} {url(link.link)}".lstrip()
    return row


def in_russian(row: dict[str, str]) -> dict[str, str]:
    """The same row under the Russian headers, in Russian words and with decimal commas."""
    return {
        PAGE_COLUMNS[name]: text.replace(".", ",")
        if name in ("lat", "lon")
        else _RUSSIAN.get(name, {}).get(text, text)
        for name, text in row.items()
    }


def in_order(pages: Iterable[Page], territories: Territories) -> list[Page]:
    """The pages as an office lists them: by region, district, settlement and title."""
    return sorted(pages, key=lambda p: (*_places(p, territories), p.title, p.id))


def _places(page: Page, territories: Territories) -> tuple[str, str, str]:
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


def _text(value: T | None, write: Callable[[T], str]) -> str:
    return "" if value is None else write(value)


def _yes_or_no(mark: bool) -> str:
    return "yes" if mark else "no"
