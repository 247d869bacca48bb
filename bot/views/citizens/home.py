"""A person's own place, whose pages they see first."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import BrowsePlaces, Home, Menu, PlaceCard
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, paragraphs
from directory.model import Territory


def home_button(place: Territory, *, named: bool = False) -> InlineKeyboardButton:
    """The button that makes a place one's own."""
    text = _("This is my place")
    return button(f"{text}: {place.name}" if named else text, Home(territory=place.id))


def home(place: Territory | None, region: Territory | None) -> View:
    """Which place is the person's, and how to choose one; `region` is the bot's."""
    ways: list[Row] = [
        [button(_("Choose from the list"), BrowsePlaces(territory=region.id if region else 0))],
        [button(_("By where I am"), Menu(where="near"))],
    ]
    if place is None:
        text = paragraphs(
            bold(_("Your place is not chosen")),
            _(
                "With a place, “school 5” or “the head of my okrug” mean those of your place "
                "first. Write its name and press “This is my place”, or choose it here."
            ),
        )
        return View(text, keyboard(ways))
    text = paragraphs(
        bold(_("Your place: {place}").format(place=place.name)),
        _("I show its pages first, to you alone. I keep only which place it is."),
    )
    rows = [
        [button(_("Open: {title}").format(title=place.name), PlaceCard(territory=place.id))],
        *ways,
        [button(_("Show no place first"), Home())],
    ]
    return View(text, keyboard(rows))


def asked_often(view: View, place: Territory) -> View:
    """An answer, and the question, asked once, whether the place is the person's."""
    told = _("Is {place} your place? I can show its pages first.").format(place=plain(place.name))
    rows = view.keyboard.inline_keyboard if view.keyboard else []
    yes = [button(_("Yes, show it first"), Home(territory=place.id))]
    return View(paragraphs(view.text, told), keyboard([*rows, yes]))
