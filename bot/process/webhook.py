"""Being told of updates by Telegram: the webhook, set and kept, and what it delivers."""

from __future__ import annotations

import asyncio
import hmac
import logging
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.webhook.aiohttp_server import BaseRequestHandler
from aiohttp import web

from bot.process.intake import Intake
from bot.process.polling import Outage, TokenRevokedError
from bot.process.taken import Taken
from bot.process.unreadable_answers import read_update
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)

LOOK_SECONDS = 60
"""How often it is looked whether the webhook is still set."""


def secret_of(settings: Settings) -> str:
    """`WEBHOOK_SECRET`, else one made of the token: every replica and every start makes the same.

    It need not be kept anywhere, not even in a database that replicas share: the token is kept, and
    this is an HMAC of it. Neither can be told from the other, and a new token brings a new secret.
    """
    key = settings.bot_token.encode()
    return settings.webhook_secret or hmac.new(key, b"webhook", "sha256").hexdigest()


class Webhook(BaseRequestHandler):
    """Takes what Telegram delivers. Each request is accepted as soon as its update is kept."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, intake: Intake, secret: str) -> None:
        super().__init__(dispatcher, handle_in_background=True)
        self._bot = bot
        self._intake = intake
        self._secret = secret.encode()

    def verify_secret(self, telegram_secret_token: str, bot: Bot) -> bool:
        """Whether the request is Telegram's, in constant time."""
        given = telegram_secret_token.encode(errors="surrogateescape")
        return hmac.compare_digest(given, self._secret)

    async def resolve_bot(self, request: web.Request) -> Bot:
        """The only bot."""
        return self._bot

    async def close(self) -> None:
        """Nothing: handlers still use the session when the server has stopped."""

    async def _handle_request_background(self, bot: Bot, request: web.Request) -> web.Response:
        try:
            update = read_update(bot, await request.read())
        except ValueError:
            return web.Response(status=400, text="no JSON\n")
        self._intake.heard()
        await self._intake.take([update] if update else [])
        return web.Response()


def path_of(url: str) -> str:
    """Where the webhook is served: the path of its address."""
    return urlsplit(url).path or "/"


async def attend(
    bot: Bot, intake: Intake, taken: Taken, settings: Settings, kinds: list[str]
) -> None:
    """Set the webhook for updates of these kinds and keep it set, until cancelled.

    Raises `SettingsError` when Telegram refuses the address, `TokenRevokedError`.
    """
    url, outage, is_set = settings.webhook_url, Outage(), False
    while True:
        intake.moved()
        try:
            found = await bot.get_webhook_info()
            if not is_set or found.url != url:
                if found.url not in ("", url):
                    log.warning("The webhook on %s is replaced", urlsplit(found.url).hostname)
                await bot.set_webhook(url, allowed_updates=kinds, secret_token=secret_of(settings))
                taken.webhook, is_set = url, True
                log.info("The webhook is set")
        except TelegramUnauthorizedError:
            raise TokenRevokedError from None
        except TelegramBadRequest as error:
            raise SettingsError(
                f"WEBHOOK_URL: Telegram не принимает этот адрес ({error.message}); нужен https://"
                " с портом 443, 80, 88 или 8443, видимый из интернета"
            ) from None
        except TelegramRetryAfter as error:
            intake.moved(error.retry_after)
            await asyncio.sleep(error.retry_after)
        except (AiogramError, OSError, ValueError) as error:
            await asyncio.sleep(outage.failed(error))
        else:
            outage.ended()
            intake.heard()
            await asyncio.sleep(LOOK_SECONDS)
