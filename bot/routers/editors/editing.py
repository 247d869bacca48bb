"""Editing a page field by field, and adding one: question, preview, saved.

A draft is kept in the database, so an edit outlives a restart; which field a reply is for stands in
the question that it replies to. Whoever types on without a reply is searching, as ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.editors import (
    AddPage,
    EditCancel,
    EditChoose,
    EditField,
    EditMore,
    EditPage,
    EditSave,
)
from bot.buttons.trust import EditForReport
from bot.people.admin_router import admin_router
from bot.people.permitted import still, target
from bot.screens.page_entries import entries_meant
from bot.talk.message_links import sent_in
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply, send
from bot.views.editors import editing as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.editing import edit
from directory.editing.edit import Proposal
from directory.file.columns import PAGES
from directory.file.rows import text_of
from directory.model import Action, Origin
from directory.references import REFERENCES
from directory.reports import cells_of_report
from directory.rights import Rights
from directory.store import drafts, reports, revisions
from directory.store.change_log import changed_since
from directory.store.drafts import Draft


async def begin(
    press: CallbackQuery, callback_data: EditPage, directory: Directory, rights: Rights
) -> None:
    """«Изменить» on a card: which field?"""
    async with directory.db.read() as connection:
        page, _link = await target(connection, directory.territories, rights, callback_data.page)
    draft = await _begin(directory, press.from_user.id, page.id, {})
    await send(press, views.fields(draft, page.title, "place"))


async def begin_for_report(
    press: CallbackQuery,
    callback_data: EditForReport,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """«Исправить» and «Добавить» on a report: begins with what its sender wrote."""
    person = press.from_user.id
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        found = await reports.get(connection, callback_data.report)
        if found is None:
            callback_answer.text = views.report_closed()
            return
        cells = cells_of_report(found.text, new=not found.page)
        if found.page:
            await target(connection, directory.territories, rights, found.page)
        else:
            cells = edit.cells_of(rights.scope, directory.territories) | cells
        draft = await drafts.begin(connection, person, found.page or None, cells, found.id)
        await reports.take(connection, found.id, person, datetime.now(UTC))
        proposed = await edit.propose(connection, rights, draft.page, draft.cells, today())
        above = views.from_report(found.text)
        view = await _preview(connection, draft, proposed, above=above)
    await send(press, view)


async def add(press: CallbackQuery, directory: Directory, rights: Rights) -> None:
    """«Добавить страницу»: what is it called?"""
    cells = edit.cells_of(rights.scope, directory.territories)
    draft = await _begin(directory, press.from_user.id, None, cells)
    await _ask(press, directory, draft, "title")


async def add_command(message: Message, directory: Directory, rights: Rights) -> None:
    """/add: the same."""
    cells = edit.cells_of(rights.scope, directory.territories)
    draft = await _begin(directory, message.chat.id, None, cells)
    await _ask(message, directory, draft, "title")


async def choose_field(
    press: CallbackQuery,
    callback_data: EditMore,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """The fields, or another group of them."""
    draft = await _draft(directory, press.from_user.id, callback_data.draft)
    if draft is None:
        callback_answer.text = views.gone()
        return
    page = await directory.page(draft.page) if draft.page else None
    await redraw(press, views.fields(draft, page.title if page else "", callback_data.group))


async def ask_field(
    press: CallbackQuery,
    callback_data: EditField,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """What is the new value?"""
    draft = await _draft(directory, press.from_user.id, callback_data.draft)
    if draft is None or callback_data.column not in views.COLUMNS:
        callback_answer.text = views.gone()
    else:
        await _ask(press, directory, draft, callback_data.column)


async def take_value(
    message: Message, draft: str, column: str, directory: Directory, rights: Rights
) -> None:
    """The new value: a preview with it, or the question again with what is wrong."""
    text = message.text or ""
    found = await _draft(directory, message.chat.id, draft)
    if found is None:
        await reply(message, View(views.gone()))
        return
    wrong = await _swapped(message)
    if column in REFERENCES and not edit.is_cleared(column, text):
        meant, sure = await entries_meant(directory, text, but=found.page)
        if meant and not sure:
            await reply(message, views.which_page(found, column, meant))
            return
        text = meant[0].page.id if meant else text
        wrong = wrong if meant else views.no_such_page()
    taken = wrong or await _take(directory, rights, message.chat.id, found, column, text)
    if isinstance(taken, View):
        await reply(message, taken)
    else:
        await _ask(message, directory, found, column, taken)


async def take_page(
    press: CallbackQuery,
    callback_data: EditChoose,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """The page that was chosen among those that the words fit."""
    column, person = callback_data.column, press.from_user.id
    found = await _draft(directory, person, callback_data.draft)
    if found is None or column not in REFERENCES:
        callback_answer.text = views.gone()
        return
    taken = await _take(directory, rights, person, found, column, callback_data.page)
    if isinstance(taken, View):
        await redraw(press, taken)
    else:
        await _ask(press, directory, found, column, taken)


async def _take(
    directory: Directory, rights: Rights, person: int, draft: Draft, column: str, text: str
) -> View | str:
    """The preview with the new value, or what is wrong with it."""
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        found = await drafts.get(connection, person, draft.id)
        if found is None:
            return View(views.gone())
        changed = replace(found, cells=found.cells | {column: text})
        proposed = await edit.propose(connection, rights, changed.page, changed.cells, today())
        if proposed and (wrong := proposed.wrong(column)):
            return wrong
        return await _preview(connection, changed, proposed)


async def _swapped(message: Message) -> str:
    """Which link is written over another, "" when none is: only the sender knows which is meant."""
    for link in (await sent_in(message, replied=False)).links:
        if link.shown:
            return views.swapped(link.shown, link.opens)
    return ""


async def save(
    press: CallbackQuery,
    callback_data: EditSave,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Save, once: what was previewed and nothing else."""
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        draft = await drafts.get(connection, press.from_user.id, callback_data.draft)
        view = await _save(connection, draft, press, rights) if draft else None
    if view is None:  # The message may say by now what was saved.
        callback_answer.text = views.gone()
        return
    await directory.refresh()
    await redraw(press, view)


async def cancel(
    press: CallbackQuery,
    callback_data: EditCancel,
    callback_answer: CallbackAnswer,
    directory: Directory,
) -> None:
    """Give the edit up."""
    async with directory.db.write() as connection:
        draft = await drafts.get(connection, press.from_user.id, callback_data.draft)
        if draft is not None:
            await drafts.end(connection, draft)
    if draft is None:
        callback_answer.text = views.gone()
    else:
        await redraw(press, views.cancelled(draft))


async def _begin(
    directory: Directory, person: int, page: str | None, cells: dict[str, str]
) -> Draft:
    async with directory.db.write() as connection:
        return await drafts.begin(connection, person, page, cells)


async def _draft(directory: Directory, person: int, number: str) -> Draft | None:
    async with directory.db.read() as connection:
        return await drafts.get(connection, person, number)


async def _ask(
    event: Message | CallbackQuery,
    directory: Directory,
    draft: Draft,
    column: str,
    wrong: str = "",
) -> None:
    page = await directory.page(draft.page) if draft.page else None
    now = text_of(page, PAGES[column], directory.territories) if page else ""
    now = draft.cells.get(column, now)
    if column in REFERENCES and (other := await directory.page(now)):
        now = other.title
    hints = views.hints(column, now, directory.categories, wrong)
    await ask(event, views.question(column), *hints, about=f"{draft.id} {column}")


async def _preview(
    connection: AsyncConnection, draft: Draft, proposed: Proposal | None, *, above: str = ""
) -> View:
    """The preview, which is what a press on «Сохранить» is about from now on."""
    if proposed is None:
        await drafts.end(connection, draft)
        return views.no_page()
    await drafts.keep(connection, replace(draft, revision=proposed.revision))
    return views.proposal(draft, proposed, above=above)


async def _save(
    connection: AsyncConnection, draft: Draft, press: CallbackQuery, rights: Rights
) -> View:
    proposed = await edit.propose(connection, rights, draft.page, draft.cells, today())
    if proposed is None or proposed.refused or not proposed.changes:
        return await _preview(connection, draft, proposed)
    if await changed_since(connection, [draft.page or ""], draft.revision):
        return await _preview(connection, draft, proposed, above=views.meanwhile())
    origin = Origin(Action.EDIT, press.from_user.id, note=proposed.note)
    number = await revisions.apply(connection, proposed.changes, origin)
    await drafts.end(connection, draft)
    page = proposed.after
    new = proposed.before is None
    return views.saved(page.title, page.id, number, new=new, report=draft.report)


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.question_start())
    draft, _, column = (about or "").partition(" ")
    return {"draft": draft, "column": column} if column in views.COLUMNS else False


def make() -> Router:
    router = admin_router(__name__)
    router.callback_query.register(begin, EditPage.filter())
    router.callback_query.register(begin_for_report, EditForReport.filter())
    router.callback_query.register(add, AddPage.filter())
    router.message.register(add_command, Command("add"))
    router.callback_query.register(choose_field, EditMore.filter())
    router.callback_query.register(ask_field, EditField.filter())
    router.callback_query.register(take_page, EditChoose.filter())
    router.callback_query.register(save, EditSave.filter())
    router.callback_query.register(cancel, EditCancel.filter())
    router.message.register(take_value, _replies)
    return router
