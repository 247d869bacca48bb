"""Owners merge, rename and take out territories; nothing happens before what would move is seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.territories import ChangeLand, Land, Lands, MergeLand
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply
from bot.views.owners import territories as views
from bot.views.view import View
from directory.directory import Directory
from directory.editing import territory_merging
from directory.editing.territory_merging import UnmergeableError
from directory.model import Territory
from directory.rights import Rights, Role
from directory.store import records
from directory.store.precaution import copy_before
from directory.store.revisions import ConflictError


async def ask_name(press: CallbackQuery, callback_data: Lands) -> None:
    """Be asked for a name."""
    if callback_data.into:
        await ask(press, views.into_which(), about=str(callback_data.into))
    else:
        await ask(press, views.which())


async def name_given(message: Message, directory: Directory, into: str) -> None:
    """The territories of the name."""
    gone = directory.territories.get(int(into)) if into.isdecimal() else None
    name = message.text or ""
    tree = directory.territories
    named = sorted(tree.named(name), key=lambda t: (not _is_at_home(directory, t), t.name, t.id))
    paths = [tree.path(place.id) for place in named if gone is None or place.id != gone.id]
    await reply(message, views.found(name, paths, gone))


async def show_land(press: CallbackQuery, callback_data: Land, directory: Directory) -> None:
    """One territory."""
    tree = directory.territories
    path = tree.path(callback_data.territory)
    if not path:
        await redraw(press, views.no_more())
        return
    async with directory.db.read() as connection:
        pages = await records.pages_at(connection, tree.subtree(path[-1].id))
    await redraw(press, views.land(path, len(pages), tree.children(path[-1].id)))


async def show_moves(press: CallbackQuery, callback_data: MergeLand, directory: Directory) -> None:
    """What merging would move."""
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


async def merge(
    press: CallbackQuery, callback_data: MergeLand, directory: Directory, rights: Rights
) -> None:
    """Merge."""
    tree = directory.territories
    gone, into = tree.get(callback_data.gone), tree.get(callback_data.into)
    if gone and into:
        async with directory.db.read() as connection:
            moving = await records.pages_at(connection, tree.subtree(gone.id))
        await copy_before(directory.db, "merge", len(moving))

    async def work(connection: AsyncConnection, place: Territory) -> View:
        assert into is not None, "it is looked for before"
        done = await territory_merging.merge(connection, tree, place, into, press.from_user.id)
        return views.changed(into, done.revision, was=place.name)

    await redraw(press, await _done(directory, rights, gone if into else None, work))


async def ask_new_name(press: CallbackQuery, callback_data: ChangeLand) -> None:
    """Be asked for the new name."""
    await ask(press, views.new_name(), about=str(callback_data.territory))


async def rename(message: Message, directory: Directory, rights: Rights, territory: int) -> None:
    """Rename."""
    tree = directory.territories

    async def work(connection: AsyncConnection, place: Territory) -> View:
        name = message.text or ""
        renamed, number = await territory_merging.rename(
            connection, tree, place, name, message.chat.id
        )
        return views.changed(renamed, number, was=place.name)

    await reply(message, await _done(directory, rights, tree.get(territory), work))


async def take_out(
    press: CallbackQuery, callback_data: ChangeLand, directory: Directory, rights: Rights
) -> None:
    """Take a territory without pages out."""
    tree = directory.territories

    async def work(connection: AsyncConnection, place: Territory) -> View:
        number = await territory_merging.abolish(connection, tree, place, press.from_user.id)
        return views.taken_out(place, number)

    await redraw(press, await _done(directory, rights, tree.get(callback_data.territory), work))


async def _done(
    directory: Directory,
    rights: Rights,
    place: Territory | None,
    work: Callable[[AsyncConnection, Territory], Awaitable[View]],
) -> View:
    """The outcome of a change of a territory, or why it was not made."""
    if place is None:
        return views.no_more()
    try:
        async with directory.db.write() as connection:
            await still(connection, rights, Role.OWNER)
            view = await work(connection, place)
    except UnmergeableError as error:
        return views.refused(str(error))
    except ConflictError:  # somebody else was faster
        return views.no_more()
    finally:
        await directory.refresh()
    return view


def _is_at_home(directory: Directory, place: Territory) -> bool:
    home = directory.home
    return home is not None and directory.territories.within(place.id, home.id)


async def _names(message: Message) -> dict[str, str] | bool:
    """A reply with the name of a territory; `into` is the one that goes, "" for none."""
    if (gone := answered(message, views.into_which())) is not None:
        return {"into": gone}
    return {"into": ""} if answered(message, views.which()) is not None else False


async def _renames(message: Message) -> dict[str, int] | bool:
    about = answered(message, views.new_name())
    return {"territory": int(about)} if about and about.isdecimal() else False


def make() -> Router:
    router = admin_router(__name__, Role.OWNER)
    router.callback_query.register(ask_name, Lands.filter())
    router.message.register(name_given, _names)
    router.callback_query.register(show_land, Land.filter())
    router.callback_query.register(merge, MergeLand.filter(F.sure))
    router.callback_query.register(show_moves, MergeLand.filter())
    router.callback_query.register(ask_new_name, ChangeLand.filter(F.what == "name"))
    router.callback_query.register(take_out, ChangeLand.filter(F.what == "out"))
    router.message.register(rename, _renames)
    return router
