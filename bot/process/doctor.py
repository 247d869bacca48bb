"""`python -m bot doctor`: is everything there that the bot needs? A line each, with what to do."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import WebhookInfo
from aiohttp import ClientError
from sqlalchemy.exc import DBAPIError

from bot.process.logs import describe
from bot.process.session import make_session
from bot.settings import Settings
from directory.store import copies, staff
from directory.store.database import backend_of, sqlite_path
from directory.store.faults import DatabaseLostError, DatabaseUrlError
from directory.store.postgres import PostgresDatabase
from directory.store.sqlite import SqliteFile

_LEAST_FREE = 500 * 2**20
"""Free bytes of the disk below which there is little time left."""

_CLOCK_SECONDS = 60
"""How far the clock may be off: dates of checks and the order of events stay right."""

_RECENT_SECONDS = 600
"""How long ago a failed delivery to the webhook still tells of today."""


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
    appointed = await _appointed(settings)
    yield _owners(settings, appointed)
    if not settings.bot_token:
        yield Finding(
            "ключ", False, "BOT_TOKEN не задан; получите ключ у @BotFather и впишите в .env"
        )
        return
    bot = Bot(settings.bot_token, session=make_session(settings))
    try:
        async for finding in _telegram(bot, settings, settings.admin_ids | appointed):
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
    database = backend_of(settings.database_url)
    folder = _existing(database.folder)
    try:
        for each in {folder, _existing(settings.state_folder)}:
            written = each
            tempfile.TemporaryFile(dir=each).close()
        if isinstance(database, SqliteFile) and database.path.exists():
            written = database.path
            written.open("r+b").close()
    except OSError as error:
        return Finding(
            "диск",
            False,
            f"писать нельзя: «{written}» ({error.strerror}); отдайте всю папку тому, от чьего имени"
            " работает бот (chown -R)",
        )
    free = shutil.disk_usage(folder).free
    enough = free >= _LEAST_FREE
    advice = "" if enough else f"; освободите место, нужно хотя бы {_LEAST_FREE // 2**20} МБ"
    return Finding("диск", enough, f"свободно {free / 1e9:.1f} ГБ{advice}")


def _existing(folder: Path) -> Path:
    """The folder, or what is there of the way to it."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


async def _appointed(settings: Settings) -> frozenset[int]:
    """The owners who were appointed in the chat; none of a database that cannot be read: what is
    wrong with it is a finding of its own."""
    backend = backend_of(settings.database_url)
    if isinstance(backend, SqliteFile) and not backend.path.exists():
        return frozenset()
    try:
        engine = backend.engine(1)
        try:
            async with engine.connect() as connection:
                return frozenset((await staff.persons(connection))[1])
        finally:
            await engine.dispose()
    except (OSError, DBAPIError):  # an older version's tables, too
        return frozenset()


def _owners(settings: Settings, appointed: frozenset[int]) -> Finding:
    if not settings.admin_ids | appointed:
        return Finding(
            "владельцы",
            False,
            "ADMIN_IDS пуст: некому загружать списки; впишите свой id: его скажет бот на /admin",
        )
    added = len(appointed - settings.admin_ids)
    return Finding(
        "владельцы",
        True,
        f"указано {len(settings.admin_ids)}" + (f", назначено в чате {added}" if added else ""),
    )


async def _telegram(bot: Bot, settings: Settings, owners: frozenset[int]) -> AsyncIterator[Finding]:
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
        yield _webhook(await bot.get_webhook_info(), settings)
        for owner in sorted(owners):
            yield await _owner(bot, owner)
    except TelegramAPIError as error:
        yield Finding("Bot API", False, f"{by}: перестал отвечать ({describe(error)})")


def _webhook(info: WebhookInfo, settings: Settings) -> Finding:
    """Whether the webhook is the one that the settings ask for, and Telegram gets through to it."""
    wanted, host = settings.webhook_url, urlsplit(info.url).hostname
    if not info.url:
        text = "бот поставит его при запуске" if wanted else "не задан, бот опрашивает Telegram сам"
        return Finding("вебхук", True, text)
    if not wanted:
        return Finding(
            "вебхук",
            False,
            f"задан на {host}, а WEBHOOK_URL пуст: вебхука другой установки бот не снимет и"
            " опрашивать Telegram откажется; укажите его адрес в WEBHOOK_URL или снимите его"
            " вызовом deleteWebhook",
        )
    if info.url != wanted:
        return Finding(
            "вебхук",
            False,
            f"задан другой, на {host}: запуск заменит его на WEBHOOK_URL; если там работает другой"
            " запуск этого бота, он замолчит",
        )
    failed = info.last_error_date
    if failed and (datetime.now(UTC) - failed).total_seconds() < _RECENT_SECONDS:
        return Finding(
            "вебхук",
            False,
            f"Telegram не может доставить сообщения ({info.last_error_message}); проверьте, что бот"
            " запущен, а прокси и сертификат этого адреса исправны",
        )
    return Finding("вебхук", True, f"задан на {host}")


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
