"""«Is this page real?»: a verdict on each link that is sent or forwarded."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.buttons import Menu
from bot.screens.link_verdicts import tell_verdicts
from bot.talk.mentions import from_itself
from bot.talk.message_links import links_in
from bot.talk.send import reply, send
from bot.views import hello
from bot.views.view import View
from directory.directory import Directory


async def check(message: Message, command: CommandObject, directory: Directory) -> None:
    """/check with a link, or in reply to a message with links, or the request for one."""
    links = [command.args] if command.args else []
    links = await links_in(message) or links
    if not links and message.reply_to_message is not None:
        links = await links_in(message.reply_to_message)
    if links:
        await tell_verdicts(message, links, directory)
    else:
        await reply(message, View(hello.ask_link()))


async def check_pressed(press: CallbackQuery) -> None:
    """The request for a link, from a button."""
    await send(press, View(hello.ask_link()))


async def own_card(message: Message) -> None:
    """A card that the person sent here inline: it is there, and needs no answer."""


async def _links(message: Message) -> dict[str, list[str]] | bool:
    found = await links_in(message)
    command = (message.text or "").startswith("/")
    return {"links": found} if found and not command else False


async def links_sent(message: Message, links: list[str], directory: Directory) -> None:
    """Any message with links."""
    await tell_verdicts(message, links, directory)


def make() -> Router:
    """The router of these handlers, asked in this order."""
    router = Router(name=__name__)
    router.message.filter(F.chat.type == "private")
    router.message.register(check, Command("check"))
    router.callback_query.register(check_pressed, Menu.filter(F.where == "check"))
    router.message.register(own_card, from_itself)
    router.message.register(links_sent, _links)
    return router
