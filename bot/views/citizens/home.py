"""A person's own place, whose pages they see first, and the network whose links they do."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import BrowsePlaces, Home, Menu, NetworkFirst, PlaceCard
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, pairs, paragraphs
from bot.views.words import slot_name
from directory.model import NETWORKS, Territory


def home_button(place: Territory, *, named: bool = False) -> InlineKeyboardButton:
    """The button that makes a place one's own."""
    text = _("This is my place")
    return button(f"{text}: {place.name}" if named else text, Home(territory=place.id))


def home(place: Territory | None, region: Territory | None, network: str) -> View:
    """Which place and which network ("": none) are the person's, and how to choose; `region` is
    the bot's."""
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
            _network(network),
        )
        return View(text, keyboard([*ways, *_networks(network)]))
    text = paragraphs(
        bold(_("Your place: {place}").format(place=place.name)),
        _("I show its pages first, to you alone. I keep only which place it is."),
        _network(network),
    )
    rows = [
        [button(_("Open: {title}").format(title=place.name), PlaceCard(territory=place.id))],
        *ways,
        [button(_("Show no place first"), Home())],
        *_networks(network),
    ]
    return View(text, keyboard(rows))


def _network(network: str) -> str:
    if not network:
        return _("Which network do you use? Press it, and cards will have it first.")
    told = _("First on cards: {network}, for you alone.")
    return told.format(network=slot_name(network))


def _networks(network: str) -> list[Row]:
    others = [button(slot_name(x), NetworkFirst(network=x)) for x in NETWORKS if x != network]
    none = [button(_("No network first"), NetworkFirst())] if network else []
    return pairs([*others, *none])


def with_network(view: View, network: str) -> View:
    """A card found by the name of a network, and the button that keeps it first."""
    text = _("Always show first: {network}").format(network=slot_name(network))
    return view.with_below("", [button(text, NetworkFirst(network=network))])


def asked_often(view: View, place: Territory) -> View:
    """An answer, and the question, asked once, whether the place is the person's."""
    told = _("Is {place} your place? I can show its pages first.").format(place=plain(place.name))
    return view.with_below(told, [button(_("Yes, show it first"), Home(territory=place.id))])
