"""`python -m bot doctor`: is everything there that the bot needs? A line each, with what to do."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiohttp import ClientError

from bot.process.logs import describe
from bot.process.session import make_session
from bot.settings import Settings
from directory.store import copies
from directory.store.database import backend_of, sqlite_path
from directory.store.faults import DatabaseLostError, DatabaseUrlError
from directory.store.postgres import PostgresDatabase

_LEAST_FREE = 500 * 2**20
"""Free bytes of the disk below which there is little time left."""

_CLOCK_SECONDS = 60
"""How far the clock may be off: dates of checks and the order of events stay right."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is in order, and in words what was seen or what to do."""

    of: str
    sound: bool
    text: str

    def __str__(self) -> str:
        return f"{'в порядке' if self.sound else 'НЕ ТАК'} · {self.of}: {self.text}"


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Everything that was looked at, as soon as it is known."""
    yield await _database(settings)
    yield _disk(settings)
    yield _owners(settings)
    if not settings.bot_token:
        yield Finding(
            "ключ", False, "BOT_TOKEN не задан; получите ключ у @BotFather и впишите в .env"
        )
        return
    bot = Bot(settings.bot_token, session=make_session(settings))
    try:
        async for finding in _telegram(bot, settings):
            yield finding
    finally:
        await bot.session.close()


async def _database(settings: Settings) -> Finding:
    database = backend_of(settings.database_url)
    if isinstance(database, PostgresDatabase):
        try:
            return Finding("база", True, await database.examine())
        except DatabaseLostError as error:
            return Finding(
                "база", False, f"{database.name} не отвечает ({error.why}); проверьте DATABASE_URL"
            )
        except DatabaseUrlError as error:
            return Finding("база", False, str(error))
    return _file(sqlite_path(settings.database_url))


def _file(path: Path) -> Finding:
    if not path.exists():
        return Finding("база", True, f"«{path}» ещё нет, первый запуск создаст её")
    try:
        copies.verify(path)
    except copies.DamagedError as error:
        cure = "верните копию: python -m directory restore FILE"
        return Finding("база", False, f"«{path}»: {error}; {cure}")
    return Finding("база", True, f"«{path}», {path.stat().st_size / 1e6:.1f} МБ, цела")


def _disk(settings: Settings) -> Finding:
    folder = backend_of(settings.database_url).folder.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    enough = free >= _LEAST_FREE
    advice = "" if enough else f"; освободите место, нужно хотя бы {_LEAST_FREE // 2**20} МБ"
    return Finding("диск", enough, f"свободно {free / 1e9:.1f} ГБ{advice}")


def _owners(settings: Settings) -> Finding:
    count = len(settings.admin_ids)
    if not count:
        return Finding(
            "владельцы", False, "ADMIN_IDS пуст: некому загружать списки; впишите свой номер"
        )
    return Finding("владельцы", True, f"указано {count}")


async def _telegram(bot: Bot, settings: Settings) -> AsyncIterator[Finding]:
    """What only the Bot API can tell; nothing more once it does not answer."""
    by = f"через BOT_PROXY и {settings.bot_api_url}" if settings.bot_proxy else settings.bot_api_url
    try:
        me = await bot.me()
    except TelegramUnauthorizedError:
        yield Finding(
            "ключ", False, "Telegram не знает такого BOT_TOKEN; возьмите действующий у @BotFather"
        )
        return
    except (TelegramNotFound, ClientDecodeError):
        yield Finding("Bot API", False, f"{by}: отвечает не Bot API; проверьте BOT_API_URL")
        return
    except TelegramAPIError as error:
        advice = "проверьте BOT_PROXY" if settings.bot_proxy else "нужен BOT_PROXY или BOT_API_URL"
        reached = "" if isinstance(error, TelegramNetworkError) else f" ({describe(error)})"
        yield Finding("Bot API", False, f"{by}: не отвечает{reached}; {advice}")
        return
    yield Finding("ключ", True, f"@{me.username}, {by}")
    yield (
        Finding("встроенный режим", True, "включён")
        if me.supports_inline_queries
        else Finding(
            "встроенный режим", False, "выключен; включите у @BotFather командой /setinline"
        )
    )
    yield await _clock(bot, settings)
    try:
        webhook = (await bot.get_webhook_info()).url
        yield (
            Finding("вебхук", True, "не задан, бот опрашивает Telegram сам")
            if not webhook
            else (
                Finding(
                    "вебхук",
                    False,
                    "задан другим запуском: бот откажется опрашивать Telegram, пока вебхук есть;"
                    " укажите его адрес в WEBHOOK_URL или снимите его вызовом deleteWebhook",
                )
            )
        )
        for owner in sorted(settings.admin_ids):
            yield await _owner(bot, owner)
    except TelegramAPIError as error:
        yield Finding("Bot API", False, f"{by}: перестал отвечать ({describe(error)})")


async def _clock(bot: Bot, settings: Settings) -> Finding:
    """The clock beside that of the Bot API's server, as its answers state it."""
    session = await bot.session.create_session()  # type: ignore[attr-defined]
    try:
        async with session.head(settings.bot_api_url) as answer:
            stated = answer.headers.get("Date")
    except (ClientError, TimeoutError):
        stated = None
    if stated is None:
        return Finding("часы", True, "сервер Bot API не сообщает времени, сверить не с чем")
    off = abs(time.time() - parsedate_to_datetime(stated).timestamp())
    if off > _CLOCK_SECONDS:
        return Finding("часы", False, f"расходятся с сервером на {off:.0f} с; включите их сверку")
    return Finding("часы", True, "верны")


async def _owner(bot: Bot, owner: int) -> Finding:
    """Telegram lets a bot write only to those who have opened it."""
    try:
        await bot.get_chat(owner)
    except TelegramNetworkError:
        raise
    except TelegramAPIError:
        return Finding(
            f"владелец {owner}", False, "не открывал бота: тревоги не дойдут; пусть нажмёт «Старт»"
        )
    return Finding(f"владелец {owner}", True, "открывал бота")
