"""Merged territories: pages and settlements move, the old name stays known, all can be undone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from directory.cli import main
from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.rights import Scope
from directory.store import revisions, staff
from directory.store.database import Database

pytestmark = pytest.mark.both

TERRITORIES = """name,kind,region,centre,oktmo,lat,lon,former_names
Тамбовская область,область,,,,,,
Верхний округ,муниципальный округ,Тамбовская область,Верхнее,,,,Верхний район
Нижний округ,муниципальный округ,Тамбовская область,Нижнее,,,,
Рязанская область,область,,,,,,
Верхний округ,муниципальный округ,Рязанская область,,,,,
"""
PAGES = """id,title,region,territory,settlement,site
a,Школа № 1,Тамбовская область,Верхний округ,с. Ольховка,one.gov.ru
b,Школа № 2,Тамбовская область,Нижний округ,с. Ольховка,two.gov.ru
c,Администрация Верхнего округа,Тамбовская область,Верхний округ,,three.gov.ru
d,Клуб,Тамбовская область,Верхний округ,д. Зайково,four.gov.ru
"""
VERHNIY, NIZHNIY = "Тамбовская область, Верхний округ", "Нижний округ"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command on a directory of two okrugs: exit status, output, errors."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    async def fill() -> None:
        db = await Database.open(database_url)
        for name, text in (("t.csv", TERRITORIES), ("p.csv", PAGES)):
            await apply(db, await plan(db, text.encode(), name), Origin(Action.IMPORT))
        await db.close()

    asyncio.run(fill())

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        return status, *capsys.readouterr()

    return command


def _in(database_url: str, work: Callable[[Directory], Coroutine[Any, Any, Any]]) -> Any:
    async def opened() -> Any:
        directory = await Directory.open(database_url)
        try:
            return await work(directory)
        finally:
            await directory.close()

    return asyncio.run(opened())


def _places(database_url: str) -> dict[str, list[str]]:
    async def read(directory: Directory) -> dict[str, list[str]]:
        pages = await directory.pages(["a", "b", "c", "d"])
        return {p.id: [t.name for t in directory.territories.path(p.territory)] for p in pages}

    found: dict[str, list[str]] = _in(database_url, read)
    return found


def test_pages_and_settlements_move_and_no_settlement_is_doubled(
    run: Run, database_url: str
) -> None:
    before = _places(database_url)
    status, out, _ = run("merge-territory", VERHNIY, NIZHNIY, "--json")
    done = json.loads(out)
    assert (status, done["pages"], done["settlements"]) == (0, 2, 2)
    assert _places(database_url) == {
        "a": ["Тамбовская область", "Нижний округ", "с. Ольховка"],
        "b": ["Тамбовская область", "Нижний округ", "с. Ольховка"],
        "c": ["Тамбовская область", "Нижний округ"],
        "d": ["Тамбовская область", "Нижний округ", "д. Зайково"],
    }
    assert run("undo", str(done["revision"]))[0] == 0
    assert _places(database_url) == before


def test_the_old_names_are_read_as_the_successor(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    run("merge-territory", VERHNIY, NIZHNIY)
    file = tmp_path / "next.csv"
    file.write_text(
        "id,title,region,territory\ne,Лицей,Тамбовская область,Верхний округ\n"
        "f,Гимназия,Тамбовская область,Верхний район\n"
    )
    assert run("import", str(file))[0] == 0

    async def read(directory: Directory) -> list[str]:
        pages = await directory.pages(["e", "f"])
        return [directory.territories.path(page.territory)[-1].name for page in pages]

    assert _in(database_url, read) == ["Нижний округ", "Нижний округ"]


def test_editors_keep_what_was_theirs(run: Run, database_url: str) -> None:
    async def appoint(directory: Directory) -> None:
        async with directory.db.write() as connection:
            place = directory.territories.named(VERHNIY)[0]
            await staff.appoint(connection, 50, Scope(place.id), by=1)

    _in(database_url, appoint)
    assert "редакторов 1" in run("merge-territory", VERHNIY, NIZHNIY)[1]

    async def scope(directory: Directory) -> str:
        async with directory.db.read() as connection:
            editor = await staff.get(connection, 50)
        assert editor is not None
        return editor.scope.words(directory.territories)

    assert "Нижний округ" in _in(database_url, scope)


@pytest.mark.parametrize(
    ("gone", "into", "why"),
    [
        ("Верхний округ", NIZHNIY, "несколько"),
        ("Средний округ", NIZHNIY, "нет"),
        (NIZHNIY, NIZHNIY, "одна и та же"),
        (NIZHNIY, "Тамбовская область", "регионы"),
        (NIZHNIY, "д. Зайково", "населённый пункт"),
        (VERHNIY, "Рязанская область, Верхний округ", "в разных регионах"),
    ],
)
def test_what_cannot_be_merged_is_said_and_nothing_is_changed(
    run: Run, database_url: str, gone: str, into: str, why: str
) -> None:
    status, _, errors = run("merge-territory", gone, into)
    assert status == 2
    assert why in errors

    async def last(directory: Directory) -> int:
        async with directory.db.read() as connection:
            return await revisions.current(connection)

    assert _in(database_url, last) == 2
