"""What is added to an answer: the place that it lacks, a wider search, what is near."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import InPlace, Menu, PlaceCard, Wider
from bot.views.text import code, plain
from bot.views.view import View, button, keyboard, paragraphs
from bot.views.words import topic_name
from directory.model import Territory
from directory.search.answer import Lacking


def with_wider(view: View, query: str, place: str) -> View:
    """Add to what was found first in the asker's own place the way to look wider: the button finds
    the query in the message."""
    told = _("“{query}”: first what is of your place, {place}.").format(
        query=code(query), place=plain(place, 100)
    )
    wider = [button(_("Look wider"), Wider())]
    return View(paragraphs(told, view.text), keyboard([*view.rows, wider]))


def with_other_regions(view: View) -> View:
    """Add to a list of the region's own pages the way to those of other regions."""
    told = _("Other regions have such pages, too.")
    return view.with_below(told, [button(_("Look wider"), Wider())])


def place_question() -> str:
    """Ask for the place that completes what was asked."""
    return _("Which place?")


def with_place_asked(view: View, asked: InPlace | None) -> View:
    """Add to what was found the way to name the place: it may be written at once, too."""
    return view.with_below("", [button(_("Name the place"), asked)]) if asked else view


def read_with_place(view: View, query: str, place: Territory) -> View:
    """Add to what was found in the place that was named after the question the place itself."""
    card = button(place.name, PlaceCard(territory=place.id))
    there = {each.callback_data for row in view.rows for each in row}
    new = [card] if card.callback_data not in there else []
    told = _("Shown for “{query}”.").format(query=plain(query, 100))
    return View(paragraphs(told, view.text), keyboard([*view.rows, new]))


def with_place(view: View, lacking: Lacking, counted: Sequence[tuple[str, int]]) -> View:
    """Add to a guess what the directory has of the place that was named."""
    has = ", ".join(f"{plain(topic_name(name), 60)} — {n}" for name, n in counted if name)
    told = _("The directory has of this place: {spheres}.").format(spheres=has) if has else ""
    card = button(lacking.name, PlaceCard(territory=lacking.territory))
    others = [row for row in view.rows if row[0].callback_data != card.callback_data]
    return View(paragraphs(view.text, told), keyboard([[card], *others]))


def with_near(view: View) -> View:
    """Add to the answer to somebody who asks for what is near the way to send their place."""
    told = _("To see what is near you, send me your place.")
    return view.with_below(told, [button(_("Near me"), Menu(where="near"))])
