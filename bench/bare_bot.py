"""The least that a bot with aiogram can do: it says back what it is told.

`python -m bench.bare_bot URL` polls the Bot API at this address.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    CallbackQuery,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)

from bench.telegram import TOKEN


async def _message(message: Message) -> None:
    await message.answer(message.text or "")


async def _inline(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text=query.query)
    article = InlineQueryResultArticle(id="1", title=query.query, input_message_content=content)
    await query.answer([article])


async def _press(press: CallbackQuery) -> None:
    if isinstance(press.message, Message):
        await press.message.answer(press.data or "")
    await press.answer()


async def main() -> None:
    """Run the bot until it is stopped."""
    dispatcher = Dispatcher()
    dispatcher.message.register(_message)
    dispatcher.inline_query.register(_inline)
    dispatcher.callback_query.register(_press)
    session = AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[1]))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
