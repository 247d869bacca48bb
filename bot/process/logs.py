"""Logs that hold neither the bot's token nor anything of what people typed or are called.

Discipline keeps them so: messages name methods, kinds and numbers. Two nets stand below it. The
text of an exception may quote whatever was being worked on, so an exception is logged as its type
and the places it went through; and known secrets are struck from every finished line.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
import sys
import traceback
import warnings
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, TextIO
from urllib.parse import urlsplit

from aiogram.exceptions import TelegramAPIError, TelegramNetworkError
from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from directory.store.faults import DatabaseLostError

_ID = re.compile(r"-?\d{5,}")
"""What may be the number of a person or a chat; other numbers in Telegram's words are shorter."""

_TELLING = ("aiogram.middlewares", "aiogram.event")
"""The loggers of aiogram's that name each press by its id, whose upper half is the person's, and
each update by its number: `bot.process.intake` has a line for it."""

REPEATING = ("bot.process.session", "bot.routers.stale")
"""The loggers that an outage has say the same for every person who writes."""

_REPEAT_SECONDS = 60
"""How often they say it."""

_OURS = ("bot", "directory", "aiogram")
"""The loggers that LOG_LEVEL speaks of; other libraries log warnings only, since the debugging
output of a database driver holds the values of every statement."""


def setup(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all logs to `stream` (standard error) in the settings' format."""
    handler = logging.StreamHandler(stream or sys.stderr)
    style = _Json if settings.log_format == "json" else _Console
    handler.setFormatter(style(_secrets(settings)))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(settings.log_level)
    for name in _TELLING:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in REPEATING:
        logging.getLogger(name).filters[:] = [OnceAMinute()]
    warnings.showwarning = _log_warning


class OnceAMinute(logging.Filter):
    """Lets a warning or an error through once a minute, and then with the number of those like it.

    Alike are records of the same words and the same error, whatever else they name.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Hashable, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be logged."""
        if record.levelno < logging.WARNING:
            return True
        error = record.exc_info[1] if record.exc_info else None
        given = record.args if isinstance(record.args, tuple) else ()
        errors = [error, *(arg for arg in given if isinstance(arg, BaseException))]
        alike = record.msg, *(describe(each) for each in errors if each)
        now = monotonic()
        at, left_out = self._told.get(alike, (-_REPEAT_SECONDS, 0))
        if now - at < _REPEAT_SECONDS:
            self._told[alike] = at, left_out + 1
            return False
        self._told[alike] = now, 0
        if left_out:
            record.msg = f"{record.msg} (and {left_out} more like it)"
        return True


def log_loop_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop's own complaints, which quote tasks with their exceptions, logged as others."""

    def _log(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        logging.getLogger("asyncio").error(
            "%s", context["message"].partition("\n")[0], exc_info=context.get("exception")
        )

    loop.set_exception_handler(_log)


def describe(error: BaseException) -> str:
    """An exception in words that quote nothing: its type, and what is known to be general."""
    name = type(error).__name__
    if isinstance(error, TelegramNetworkError):
        return f"{name} ({type(error.__cause__).__name__})" if error.__cause__ else name
    if isinstance(error, TelegramAPIError):
        # Telegram's own words up to where they begin to quote the call, without the numbers of
        # chats that they name: in a private chat that is the person's.
        said = error.message.partition(chr(34))[0].splitlines()[0].strip()
        return f"{name}: {_ID.sub('…', said)}"
    if isinstance(error, DatabaseLostError):
        return str(error)  # the file's path and what to do
    if isinstance(error, DBAPIError) and error.orig is not None:
        return f"{name} ({_code(error.orig)})"
    if isinstance(error, sqlite3.Error):
        return f"{name} ({_code(error)})"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    return name


def _code(error: BaseException) -> str:
    """The name that SQLite has for what went wrong, or the SQLSTATE that PostgreSQL has."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return code or type(error).__name__


class _Careful(logging.Formatter):
    """Formats without the texts of exceptions, then strikes out the secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The finished line or lines."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                describe(arg) if isinstance(arg, BaseException) else arg for arg in record.args
            )
        text = self.line(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def line(self, record: logging.LogRecord) -> str:
        """The line before secrets are struck out."""
        raise NotImplementedError


class _Console(_Careful):
    def line(self, record: logging.LogRecord) -> str:
        at = _at(record).isoformat(" ", "seconds")
        text = f"{at} {record.levelname:<7} {record.name}: {record.getMessage()}"
        return "\n    ".join([text, *_places(record)])


class _Json(_Careful):
    def line(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": _at(record).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if places := _places(record):
            entry["error"] = places
        return json.dumps(entry, ensure_ascii=False)


def _at(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _places(record: logging.LogRecord) -> list[str]:
    """Of a logged exception and those behind it: the type, and each `file:line function`."""
    error = record.exc_info[1] if record.exc_info else None
    found = []
    while error is not None:
        found.append(describe(error))
        found += [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    # The message is left out: aiogram's about an update of an unknown kind holds the whole update.
    logging.getLogger("py.warnings").warning("%s at %s:%d", category.__name__, filename, lineno)


def _secrets(settings: Settings) -> list[str]:
    proxy, database = (
        urlsplit(address).password or "" for address in (settings.bot_proxy, settings.database_url)
    )
    key = settings.bot_token.partition(":")[2]
    # The part after the colon alone too: in an address the colon may be written as %3A.
    return [secret for secret in (settings.bot_token, key, proxy, database) if len(secret) >= 4]
