"""Sending views and files: a new message, or a change of the one whose button was pressed."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.people.permitted import Office
from bot.talk.picked import remember
from bot.views.view import View
from directory.file.writers import Sheet, xlsx_bytes


async def reply(message: Message, view: View) -> None:
    """Answer in the same chat; in a group, as a reply, so that it is seen whom it answers."""
    if message.chat.type == "private":
        remember(message.chat.id, view.keyboard)
        await _answer(message, view)
    else:
        # The question may have been deleted meanwhile.
        to = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
        await _answer(message, view, reply_parameters=to)


def _answer(message: Message, view: View, **options: Any) -> SendMessage:
    """What `message.answer` makes: that checks all of twenty options, be they set or not."""
    if message.is_topic_message:
        options["message_thread_id"] = message.message_thread_id
    call = SendMessage(
        chat_id=message.chat.id, text=view.text, reply_markup=view.keyboard, **options
    )
    return call.as_(message.bot)


async def answer(event: Message | CallbackQuery, view: View) -> None:
    """Answer with a new message, whether a command or a button asks for it."""
    await (reply(event, view) if isinstance(event, Message) else send(event, view))


async def show(event: Message | CallbackQuery, view: View) -> None:
    """Answer a command with a new message, a button by changing its own."""
    await (reply(event, view) if isinstance(event, Message) else redraw(event, view))


async def send_keys(
    event: Message | CallbackQuery, text: str, keys: ReplyKeyboardMarkup | ReplyKeyboardRemove
) -> None:
    """Send a message that puts buttons below the field for writing, or takes them away."""
    message = event if isinstance(event, Message) else event.message
    if message is not None and event.bot is not None:
        await event.bot.send_message(message.chat.id, text, reply_markup=keys)


async def send_file(
    event: Message | CallbackQuery, data: bytes, name: str, caption: str | None = None
) -> None:
    """Send a file to the chat of the message or the pressed button."""
    message = event if isinstance(event, Message) else event.message
    if message is not None and event.bot is not None:
        file = BufferedInputFile(data, name)
        await event.bot.send_document(message.chat.id, file, caption=caption)


async def send_book(press: CallbackQuery, office: Office, name: str, *sheets: Sheet) -> None:
    """Send a workbook, made in a thread, since it may be large.

    Raises `NotPermittedError` when the person has lost the role meanwhile.
    """
    data = await asyncio.to_thread(xlsx_bytes, *sheets)
    async with office.read():
        pass
    await send_file(press, data, name)


async def reply_with_picture(message: Message, view: View, png: bytes | None) -> None:
    """Answer in a private chat, above the view a picture, if there is one: the view fits into its
    caption."""
    if png is None:
        await reply(message, view)
    else:
        await message.answer_photo(_file(png), caption=view.text, reply_markup=view.keyboard)


async def send(press: CallbackQuery, view: View, png: bytes | None = None) -> None:
    """Send a new message to the chat of the pressed button, above the view the picture `png`."""
    _remember(press, view)
    if press.message is None or press.bot is None:
        return
    chat, keys = press.message.chat.id, view.keyboard
    if png is not None:
        await press.bot.send_photo(chat, _file(png), caption=view.text, reply_markup=keys)
    elif isinstance(press.message, Message):
        await press.message.answer(view.text, reply_markup=keys)
    else:
        await press.bot.send_message(chat, view.text, reply_markup=keys)


async def redraw(press: CallbackQuery, view: View) -> None:
    """Change the message of the pressed button; a new one when it can no longer be changed."""
    if not isinstance(press.message, Message):
        await send(press, view)
        return
    _remember(press, view)
    try:
        await press.message.edit_text(view.text, reply_markup=view.keyboard)
    except TelegramBadRequest as error:
        # A second tap on the same button: the screen is already as it should be.
        if "message is not modified" not in error.message:
            raise


def _file(png: bytes) -> BufferedInputFile:
    return BufferedInputFile(png, "picture.png")


def _remember(press: CallbackQuery, view: View) -> None:
    if press.message is not None and press.message.chat.type == "private":
        remember(press.message.chat.id, view.keyboard)
