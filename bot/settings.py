"""The settings of the contract, from environment variables or `.env` in the working folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from directory import environment
from directory.environment import DEFAULT_REGION
from directory.regions import MOSCOW, Region, region_named
from directory.store.database import DEFAULT_URL, backend_of
from directory.store.faults import DatabaseUrlError

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_FORMATS = ("console", "json")
_SEEDS = ("country", "region", "none")


def _is_address(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number of a port
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname)


def _is_bare(url: str) -> bool:
    """Whether it is an address of the Web with nothing behind its path."""
    return _is_address(url, ("https", "http")) and not re.search(r"[{}?#\s]", url)


_WANTED: dict[str, tuple[Callable[[str], object], str]] = {
    "bot_token": (
        re.compile(r"\d+:[A-Za-z0-9_-]+").fullmatch,
        "это не похоже на ключ бота; скопируйте его из @BotFather целиком, он вида 123456789:AAE…",
    ),
    "bot_api_url": (
        _is_bare,
        "нужен адрес сервера Bot API вида https://api.telegram.org или http://127.0.0.1:8081",
    ),
    "bot_proxy": (
        lambda url: (
            _is_address(url, ("http", "socks5", "socks4")) and urlsplit(url).port is not None
        ),
        "нужен адрес прокси с портом вида http://127.0.0.1:3128"
        " или socks5://имя:пароль@127.0.0.1:1080",
    ),
    "webhook_url": (
        _is_bare,
        "нужен адрес, на который Telegram будет присылать сообщения, вида"
        " https://bot.example.ru/telegram",
    ),
    "webhook_secret": (
        re.compile(r"[A-Za-z0-9_-]{1,256}").fullmatch,
        "нужны латинские буквы, цифры, «_» и «-», не больше 256",
    ),
    "ping_url": (
        lambda url: _is_address(url, ("https", "http")),
        "нужен адрес, который бот будет открывать раз в минуту, вида https://hc.example.ru/…",
    ),
}
"""Which values a setting takes, and what to say of others."""


class SettingsError(Exception):
    """What stops the start: one line in Russian that names the setting and says what to do."""


class Settings(BaseSettings):
    """Checked settings; an empty variable counts as one that is not set.

    `bot_token` is empty only in the terminal chat. `admin_ids` are numeric Telegram ids.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        validate_default=False,
    )

    bot_token: str = ""
    bot_api_url: str = "https://api.telegram.org"
    bot_proxy: str = ""
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    database_url: str = DEFAULT_URL
    region: str = DEFAULT_REGION
    seed: str = "country"
    state_dir: str = ""
    timezone: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    ping_url: str = ""
    log_level: str = "INFO"
    log_format: str = "console"

    @property
    def home(self) -> Region | None:
        """The bot's region, None when it is the whole country's."""
        return region_named(self.region)

    @property
    def zone(self) -> ZoneInfo:
        """The time that administrators read: `TIMEZONE`, else that of the region."""
        return ZoneInfo(self.timezone or (self.home.zone if self.home else MOSCOW))

    @property
    def state_folder(self) -> Path:
        """Where what can be made anew is kept: `STATE_DIR`, else that of the database."""
        return Path(self.state_dir) if self.state_dir else backend_of(self.database_url).folder

    @property
    def is_watched(self) -> bool:
        """Whether there is a web server: for the webhook, or because WEB_PORT is set."""
        return bool(self.webhook_url) or "web_port" in self.model_fields_set

    @model_validator(mode="before")
    @classmethod
    def _region_may_be_empty(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Of all settings an empty REGION alone says something: the whole country."""
        return {"region": environment.region_name(), **given}

    @field_validator("region")
    @classmethod
    def _is_region(cls, name: str) -> str:
        found = region_named(name)
        return found.name if found else ""

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"нет часового пояса «{name}»; нужен вида Asia/Yekaterinburg или Europe/Moscow"
            ) from None
        return name

    @field_validator(*_WANTED)
    @classmethod
    def _is_wanted(cls, value: str, info: Any) -> str:
        fits, wanted = _WANTED[info.field_name]
        if not fits(value):
            raise ValueError(wanted)
        return value.rstrip("/") if info.field_name == "bot_api_url" else value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _are_ids(cls, ids: Any) -> Any:
        if not isinstance(ids, str):
            return ids
        given = [part.strip() for part in ids.split(",") if part.strip()]
        for part in given:
            if not (part.isascii() and part.isdigit() and int(part) > 0):
                raise ValueError(
                    "нужны числовые номера людей через запятую, например 123456789,987654321;"
                    f" «{part}» — не такой номер"
                )
        return [int(part) for part in given]

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, url: str) -> str:
        try:
            backend_of(url)
        except DatabaseUrlError as error:
            raise ValueError(str(error).removeprefix("DATABASE_URL: ")) from error
        return url

    @field_validator("webhook_url")
    @classmethod
    def _is_webhook(cls, url: str) -> str:
        if (urlsplit(url).path or "/") in ("/healthz", "/readyz", "/metrics"):
            raise ValueError("этот путь занят наблюдением за ботом; выберите другой")
        return url

    @field_validator("web_port", mode="before")
    @classmethod
    def _is_port(cls, port: Any) -> Any:
        if not str(port).isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("нужен номер порта от 1 до 65535, например 8080")
        return port

    @field_validator("seed", "log_level", "log_format")
    @classmethod
    def _is_known(cls, value: str, info: Any) -> str:
        known = {"seed": _SEEDS, "log_level": _LEVELS, "log_format": _FORMATS}[info.field_name]
        found = next((name for name in known if name.lower() == value.lower()), None)
        if found is None:
            raise ValueError(f"нужно одно из: {', '.join(known)}; дано «{value}»")
        return found


def load(*, need_token: bool) -> Settings:
    """Read and check the settings. Raises `SettingsError`."""
    try:
        settings = Settings()
    except ValidationError as invalid:
        raise SettingsError("; ".join(map(_line, invalid.errors()))) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(".env: файл не читается; сохраните его в кодировке UTF-8") from None
    if need_token and not settings.bot_token:
        raise SettingsError(
            "BOT_TOKEN не задан: получите ключ у @BotFather и впишите его в файл .env"
            " (образец — .env.example); без ключа есть разговор в терминале: python -m bot chat"
        )
    return settings


def _line(error: Any) -> str:
    name = ".".join(map(str, error["loc"])).upper()
    return f"{name}: {error.get('ctx', {}).get('error', error['msg'])}"
