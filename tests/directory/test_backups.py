"""Copies that are made by themselves: when, of what, and how many are kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory.changes import page_change
from directory.cli import main
from directory.editing.undoing import take_back
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin, Page
from directory.rights import Rights, Role
from directory.store import backups, copies, migrations, revisions
from directory.store.database import Database

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def _copies(db: Path) -> list[str]:
    return sorted(file.name for file in backups.folder_of(db).glob("*"))


async def test_seven_days_four_weeks_and_six_months_are_kept(db: Database) -> None:
    for day in range(160, -1, -1):
        backups.make(db.path, now=NOW - timedelta(days=day))
    backups.make(db.path, before="import", now=NOW - timedelta(days=400))
    (backups.folder_of(db.path) / "mine.sqlite3").write_text("of the owner's")
    backups.make(db.path, now=NOW)
    names = _copies(db.path)
    nightly = [name for name in names if "_030000.sqlite3" in name]
    assert [name[:10] for name in nightly] == [
        *("2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
        *("2026-11-01", "2026-11-08", "2026-11-15"),
        *(f"2026-11-{day}" for day in range(16, 23)),
    ]
    assert len(names) == len(nightly) + 2
    for name in nightly[-2:]:
        copies.verify(backups.folder_of(db.path) / name)


async def test_only_the_last_copies_before_changes_are_kept(db: Database) -> None:
    for minute in range(backups.BEFORE_CHANGES + 3):
        backups.make(db.path, before="import", now=NOW + timedelta(minutes=minute))
    assert len(_copies(db.path)) == backups.BEFORE_CHANGES


def _dump(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


async def _fill(db: Database, pages: int) -> None:
    changes = [page_change(None, Page(f"p{n}", f"Страница {n}")) for n in range(pages)]
    async with db.write() as connection:
        await revisions.apply(connection, changes, Origin(Action.IMPORT))


async def test_a_large_import_is_preceded_by_a_copy_and_a_small_one_is_not(db: Database) -> None:
    await _fill(db, 40)
    small = await plan(db, "id;title\np1;Иная\n".encode(), "a.csv")
    await apply(db, small, Origin(Action.IMPORT))
    assert _copies(db.path) == []
    rows = "".join(f"s{n};Начальная {n}\n" for n in range(9))
    seeded = await plan(db, f"id;title\n{rows}".encode(), "a.csv")
    await apply(db, seeded, Origin(Action.SEED))
    assert _copies(db.path) == []
    rows = "".join(f"p{n};Другая {n}\n" for n in range(9))
    large = await plan(db, f"id;title\n{rows}".encode(), "a.csv")
    await apply(db, large, Origin(Action.IMPORT))
    (name,) = _copies(db.path)
    assert name.endswith("-before-import.sqlite3")
    with closing(sqlite3.connect(backups.folder_of(db.path) / name)) as copy:
        titles = [title for (title,) in copy.execute("SELECT title FROM pages")]
    assert "Иная" in titles
    assert not any(title.startswith("Другая") for title in titles)


async def test_a_migration_is_preceded_by_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        schema = Path(__file__).parent / "data" / "schema_0002.sql"
        connection.executescript(schema.read_text("utf-8"))
    await (await Database.open(f"sqlite:///{path}")).close()
    (name,) = _copies(path)
    with closing(sqlite3.connect(backups.folder_of(path) / name)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    await (await Database.open(f"sqlite:///{path}")).close()
    assert len(_copies(path)) == 1
    assert migrations.HEAD > "0002"


async def test_a_migration_is_taken_back_by_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        schema = Path(__file__).parent / "data" / "schema_0002.sql"
        connection.executescript(schema.read_text("utf-8"))
    before = _dump(path)
    await (await Database.open(f"sqlite:///{path}")).close()
    assert _dump(path) != before
    (name,) = _copies(path)
    copies.restore(backups.folder_of(path) / name, path)
    restored = [each for each in _dump(path) if "numbers_passed" not in each]
    assert restored == before  # but for the numbers that are never given again


TERRITORIES = "Название,Тип,Регион\n" + "".join(
    f"{name} округ,округ,Тамбовская область\n" for name in ("Верхний", "Нижний")
)
PAGES = "id,title,region,territory\n" + "".join(
    f"p{n},Школа № {n},Тамбовская область,Верхний округ\n" for n in range(3)
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the commands: three schools of one okrug, and no copy yet."""
    database = tmp_path / "directory.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    for name, rows in (("t.csv", TERRITORIES), ("p.csv", PAGES)):
        (tmp_path / name).write_text(rows, "utf-8")
        assert main(["import", str(tmp_path / name), "--region", "Тамбовская область"]) == 0
    assert not backups.folder_of(database).exists()
    return database


@pytest.mark.parametrize(
    "command",
    [
        ("undo", "2"),
        ("merge-territory", "Верхний округ", "Нижний округ"),
        ("seed", "--region", "Тамбовская область"),
    ],
    ids=lambda command: command[0],
)
def test_a_command_that_changes_much_makes_a_copy_first(here: Path, command: list[str]) -> None:
    assert main(command) == 0
    copied = [name for name in _copies(here) if f"-before-{command[0].partition('-')[0]}" in name]
    assert copied
    with closing(sqlite3.connect(backups.folder_of(here) / copied[0])) as copy:
        (revisions_before,) = copy.execute("SELECT count(*) FROM revisions").fetchone()
        assert copy.execute("SELECT count(*) FROM pages").fetchone() == (3,)
    assert revisions_before == 2


async def test_an_undo_of_much_in_the_chat_makes_a_copy_first(db: Database) -> None:
    await _fill(db, 9)
    change = await plan(db, "id;title\np1;Иная\n".encode(), "a.csv")
    async with db.write() as connection:
        await revisions.apply(connection, change.changes(), Origin(Action.IMPORT))
    assert _copies(db.path) == []
    await take_back(db, 2, 7, Rights(Role.OWNER), lambda _: None)
    (name,) = _copies(db.path)
    assert name.endswith("-before-undo.sqlite3")
