"""The way on from an answer that is unsure or none: what was understood, and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import AllPages, Open, PlaceCard
from bot.buttons.fields import category_key
from bot.views.citizens.reports import suggest_row
from bot.views.text import plain
from bot.views.view import Row, View, button, lines
from bot.views.words import number, topic_name
from directory.model import Page, Territory

_WORDS = 4
"""Words that are told not to have been understood."""


@dataclass(frozen=True, slots=True)
class WayOn:
    """What of a query was understood: the `kind` of body as the query's words name it (""), the
    `place`, and the words that are neither. `topic` is that of such bodies, `at` where the
    directory has `n` of it (None: the whole country); `near` are places that are called alike.
    `book` is the page where people can book what such bodies do."""

    kind: str
    place: Territory | None
    rest: tuple[str, ...]
    topic: str
    at: Territory | None
    n: int
    near: Sequence[Territory]
    book: Page | None = None


def told(way: WayOn) -> str:
    """Return what was understood and what was not; "" when nothing was, which says itself."""
    known = [
        _("kind — {kind}").format(kind=plain(way.kind, 60)) if way.kind else "",
        _("place — {place}").format(place=plain(way.place.name, 80)) if way.place else "",
    ]
    known = [part for part in known if part]
    if not known:
        return ""
    words = [word for word in way.rest if not (way.kind and word.isdecimal())]
    rest = ", ".join(f"«{plain(word, 30)}»" for word in words[:_WORDS])
    return lines(
        _("I understood: {what}.").format(what=", ".join(known)),
        _("I did not understand: {words}.").format(words=rest) if rest else "",
    )


def ways(way: WayOn) -> list[Row]:
    """Return the lists in which the page may stand."""
    rows: list[Row] = []
    if way.book:
        name = _("Open: {title}").format(title=way.book.title)
        rows.append([button(name, Open(page=way.book.id))])
    if way.n:
        where = way.at.name if way.at else _("The whole directory")
        data = AllPages(territory=way.at.id if way.at else 0, category=category_key(way.topic))
        rows.append([button(f"{topic_name(way.topic)}: {where} — {number(way.n)}", data)])
    places = [*([way.place] if way.place else []), *way.near]
    rows += [[button(place.name, PlaceCard(territory=place.id))] for place in places]
    return rows


def with_way_on(view: View, way: WayOn) -> View:
    """Add to a guess these lists and «Предложить страницу»."""
    there = {each.callback_data for row in view.rows for each in row}
    new = [row for row in (*ways(way), suggest_row()) if row[0].callback_data not in there]
    return view.with_below(booking(way), *new)


def booking(way: WayOn) -> str:
    """That a doctor or a club can be booked elsewhere, too."""
    if way.book is None:
        return ""
    text = _("A doctor or a club can be booked on “{title}”, too.")
    return text.format(title=plain(way.book.title, 60))
