"""The directory as shelves: territories, categories, saved and near pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.callbacks import Browse, Categories, Menu, Near, Saved, category_key
from bot.entries import Entry
from bot.views.results import listed, open_rows
from bot.views.text import bold, plain
from bot.views.view import Screen, View, button, keyboard, pager, paragraphs
from bot.views.words import pages
from directory.model import Territory
from directory.store.listing import Place


@dataclass(frozen=True, slots=True)
class Shelf:
    """A territory with its pages and what lies below it; `territory` None is the whole country.

    `is_top` tells that browsing begins here: there is no way up. `below` are the territories of
    this screen, each with the number of pages in it; `entries` the pages of this screen that stand
    right at the territory, the first with number `first` + 1.
    """

    territory: Territory | None
    above: Territory | None
    is_top: bool
    category: str | None
    total: int
    below: Sequence[tuple[Territory, int]]
    entries: Sequence[Entry]
    first: int


def shelf(at: Shelf, screen: Screen) -> View:
    """A territory's screen."""
    key = "" if at.category is None else category_key(at.category)
    place = at.territory.id if at.territory else 0
    name = at.territory.name if at.territory else _("The whole directory")
    of_category = "" if at.category is None else f" · {plain(_category(at.category))}"
    text = paragraphs(
        bold(name) + of_category,
        pages(at.total),
        listed(at.entries, at.first, place=False),
        screen.title,
    )
    rows = [[button(f"{t.name} — {n}", Browse(territory=t.id, category=key))] for t, n in at.below]
    rows += open_rows(at.entries, at.first)
    rows.append(pager(screen, lambda n: Browse(territory=place, category=key, n=n)))
    rows.append(_ways_on(at, place, key))
    return View(text, keyboard(rows))


def categories(
    territory: Territory | None, counted: Sequence[tuple[str, int]], screen: Screen
) -> View:
    """The categories of a territory's pages, each with the number of pages."""
    place = territory.id if territory else 0
    name = territory.name if territory else _("The whole directory")
    text = paragraphs(bold(name), _("Choose a sphere."), screen.title)
    rows = [
        [
            button(
                f"{_category(category)} — {n}",
                Browse(territory=place, category=category_key(category)),
            )
        ]
        for category, n in counted
    ]
    rows.append(pager(screen, lambda n: Categories(territory=place, n=n)))
    rows.append([button(_("By territory"), Browse(territory=place))])
    return View(text, keyboard(rows))


def saved(entries: Sequence[Entry], screen: Screen) -> View:
    """The pages that a person saved."""
    if not entries:
        text = _("Nothing is saved yet. Every card has the button “Save”.")
        return View(text, keyboard([[button(_("Browse the directory"), Menu(where="browse"))]]))
    text = paragraphs(bold(_("Saved pages")), listed(entries, screen.start), screen.title)
    rows = [*open_rows(entries, screen.start), pager(screen, lambda n: Saved(n=n))]
    return View(text, keyboard(rows))


def near(
    entries: Sequence[Entry], places: Sequence[Place], lat: float, lon: float, screen: Screen
) -> View:
    """The nearest pages."""
    if not entries:
        return View(_("No page of the directory has a place yet."))
    far = {place.id: _distance(place) for place in places}
    text = paragraphs(bold(_("Nearest to you")), listed(entries, screen.start, far), screen.title)
    rows = open_rows(entries, screen.start)
    rows.append(pager(screen, lambda n: Near(lat=lat, lon=lon, n=n)))
    return View(text, keyboard(rows))


def _distance(place: Place) -> str:
    if place.exact:
        return _("about {n:.1f} km").format(n=place.kilometres)
    return _("about {n:.0f} km to the centre of its territory").format(n=place.kilometres)


def _category(category: str) -> str:
    return category or _("no sphere")


def _ways_on(at: Shelf, place: int, key: str) -> list[InlineKeyboardButton]:
    row = [button(_("By sphere"), Categories(territory=place))]
    if not at.is_top:
        upper = at.above.id if at.above else 0
        name = at.above.name if at.above else _("The whole directory")
        row.append(button(_("Up: {name}").format(name=name), Browse(territory=upper, category=key)))
    return row
