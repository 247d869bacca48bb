"""Backups are verified, and a restore brings back exactly what the copy holds."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from directory.changes import page_change
from directory.cli import main
from directory.editing import quarantine
from directory.model import Action, Origin
from directory.rights import Scope
from directory.store import copies, keepers, numbers, records, revisions, saving, staff
from directory.store.database import Database
from directory.store.forgetting import forget

DATA = Path(__file__).parent / "data"

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("SELECT count(*) FROM pages").fetchall()
connection.execute("UPDATE revisions SET note = note || '!'")
print("open", flush=True)
sys.stdin.read()
"""
"""Has the database open, and leaves what it wrote in the journal when it is killed."""


@pytest.fixture
def database(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that the commands work on."""
    shutil.copytree(seeded.parent, tmp_path / "data")
    path = tmp_path / "data" / seeded.name
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


@pytest.fixture
def hold() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts processes that have a database open."""
    started: list[subprocess.Popen[str]] = []

    def begin(database: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            (sys.executable, "-c", HOLD, str(database)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def _notes(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM revisions ORDER BY id")]


def _damage(database: Path) -> None:
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))


def test_a_journal_that_was_left_is_not_played_into_the_copy(
    database: Path, tmp_path: Path, hold: Callable[[Path], subprocess.Popen[str]]
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    before = _notes(copy)
    for _ in range(3):
        process = hold(database)
        process.kill()
        process.communicate()
        assert database.with_name(f"{database.name}-wal").stat().st_size > 0
        assert main(["restore", str(copy)]) == 0
        assert _notes(database) == before
        kept = database.with_name(f"{database.name}{copies.BEFORE}")
        assert _notes(kept) == [note + "!" for note in before]
        assert not database.with_name(f"{database.name}.index").exists()


def test_a_copy_that_is_restored_stays_as_it_was_and_alone(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    assert main(["backup", str(folder / "copy.sqlite3")]) == 0
    before = (folder / "copy.sqlite3").read_bytes()
    assert main(["restore", str(folder / "copy.sqlite3")]) == 0
    assert [file.name for file in folder.iterdir()] == ["copy.sqlite3"]
    assert (folder / "copy.sqlite3").read_bytes() == before


def test_a_database_in_use_is_left_alone(
    database: Path,
    tmp_path: Path,
    hold: Callable[[Path], subprocess.Popen[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    hold(database)
    assert main(["restore", str(copy)]) == 1
    assert "остановите бота" in capsys.readouterr().err
    assert not database.with_name(f"{database.name}{copies.BEFORE}").exists()


def test_a_running_bot_has_its_database_open(database: Path) -> None:
    url = f"sqlite:///{database}"
    code = (
        "import sys; from pathlib import Path; from directory.store.copies import is_open;"
        "print(is_open(Path(sys.argv[1])))"
    )

    async def asked() -> str:
        db = await Database.open(url)
        async with db.read():
            pass
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", code, str(database)), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        await db.close()
        return out.decode().strip()

    assert asyncio.run(asked()) == "True"
    assert not copies.is_open(database)


@pytest.mark.parametrize("how", ["damaged", "empty", "not there", "another"])
def test_a_copy_that_is_no_sound_directory_is_refused(
    database: Path, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.sqlite3"
    if how == "damaged":
        assert main(["backup", str(copy)]) == 0
        _damage(copy)
    elif how == "empty":
        copy.touch()
    elif how == "another":
        with closing(sqlite3.connect(copy)) as other:
            other.execute("CREATE TABLE pages (id TEXT)")
    before = database.read_bytes()
    assert main(["restore", str(copy)]) == 1
    assert "База не тронута" in capsys.readouterr().err
    assert database.read_bytes() == before


def test_of_a_damaged_database_no_copy_is_made(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _damage(database)
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 1
    assert "Копия не сделана" in capsys.readouterr().err
    assert list(tmp_path.glob("copy*")) == []


def test_a_damaged_database_is_replaced_and_kept(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    _damage(database)
    damaged = database.read_bytes()
    assert main(["restore", str(copy)]) == 0
    copies.verify(database)
    assert database.with_name(f"{database.name}{copies.BEFORE}").read_bytes() == damaged


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("is_there", [True, False])
def test_what_an_administrator_restores_belongs_to_the_bot(
    database: Path, tmp_path: Path, is_there: bool
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    os.chown(database.parent, 61_184, 61_184)
    os.chown(database, 61_184, 61_184)
    if not is_there:
        database.unlink()
    assert main(["restore", str(copy)]) == 0
    assert (database.stat().st_uid, database.stat().st_gid) == (61_184, 61_184)


def test_a_copy_is_restored_where_there_was_nothing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    elsewhere = tmp_path / "new" / "directory.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{elsewhere}")
    assert main(["restore", str(copy)]) == 0
    assert _notes(elsewhere) == _notes(database)


async def _edit(url: str, title: str) -> int:
    """Rename a page; return the change's number."""
    async with await Database.open(url) as db, db.write() as connection:
        (page,) = await records.read_pages(connection, ["45-gubernator"])
        change = page_change(page, replace(page, title=title))
        return await revisions.apply(connection, [change], Origin(Action.EDIT))


def _next(database: Path) -> int:
    """The number that the next change gets."""
    return asyncio.run(_edit(f"sqlite:///{database}", f"Имя {uuid4()}"))


def test_numbers_go_on_after_those_of_the_database_that_is_replaced(
    database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    for _ in range(3):
        last = [_next(database) for _ in range(3)][-1]
        history = _notes(copy)
        assert main(["restore", str(copy)]) == 0
        assert _notes(database) == history, "the restore is no change of the directory"
        assert _next(database) == last + 2, "the restore itself takes a number"


@pytest.mark.parametrize("before", ["nothing", "damaged", "another", "an older copy"])
def test_numbers_leap_when_it_is_not_known_how_far_the_lost_database_got(
    database: Path, tmp_path: Path, before: str
) -> None:
    older, copy = tmp_path / "older.sqlite3", tmp_path / "copy.sqlite3"
    assert main(["backup", str(older)]) == 0
    last = [_next(database) for _ in range(5)][-1]
    assert main(["backup", str(copy)]) == 0
    if before == "damaged":
        _damage(database)
    else:
        copies.remove(database)
    if before == "an older copy":
        shutil.copy(older, database)
    elif before == "another":  # the bot of a new machine was started once
        shutil.copy(older, database)
        last = [_next(database) for _ in range(7)][-1]
    assert main(["restore", str(copy)]) == 0
    assert _next(database) == last + numbers.LEAP + 1


def test_the_copy_of_an_empty_directory_is_empty(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert main(["restore", str(migrated)]) == 0

    async def last() -> int:
        url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
        async with await Database.open(url) as db, db.read() as connection:
            return await revisions.current(connection)

    assert asyncio.run(last()) == 0


def test_a_copy_of_an_earlier_version_is_restored(tmp_path: Path, database: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript((DATA / "schema_0002.sql").read_text("utf-8"))
    assert main(["restore", str(copy)]) == 0
    assert main(["stats"]) == 0  # brings it over


def test_a_restore_tells_what_was_taken_away_since_the_copy(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor, keeper, forgotten = 8_000_001, 8_000_002, 8_000_003
    page, now = "45-gubernator", datetime.now(UTC)

    async def give() -> None:
        db = await Database.open(f"sqlite:///{database}")
        async with db.write() as connection:
            await staff.appoint(connection, editor, Scope(), by=7)
            await keepers.add(connection, keeper, page, now)
            await saving.save(connection, forgotten, page)
        await db.close()

    async def take() -> None:
        db = await Database.open(f"sqlite:///{database}")
        async with db.write() as connection:
            await staff.dismiss(connection, editor, by=7)
            await forget(connection, forgotten)
            await quarantine.hide(connection, page, "взломана", 7)
        await db.close()

    asyncio.run(give())
    copy = tmp_path / "copy.sqlite3"
    assert main(["backup", str(copy)]) == 0
    assert main(["restore", str(copy)]) == 0
    assert "не вернулось" in capsys.readouterr().out
    asyncio.run(take())
    assert main(["restore", str(copy)]) == 0
    told = capsys.readouterr().out
    assert f"которых у них уже не было: {editor}\n" in told
    assert f"которые были скрыты: {page}\n" in told
    assert "снова ведут страницы: 1\n" in told  # hiding the page ended that
    assert "могли написать /forget): 2\n" in told
    assert not database.with_name(f"{database.name}-shm").exists()  # it would be root's
    _damage(database)
    assert main(["restore", str(copy)]) == 0
    assert "права, которые отняли позже" in capsys.readouterr().out
