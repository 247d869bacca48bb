"""Logs hold no secret and nothing of what people typed, whatever goes wrong."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import SendMessage
from sqlalchemy.exc import DBAPIError

from bot.process import logs
from bot.process.logs import log_loop_errors, setup
from bot.settings import Settings

KEY = "AAEmade-up-key"
SECRETS = [f"123:{KEY}", f"123%3A{KEY}", "proxyword"]
TYPED = "паспорт 4500"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged, in JSON; logging is as it was afterwards."""
    root, showwarning = logging.getLogger(), warnings.showwarning
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    settings = Settings(
        bot_token=f"123:{KEY}",
        bot_proxy="socks5://me:proxyword@127.0.0.1:1080",
        log_format="json",
        log_level="DEBUG",
    )
    setup(settings, written)
    yield written
    warnings.showwarning = showwarning
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("bot", "directory", "aiogram", "aiogram.event", "aiogram.middlewares"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    for name in logs.REPEATING:
        logging.getLogger(name).filters.clear()


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_struck_out_wherever_it_stands(stream: io.StringIO, secret: str) -> None:
    log = logging.getLogger("bot.test")
    log.info("GET https://api.telegram.org/bot%s/getMe", secret)
    log.warning(f"said {secret}")
    assert KEY not in stream.getvalue()
    assert "proxyword" not in stream.getvalue()
    assert len(stream.getvalue().splitlines()) == 2


def test_an_exception_is_its_type_and_the_way_it_went(stream: io.StringIO) -> None:
    try:
        try:
            int(TYPED)
        except ValueError as error:
            raise RuntimeError(f"cannot read {TYPED}") from error
    except RuntimeError as error:
        logging.getLogger("bot.test").exception("error %s while %s", error, "reading")
    entry = json.loads(stream.getvalue())
    assert entry["message"] == "error RuntimeError while reading"
    assert entry["error"][0] == "RuntimeError"
    assert "ValueError" in entry["error"]
    assert any(__file__ in place for place in entry["error"])
    assert TYPED not in stream.getvalue()


def test_telegrams_words_are_kept_up_to_where_they_quote(stream: io.StringIO) -> None:
    call = SendMessage(chat_id=1, text=TYPED)
    said = f'Bad Request: can\'t parse entities: unsupported start tag "{TYPED}" at byte offset 0'
    logging.getLogger("bot.test").warning("%s", TelegramBadRequest(method=call, message=said))
    network = TelegramNetworkError(method=call, message=f"InvalidURL: {TYPED}")
    logging.getLogger("bot.test").warning("%s", network)
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["message"].endswith("unsupported start tag")
    assert second["message"] == "TelegramNetworkError"


def test_no_number_of_a_chat_is_told(stream: io.StringIO) -> None:
    call = SendMessage(chat_id=5_550_001_234, text=TYPED)
    log = logging.getLogger("bot.test")
    log.warning("%s", TelegramRetryAfter(method=call, message="Too Many Requests", retry_after=7))
    log.warning("%s", TelegramMigrateToChat(call, "Bad Request", -1005550001234))
    log.warning("%s", TelegramForbiddenError(call, "Forbidden: user 5550001234 is deactivated"))
    press = 5550001234 << 32
    logging.getLogger("aiogram.middlewares").info("Answer to callback query id=%s", press)
    said = stream.getvalue()
    assert "555000" not in said
    assert str(press) not in said
    assert "Retry in 7 seconds" in said


def test_what_all_suffer_from_is_told_once_a_minute(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(logs, "monotonic", lambda: now[0])
    log, call = logging.getLogger("bot.process.session"), SendMessage(chat_id=1, text=TYPED)
    for _ in range(5):
        log.warning("%s failed: %s", "sendMessage", TelegramNetworkError(call, "no"))
    log.warning("%s failed: %s", "sendMessage", TelegramBadRequest(call, "Bad Request: made up"))
    now[0] += 60
    log.warning("%s failed: %s", "sendMessage", TelegramNetworkError(call, "no"))
    said = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert said == [
        "sendMessage failed: TelegramNetworkError",
        "sendMessage failed: TelegramBadRequest: Bad Request: made up",
        "sendMessage failed: TelegramNetworkError (and 4 more like it)",
    ]


def test_an_error_of_the_database_has_its_name(stream: io.StringIO) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        try:
            connection.execute("CREATE TABLE a (b)")
        except sqlite3.Error as error:
            wrapped = DBAPIError("INSERT", {"typed": TYPED}, error)
            logging.getLogger("bot.test").error("%s, %s", error, wrapped)
    assert stream.getvalue().count("SQLITE_FULL") == 2
    assert TYPED not in stream.getvalue()


def test_other_libraries_and_warnings_do_not_tell(stream: io.StringIO) -> None:
    logging.getLogger("aiosqlite").debug("executing %s", TYPED)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"unknown update {TYPED}", RuntimeWarning, stacklevel=1)
    assert "RuntimeWarning" in stream.getvalue()
    assert TYPED not in stream.getvalue()


async def test_a_task_that_nobody_awaited_does_not_tell(stream: io.StringIO) -> None:
    async def fails() -> None:
        raise sqlite3.OperationalError(TYPED)

    loop = asyncio.get_running_loop()
    log_loop_errors(loop)
    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    del task
    assert "OperationalError" in stream.getvalue()
    assert TYPED not in stream.getvalue()


def test_the_console_form_is_one_line_a_message(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    setup(Settings(log_format="console"), written := io.StringIO())
    logging.getLogger("bot.test").info("started")
    logging.getLogger("bot.test").debug("not at this level")
    assert written.getvalue().endswith(" INFO    bot.test: started\n")
    assert written.getvalue().count("\n") == 1
