"""Owners merge, rename and take out territories; nothing happens before what would move is seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.territories import ChangeLand, Land, Lands, MergeLand
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.questions import NUMBER, Replies, ask
from bot.talk.send import redraw, reply
from bot.views.owners import territories as views
from bot.views.view import View
from directory.directory import Directory
from directory.editing import territory_merging
from directory.editing.territory_merging import UnmergeableError
from directory.model import Territory
from directory.rights import Role
from directory.store import records
from directory.store.precaution import copy_before
from directory.store.revisions import ConflictError


async def ask_name(press: CallbackQuery, callback_data: Lands) -> None:
    """Ask for the name of a territory."""
    if callback_data.into:
        await ask(press, views.into_which(), about=str(callback_data.into))
    else:
        await ask(press, views.which())


async def name_given(message: Message, about: str, directory: Directory) -> None:
    """List the territories of the name; the question is `about` the one that goes, "" for none."""
    gone = directory.territories.get(int(about)) if about else None
    name = message.text or ""
    tree = directory.territories
    named = sorted(tree.named(name), key=lambda t: (not _is_at_home(directory, t), t.name, t.id))
    paths = [tree.path(place.id) for place in named if gone is None or place.id != gone.id]
    await reply(message, views.found(name, paths, gone))


async def show_land(press: CallbackQuery, callback_data: Land, directory: Directory) -> None:
    """Show one territory and what can be done to it."""
    tree = directory.territories
    path = tree.path(callback_data.territory)
    if not path:
        await redraw(press, views.no_more())
        return
    async with directory.db.read() as connection:
        pages = await records.pages_at(connection, tree.subtree(path[-1].id))
    await redraw(press, views.land(path, len(pages), tree.children(path[-1].id)))


async def show_moves(press: CallbackQuery, callback_data: MergeLand, directory: Directory) -> None:
    """Show what merging would move."""
    tree = directory.territories
    gone, into = tree.get(callback_data.gone), tree.get(callback_data.into)
    if gone is None or into is None:
        await redraw(press, views.no_more())
        return
    try:
        async with directory.db.read() as connection:
            found = await territory_merging.moves(connection, tree, gone, into)
    except UnmergeableError as error:
        await redraw(press, views.refused(str(error)))
    else:
        await redraw(press, views.preview(gone, into, found))


async def merge(press: CallbackQuery, callback_data: MergeLand, office: Office) -> None:
    tree = office.directory.territories
    gone, into = tree.get(callback_data.gone), tree.get(callback_data.into)
    if gone is None or into is None:
        await redraw(press, views.no_more())
        return
    async with office.directory.db.read() as connection:
        moving = await records.pages_at(connection, tree.subtree(gone.id))
    await copy_before(office.directory.db, "merge", len(moving))

    async def work(connection: AsyncConnection) -> View:
        done = await territory_merging.merge(connection, tree, gone, into, office.person)
        return views.changed(into, done.revision, was=gone.name)

    await redraw(press, await _done(office, work))


async def ask_new_name(press: CallbackQuery, callback_data: ChangeLand) -> None:
    """Ask for the new name."""
    await ask(press, views.new_name(), about=str(callback_data.territory))


async def rename(message: Message, about: str, office: Office) -> None:
    tree = office.directory.territories
    place = tree.get(int(about))

    async def work(connection: AsyncConnection) -> View:
        if place is None:
            return views.no_more()
        name = message.text or ""
        renamed, number = await territory_merging.rename(
            connection, tree, place, name, office.person
        )
        return views.changed(renamed, number, was=place.name)

    await reply(message, await _done(office, work))


async def take_out(press: CallbackQuery, callback_data: ChangeLand, office: Office) -> None:
    """Take out a territory without pages."""
    tree = office.directory.territories
    place = tree.get(callback_data.territory)

    async def work(connection: AsyncConnection) -> View:
        if place is None:
            return views.no_more()
        return views.taken_out(
            place, await territory_merging.abolish(connection, tree, place, office.person)
        )

    await redraw(press, await _done(office, work))


async def _done(office: Office, change: Callable[[AsyncConnection], Awaitable[View]]) -> View:
    """Show the outcome of a change of a territory, or why it was not made."""
    try:
        async with office.write() as work:
            return await change(work.connection)
    except UnmergeableError as error:
        return views.refused(str(error))
    except ConflictError:  # somebody else was faster
        await office.directory.refresh()
        return views.no_more()


def _is_at_home(directory: Directory, place: Territory) -> bool:
    home = directory.home
    return home is not None and directory.territories.within(place.id, home.id)


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.callback_query.register(ask_name, Lands.filter())
    router.message.register(name_given, Replies(views.which, like=""))
    router.message.register(name_given, Replies(views.into_which, like=NUMBER))
    router.callback_query.register(show_land, Land.filter())
    router.callback_query.register(merge, MergeLand.filter(F.sure))
    router.callback_query.register(show_moves, MergeLand.filter())
    router.callback_query.register(ask_new_name, ChangeLand.filter(F.what == "name"))
    router.callback_query.register(take_out, ChangeLand.filter(F.what == "out"))
    router.message.register(rename, Replies(views.new_name, like=NUMBER))
    return router
