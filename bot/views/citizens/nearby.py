"""The pages nearest to a place."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Menu, Near, Open
from bot.views.citizens.home import home_button
from bot.views.citizens.results import Sections, listed, open_rows
from bot.views.entry import Entry
from bot.views.text import bold
from bot.views.view import Screen, View, button, keyboard, pager, paragraphs
from bot.views.words import number
from directory.model import Territory
from directory.store.listing import Place


def near(
    entries: Sequence[Entry | Sections],
    found: Sequence[Place],
    lat: float,
    lon: float,
    screen: Screen,
    here: Territory | None = None,
) -> View:
    """Show the nearest pages; `here` is the okrug or city of the nearest."""
    if not entries:
        return View(_("No page of the directory has a place yet."))
    far = {place.id: _distance(place) for place in found}
    text = paragraphs(bold(_("Nearest to you")), listed(entries, screen.start, far), screen.title)
    rows = open_rows(entries, screen.start)
    rows.append(pager(screen, lambda n: Near(lat=lat, lon=lon, n=n)))
    if here is not None:
        rows.append([home_button(here, named=True)])
    return View(text, keyboard(rows))


def far(nearest: Entry, place: Place) -> View:
    """Tell that nothing is near, and how far the nearest page is."""
    text = _(
        "Nothing of this directory is near you: the nearest page is some {n:.0f} km away, {title}."
    ).format(n=place.kilometres, title=bold(nearest.page.title, 150))
    rows = [
        [button(_("Open: {title}").format(title=nearest.page.title), Open(page=nearest.page.id))],
        [button(_("By place and topic"), Menu(where="browse"))],
    ]
    return View(paragraphs(text, _("Write the name of a place to see its pages.")), keyboard(rows))


def _distance(place: Place) -> str:
    if place.exact:
        return _("about {n} km").format(n=number(round(place.kilometres, 1)))
    if place.kilometres < 1:
        return _("less than 1 km to the centre of its territory")
    return _("about {n:.0f} km to the centre of its territory").format(n=place.kilometres)
