"""Places: their cards, which of them is a person's own, and which network is."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.buttons.citizens import Home, Menu, NetworkFirst, PlaceCard
from bot.people.reader import Reader
from bot.screens.home import home_of, network_of
from bot.screens.page_lists import place_card
from bot.talk.notices import out_of_date
from bot.talk.send import redraw, send
from bot.views.citizens import home as views
from directory.directory import Directory
from directory.model import NETWORKS
from directory.store import homes


async def show_place(
    press: CallbackQuery, callback_data: PlaceCard, directory: Directory, reader: Reader | None
) -> None:
    """The card of a place; in a group it takes the place of the list: one answer is one message."""
    view = await place_card(directory, callback_data.territory, private=reader is not None)
    if view is None:
        raise out_of_date()
    await (send if reader is not None else redraw)(press, view)


async def home_pressed(press: CallbackQuery, directory: Directory) -> None:
    """Which place is the person's, and how to choose one."""
    await _tell(press, directory)


async def chosen(press: CallbackQuery, callback_data: Home, directory: Directory) -> None:
    """Keep the place as the person's, or none."""
    place = directory.territories.get(callback_data.territory)
    if callback_data.territory and place is None:
        raise out_of_date()
    async with directory.db.write() as connection:
        await homes.set_home(connection, press.from_user.id, place.id if place else None)
    await directory.refresh()
    await _tell(press, directory)


async def network_chosen(
    press: CallbackQuery, callback_data: NetworkFirst, directory: Directory
) -> None:
    """Keep the network as the person's, or none."""
    if callback_data.network not in ("", *NETWORKS):
        raise out_of_date()
    async with directory.db.write() as connection:
        await homes.set_network(connection, press.from_user.id, callback_data.network)
    await directory.refresh()
    await _tell(press, directory)


async def _tell(press: CallbackQuery, directory: Directory) -> None:
    person = press.from_user.id
    place, network = await home_of(directory, person), await network_of(directory, person)
    await send(press, views.home(place, directory.home, network))


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(show_place, PlaceCard.filter())
    router.callback_query.register(home_pressed, Menu.filter(F.where == "home"))
    router.callback_query.register(chosen, Home.filter())
    router.callback_query.register(network_chosen, NetworkFirst.filter())
    return router
