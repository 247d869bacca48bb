"""/export: the directory as a file, whole or a part of it; and the empty table to fill in."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import Export, ExportFrom, ExportPart, Template
from bot.buttons.citizens import Menu
from bot.buttons.fields import category_of
from bot.people.admin_router import admin_router
from bot.people.permitted import Office
from bot.talk.progress import BEFOREHAND
from bot.talk.send import answer, redraw, send_file
from bot.views.editors import exporting as views
from bot.views.view import screen
from bot.views.words import today
from directory.directory import Directory
from directory.export import Format, export
from directory.file.template import template
from directory.rights import Scope, Scopes
from directory.store import audit


async def export_command(message: Message, command: CommandObject, office: Office) -> None:
    """/export with a format, or the question in which."""
    asked = (command.args or "").strip().lower()
    form = next((form for form in views.FORMATS if form == asked), None)
    if form is not None:
        await _send(message, office, form, Scopes())
    else:
        await choose_format(message, office)


async def choose_format(event: Message | CallbackQuery, office: Office) -> None:
    """Ask in which format."""
    await answer(event, views.choose_format(office.rights, office.directory.territories))


async def export_chosen(press: CallbackQuery, callback_data: Export, office: Office) -> None:
    """Send the whole directory as a file."""
    await _send(press, office, callback_data.format, Scopes())


async def choose_territory(
    press: CallbackQuery, callback_data: ExportFrom, directory: Directory
) -> None:
    """Ask of which territory."""
    here = directory.territories.get(callback_data.territory)
    below = directory.territories.children(here.id if here else None)
    at = screen(callback_data.n, len(below))
    await redraw(press, views.which_territory(here, at.shown(below), at))


async def choose_category(
    press: CallbackQuery, callback_data: ExportFrom, directory: Directory
) -> None:
    """Ask of which category, within a territory or everywhere; or in which format."""
    here = directory.territories.get(callback_data.territory)
    if category := category_of(callback_data.category, directory.categories):
        scope = Scope(here.id if here else None, category)
        await redraw(press, views.which_format(scope, directory.territories))
        return
    at = screen(callback_data.n, len(directory.categories))
    await redraw(press, views.which_category(at.shown(directory.categories), at, here))


async def part_chosen(press: CallbackQuery, callback_data: ExportPart, office: Office) -> None:
    """A part as a file: what this person may change, or a territory and a category."""
    here = office.directory.territories.get(callback_data.territory)
    category = category_of(callback_data.category, office.directory.categories) or ""
    if callback_data.mine:
        scope = office.rights.scope
    elif here or category:
        scope = Scopes((Scope(here.id if here else None, category),))
    else:  # The part is there no longer: the whole would be taken for it.
        tree = office.directory.territories
        await redraw(press, views.choose_format(office.rights, tree, gone=True))
        return
    await _send(press, office, callback_data.format, scope)


async def send_template(press: CallbackQuery) -> None:
    """The empty table, with an explanation and an example of each column."""
    await send_file(press, template(), _("empty table.xlsx"))


async def _send(
    event: Message | CallbackQuery, office: Office, form: Format, scope: Scopes
) -> None:
    data = await export(office.directory, form, scope)
    async with office.write() as work:  # making it takes a while, in which rights may end
        detail = audit.Detail(form)
        await audit.record(work.connection, office.person, audit.Act.EXPORT, detail=detail)
    name = views.file_name(scope, office.directory.territories)
    await send_file(event, data, f"{name}-{today():%Y-%m-%d}.{form}")


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(export_command, Command("export"))
    router.callback_query.register(choose_format, Menu.filter(F.where == "export"))
    router.callback_query.register(export_chosen, Export.filter(), flags=BEFOREHAND)
    router.callback_query.register(choose_territory, ExportFrom.filter(F.by == "territory"))
    router.callback_query.register(choose_category, ExportFrom.filter(F.by == "category"))
    router.callback_query.register(part_chosen, ExportPart.filter(), flags=BEFOREHAND)
    router.callback_query.register(send_template, Template.filter(), flags=BEFOREHAND)
    return router
