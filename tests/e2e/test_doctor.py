"""`python -m bot doctor` and `--version`: the real process, before there is a running bot."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.store import staff
from directory.store.database import Database
from tests.e2e.botapi import TOKEN, BotApi
from tests.postgres import Server

OWNER, STRANGER = 7, 8
HOOK = "https://bot.gov45.ru/hook"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server that one owner has written to."""
    server = BotApi()
    server.met = {OWNER}
    await server.start()
    yield server
    await server.stop()


async def _doctor(folder: Path, **settings: str) -> tuple[int, str]:
    """The exit status, and the lines of what is not in order."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", "bot", "doctor"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert errors == b""
    lines = out.decode().splitlines()
    assert all(line.startswith(("в порядке · ", "НЕ ТАК · ")) for line in lines)
    assert TOKEN not in out.decode()
    assert process.returncode is not None
    return process.returncode, "\n".join(line for line in lines if line.startswith("НЕ ТАК"))


def _settings(api: BotApi, **more: str) -> dict[str, str]:
    return {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "ADMIN_IDS": str(OWNER)} | more


async def test_all_is_well(api: BotApi, tmp_path: Path) -> None:
    assert await _doctor(tmp_path, **_settings(api)) == (0, "")


async def test_what_is_wrong_is_named_with_its_cure(api: BotApi, tmp_path: Path) -> None:
    api.webhook = HOOK
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "directory.sqlite3").write_bytes(b"not a database at all" * 100)
    status, wrong = await _doctor(tmp_path, **_settings(api, ADMIN_IDS=f"{OWNER},{STRANGER}"))
    assert status == 1
    for words in ("restore", "вебхук", f"владелец {STRANGER}"):
        assert words in wrong
    assert f"владелец {OWNER}" not in wrong


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"BOT_TOKEN": ""}, "@BotFather"),
        ({"BOT_TOKEN": "1:another"}, "не знает такого BOT_TOKEN"),
        ({"ADMIN_IDS": ""}, "ADMIN_IDS пуст"),
        ({"BOT_API_URL": "http://127.0.0.1:9"}, "нужен BOT_PROXY"),
        ({"BOT_PROXY": "socks5://127.0.0.1:9"}, "проверьте BOT_PROXY"),
        ({"STATE_DIR": "/proc/nowhere"}, "писать нельзя: «/proc»"),
    ],
)
async def test_a_setting_that_does_not_do(
    api: BotApi, tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    status, wrong = await _doctor(tmp_path, **_settings(api, **settings))
    assert status == 1
    assert words in wrong


async def test_owners_who_were_appointed_in_the_chat_are_asked_for_too(
    api: BotApi, tmp_path: Path
) -> None:
    db = await Database.open(f"sqlite:///{tmp_path}/data/directory.sqlite3")
    async with db.write() as connection:
        for person, accepts in ((STRANGER, True), (9, False)):
            await staff.join(connection, person, "", by=OWNER)
            await staff.offer(connection, person, by=OWNER)
            member = await staff.get(connection, person)
            assert member is not None
            await staff.answer_offer(connection, member, datetime.now(UTC).date(), accepted=accepts)
    await db.close()
    status, wrong = await _doctor(tmp_path, **_settings(api))
    assert status == 1
    assert wrong.startswith(f"НЕ ТАК · владелец {STRANGER}: не открывал бота")
    assert wrong.count("НЕ ТАК") == 1
    status, wrong = await _doctor(tmp_path, **_settings(api, ADMIN_IDS=""))
    assert (status, wrong.count("владелец"), "ADMIN_IDS" in wrong) == (1, 1, False)


@pytest.mark.parametrize(
    ("there", "failed", "status", "words"),
    [
        ("", "", 0, ""),
        (HOOK, "", 0, ""),
        (HOOK, "Connection refused", 1, "не может доставить сообщения (Connection refused)"),
        ("https://old.gov45.ru/secret", "", 1, "задан другой, на old.gov45.ru"),
    ],
)
async def test_the_webhook_that_the_settings_ask_for(
    api: BotApi, tmp_path: Path, there: str, failed: str, status: int, words: str
) -> None:
    api.webhook, api.webhook_failure = there, failed
    found = await _doctor(tmp_path, **_settings(api, WEBHOOK_URL=HOOK))
    assert found[0] == status
    assert words in found[1]
    assert "secret" not in found[1]


async def test_each_thing_is_told_in_a_line_even_of_damage_that_has_many(
    api: BotApi, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "directory.sqlite3"
    await (await Database.open(f"sqlite:///{file}")).close()
    pages = int.from_bytes(file.read_bytes()[28:32])
    with file.open("r+b") as database:  # a page that nothing leads to
        database.seek(28)
        database.write((pages + 1).to_bytes(4))
        database.seek(0, os.SEEK_END)
        database.write(bytes(4096))
    status, wrong = await _doctor(tmp_path, **_settings(api))
    assert (status, wrong.count("\n")) == (1, 0)
    assert "restore" in wrong


async def test_the_version(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--version"), cwd=tmp_path, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.strip()[:1].isdigit()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (("nothing", ""), ""),
        (("postgres:", "nobody:s3cret"), "не пускает этого пользователя"),
        (("/test_", "/nowhere_"), "createdb"),
        (("host=", "host=/nowhere"), "не отвечает"),
    ],
)
async def test_a_server_is_examined_without_its_password(
    api: BotApi,
    tmp_path: Path,
    postgres: Server,
    migrated_postgres: str,
    change: tuple[str, str],
    wrong: str,
) -> None:
    url = postgres.url(migrated_postgres).replace(*change)
    status, found = await _doctor(tmp_path, **_settings(api, DATABASE_URL=url))
    assert (status, found.count("\n")) == (1 if wrong else 0, 0)
    assert wrong in found
    assert "s3cret" not in found
