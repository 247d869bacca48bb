"""Pages that stand twice: the list of them, and merging two into one."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.fields import page_key
from bot.buttons.trust import Different, DoubleList, Merge, SameAs
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.screens.page_entries import entries_meant
from bot.talk.progress import BEFOREHAND
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply, send
from bot.views.editors import doubles as views
from bot.views.view import SCREEN, View, screen
from directory.directory import Directory
from directory.editing.doubles import doubles, read_for_doubles, told_apart
from directory.editing.page_merging import propose_merge
from directory.model import Action, Origin
from directory.rights import Rights
from directory.store import audit, records, reports, revisions
from directory.store.audit import Act
from directory.store.change_log import changed_since
from directory.store.precaution import copy_before


async def show(
    press: CallbackQuery, callback_data: DoubleList, directory: Directory, rights: Rights
) -> None:
    """The pairs of which this editor may change both."""
    await redraw(press, await _list(directory, rights, callback_data.n))


async def _list(directory: Directory, rights: Rights, n: int) -> View:
    tree = directory.territories
    async with directory.db.read() as connection:
        pages, shared, apart = await read_for_doubles(connection)
    found = [
        pair
        for pair in await asyncio.to_thread(doubles, pages, shared, tree, apart)
        if rights.may(pair.one, tree) and rights.may(pair.other, tree)
    ]
    at = screen(n, len(found))
    return views.double_list(found[at.start : at.start + SCREEN], at, tree)


async def tell_apart(
    press: CallbackQuery,
    callback_data: Different,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """These are two: the list names them no longer."""
    tree = directory.territories
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        ids = await _ids(connection, callback_data)
        found = await records.read_pages(connection, ids)
        pair = " ".join(sorted(ids))
        if len(found) == len(ids) and all(rights.may(page, tree) for page in found):
            if frozenset(ids) not in await told_apart(connection):
                await audit.record(connection, press.from_user.id, Act.DIFFERENT, subject=pair)
            callback_answer.text = views.noted_apart()
    await redraw(press, await _list(directory, rights, 0))


async def ask_same(press: CallbackQuery, callback_data: SameAs) -> None:
    """Which other page is it?"""
    await ask(press, views.same_as(), views.same_as_hint(), about=callback_data.page)


async def take_same(message: Message, page: str, directory: Directory, rights: Rights) -> None:
    """The other page in words: what merging would do, or a choice."""
    meant, sure = await entries_meant(directory, message.text or "", but=page)
    if not meant:
        await ask(message, views.same_as(), views.nothing_like_it(), about=page)
    elif sure:
        async with directory.db.read() as connection:
            view = await _preview(connection, directory, rights, page, meant[0].page.id)
        await reply(message, view)
    else:
        await reply(message, views.which_same(page, meant))


async def look(
    press: CallbackQuery, callback_data: Merge, directory: Directory, rights: Rights
) -> None:
    """What merging would do."""
    async with directory.db.read() as connection:
        one, other = await _ids(connection, callback_data)
        newer = callback_data.newer
        view = await _preview(connection, directory, rights, one, other, newer=newer)
    await send(press, view)


async def merge(
    press: CallbackQuery, callback_data: Merge, directory: Directory, rights: Rights
) -> None:
    """Merge: what was previewed, and nothing else."""
    async with directory.db.read() as connection:  # pages that refer to the one that goes change
        one, other = await _ids(connection, callback_data)
        found = await propose_merge(connection, rights, one, other, newer_says=callback_data.newer)
    await copy_before(directory.db, "merge", len(found.changes) if found else 0)
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        view = await _merge(connection, directory, rights, press.from_user.id, callback_data)
    await directory.refresh()
    await redraw(press, view)


async def _merge(
    connection: AsyncConnection, directory: Directory, rights: Rights, actor: int, of: Merge
) -> View:
    one, other = await _ids(connection, of)
    proposed = await propose_merge(connection, rights, one, other, newer_says=of.newer)
    if proposed is None:
        return views.not_there()
    tree = directory.territories
    if proposed.refused:
        return views.preview(proposed, tree, newer=of.newer)
    if await changed_since(connection, [proposed.kept.id, proposed.gone.id], of.revision):
        return views.preview(proposed, tree, newer=of.newer, above=views.meanwhile())
    note = f"{proposed.gone.title} → {proposed.after.title}"
    origin = Origin(Action.MERGE_PAGES, actor, note=note)
    revision = await revisions.apply(connection, proposed.changes, origin)
    # Who runs the page that goes has not proved anything of the one that stays: they stay behind.
    await reports.move(connection, proposed.gone.id, proposed.kept.id)
    return views.merged(proposed, revision)


async def _preview(
    connection: AsyncConnection,
    directory: Directory,
    rights: Rights,
    one: str,
    other: str,
    *,
    newer: bool = False,
) -> View:
    proposed = await propose_merge(connection, rights, one, other, newer_says=newer)
    if proposed is None:
        return views.not_there()
    return views.preview(proposed, directory.territories, newer=newer)


async def _ids(connection: AsyncConnection, of: Merge | Different) -> tuple[str, str]:
    """The ids of the pages that a button names, "" for one that is no more."""
    keys = {page_key(page): page for page in await records.page_ids(connection)}
    return keys.get(of.one, ""), keys.get(of.other, "")


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.same_as())
    return {"page": about} if about else False


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(show, DoubleList.filter(), flags=BEFOREHAND)
    router.callback_query.register(tell_apart, Different.filter())
    router.callback_query.register(ask_same, SameAs.filter())
    router.callback_query.register(look, Merge.filter(F.revision == 0))
    router.callback_query.register(merge, Merge.filter())
    router.message.register(take_same, _replies)
    return router
