"""Groups: short answers to /find, to replies and to the bot's name; silence on all other talk.

What is forwarded to a group is talk: nobody asks the bot by it.
"""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ForceReply, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _

from bot.screens.about import about_in_short
from bot.screens.link_verdicts import judge
from bot.screens.list_entry import list_entry
from bot.screens.search_answer import find
from bot.talk.kinds import has_words, in_group, is_command, is_not_forwarded
from bot.talk.mentions import from_itself, in_topic_of_reply, replies_to_bot, without_mention
from bot.talk.message_links import sent_in
from bot.talk.own_name import own_username
from bot.talk.picked import picked
from bot.talk.send import reply
from bot.views.citizens import hello
from directory.directory import Directory


async def find_command(message: Message, command: CommandObject, directory: Directory) -> None:
    """/find with a query, or the question, to which the answer is a reply."""
    if command.args:
        await reply(message, await find(directory, command.args, None))
    else:
        await message.reply(hello.ask_query(), reply_markup=ForceReply(selective=True))


async def check_command(message: Message, directory: Directory) -> None:
    """/check with a link, or as a reply to a message with links."""
    if judged := await judge(await sent_in(message), directory):
        await reply(message, judged.view(private=False))
    else:
        await message.reply(hello.ask_link(), reply_markup=ForceReply(selective=True))


async def about_command(message: Message, directory: Directory) -> None:
    """Answer /about in a few words."""
    await reply(message, await about_in_short(directory))


async def in_private(message: Message) -> None:
    """Send what needs a chat of its own to the private chat."""
    await reply(message, hello.in_private(own_username()))


async def not_for_us(message: Message) -> None:
    """Other bots' commands, and cards that a person sent inline."""


async def talk(message: Message, directory: Directory) -> None:
    """An answer to a reply or a mention; all else is talk among people."""
    query = without_mention(message)
    if query is None and replies_to_bot(message):
        query = message.text or message.caption
    if query is None:
        return
    if data := picked(message, query) if replies_to_bot(message) else None:
        view = await list_entry(directory, data, None)
        if view is not None:
            await reply(message, view)
            return
    sent = await sent_in(message, replied=not in_topic_of_reply(message))
    judged = await judge(sent, directory)
    if judged.answers(query, directory):
        await reply(message, judged.view(private=False))
    elif query:
        await reply(message, await find(directory, query, None))
    else:
        await message.reply(hello.ask_query(), reply_markup=ForceReply(selective=True))


async def anothers(press: CallbackQuery, callback_answer: CallbackAnswer) -> None:
    """A press on the answer to somebody else: it would change what they are reading."""
    callback_answer.text = _("These buttons are for whoever asked. Ask with /find and a name.")


async def _is_anothers(press: CallbackQuery) -> bool:
    message = press.message
    if not isinstance(message, Message) or message.chat.type == "private":
        return False
    asked = message.reply_to_message
    asker = asked.from_user if asked else None
    return asker is not None and not asker.is_bot and asker.id != press.from_user.id


def others() -> Router:
    """Return the router of presses that are not the asker's: asked before all others."""
    router = Router(name="others")
    router.callback_query.register(anothers, _is_anothers)
    return router


def make() -> Router:
    router = Router(name=__name__)
    router.message.filter(in_group, is_not_forwarded)
    router.message.register(find_command, Command("find"))
    router.message.register(check_command, Command("check"))
    router.message.register(about_command, Command("about"))
    router.message.register(
        in_private, Command("start", "help", "browse", "near", "saved", "privacy", "forget")
    )
    router.message.register(not_for_us, is_command)
    router.message.register(not_for_us, from_itself)
    router.message.register(talk, has_words)
    return router
