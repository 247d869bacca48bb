"""What stops the start: one line that names the setting, exit status 2, no traceback."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from aiogram import Bot

from bot.__main__ import main
from bot.process import session
from bot.process.reach import reach
from bot.process.run import run
from bot.process.taken import Taken
from bot.settings import Settings, SettingsError
from directory.directory import Directory
from directory.store.database import Database
from tests.e2e.botapi import TOKEN, BotApi
from tests.e2e.process import Process


async def _start(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run `python -m bot` to its end: exit status, standard output, standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SEED": "region"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()


def _line(status: int, out: str, errors: str) -> str:
    assert status == 2
    assert out == ""
    assert errors.count("\n") == 1, errors
    return errors


@pytest.fixture
def refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], str]:
    """Runs `python -m bot` on a database within the test's process; the line that it ends with."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)

    def start(database_url: str) -> str:
        monkeypatch.setenv("DATABASE_URL", database_url)
        return _line(main([]), *capsys.readouterr())

    return start


async def test_without_a_token_the_line_names_it(tmp_path: Path) -> None:
    assert "BOT_TOKEN" in _line(*await _start(tmp_path))
    assert not any(os.scandir(tmp_path))


@pytest.mark.parametrize("place", ["file/directory.sqlite3", "folder"])
def test_a_database_that_cannot_be_opened_is_named(
    tmp_path: Path, refused: Callable[[str], str], place: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    line = refused(f"sqlite:///{place}")
    assert line.startswith("DATABASE_URL: ")
    assert str(tmp_path / place) in line


@pytest.mark.parametrize(("mode", "last"), [("doctor", b""), ("chat", b""), ("chat", b"Ctrl-D")])
async def test_whoever_has_read_enough_of_the_output_hears_no_complaint(
    tmp_path: Path, mode: str, last: bytes
) -> None:
    reading, writing = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", mode),
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "SEED": "none", "PYTHONUNBUFFERED": "1"},
        stdin=asyncio.subprocess.PIPE,
        stdout=writing,
        stderr=asyncio.subprocess.PIPE,
    )
    os.close(writing)
    read = b""
    while last not in read:
        read += await asyncio.to_thread(os.read, reading, 4096)
    os.close(reading)
    _, errors = await process.communicate("суд\n".encode() * 3)
    assert process.returncode == 0
    assert errors.decode().count("\n") <= 1, errors.decode()  # a new database is told of


def test_of_a_damaged_database_it_is_said_where_its_copies_are(
    tmp_path: Path, refused: Callable[[str], str]
) -> None:
    (tmp_path / "damaged.sqlite3").write_bytes(b"SQLite format 3\0" + b"damage" * 2_000)
    line = refused("sqlite:///damaged.sqlite3")
    assert "damaged.sqlite3.backups" in line
    assert "python -m directory restore" in line


def test_a_database_of_a_newer_version_is_told(
    tmp_path: Path, refused: Callable[[str], str]
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "newer.sqlite3")) as newer, newer:
        newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
        newer.execute("INSERT INTO alembic_version VALUES ('of a version to come')")
    line = refused("sqlite:///newer.sqlite3")
    assert line.startswith("DATABASE_URL: ")
    assert "обновите" in line


async def test_a_database_that_another_program_holds_is_waited_for(tmp_path: Path) -> None:
    await (await Database.open(f"sqlite:///{tmp_path / 'busy.sqlite3'}")).close()
    holder = sqlite3.connect(tmp_path / "busy.sqlite3")
    # As a program does that knows nothing of WAL: nobody else can even read.
    for statement in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"):
        holder.execute(statement)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _IMPATIENT),
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "SEED": "none",
            "DATABASE_URL": "sqlite:///busy.sqlite3",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        line = (await process.stderr.readline()).decode()
        assert "занята" in line, line
        holder.close()
        assert await process.wait() == 0


_IMPATIENT = """
import sys
from directory.store import sqlite
sqlite.BUSY_SECONDS = 0
sqlite._PRAGMAS = tuple(p for p in sqlite._PRAGMAS if "busy" not in p)
from bot.__main__ import main
sys.exit(main(["chat"]))
"""
"""The bot in the terminal that does not wait a minute for a lock, as the real one does."""


async def test_a_token_that_telegram_does_not_know_is_named(
    db: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = BotApi()
    await api.start()
    caplog.set_level(logging.INFO)
    settings = Settings.model_construct(bot_token="1:another", bot_api_url=api.url)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN: .*@BotFather.*$"):
        await run(Directory(db), settings)
    await api.stop()
    assert caplog.messages == []


async def test_a_bad_gateway_at_the_start_is_waited_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = BotApi()
    await api.start()
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    for method in ("getMe", "getWebhookInfo"):
        api.pages[method] += [(502, "<html>Bad Gateway</html>")] * (session.ATTEMPTS + 1)
    settings = Settings.model_construct(bot_token=TOKEN, bot_api_url=api.url)
    async with Bot(TOKEN, session=session.make_session(settings)) as bot:
        await reach(bot, settings, Taken(tmp_path / "taken"))
        assert (await bot.me()).username == "made_up_bot"
    await api.stop()
    assert "Trying again" in caplog.text


async def test_the_help_and_the_terminal_need_no_setting(tmp_path: Path) -> None:
    status, out, _errors = await _start(tmp_path, "--help")
    assert (status, "chat" in out) == (0, True)
    status, out, errors = await _start(tmp_path, "chat")
    assert status == 0
    assert errors.startswith("Новая база «")
    assert errors.count("\n") == 1


async def test_a_bot_without_owners_says_so_at_the_start(tmp_path: Path) -> None:
    api = BotApi()
    await api.start()
    process = await Process.start(tmp_path, api, ADMIN_IDS="")
    await process.stop()
    await api.stop()
    assert process.log.count("ADMIN_IDS is empty: nobody may load lists") == 1
