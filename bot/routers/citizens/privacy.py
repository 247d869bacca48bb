"""/privacy and /forget: what is kept of a person, and deleting it after one more press."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.buttons.citizens import Forget
from bot.people.reader import Reader, is_staff
from bot.screens import home
from bot.talk import picked
from bot.talk.send import redraw, reply
from bot.views.citizens import privacy as views
from directory.directory import Directory
from directory.store import forgetting


async def privacy(message: Message) -> None:
    await reply(message, views.privacy())


async def ask(message: Message, directory: Directory, reader: Reader | None) -> None:
    """Ask whether to delete what is kept, if anything is."""
    async with directory.db.read() as connection:
        kept = await forgetting.kept_of(connection, message.chat.id)
    view = views.forget(kept) if kept else views.nothing_kept(staff=is_staff(reader))
    await reply(message, view)


async def decided(
    press: CallbackQuery, callback_data: Forget, directory: Directory, reader: Reader | None
) -> None:
    """Delete, or leave all as it is."""
    if callback_data.sure:
        async with directory.db.write() as connection:
            await forgetting.forget(connection, press.from_user.id)
        picked.forget(press.from_user.id)
        home.forget(press.from_user.id)
    await redraw(press, views.forgotten(callback_data.sure, staff=is_staff(reader)))


def make() -> Router:
    router = Router(name=__name__)
    router.message.register(privacy, Command("privacy"))
    router.message.register(ask, Command("forget"))
    router.callback_query.register(decided, Forget.filter())
    return router
