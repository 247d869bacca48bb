"""/forget: delete what is kept of a person, after one more press."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.buttons.citizens import Forget
from bot.people.reader import Reader, is_staff
from bot.screens import home
from bot.talk import picked
from bot.talk.send import redraw, reply
from bot.views.citizens import hello
from directory.directory import Directory
from directory.store import forgetting


async def ask(message: Message, directory: Directory, reader: Reader | None) -> None:
    """The question, when there is something to delete."""
    async with directory.db.read() as connection:
        kept = await forgetting.kept_of(connection, message.chat.id)
    await reply(message, hello.forget(kept) if kept else hello.nothing_kept(staff=is_staff(reader)))


async def decided(
    press: CallbackQuery, callback_data: Forget, directory: Directory, reader: Reader | None
) -> None:
    """Delete, or do not."""
    if callback_data.sure:
        async with directory.db.write() as connection:
            await forgetting.forget(connection, press.from_user.id)
        picked.forget(press.from_user.id)
        home.forget(press.from_user.id)
    await redraw(press, hello.forgotten(callback_data.sure, staff=is_staff(reader)))


def make() -> Router:
    router = Router(name=__name__)
    router.message.register(ask, Command("forget"))
    router.callback_query.register(decided, Forget.filter())
    return router
