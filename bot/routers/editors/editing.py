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
from aiogram.utils.i18n import gettext as _

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
from bot.people.permitted import Office, Work
from bot.screens.page_entries import entries_meant
from bot.talk.message_links import sent_in
from bot.talk.notices import NoticeError
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply, send, show
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
from directory.store import drafts, reports, revisions
from directory.store.change_log import changed_since
from directory.store.drafts import Draft


async def begin(press: CallbackQuery, callback_data: EditPage, office: Office) -> None:
    """Begin an edit, «Изменить» on a card: ask which field."""
    async with office.write() as work:
        page = await work.page(callback_data.page)
        draft = await drafts.begin(work.connection, office.person, page.id, {})
    await send(press, views.fields(draft, page.title, "place"))


async def begin_for_report(
    press: CallbackQuery, callback_data: EditForReport, office: Office
) -> None:
    """«Исправить» and «Добавить» on a report: begins with what its sender wrote."""
    async with office.write() as work:
        found = await reports.get(work.connection, callback_data.report)
        if found is None:
            raise NoticeError(_("This report is closed already."))
        cells = cells_of_report(found.text, new=not found.page)
        if found.page:
            await work.page(found.page)
        else:
            cells = edit.cells_of(work.rights.scope, work.territories) | cells
        draft = await drafts.begin(
            work.connection, office.person, found.page or None, cells, found.id
        )
        await reports.take(work.connection, found.id, office.person, datetime.now(UTC))
        above = views.from_report(found.text)
        view = await _preview(work, draft, await _proposed(work, draft), above=above)
    await send(press, view)


async def add(event: Message | CallbackQuery, office: Office) -> None:
    """Begin a new page, «Добавить страницу» or /add: ask its title."""
    async with office.write() as work:
        cells = edit.cells_of(work.rights.scope, work.territories)
        draft = await drafts.begin(work.connection, office.person, None, cells)
    await _ask(event, office.directory, draft, "title")


async def choose_field(press: CallbackQuery, callback_data: EditMore, office: Office) -> None:
    """Show a group of the fields."""
    draft = await _draft(office, callback_data.draft)
    page = await office.directory.page(draft.page) if draft.page else None
    await redraw(press, views.fields(draft, page.title if page else "", callback_data.group))


async def ask_field(press: CallbackQuery, callback_data: EditField, office: Office) -> None:
    """Ask for the new value."""
    draft = await _draft(office, callback_data.draft)
    if callback_data.column not in views.COLUMNS:
        raise _gone()
    await _ask(press, office.directory, draft, callback_data.column)


async def take_value(message: Message, draft: str, column: str, office: Office) -> None:
    """The new value: a preview with it, or the question again with what is wrong."""
    text = message.text or ""
    found = await _draft(office, draft)
    wrong = await _swapped(message)
    if column in REFERENCES and not edit.is_cleared(column, text):
        meant, sure = await entries_meant(office.directory, text, but=found.page)
        if meant and not sure:
            await reply(message, views.which_value(found, column, meant))
            return
        text = meant[0].page.id if meant else text
        nothing = _("no page is called like that; write its name in other words")
        wrong = wrong if meant else nothing
    if wrong:
        await _ask(message, office.directory, found, column, wrong)
    else:
        await _take(message, office, found, column, text)


async def take_page(press: CallbackQuery, callback_data: EditChoose, office: Office) -> None:
    """The page that was chosen among those that the words fit."""
    found = await _draft(office, callback_data.draft)
    if callback_data.column not in REFERENCES:
        raise _gone()
    await _take(press, office, found, callback_data.column, callback_data.page)


async def _take(
    event: Message | CallbackQuery, office: Office, draft: Draft, column: str, text: str
) -> None:
    """Show the preview with the new value, or ask again with what is wrong with it."""
    async with office.write() as work:
        found = await _kept(work, office.person, draft.id)
        changed = replace(found, cells=found.cells | {column: text})
        proposed = await _proposed(work, changed)
        wrong = proposed.wrong(column) if proposed else ""
        view = None if wrong else await _preview(work, changed, proposed)
    if view is not None:
        await show(event, view)
    else:
        await _ask(event, office.directory, draft, column, wrong)


async def _swapped(message: Message) -> str:
    """Return which link is written over another, "" when none is: only the sender knows which is
    meant."""
    for link in (await sent_in(message, replied=False)).links:
        if link.shown:
            return views.swapped(link.shown, link.opens)
    return ""


async def save(press: CallbackQuery, callback_data: EditSave, office: Office) -> None:
    """Save, once: what was previewed and nothing else."""
    async with office.write() as work:
        draft = await _kept(work, office.person, callback_data.draft)
        view = await _save(work, draft, office.person)
    await redraw(press, view)


async def cancel(press: CallbackQuery, callback_data: EditCancel, office: Office) -> None:
    """Give the edit up."""
    async with office.write() as work:
        draft = await _kept(work, office.person, callback_data.draft)
        await drafts.end(work.connection, draft)
    await redraw(press, views.cancelled(draft))


async def _draft(office: Office, number: str) -> Draft:
    """Return the draft as it is now; see `_kept`."""
    async with office.read() as work:
        return await _kept(work, office.person, number)


async def _kept(work: Work, person: int, number: str) -> Draft:
    """Return the draft. Raises `NoticeError` if it is gone: the message may say what was saved."""
    found = await drafts.get(work.connection, person, number)
    if found is None:
        raise _gone()
    return found


def _gone() -> NoticeError:
    return NoticeError(_("This edit was saved, cancelled or begun anew already."))


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


async def _proposed(work: Work, draft: Draft) -> Proposal | None:
    return await edit.propose(work.connection, work.rights, draft.page, draft.cells, today())


async def _preview(work: Work, draft: Draft, proposed: Proposal | None, *, above: str = "") -> View:
    """Show the preview, which is what a press on «Сохранить» is about from now on."""
    if proposed is None:
        await drafts.end(work.connection, draft)
        return views.no_page()
    await drafts.keep(work.connection, replace(draft, revision=proposed.revision))
    return views.proposal(draft, proposed, above=above)


async def _save(work: Work, draft: Draft, actor: int) -> View:
    proposed = await _proposed(work, draft)
    if proposed is None or proposed.refused or not proposed.changes:
        return await _preview(work, draft, proposed)
    if await changed_since(work.connection, [draft.page or ""], draft.revision):
        return await _preview(work, draft, proposed, above=views.meanwhile())
    origin = Origin(Action.EDIT, actor, note=proposed.note)
    number = await revisions.apply(work.connection, proposed.changes, origin)
    await drafts.end(work.connection, draft)
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
    router.message.register(add, Command("add"))
    router.callback_query.register(choose_field, EditMore.filter())
    router.callback_query.register(ask_field, EditField.filter())
    router.callback_query.register(take_page, EditChoose.filter())
    router.callback_query.register(save, EditSave.filter())
    router.callback_query.register(cancel, EditCancel.filter())
    router.message.register(take_value, _replies)
    return router
