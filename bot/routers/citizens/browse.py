"""/browse, /saved and /near: pages that no search asked for."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer

from bot.buttons.citizens import (
    AllPages,
    Browse,
    BrowsePlaces,
    Categories,
    Menu,
    Near,
    PagesFile,
    Saved,
)
from bot.people.reader import Reader, is_staff
from bot.screens.all_pages import all_pages, pages_file, shelf_for_file
from bot.screens.home import home_of
from bot.screens.nearby import near
from bot.screens.page_lists import categories, saved, shelf, top_shelf
from bot.talk.kinds import is_place
from bot.talk.send import answer, redraw, reply, send_file, send_keys
from bot.views.citizens import browse as views
from bot.views.citizens import hello
from bot.views.words import today
from directory.directory import Directory


async def browse(event: Message | CallbackQuery, directory: Directory) -> None:
    """Show where browsing begins."""
    await answer(event, await top_shelf(directory))


async def turn(
    press: CallbackQuery, callback_data: Browse | BrowsePlaces, directory: Directory
) -> None:
    """Show another shelf, or another screen of it."""
    await redraw(press, await shelf(directory, callback_data))


async def whole_list(
    press: CallbackQuery, callback_data: AllPages, directory: Directory, reader: Reader | None
) -> None:
    """All pages of a place or a topic, or another screen of them."""
    await redraw(press, await all_pages(directory, callback_data, staff=is_staff(reader)))


async def whole_file(
    press: CallbackQuery,
    callback_data: PagesFile,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """The same pages as a file, a few times an hour."""
    form = callback_data.form
    found = await shelf_for_file(directory, callback_data, press.from_user.id)
    callback_answer.disabled = True
    await press.answer()  # the file takes longer than a press may stay unanswered
    data = await pages_file(directory, found, form)
    name, caption = views.file_name(found, today(), form), views.file_caption(found, today())
    await send_file(press, data, name, caption)


async def spheres(press: CallbackQuery, callback_data: Categories, directory: Directory) -> None:
    """Show the categories of a shelf."""
    await redraw(press, await categories(directory, callback_data))


async def saved_pages(event: Message | CallbackQuery, directory: Directory) -> None:
    """Show the pages that the person saved."""
    if event.from_user is not None:
        await answer(event, await saved(directory, event.from_user.id, 0))


async def turn_saved(press: CallbackQuery, callback_data: Saved, directory: Directory) -> None:
    """Show another screen of the saved pages."""
    await redraw(press, await saved(directory, press.from_user.id, callback_data.n))


async def ask_place(message: Message, directory: Directory) -> None:
    """The request for a place, with a button that sends it; for who has named a place of their own,
    what is near that, too."""
    await send_keys(message, *hello.ask_place())
    own = await home_of(directory, message.chat.id)
    if own is not None and own.lat is not None and own.lon is not None:
        await reply(message, await near(directory, Near(lat=own.lat, lon=own.lon, n=0)))


async def near_pressed(press: CallbackQuery) -> None:
    """Ask for a place, from a button."""
    await send_keys(press, *hello.ask_place())


async def place_sent(message: Message, directory: Directory) -> None:
    """The pages nearest to a place, which is not kept."""
    if message.location is None:
        return
    here = Near(
        lat=round(message.location.latitude, 3), lon=round(message.location.longitude, 3), n=0
    )
    await reply(message, await near(directory, here))


async def turn_near(press: CallbackQuery, callback_data: Near, directory: Directory) -> None:
    """Show another screen of the nearest pages."""
    await redraw(press, await near(directory, callback_data))


def commands() -> Router:
    """Make the router of the commands and the buttons."""
    router = Router(name=__name__)
    router.message.register(browse, Command("browse"))
    router.callback_query.register(browse, Menu.filter(F.where == "browse"))
    router.callback_query.register(turn, Browse.filter())
    router.callback_query.register(turn, BrowsePlaces.filter())
    router.callback_query.register(whole_list, AllPages.filter())
    router.callback_query.register(whole_file, PagesFile.filter())
    router.callback_query.register(spheres, Categories.filter())
    router.message.register(saved_pages, Command("saved"))
    router.callback_query.register(turn_saved, Saved.filter())
    router.message.register(ask_place, Command("near"))
    router.callback_query.register(near_pressed, Menu.filter(F.where == "near"))
    router.callback_query.register(saved_pages, Menu.filter(F.where == "saved"))
    router.callback_query.register(turn_near, Near.filter())
    return router


def make() -> Router:
    """Make the router of what is no command."""
    router = Router(name=__name__)
    router.message.register(place_sent, is_place)
    return router
