"""/export: the directory as a file, whole or a part of it; and the empty table to fill in."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.buttons.changes import Export, ExportFrom, ExportPart, Template
from bot.buttons.citizens import Menu
from bot.buttons.fields import category_key
from bot.people.admin_router import admin_router
from bot.people.permitted import still
from bot.talk.progress import BEFOREHAND
from bot.talk.send import redraw, reply, send
from bot.views.editors import exporting as views
from bot.views.view import SCREEN, screen
from bot.views.words import today
from directory.directory import Directory
from directory.export import Format, export
from directory.file.template import template
from directory.rights import Rights, Scope, Scopes
from directory.store import audit

_WHOLE = Scopes()


async def export_command(
    message: Message, command: CommandObject, directory: Directory, rights: Rights
) -> None:
    """/export with a format, or the question in which."""
    asked = (command.args or "").strip().lower()
    form = next((form for form in views.FORMATS if form == asked), None)
    if form is not None:
        file = await _file(directory, form, _WHOLE, message.chat.id, rights)
        await message.answer_document(file)
    else:
        await reply(message, views.choose_format(rights, directory.territories))


async def export_pressed(press: CallbackQuery, directory: Directory, rights: Rights) -> None:
    """The question in which format, from a button."""
    await send(press, views.choose_format(rights, directory.territories))


async def export_chosen(
    press: CallbackQuery, callback_data: Export, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """The whole directory as a file."""
    if press.message is not None:
        file = await _file(directory, callback_data.format, _WHOLE, press.from_user.id, rights)
        await bot.send_document(press.message.chat.id, file)


async def choose_territory(
    press: CallbackQuery, callback_data: ExportFrom, directory: Directory
) -> None:
    """Of which territory?"""
    here = directory.territories.get(callback_data.territory)
    below = directory.territories.children(here.id if here else None)
    at = screen(callback_data.n, len(below))
    await redraw(press, views.which_territory(here, below[at.start : at.start + SCREEN], at))


async def choose_category(
    press: CallbackQuery, callback_data: ExportFrom, directory: Directory
) -> None:
    """Of which category, within a territory or everywhere; or in which format."""
    here = directory.territories.get(callback_data.territory)
    if category := _category(callback_data.category, directory):
        scope = Scope(here.id if here else None, category)
        await redraw(press, views.which_format(scope, directory.territories))
        return
    at = screen(callback_data.n, len(directory.categories))
    shown = directory.categories[at.start : at.start + SCREEN]
    await redraw(press, views.which_category(shown, at, here))


async def part_chosen(
    press: CallbackQuery, callback_data: ExportPart, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """A part as a file: what this person may change, or a territory and a category."""
    if press.message is None:
        return
    here = directory.territories.get(callback_data.territory)
    category = _category(callback_data.category, directory)
    if callback_data.mine:
        scope = rights.scope
    elif here or category:
        scope = Scopes((Scope(here.id if here else None, category),))
    else:  # The part is there no longer: the whole would be taken for it.
        await redraw(press, views.choose_format(rights, directory.territories, gone=True))
        return
    file = await _file(directory, callback_data.format, scope, press.from_user.id, rights)
    await bot.send_document(press.message.chat.id, file)


async def send_template(press: CallbackQuery, bot: Bot) -> None:
    """The empty table, with an explanation and an example of each column."""
    if press.message is not None:
        file = BufferedInputFile(template(), views.template_name())
        await bot.send_document(press.message.chat.id, file)


async def _file(
    directory: Directory, form: Format, scope: Scopes, actor: int, rights: Rights
) -> BufferedInputFile:
    data = await export(directory, form, scope)
    async with directory.db.write() as connection:
        await still(connection, rights)  # it takes a while, in which somebody may be dismissed
        await audit.record(connection, actor, audit.Act.EXPORT, detail=audit.Detail(form))
    name = views.file_name(scope, directory.territories)
    return BufferedInputFile(data, f"{name}-{today():%Y-%m-%d}.{form}")


def _category(key: str, directory: Directory) -> str:
    same = (name for name in directory.categories if category_key(name) == key)
    return next(same, "") if key else ""


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(export_command, Command("export"))
    router.callback_query.register(export_pressed, Menu.filter(F.where == "export"))
    router.callback_query.register(export_chosen, Export.filter(), flags=BEFOREHAND)
    router.callback_query.register(choose_territory, ExportFrom.filter(F.by == "territory"))
    router.callback_query.register(choose_category, ExportFrom.filter(F.by == "category"))
    router.callback_query.register(part_chosen, ExportPart.filter(), flags=BEFOREHAND)
    router.callback_query.register(send_template, Template.filter(), flags=BEFOREHAND)
    return router
