"""Changing a whole list of pages at once: a field for all, or hiding all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.bulk import HIDE, BulkAsk, BulkDo, BulkMenu, BulkParts
from bot.people.admin_router import admin_router
from bot.people.permitted import Office, Work
from bot.screens.all_pages import ids_of
from bot.screens.page_entries import entries_meant
from bot.screens.page_lists import shelf_of, within
from bot.talk.notices import out_of_date
from bot.talk.questions import Replies, ask
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
from directory.store import list_parts, revisions
from directory.store.change_log import changed_since
from directory.store.precaution import copy_before
from directory.text import clean

_LONGEST = 300
"""Characters of a value: the preview, which carries it, must fit into a message."""


@dataclass(frozen=True, slots=True)
class BulkTask:
    """What is to be done with which list, with this value."""

    at: Shelf
    what: str
    value: str


async def menu(press: CallbackQuery, callback_data: BulkMenu, directory: Directory) -> None:
    """Offer what can be done with the list."""
    at = await _list(directory, callback_data)
    many = at.total > bulk.MOST
    await redraw(press, views.too_many(at, bulk.MOST) if many else views.menu(at))


async def choose_part(press: CallbackQuery, callback_data: BulkParts, directory: Directory) -> None:
    """Offer the parts of the list."""
    at = await shelf_of(directory, callback_data.territory, callback_data.category)
    await redraw(press, views.parts(at, await _counts(directory, at)))


async def ask_value(press: CallbackQuery, callback_data: BulkAsk, directory: Directory) -> None:
    """Ask for the value, or for the reason to hide."""
    at = await _list(directory, callback_data)
    await _ask(press, directory, at, _known(callback_data.what))


async def take_value(message: Message, about: str, office: Office) -> None:
    """Take the value: show what it would do, or ask again with what is wrong."""
    number, key, named, part = about.split(" ")
    directory, what = office.directory, _known(named)
    button = BulkMenu(territory=int(number), category=key.strip("-"), part=part.strip("-"))
    at = await _list(directory, button)
    value = clean(message.text or "")
    if len(value) > _LONGEST:
        wrong = _("it is longer than {n} characters").format(n=_LONGEST)
        await _ask(message, directory, at, what, wrong)
        return
    if what in REFERENCES and not is_cleared(what, value):
        meant, sure = await entries_meant(directory, value)
        if not sure:
            wrong = views.unsure([entry.page.title for entry in meant])
            await _ask(message, directory, at, what, wrong)
            return
        value = meant[0].page.id
    task = BulkTask(at, what, value)
    async with office.read() as work:
        found = await _change(work, directory, task)
    if found.wrong:
        await _ask(message, directory, at, what, found.wrong)
    else:
        await reply(message, views.preview(at, what, value, found))


async def do(press: CallbackQuery, callback_data: BulkDo, office: Office) -> None:
    """Do what was previewed, with every page judged once more, as one change."""
    at = await _list(office.directory, callback_data)
    value = views.value_in(press.message) if isinstance(press.message, Message) else ""
    if not value:
        raise out_of_date()
    task = BulkTask(at, _known(callback_data.what), value)
    await copy_before(office.directory.db, "bulk", at.total)
    async with office.write() as work:
        view = await _do(work, office, task, callback_data.revision)
    await redraw(press, view)


async def _do(work: Work, office: Office, task: BulkTask, revision: int) -> View:
    found = await _change(work, office.directory, task)
    ids = [change.key for change in found.changes]
    if not found.changes or found.wrong:
        return views.preview(task.at, task.what, task.value, found)
    if await changed_since(work.connection, ids, revision):
        above = views.meanwhile()
        return views.preview(task.at, task.what, task.value, found, above=above)
    if task.what == HIDE:
        origin = Origin(Action.HIDE, office.person, note=task.value)
    else:
        note = f"{PAGE_COLUMNS[task.what]}: {task.value}"
        origin = Origin(Action.EDIT, office.person, note=note)
    number = await revisions.apply(work.connection, found.changes, origin)
    return views.done(task.what, found, number)


async def _change(work: Work, directory: Directory, task: BulkTask) -> BulkChange:
    ids = await ids_of(work.connection, directory, task.at, limit=bulk.MOST)
    if task.what == HIDE:
        return await bulk.hide_all(work.connection, work.rights, ids, task.value)
    return await bulk.set_field(work.connection, work.rights, ids, task.what, task.value, today())


async def _ask(
    event: Message | CallbackQuery, directory: Directory, at: Shelf, what: str, wrong: str = ""
) -> None:
    hints = views.hints(at, what, directory.categories, wrong)
    await ask(
        event,
        views.asked(what),
        *hints,
        about=f"{at.number} {at.key or '-'} {what} {at.part or '-'}",
    )


async def _list(directory: Directory, data: BulkMenu | BulkAsk | BulkDo) -> Shelf:
    """Return the list, or the part of it, that a button means. Raises `NoticeError` when there is
    none such any more."""
    at = await shelf_of(directory, data.territory, data.category)
    if not data.part:
        return at
    if data.part not in list_parts.PARTS:
        raise out_of_date()
    return replace(at, part=data.part, total=(await _counts(directory, at))[data.part])


async def _counts(directory: Directory, at: Shelf) -> dict[str, int]:
    numbers = within(directory.territories, at.territory)
    async with directory.db.read() as connection:
        return await list_parts.count_parts(connection, numbers, at.category, today())


def _known(what: str) -> str:
    """Return what a button names that can be done. Raises `NoticeError` when it cannot any more."""
    if what != HIDE and what not in bulk.COLUMNS:
        raise out_of_date()
    return what


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(menu, BulkMenu.filter())
    router.callback_query.register(choose_part, BulkParts.filter())
    router.callback_query.register(ask_value, BulkAsk.filter())
    router.callback_query.register(do, BulkDo.filter())
    router.message.register(take_value, Replies(views.question, like=r"[^ ]+ [^ ]+ [^ ]+ [^ ]+"))
    return router
