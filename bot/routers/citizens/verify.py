"""«Is this page real?»: a verdict on what is sent or forwarded."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.buttons.citizens import Menu
from bot.screens.link_verdicts import judge
from bot.talk.kinds import is_not_forwarded
from bot.talk.mentions import from_itself
from bot.talk.message_links import Sent, sent_in
from bot.talk.passages import SentLink
from bot.talk.send import reply, send
from bot.views.citizens import hello
from bot.views.view import View
from directory.directory import Directory


async def check(message: Message, command: CommandObject, directory: Directory) -> None:
    """/check with a link, or in reply to a message with links, or the request for one."""
    sent = await sent_in(message)
    if not sent and command.args:
        sent = Sent((SentLink(command.args),))
    judged = await judge(sent, directory)
    await reply(message, judged.view(private=True) if judged else View(hello.ask_link()))


async def check_pressed(press: CallbackQuery) -> None:
    """The request for a link, from a button."""
    await send(press, View(hello.ask_link()))


async def own_card(message: Message) -> None:
    """A card that the person sent here inline: it is there, and needs no answer."""


async def _verdict(message: Message, directory: Directory) -> dict[str, View] | bool:
    if (message.text or "").startswith("/") or message.forward_origin is not None:
        return False
    judged = await judge(await sent_in(message), directory)
    answers = judged.answers(message.text or message.caption or "", directory)
    return {"verdict": judged.view(private=True)} if answers else False


async def told(message: Message, verdict: View) -> None:
    """Any message with links, and any that answers what somebody else wrote."""
    await reply(message, verdict)


def commands() -> Router:
    """Return the router of the command and its button."""
    router = Router(name=__name__)
    router.message.register(check, Command("check"))
    router.callback_query.register(check_pressed, Menu.filter(F.where == "check"))
    return router


def make() -> Router:
    router = Router(name=__name__)
    router.message.register(own_card, from_itself, is_not_forwarded)
    router.message.register(told, _verdict)
    return router
