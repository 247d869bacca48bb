"""The least that a bot with aiogram can do: it says back what it is told.

`python -m bench.bare_bot URL` polls the Bot API at this address; with a PORT after it, the bot sets
a webhook there.
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
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

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
    bot = Bot(TOKEN, session=session)
    if sys.argv[2:]:
        await _serve(bot, dispatcher, int(sys.argv[2]))
    else:
        await dispatcher.start_polling(bot)


async def _serve(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    """Be told of updates on this port, until it is stopped."""
    app, secret = web.Application(), "made-up"
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/updates")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/updates", secret_token=secret)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
