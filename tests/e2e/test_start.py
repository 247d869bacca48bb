"""What stops the start: one line that names the setting, exit status 2, no traceback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.e2e.botapi import TOKEN, BotApi


async def _start(folder: Path, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run `python -m bot` to its end: exit status, standard output, standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], **settings},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()


async def _refusal(folder: Path, **settings: str) -> str:
    status, out, errors = await _start(folder, **settings)
    assert status == 2
    assert out == ""
    assert errors.count("\n") == 1, errors
    return errors


async def test_without_a_token_the_line_names_it(tmp_path: Path) -> None:
    assert "BOT_TOKEN" in await _refusal(tmp_path)
    assert not any(os.scandir(tmp_path))


@pytest.mark.parametrize("place", ["file/directory.sqlite3", "folder"])
async def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    line = await _refusal(tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{place}")
    assert line.startswith("DATABASE_URL: ")
    assert str(tmp_path / place) in line


async def test_a_database_of_a_newer_version_is_told(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "newer.sqlite3")) as newer, newer:
        newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
        newer.execute("INSERT INTO alembic_version VALUES ('of a version to come')")
    line = await _refusal(tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL="sqlite:///newer.sqlite3")
    assert line.startswith("DATABASE_URL: ")
    assert "обновите" in line


@pytest.mark.asyncio(loop_scope="module")
async def test_a_token_that_telegram_does_not_know_is_named(tmp_path: Path, api: BotApi) -> None:
    line = await _refusal(tmp_path, BOT_TOKEN="1:another", BOT_API_URL=api.url)
    assert line.startswith("BOT_TOKEN: ")
    assert "@BotFather" in line


async def test_the_help_and_the_terminal_need_no_setting(tmp_path: Path) -> None:
    status, out, _errors = await _start(tmp_path, "--help")
    assert (status, "chat" in out) == (0, True)
    status, out, errors = await _start(tmp_path, "chat")
    assert (status, errors) == (0, "")
