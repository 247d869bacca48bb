"""Changing a whole list of pages at once: a field for all, or hiding all."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.bulk import HIDE, BulkAsk, BulkDo, BulkMenu
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.screens.all_pages import ids_of
from bot.screens.page_entries import entries_meant
from bot.screens.page_lists import shelf_of
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply
from bot.views.citizens.browse import Shelf
from bot.views.editors import bulk as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.editing import bulk
from directory.editing.bulk import BulkChange
from directory.editing.edit import is_cleared
from directory.file.columns import PAGE_COLUMNS
from directory.model import Action, Origin
from directory.references import REFERENCES
from directory.rights import Rights
from directory.store import revisions
from directory.store.change_log import changed_since
from directory.store.precaution import copy_before
from directory.text import clean

_LONGEST = 300
"""Characters of a value: the preview, which carries it, must fit into a message."""


@dataclass(frozen=True, slots=True)
class BulkWork:
    """What is to be done with which list, with this value."""

    at: Shelf
    what: str
    value: str


async def menu(
    press: CallbackQuery,
    callback_data: BulkMenu,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """What can be done with the list?"""
    at = await _shelf(directory, callback_data)
    if at is None:
        callback_answer.text = _stale()
    else:
        await redraw(press, views.too_many(bulk.MOST) if at.total > bulk.MOST else views.menu(at))


async def ask_value(
    press: CallbackQuery,
    callback_data: BulkAsk,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """Which value, or for which reason?"""
    at = await _shelf(directory, callback_data)
    if at is None or not _is_known(callback_data.what):
        callback_answer.text = _stale()
    else:
        await _ask(press, directory, at, callback_data.what)


async def take_value(message: Message, about: str, directory: Directory, rights: Rights) -> None:
    """The value: what it would do, or the question again with what is wrong."""
    number, key, what = about.split(" ")
    at = await shelf_of(directory, int(number), key.strip("-"))
    if at is None or not _is_known(what):
        await reply(message, View(_stale()))
        return
    value = clean(message.text or "")
    if len(value) > _LONGEST:
        await _ask(message, directory, at, what, views.too_long(_LONGEST))
        return
    if what in REFERENCES and not is_cleared(what, value):
        meant, sure = await entries_meant(directory, value)
        if not sure:
            wrong = views.unsure([entry.page.title for entry in meant])
            await _ask(message, directory, at, what, wrong)
            return
        value = meant[0].page.id
    work = BulkWork(at, what, value)
    async with directory.db.read() as connection:
        found = await _change(connection, directory, rights, work)
    if found.wrong:
        await _ask(message, directory, at, what, found.wrong)
    else:
        await reply(message, views.preview(at, what, value, found))


async def do(
    press: CallbackQuery,
    callback_data: BulkDo,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Do what was previewed, with every page judged once more, as one change."""
    at = await _shelf(directory, callback_data)
    value = views.value_in(press.message) if isinstance(press.message, Message) else ""
    if at is None or not value or not _is_known(callback_data.what):
        callback_answer.text = _stale()
        return
    work = BulkWork(at, callback_data.what, value)
    await copy_before(directory.db, "bulk", at.total)
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        view = await _do(
            connection, directory, rights, press.from_user.id, work, callback_data.revision
        )
    await directory.refresh()
    await redraw(press, view)


async def _do(
    connection: AsyncConnection,
    directory: Directory,
    rights: Rights,
    actor: int,
    work: BulkWork,
    revision: int,
) -> View:
    found = await _change(connection, directory, rights, work)
    ids = [change.key for change in found.changes]
    if not found.changes or found.wrong:
        return views.preview(work.at, work.what, work.value, found)
    if await changed_since(connection, ids, revision):
        above = views.meanwhile()
        return views.preview(work.at, work.what, work.value, found, above=above)
    if work.what == HIDE:
        origin = Origin(Action.HIDE, actor, note=work.value)
    else:
        origin = Origin(Action.EDIT, actor, note=f"{PAGE_COLUMNS[work.what]}: {work.value}")
    number = await revisions.apply(connection, found.changes, origin)
    return views.done(work.what, found, number)


async def _change(
    connection: AsyncConnection, directory: Directory, rights: Rights, work: BulkWork
) -> BulkChange:
    ids = await ids_of(connection, directory, work.at, limit=bulk.MOST)
    if work.what == HIDE:
        return await bulk.hide_all(connection, rights, ids, work.value)
    return await bulk.set_field(connection, rights, ids, work.what, work.value, today())


async def _ask(
    event: Message | CallbackQuery, directory: Directory, at: Shelf, what: str, wrong: str = ""
) -> None:
    hints = views.hints(at, what, directory.categories, wrong)
    await ask(event, views.asked(what), *hints, about=f"{at.number} {at.key or '-'} {what}")


async def _shelf(directory: Directory, data: BulkMenu | BulkAsk | BulkDo) -> Shelf | None:
    return await shelf_of(directory, data.territory, data.category)


def _is_known(what: str) -> bool:
    return what == HIDE or what in bulk.COLUMNS


def _stale() -> str:
    return _("This button is out of date. Send your query again.")


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.question())
    return {"about": about} if about and about.count(" ") == 2 else False


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(menu, BulkMenu.filter())
    router.callback_query.register(ask_value, BulkAsk.filter())
    router.callback_query.register(do, BulkDo.filter())
    router.message.register(take_value, _replies)
    return router
