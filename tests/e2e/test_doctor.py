"""`python -m bot doctor` and `--version`, before there is a running bot.

What a finding looks like, the exit status and the settings are seen in the real process; what is
found in each case needs none of its own.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.process.doctor import examine
from bot.settings import load
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


Wrong = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def wrong(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wrong:
    """Examines what there is with these settings: the lines of what is not in order."""
    monkeypatch.chdir(tmp_path)

    async def examined(**settings: str) -> list[str]:
        for name, value in _settings(api, **settings).items():
            monkeypatch.setenv(name, value)
        findings = [finding async for finding in examine(load(need_token=False))]
        assert TOKEN not in "".join(map(str, findings))
        return [str(finding) for finding in findings if not finding.sound]

    return examined


async def _doctor(folder: Path, **settings: str) -> tuple[int, str]:
    """The exit status of the process, and the lines of what is not in order."""
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
    wrong: Wrong, settings: dict[str, str], words: str
) -> None:
    assert words in "\n".join(await wrong(**settings))


async def test_owners_who_were_appointed_in_the_chat_are_asked_for_too(
    wrong: Wrong, tmp_path: Path
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
    for owners in (str(OWNER), ""):
        (line,) = await wrong(ADMIN_IDS=owners)
        assert line.startswith(f"НЕ ТАК · владелец {STRANGER}: не открывал бота")


@pytest.mark.parametrize(
    ("there", "failed", "words"),
    [
        ("", "", ""),
        (HOOK, "", ""),
        (HOOK, "Connection refused", "не может доставить сообщения (Connection refused)"),
        ("https://old.gov45.ru/secret", "", "задан другой, на old.gov45.ru"),
    ],
)
async def test_the_webhook_that_the_settings_ask_for(
    api: BotApi, wrong: Wrong, there: str, failed: str, words: str
) -> None:
    api.webhook, api.webhook_failure = there, failed
    found = await wrong(WEBHOOK_URL=HOOK)
    assert len(found) == (1 if words else 0)
    assert words in "".join(found)
    assert "secret" not in "".join(found)


async def test_each_thing_is_told_in_a_line_even_of_damage_that_has_many(
    wrong: Wrong, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "directory.sqlite3"
    await (await Database.open(f"sqlite:///{file}")).close()
    pages = int.from_bytes(file.read_bytes()[28:32])
    with file.open("r+b") as database:  # a page that nothing leads to
        database.seek(28)
        database.write((pages + 1).to_bytes(4))
        database.seek(0, os.SEEK_END)
        database.write(bytes(4096))
    (line,) = await wrong()
    assert "restore" in line
    assert "\n" not in line


async def test_the_version(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--version"), cwd=tmp_path, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.strip()[:1].isdigit()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("nothing", ""), ""),
        (("postgres:", "nobody:s3cret"), "не пускает этого пользователя"),
        (("/test_", "/nowhere_"), "createdb"),
        (("host=", "host=/nowhere"), "не отвечает"),
    ],
)
async def test_a_server_is_examined_without_its_password(
    postgres: Server, migrated_postgres: str, wrong: Wrong, change: tuple[str, str], words: str
) -> None:
    found = await wrong(DATABASE_URL=postgres.url(migrated_postgres).replace(*change))
    assert len(found) == (1 if words else 0)
    assert words in "".join(found)
    assert "s3cret" not in "".join(found)
