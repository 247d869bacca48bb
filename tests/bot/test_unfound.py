"""What is asked for and not found: kept in words from five people on, and never who they were."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from bot.i18n import Catalogues
from bot.talk import unfound as counting
from directory.directory import Directory
from directory.store import unfound
from directory.store.tables import metadata
from directory.store.tables import unfound as table
from directory.unfound import PEOPLE, MonthlySecret
from tests.bot.conftest import People
from tests.bot.person import Talker

pytestmark = pytest.mark.both

RARE, WANTED = "бассейн дельфинарий", "Ледовая арена"
NOVEMBER, DECEMBER = date(2026, 11, 26), date(2026, 12, 1)


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """Other tests search in vain, too."""
    counting._waiting.clear()


async def _keep(directory: Directory) -> None:
    with Catalogues().context():
        await counting.keep(directory)


async def _tables(directory: Directory) -> str:
    async with directory.db.read() as connection:
        rows = [
            str(tuple(row))
            for each in metadata.sorted_tables
            for row in await connection.execute(select(each))
        ]
    return "\n".join(rows).casefold()


@pytest.mark.file
async def test_words_of_fewer_than_five_people_and_people_themselves_are_never_kept(
    people: People, directory: Directory
) -> None:
    numbers = [7_000_000_001 + 13 * n for n in range(60)]
    for number in numbers[: PEOPLE - 1]:
        for _again in range(5):
            await people(number).says(RARE)
            await people(number).says(f"{RARE}!")
    await _keep(directory)
    for number in numbers:
        await people(number).says(WANTED)
    assert "арена" not in await _tables(directory)
    await _keep(directory)
    kept = await _tables(directory)
    assert "ледовая арена" in kept
    assert "дельфинарий" not in kept
    for number in numbers:
        assert str(number) not in kept
    async with directory.db.read() as connection:
        rows = (await connection.execute(select(table))).all()
    assert {row.words for row in rows} == {"", "ледовая арена"}
    path = directory.db.path
    await directory.close()
    for file in path.parent.iterdir():
        if file.is_file():
            assert "дельфинарий".encode() not in file.read_bytes(), file.name


async def test_editors_see_it_in_two_presses_and_in_the_workbook(
    owner: Talker, people: People, directory: Directory
) -> None:
    for number in range(60):
        await people(3000 + number).says(WANTED)
    await _keep(directory)
    await owner.says("/admin")
    await owner.presses("Отчёт за месяц")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    rows = list(book["Искали и не нашли"].iter_rows(values_only=True))
    book.close()
    assert rows[1][0] == "ледовая арена"
    assert PEOPLE <= int(str(rows[1][1])) <= 16
    told = await owner.presses("Искали и не нашли")
    assert "ледовая арена: не меньше" in told.text


async def test_what_is_found_or_is_no_search_is_not_counted(
    people: People, directory: Directory
) -> None:
    for number in range(60):
        talker = people(3000 + number)
        await talker.says("сказочная школа")
        await talker.says("на нашей улице третий день не вывозят мусор")
        await talker.says("позвоните мне 8 912 000-00-00")
        await talker.says("цапля " * 20)
    await _keep(directory)
    async with directory.db.read() as connection:
        assert (await connection.execute(select(table))).all() == []


def test_a_mark_is_shared_by_many_and_the_secret_lasts_a_month(tmp_path: Path) -> None:
    secret = MonthlySecret(tmp_path)
    marks = [secret.asked(WANTED, person, NOVEMBER) for person in range(1_000)]
    known = {each.mark for each in marks if each}
    assert len(known) == 16
    assert len({each.key for each in marks if each}) == 1
    again = MonthlySecret(tmp_path).asked(f"«{WANTED.upper()}»", 1, NOVEMBER)
    first = secret.asked(WANTED, 1, NOVEMBER)
    assert again == first
    kept = (tmp_path / "unfound.secret").read_text()
    later = MonthlySecret(tmp_path).asked(WANTED, 1, DECEMBER)
    assert later is not None
    assert first is not None
    assert later.key != first.key
    assert (tmp_path / "unfound.secret").read_text() != kept
    back = MonthlySecret(tmp_path).asked(WANTED, 1, NOVEMBER)
    assert back is not None
    assert back.key != first.key, "the secret of a month that is over cannot be had again"


def test_the_secret_is_nobody_elses_from_the_first_byte_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "unfound.secret"
    monkeypatch.setattr(Path, "chmod", lambda *_: None)  # what comes after the writing is too late
    before = os.umask(0)
    try:
        kept.write_text("2026-10-01 00")  # of another month, and readable by all
        assert MonthlySecret(tmp_path).asked(WANTED, 1, NOVEMBER)
    finally:
        os.umask(before)
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_a_month_that_is_over_keeps_words_alone(directory: Directory, tmp_path: Path) -> None:
    secret = MonthlySecret(tmp_path)
    asked = [secret.asked(WANTED, person, NOVEMBER) for person in range(1_000)]
    asked.append(secret.asked(RARE, 1, NOVEMBER))
    async with directory.db.write() as connection:
        await unfound.add(connection, [each for each in asked if each], NOVEMBER)
        assert len((await connection.execute(select(table))).all()) == 2
        await unfound.add(connection, [], DECEMBER)
        (only,) = (await connection.execute(select(table))).all()
        assert only.words == "ледовая арена"
        (told,) = await unfound.most_asked(connection, date(2026, 11, 1))
        assert told.people == 16
        await unfound.add(connection, [], date(2028, 1, 1))
        assert (await connection.execute(select(table))).all() == []
