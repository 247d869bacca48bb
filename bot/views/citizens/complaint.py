"""The answer to a complaint: who we are, the right door, and whose pages may be of use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.utils.i18n import gettext
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import PlaceCard
from bot.views.citizens.results import listed, open_rows
from bot.views.entry import Entry
from bot.views.text import plain
from bot.views.view import Row, View, button, keyboard, lines, link, paragraphs, retype
from directory.model import Territory


@dataclass(frozen=True, slots=True)
class Addressees:
    """The pages of those who answer for `what` (English, for the catalogues) in `place`; None: the
    text names no place."""

    what: str
    place: Territory | None
    entries: Sequence[Entry]


def complaint(
    query: str,
    to: Addressees,
    others: Sequence[Entry],
    door: str,
    *,
    private: bool = True,
) -> View:
    """Answer a complaint or a letter to the authorities: the door, then whose page answers for it.

    `others` are pages that the words found, for when nobody is known to answer.
    """
    entries = to.entries or others
    heading = (
        _("Where else to turn ({what}):").format(what=gettext(to.what))
        if to.entries
        else _("These pages may be of use:")
    )
    text = paragraphs(
        _(
            "This looks like a complaint or a letter to the authorities. I am only a directory of "
            "official pages: I pass nothing on, and nobody reads this chat."
        ),
        _(
            "The state takes complaints at “Госуслуги. Решаем вместе”: the button is below. When "
            "life is in danger, call 112."
        ),
        lines(heading, listed(entries, 0)) if entries else "",
        _no_place(to),
    )
    rows: list[Row] = [_way(door), *open_rows(entries, 0)]
    if private and to.place is not None:
        rows.append([button(to.place.name, PlaceCard(territory=to.place.id))])
    if private:
        rows.append([retype(_("Search for this text"), query)])
    return View(text, keyboard(rows))


def _no_place(to: Addressees) -> str:
    if to.place is None:
        return _("Write the name of the place, and I will show the page of its administration.")
    if to.entries:
        return ""
    text = _("I know no page of this place ({place}) that could help with this.")
    return text.format(place=plain(to.place.name, 100))


def answers_elsewhere(says: str, found: View) -> View:
    """Tell who answers for a matter between people, and their page if there is one."""
    return View(paragraphs(plain(gettext(says)), found.text), found.keyboard)


def with_door(view: View, door: str) -> View:
    """Add the door for complaints below what was found for a text that may be one."""
    if any((each.url or "").startswith(door) for row in view.rows for each in row):
        return view
    told = _(
        "If you want to complain: I am only a directory and pass nothing on, “Решаем вместе” takes "
        "complaints."
    )
    return view.with_below(told, _way(door))


def _way(door: str) -> Row:
    return [link(_("Report a problem: “Решаем вместе”"), door)]
