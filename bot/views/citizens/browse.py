"""The directory as shelves: territories, categories and saved pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.bulk import BulkMenu
from bot.buttons.citizens import (
    AllPages,
    Browse,
    BrowsePlaces,
    Categories,
    Menu,
    PagesFile,
    PlaceCard,
    Saved,
)
from bot.buttons.fields import category_key
from bot.views.citizens.home import home_button
from bot.views.citizens.news import news_button, news_words
from bot.views.citizens.reports import suggest_row
from bot.views.citizens.results import listed, open_rows
from bot.views.entry import Entry
from bot.views.text import bold, plain
from bot.views.view import (
    Row,
    Screen,
    View,
    button,
    keyboard,
    lines,
    numbered,
    pager,
    paragraphs,
)
from bot.views.words import long_date, number, pages, topic_name
from directory.model import Territory


@dataclass(frozen=True, slots=True)
class Shelf:
    """A territory as one browses it; `territory` None is the whole country.

    `category` limits it to one category's pages (None: all). `total` counts the pages at the
    territory and below, `below` the territories right below that have any. `above` is the territory
    one level up; `is_top` tells that browsing begins here and there is no way up. `part` is one of
    `list_parts.PARTS` where an office works on no more of it; `total` counts that part then.
    """

    territory: Territory | None
    above: Territory | None
    is_top: bool
    category: str | None
    total: int
    below: int
    part: str = ""

    @property
    def number(self) -> int:
        """Return the territory's number as buttons carry it."""
        return self.territory.id if self.territory else 0

    @property
    def key(self) -> str:
        """Return the category as buttons carry it."""
        return "" if self.category is None else category_key(self.category)


def shelf(at: Shelf, entries: Sequence[Entry], screen: Screen) -> View:
    """Show the pages right at a territory, those of this screen, and the ways on."""
    listing = listed(entries, screen.start, place=False)
    text = paragraphs(_heading(at), pages(at.total), listing, screen.title)
    rows = open_rows(entries, screen.start, place=False)
    rows.append(pager(screen, lambda n: Browse(territory=at.number, category=at.key, n=n)))
    return View(text, keyboard([*rows, *_below(at), *_ways_on(at)]))


def all_pages(at: Shelf, entries: Sequence[Entry], screen: Screen, *, staff: bool = False) -> View:
    """Show all pages at a territory and below, those of this screen; narrower lists, and the file;
    for `staff` a way to change them all."""
    place = bool(at.below)  # else all are of the one in the heading
    text = paragraphs(
        _heading(at), pages(at.total), listed(entries, screen.start, place=place), screen.title
    )
    rows = open_rows(entries, screen.start, place=place)
    rows.append(pager(screen, lambda n: AllPages(territory=at.number, category=at.key, n=n)))
    rows += _below(at)
    excel = PagesFile(territory=at.number, category=at.key, form="xlsx")
    csv = PagesFile(territory=at.number, category=at.key, form="csv")
    rows.append([button(_("As an Excel file"), excel), button(_("As a CSV file"), csv)])
    if staff:
        every = BulkMenu(territory=at.number, category=at.key)
        rows.append([button(_("Change all of them…"), every)])
    return View(text, keyboard([*rows, *_ways_on(at, listed=True)]))


def file_caption(at: Shelf, day: date) -> str:
    """Return what a file has, and of which day: it will be passed on."""
    told = _("{pages} as of {date}. Hidden and closed pages are not in it.")
    return lines(_heading(at), told.format(pages=pages(at.total), date=long_date(day)))


def file_name(at: Shelf, day: date, form: str) -> str:
    """Name a file by what it has, in letters that every system takes."""
    words = (at.territory.name if at.territory else "", at.category or "")
    plain_words = re.sub(r"[^\w-]+", "-", "-".join(word for word in words if word)).strip("-")
    return f"{plain_words or 'pages'}-{day:%Y-%m-%d}.{form}"


def too_many(at: Shelf, most: int) -> str:
    """Tell that a list is too long for a file."""
    told = _("{pages}: too many for a file of {most}. Choose a place or a topic.")
    return told.format(pages=pages(at.total), most=number(most))


def too_often(minutes: int) -> str:
    """Tell somebody who has taken many files when the next one is given."""
    return ngettext(
        "You have taken many files: the next one in {n} minute.",
        "You have taken many files: the next one in {n} minutes.",
        minutes,
    ).format(n=minutes)


def places(at: Shelf, counted: Sequence[tuple[Territory, int]], screen: Screen) -> View:
    """Show the territories right below, those of this screen, each with the number of its pages."""
    text = paragraphs(_heading(at), pages(at.total), _("Choose a place."), screen.title)
    rows = [[button(f"{t.name} — {number(n)}", _narrower(t.id, at.key))] for t, n in counted]
    rows.append(pager(screen, lambda n: BrowsePlaces(territory=at.number, category=at.key, n=n)))
    return View(text, keyboard([*rows, *_ways_on(at)]))


def categories(at: Shelf, counted: Sequence[tuple[str, int]], screen: Screen) -> View:
    """Show the categories of a territory's pages, each with the number of pages."""
    text = paragraphs(_heading(at), _("Choose a topic."), screen.title)
    rows = _spheres(at, counted)
    rows.append(pager(screen, lambda n: Categories(territory=at.number, n=n)))
    rows.append([button(_("Every topic"), Browse(territory=at.number))])
    return View(text, keyboard(rows))


def place(
    at: Shelf, entries: Sequence[Entry], counted: Sequence[tuple[str, int]], *, private: bool
) -> View:
    """Show a place: its authority and head with their links, and how many pages of which sphere."""
    former = at.territory.former_names if at.territory else ()
    text = paragraphs(
        lines(
            _heading(at),
            _("Formerly: {names}").format(names=plain(", ".join(former), 200)) if former else "",
            plain(at.above.name) if at.above else "",
        ),
        lines(
            _("The directory has no page of the local authority yet.")
            if not (entries and at.total)
            else "",
            _("Perhaps you were looking for:") if entries and not at.total else "",
        ),
        listed(entries, 0, place=False, addresses=True),
        pages(at.total) if at.total else "",
    )
    rows = open_rows(entries, 0, place=False)
    if private:
        rows += [*_spheres(at, counted), *_below(at), *_ways_on(at)]
        if not at.total:
            rows.append(suggest_row())
    return View(text, keyboard(rows))


def which_place(paths: Sequence[Sequence[Territory]]) -> View:
    """Places of one name, each with those around it from the region down."""
    told = [
        lines(f"{number}. {bold(path[-1].name)}", plain(", ".join(t.name for t in path[:-1])))
        for number, path in enumerate(paths, 1)
    ]
    rows = [
        [numbered(n, path[-1].name, path[0].name, PlaceCard(territory=path[-1].id))]
        for n, path in enumerate(paths, 1)
    ]
    text = paragraphs(_("There are several such places. Which one?"), lines(*told))
    return View(text, keyboard(rows))


def _below(at: Shelf) -> list[Row]:
    if not at.below:
        return []
    below = _("Territories below: {n}").format(n=at.below)
    return [[button(below, BrowsePlaces(territory=at.number, category=at.key))]]


def _spheres(at: Shelf, counted: Sequence[tuple[str, int]]) -> list[Row]:
    return [
        [
            button(
                f"{topic_name(category)} — {number(n)}",
                AllPages(territory=at.number, category=category_key(category)),
            )
        ]
        for category, n in counted
    ]


def saved(entries: Sequence[Entry], screen: Screen, *, told: bool) -> View:
    """Show the pages that a person saved, by place; `told`: they are written to of changes."""
    if not entries:
        text = _("Nothing is saved yet. Every card has the button “Save”.")
        return View(text, keyboard([[button(_("Browse the directory"), Menu(where="browse"))]]))
    told_by_place, start = [], screen.start
    for place, same in groupby(entries, key=lambda entry: entry.place):
        group = list(same)
        where = plain(", ".join(place), 150) or _("The whole country")
        told_by_place.append(lines(f"<i>{where}</i>", listed(group, start, place=False)))
        start += len(group)
    text = paragraphs(
        bold(_("Saved pages")), *told_by_place, screen.title, news_words() if told else ""
    )
    rows = [*open_rows(entries, screen.start), pager(screen, lambda n: Saved(n=n))]
    return View(text, keyboard([*rows, [news_button(told=told)]]))


def _heading(at: Shelf) -> str:
    name = bold(at.territory.name if at.territory else _("The whole directory"))
    return name if at.category is None else f"{name} · {plain(topic_name(at.category))}"


def _narrower(territory: int, key: str) -> AllPages | Browse:
    """Return what a place opens in a list of places: all of the topic, or where one browses on."""
    if key:
        return AllPages(territory=territory, category=key)
    return Browse(territory=territory)


def _ways_on(at: Shelf, *, listed: bool = False) -> list[Row]:
    """Return the ways on; `listed`: from the list of all pages, which is none of them."""
    rows: list[Row] = []
    if at.total:
        rows.append([button(_("By topic"), Categories(territory=at.number))])
    if at.total and not listed:
        whole = AllPages(territory=at.number, category=at.key)
        rows.append([button(_("All pages: list and file"), whole)])
    if at.territory is not None:
        rows.append([home_button(at.territory)])
    if not at.is_top:
        upper = at.above.id if at.above else 0
        name = at.above.name if at.above else _("The whole directory")
        up = button(_("Up: {name}").format(name=name), _narrower(upper, at.key))
        rows.append([up])
    return rows
