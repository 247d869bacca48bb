"""/start with and without a deep link, /about and /help."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram.utils.payload import decode_payload

from bot.buttons.citizens import Menu
from bot.people.reader import Reader, is_staff
from bot.screens.about import about, about_drawn
from bot.screens.page_card import page_card
from bot.screens.search_answer import find
from bot.talk.progress import takes_time
from bot.talk.send import answer, reply, reply_with_picture
from bot.views.citizens import hello
from bot.views.citizens.about import ABOUT
from bot.views.citizens.card import SHARED
from bot.views.citizens.inline import TYPED
from bot.views.editors.office import office_help
from bot.views.view import View
from directory.directory import Directory
from directory.examples import examples


async def start_page(
    message: Message, command: CommandObject, directory: Directory, reader: Reader | None
) -> None:
    """Show a shared card: `/start page_<id>`."""
    page = (command.args or "").removeprefix(SHARED)
    await reply(message, await page_card(directory, page, reader))


async def start_typed(
    message: Message, command: CommandObject, directory: Directory, reader: Reader | None
) -> None:
    """From an inline query that found nothing, with what was typed."""
    try:
        query = decode_payload((command.args or "").removeprefix(TYPED))
    except ValueError:
        query = ""
    view = await find(directory, query, reader) if query else await greeting(directory)
    await reply(message, view)


async def start(message: Message, directory: Directory) -> None:
    """The greeting; also for a deep link that means nothing here."""
    await reply(message, await greeting(directory))


async def greeting(directory: Directory) -> View:
    """Tell whose bot this is, and queries that this directory answers."""
    return hello.start(directory.region, await examples(directory))


async def about_(message: Message, directory: Directory) -> None:
    """Tell what the directory has, with a picture."""
    view = await about(directory)
    async with takes_time(message, "upload_photo"):
        picture = await about_drawn(directory)
    await reply_with_picture(message, view, picture)


async def help_(
    event: Message | CallbackQuery, directory: Directory, reader: Reader | None
) -> None:
    """Tell what to try."""
    office = office_help(reader.rights.role) if is_staff(reader) else ""
    await answer(event, hello.help_(await examples(directory), office))


def make() -> Router:
    router = Router(name=__name__)
    router.message.register(
        start_page, CommandStart(deep_link=True, magic=F.args.startswith(SHARED))
    )
    router.message.register(
        start_typed, CommandStart(deep_link=True, magic=F.args.startswith(TYPED))
    )
    router.message.register(about_, CommandStart(deep_link=True, magic=F.args == ABOUT))
    router.message.register(start, CommandStart())
    router.message.register(about_, Command("about"))
    router.message.register(help_, Command("help"))
    router.callback_query.register(help_, Menu.filter(F.where == "help"))
    return router
