"""Search in the private chat: any text, /find, examples, and turning the list."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import InPlace, Menu, Narrow, ResultsIn, TurnResults, Wider
from bot.people.reader import Reader, rights_of
from bot.people.staff import owners_of
from bot.screens.home import home_of
from bot.screens.list_entry import list_entry
from bot.screens.narrowing import groups, results
from bot.screens.page_lists import top_shelf
from bot.screens.search_answer import find, find_in_place
from bot.settings import Settings
from bot.talk.kinds import has_own_words, is_command, is_forwarded_file, is_not_text
from bot.talk.mentions import without_mention
from bot.talk.notices import out_of_date
from bot.talk.picked import picked, place_asked
from bot.talk.questions import answered, ask
from bot.talk.send import redraw, reply, send, send_keys
from bot.views.citizens import hello
from bot.views.citizens.answer_additions import place_question
from bot.views.citizens.results import query_of
from bot.views.editors.imports_ask import forwarded
from bot.views.view import View
from directory.directory import Directory
from directory.rights import Role


async def find_command(
    message: Message, command: CommandObject, directory: Directory, reader: Reader | None
) -> None:
    """/find with a query, or the question what to look for."""
    if command.args:
        await reply(message, await find(directory, command.args, reader))
    else:
        await reply(message, View(hello.ask_query()))


async def turn(
    press: CallbackQuery, callback_data: TurnResults, directory: Directory, reader: Reader | None
) -> None:
    """Another screen of a list; the query is read from the list itself."""
    await redraw(press, await find(directory, _query(press), reader, n=callback_data.n))


async def wider(
    press: CallbackQuery, callback_data: Wider, directory: Directory, reader: Reader | None
) -> None:
    """The same query whatever the person's own place, below the answer; its list turns in place."""
    view = await find(directory, _query(press), reader, n=callback_data.n, wide=True)
    await (redraw if callback_data.n else send)(press, view)


async def narrow(
    press: CallbackQuery,
    callback_data: Narrow | ResultsIn,
    directory: Directory,
    reader: Reader | None,
) -> None:
    """The list narrowed by place or topic, or what to narrow it to."""
    query = _query(press)
    own = await home_of(directory, reader.person) if reader else None
    if isinstance(callback_data, Narrow):
        await redraw(press, await groups(directory, query, own, callback_data))
    else:
        await redraw(press, await results(directory, query, own, callback_data))


def _query(press: CallbackQuery) -> str:
    """Return the query that the pressed message repeats. Raises `NoticeError` if there is none."""
    query = query_of(press.message) if isinstance(press.message, Message) else ""
    if not query:
        raise out_of_date()
    return query


async def name_place(press: CallbackQuery, callback_data: InPlace) -> None:
    """Ask for the place that completes what was asked."""
    hint = _("Reply to this message with its name.")
    await ask(press, place_question(), hint, about=callback_data.pack())


def _place_asked(message: Message) -> InPlace | None:
    """Return what a place completes: what the question that is answered is about, or the last
    message."""
    about = answered(message, place_question()) if message.reply_to_message else None
    try:
        return InPlace.unpack(about) if about else place_asked(message)
    except (TypeError, ValueError):
        return None


async def unknown_command(message: Message) -> None:
    """Tell that there is no such command."""
    await reply(message, hello.unknown_command())


async def who_am_i(
    message: Message, directory: Directory, settings: Settings, reader: Reader | None
) -> None:
    """/admin of somebody who is not of the staff: until there is an owner, how to become one."""
    if reader is None or owners_of(directory, settings):
        await unknown_command(message)
    else:
        await reply(message, hello.no_owner_yet(reader.person))


async def any_text(message: Message, directory: Directory, reader: Reader | None) -> None:
    """Any text is a search, but for the number of an entry in the list before it."""
    bare = without_mention(message)
    text = message.text or message.caption or "" if bare is None else bare
    if data := picked(message, text):
        view = await list_entry(directory, data, reader)
        if view is not None:
            await reply(message, view)
            return
    if (door := hello.lasting_door(text)) is not None:
        await _enter(message, door, directory, reader)
        return
    asked = _place_asked(message) if reader is not None else None
    view = await find_in_place(directory, asked, text, reader) if asked and reader else None
    await reply(message, view or await find(directory, text, reader))


async def _enter(message: Message, door: str, directory: Directory, reader: Reader | None) -> None:
    """Do what a lasting button stands for."""
    if door == "gone":
        await send_keys(message, _("Removed. /help brings them back."), ReplyKeyboardRemove())
    elif door == "check":
        await reply(message, View(hello.ask_link()))
    elif door == "browse":
        await reply(message, await top_shelf(directory))
    else:
        await reply(message, await find(directory, hello.heads(), reader))


async def heads_pressed(press: CallbackQuery, directory: Directory, reader: Reader | None) -> None:
    """Search for the heads, from a button."""
    await send(press, await find(directory, hello.heads(), reader))


async def lasting_doors(press: CallbackQuery) -> None:
    """The doors as buttons that stay below the chat."""
    await send_keys(press, *hello.lasting_doors())


async def forwarded_file(message: Message) -> None:
    """A forwarded file of somebody who may import: not their own word, see `bot.people.reader`."""
    await reply(message, forwarded())


async def _may_import(message: Message, directory: Directory, settings: Settings) -> bool:
    by = message.from_user
    return by is not None and (await rights_of(by.id, directory, settings)).role > Role.CITIZEN


async def not_text(message: Message) -> None:
    """What cannot be searched for; service messages are left unanswered."""
    await reply(
        message, hello.not_your_file() if message.document else hello.not_text(message.content_type)
    )


def commands() -> Router:
    """Return the router of /find, and of commands that nobody knows: asked last of all commands."""
    router = Router(name=__name__)
    router.message.register(find_command, Command("find"))
    router.message.register(who_am_i, Command("admin"))
    router.message.register(unknown_command, is_command)
    return router


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(turn, TurnResults.filter())
    router.callback_query.register(wider, Wider.filter())
    router.callback_query.register(narrow, Narrow.filter())
    router.callback_query.register(narrow, ResultsIn.filter())
    router.callback_query.register(name_place, InPlace.filter())
    router.callback_query.register(heads_pressed, Menu.filter(F.where == "heads"))
    router.callback_query.register(lasting_doors, Menu.filter(F.where == "keys"))
    router.message.register(forwarded_file, is_forwarded_file, _may_import)
    router.message.register(any_text, has_own_words)
    router.message.register(not_text, is_not_text)
    return router
