"""Whom to call when somebody is in danger."""

from __future__ import annotations

from aiogram.utils.i18n import gettext
from aiogram.utils.i18n import gettext as _

from bot.appeals.danger import Call
from bot.views.text import bold, plain
from bot.views.view import View, lines, paragraphs


def headline(call: Call) -> str:
    """Return the numbers in a few words, in plain text: the title of an inline result."""
    numbers = ", ".join(digits for digits, _name in call.numbers)
    return _("In danger, call {numbers}").format(numbers=numbers)


def numbers(call: Call) -> str:
    """Return the numbers, each in a line with what it is, and the advice."""
    return paragraphs(
        lines(
            bold(_("If somebody is in danger, call now:")),
            *(f"{bold(digits)} — {plain(gettext(name))}" for digits, name in call.numbers),
        ),
        plain(gettext(call.advice)) if call.advice else "",
        _("I am only a directory: I cannot call anybody for you."),
    )


def with_numbers(call: Call | None, view: View) -> View:
    """Put the numbers above the view, or in a line at its end when there is no haste."""
    if call is None:
        return view
    if call.now:
        return View(paragraphs(numbers(call), view.text), view.keyboard)
    return View(paragraphs(view.text, _in_a_line(call)), view.keyboard)


def _in_a_line(call: Call) -> str:
    listed = "; ".join(f"{digits} — {plain(gettext(name))}" for digits, name in call.numbers)
    return _("If it is happening now: {numbers}.").format(numbers=listed)
