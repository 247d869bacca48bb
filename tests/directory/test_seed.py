"""Loading the seed: all of it, one region's, beside what people have made of the directory."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from directory.cli import main
from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.seed import load_seed
from directory.store import revisions
from directory.store.database import Database
from tests.directory.test_seed_files import FILES, PAGES, rows

TAMBOV = "Тамбовская область"


@pytest.fixture
async def directory(db: Database) -> Directory:
    """An empty directory of Tambov Oblast."""
    return Directory(db, region=TAMBOV)


async def test_all_of_it_is_loaded_once_a_revision_a_file(country: Path, tmp_path: Path) -> None:
    shutil.copytree(country.parent, tmp_path / "data")
    db = await Database.open(f"sqlite:///{tmp_path / 'data' / country.name}")
    async with db.read() as connection:
        history = await revisions.history(connection, limit=100)
    assert {revision.origin.action for revision in history} == {Action.SEED}
    loaded = {revision.origin.file: revision.created for revision in history}
    assert loaded == {Path(name).name: len(rows(name)) if name in PAGES else 0 for name in FILES}
    assert sum(loaded.values()) > 10_000
    assert await load_seed(db) == []
    await db.close()


@pytest.mark.slow
async def test_of_one_region_come_its_pages_and_the_federal_ones(directory: Directory) -> None:
    await load_seed(directory.db, TAMBOV)
    await directory.refresh()
    assert directory.search("тамбовский областной суд").hits[0].id == "sud-68os0000"
    assert directory.search("минздрав россии").hits[0].id == "rf-minzdrav-rossii"
    assert [t.name for t in directory.territories.children(None)] == [TAMBOV]
    assert directory.home is not None


async def test_what_people_changed_stays_as_they_left_it(directory: Directory) -> None:
    await load_seed(directory.db, TAMBOV)
    mine = "id;title;region;telegram\n68-gubernator;Глава области;Тамбовская область;@head_68\n"
    other = "id;title;region;site\nsud;Областной суд;Тамбовская область;oblsud.tmb.sudrf.ru\n"
    for text in (mine, other):
        await apply(
            directory.db, await plan(directory.db, text.encode(), "my.csv"), Origin(Action.IMPORT)
        )
    await load_seed(directory.db, TAMBOV)
    governor = await directory.page("68-gubernator")
    court = await directory.page("sud")
    assert governor is not None
    assert governor.title == "Глава области"
    assert court is not None
    assert court.title == "Областной суд"


def _counted(captured: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(captured)
    return found


@pytest.fixture
def _at(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.mark.usefixtures("_at")
def test_the_command_tells_what_came_from_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed", "--region", "тамбовская обл.", "--json"]) == 0
    counted = _counted(capsys.readouterr().out)
    assert counted["pages"] == sum(counted["from"].values()) - counted["territories"]  # type: ignore[attr-defined,operator]
    assert main(["seed", "--region", TAMBOV]) == 0
    assert "ничего не добавлено" in capsys.readouterr().out


@pytest.mark.usefixtures("_at")
def test_an_unknown_region_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed", "--region", "Тамбовия"]) == 2
    assert "«Тамбовская область»" in capsys.readouterr().err
