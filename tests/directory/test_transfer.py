"""A whole directory goes from one kind of database into another and back, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, TypeDecorator, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from directory.backing_up import back_up_dated
from directory.cli import main
from directory.directory import Directory
from directory.store import audit, copies
from directory.store.bulk import insert_many
from directory.store.database import Database
from directory.store.tables import metadata, pages
from tests.directory.dumped import searched_ids
from tests.postgres import Server

SAMPLES: dict[type, Any] = {
    str: "Ёж «и» 'кавычки'\n\\ 🏫",
    int: 2**30 + 1,
    float: 0.1 + 0.2,
    bool: True,
    date: date(2026, 2, 28),
    datetime: datetime(2026, 11, 1, 23, 59, 59, 123456, UTC),
    object: {"список": [1, 0.1, None, "\u0000", "ё"], "": {}},
    bytes: bytes(range(256)) * 1000,
}


@pytest.fixture
def full(seeded: Path, tmp_path: Path) -> str:
    """The address of a file with something in every table."""
    shutil.copytree(seeded.parent, tmp_path / "full")
    url = f"sqlite:///{tmp_path / 'full' / seeded.name}"
    asyncio.run(_fill(url))
    return url


async def _fill(url: str) -> None:
    db = await Database.open(url)
    async with db.write() as connection:
        for table in metadata.sorted_tables:
            if not await connection.scalar(select(func.count()).select_from(table)):
                row = {column.name: await _sample(connection, column) for column in table.columns}
                await connection.execute(insert(table), row)
    await db.close()


async def _sample(connection: AsyncConnection, column: Column[Any]) -> Any:
    """A value that the column may have: of what it refers to, one that there is."""
    for key in column.foreign_keys:
        return await connection.scalar(select(key.column).limit(1))
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return SAMPLES[kind.python_type]


@pytest.fixture
def server_url(postgres: Server, migrated_postgres: str) -> Iterator[str]:
    """The address of an empty database on the server."""
    name = asyncio.run(postgres.create(migrated_postgres))
    yield postgres.url(name)
    asyncio.run(postgres.drop(name))


async def _rows(url: str) -> dict[str, list[str]]:
    db = await Database.open(url)
    async with db.read() as connection:
        found = {
            name: [
                str(row)
                for row in await connection.execute(select(table).order_by(*table.primary_key))
            ]
            for name, table in metadata.tables.items()
        }
    await db.close()
    return found


def test_there_and_back_nothing_is_lost_and_the_exports_are_equal(
    full: str,
    server_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", full)
    assert main(["copy", full, server_url, "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["rows"]
    assert counts.keys() == metadata.tables.keys()
    assert all(counts.values())
    monkeypatch.setenv("DATABASE_URL", server_url)
    assert main(["copy", server_url, back]) == 0
    assert f"страниц {counts['pages']}, ссылок {counts['links']}" in capsys.readouterr().out
    first, *others = (asyncio.run(_rows(url)) for url in (full, server_url, back))
    for other in others:
        assert [name for name in first if first[name] != other[name]] == []
    exports: list[set[bytes]] = [set(), set()]
    for url in (full, server_url, back):
        monkeypatch.setenv("DATABASE_URL", url)
        for number, form in enumerate(("csv", "json")):
            file = tmp_path / f"export.{form}"
            assert main(["export", str(file)]) == 0
            exports[number].add(file.read_bytes())
    assert [len(each) for each in exports] == [1, 1]


def test_numbers_that_the_database_gives_follow_those_that_were_copied(
    full: str, server_url: str
) -> None:
    assert main(["copy", full, server_url]) == 0

    async def act() -> None:
        db = await Database.open(server_url)
        async with db.write() as connection:
            await audit.record(connection, 7, audit.Act.EXPORT)
            assert await audit.count(connection) > 1
        await db.close()

    asyncio.run(act())


def test_only_an_empty_database_is_copied_into(
    full: str, server_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copy", full, server_url]) == 0
    before = asyncio.run(_rows(server_url))
    assert main(["copy", full, server_url]) == 1
    assert "уже есть справочник" in capsys.readouterr().err
    assert asyncio.run(_rows(server_url)) == before
    assert main(["copy", server_url, full]) == 1
    assert main(["copy", full, full]) == 2
    assert main(["copy", f"sqlite:///{tmp_path / 'none.sqlite3'}", server_url]) == 2
    assert not (tmp_path / "none.sqlite3").exists()


def test_what_arrives_otherwise_is_noticed_and_nothing_is_left(
    full: str, server_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def distort(connection: AsyncConnection, table: Table, rows: Any) -> None:
        await insert_many(connection, table, rows)
        if table is pages:
            title = "UPDATE pages SET title = title || ' ' WHERE id = :id"
            await connection.execute(text(title), {"id": rows[0]["id"]})

    monkeypatch.setattr("directory.store.transfer.insert_many", distort)
    assert main(["copy", full, server_url]) == 1
    assert "таблица pages" in capsys.readouterr().err
    assert not any(asyncio.run(_rows(server_url)).values())


async def test_the_dated_copy_of_a_server_is_a_file_in_the_state_folder(
    postgres: Server, seeded: Path, tmp_path: Path
) -> None:
    name = await postgres.copy_of(seeded)
    directory = await Directory.open(postgres.url(name), links=False, state=tmp_path)
    copy = await back_up_dated(directory)
    assert copy.parent == tmp_path / f"{name}.backups"
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]
    copies.verify(copy)
    copied = await Directory.open(f"sqlite:///{copy}", links=False)
    assert searched_ids(copied.index) == searched_ids(directory.index)
    await copied.close()
    await directory.close()
    await postgres.drop(name)


def test_a_backup_of_a_server_is_a_verified_file(
    full: str,
    server_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["copy", full, server_url]) == 0
    monkeypatch.setenv("DATABASE_URL", server_url)
    file = tmp_path / "copy.sqlite3"
    assert main(["backup", str(file)]) == 0
    assert [each.name for each in tmp_path.glob("copy*")] == ["copy.sqlite3"]
    copies.verify(file)
    assert asyncio.run(_rows(f"sqlite:///{file}")) == asyncio.run(_rows(server_url))
    assert main(["backup", str(file)]) == 2
    assert main(["restore", str(file)]) == 2
    assert f"copy sqlite:///{file} postgresql://" in capsys.readouterr().err
