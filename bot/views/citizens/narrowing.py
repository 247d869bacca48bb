"""Narrowing a list of search results by place and by topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Narrow, ResultsIn, TurnResults
from bot.views.text import code, plain
from bot.views.view import Row, Screen, View, button, keyboard, pager, paragraphs
from bot.views.words import topic_name

By = Literal["place", "topic"]
"""By what a list is narrowed."""


def ways(by: Sequence[By], at: ResultsIn) -> Row:
    """Return the buttons below the list `at`."""
    names = {"place": _("By place"), "topic": _("By topic")}
    return [
        button(names[each], Narrow(by=each, territory=at.territory, category=at.category))
        for each in by
    ]


def groups(
    query: str,
    at: Narrow,
    counted: Sequence[tuple[str, int, ResultsIn]],
    screen: Screen,
    *,
    cut: bool,
) -> View:
    """Show the places or topics to choose from; `cut`: there are more pages than were counted."""
    asked = _("Choose a place.") if at.by == "place" else _("Choose a topic.")
    text = paragraphs(_("Found for “{query}”.").format(query=code(query)), asked, screen.title)
    more = "+" if cut else ""
    called = topic_name if at.by == "topic" else str
    rows = [[button(f"{called(name)} — {n}{more}", data)] for name, n, data in counted]
    rows.append(pager(screen, lambda n: at.model_copy(update={"n": n})))
    return with_all(View(text, keyboard(rows)))


def narrowed_to(place: str, topic: str) -> str:
    """Return what a narrowed list is of."""
    named = plain(place, 100), plain(topic and topic_name(topic), 60)
    what = ", ".join(filter(None, named))
    return _("Only: {what}.").format(what=what) if what else ""


def with_all(view: View) -> View:
    """Add to a view the way back to the whole list."""
    return view.with_below("", [button(_("All that was found"), TurnResults(n=0))])
