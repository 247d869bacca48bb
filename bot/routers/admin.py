"""The office: /admin, /stats and /export."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.buttons import Export, Menu
from bot.people.admin_router import admin_router
from bot.talk.progress import BEFOREHAND
from bot.talk.send import reply, send
from bot.views import admin as views
from bot.views.words import today
from directory.directory import Directory
from directory.export import Format, export
from directory.rights import Rights
from directory.store import audit


async def office(message: Message, directory: Directory, rights: Rights) -> None:
    """What an administrator can do here."""
    await reply(message, views.office(rights, directory.territories))


async def stats(message: Message, directory: Directory) -> None:
    """What the directory has."""
    await reply(
        message, views.statistics(await directory.at_hand.statistics(directory.db, today()))
    )


async def stats_pressed(press: CallbackQuery, directory: Directory) -> None:
    """The same, from a button."""
    await send(press, views.statistics(await directory.at_hand.statistics(directory.db, today())))


async def export_command(message: Message, command: CommandObject, directory: Directory) -> None:
    """/export with a format, or the question in which."""
    asked = (command.args or "").strip().lower()
    form = next((form for form in views.FORMATS if form == asked), None)
    if form is not None:
        await message.answer_document(await _file(directory, form, message.chat.id))
    else:
        await reply(message, views.choose_format())


async def export_pressed(press: CallbackQuery) -> None:
    """The question in which format, from a button."""
    await send(press, views.choose_format())


async def export_chosen(
    press: CallbackQuery, callback_data: Export, directory: Directory, bot: Bot
) -> None:
    """The directory as a file."""
    if press.message is not None:
        file = await _file(directory, callback_data.format, press.from_user.id)
        await bot.send_document(press.message.chat.id, file)


async def _file(directory: Directory, form: Format, actor: int) -> BufferedInputFile:
    data = await export(directory, form)
    async with directory.db.write() as connection:
        await audit.record(connection, actor, audit.Act.EXPORT, detail=audit.Detail(form))
    return BufferedInputFile(data, f"directory-{today():%Y-%m-%d}.{form}")


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(office, Command("admin"))
    router.message.register(stats, Command("stats"))
    router.callback_query.register(stats_pressed, Menu.filter(F.where == "stats"))
    router.message.register(export_command, Command("export"))
    router.callback_query.register(export_pressed, Menu.filter(F.where == "export"))
    router.callback_query.register(export_chosen, Export.filter(), flags=BEFOREHAND)
    return router
