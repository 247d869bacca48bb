"""The first questions to Telegram: who the bot is, and whether this process may poll."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from bot.process.logs import describe
from bot.process.taken import Taken
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)

_LONGEST_PAUSE = 30
"""Seconds between two attempts to reach the Bot API at the start."""


async def reach(bot: Bot, settings: Settings, taken: Taken) -> None:
    """Ask Telegram who the bot is, for as long as it takes to get an answer.

    Raises `SettingsError` when Telegram does not know the token, when its server is none, and when
    the bot would poll while the webhook of another installation is set.
    """
    pause = 1
    while True:
        try:
            await bot.me()
            if not settings.webhook_url:
                await _may_poll(bot, settings, taken)
        except TelegramUnauthorizedError:
            raise SettingsError(
                "BOT_TOKEN: Telegram не знает такого ключа; возьмите действующий у @BotFather"
                " (команда /token)"
            ) from None
        except (TelegramNotFound, ClientDecodeError):
            raise SettingsError(
                "BOT_API_URL или BOT_TOKEN: по этому адресу отвечает не Bot API или ключ записан"
                " с ошибкой; проверьте оба"
            ) from None
        except TelegramAPIError as error:
            log.error(
                "The Bot API cannot be reached (%s): check BOT_API_URL and BOT_PROXY."
                " Trying again in %d s",
                describe(error),
                pause,
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


async def _may_poll(bot: Bot, settings: Settings, taken: Taken) -> None:
    """Remove the webhook that this installation itself has set; refuse to remove another's.

    Telegram lets nobody poll while there is a webhook, and a bot that is started by mistake, on
    another machine for example, must not silence the one that people use.
    """
    url = (await bot.get_webhook_info()).url
    if not url:
        return
    if url != taken.webhook:
        raise SettingsError(
            f"WEBHOOK_URL: бот уже получает сообщения через вебхук на {urlsplit(url).hostname};"
            " укажите этот адрес в WEBHOOK_URL, возьмите другой BOT_TOKEN или, если вебхук больше"
            f" не нужен, снимите его: откройте {settings.bot_api_url}/bot<BOT_TOKEN>/deleteWebhook"
        )
    await bot.delete_webhook()
    taken.webhook = ""
    log.info("The webhook of this installation was removed: WEBHOOK_URL is not set any more")
