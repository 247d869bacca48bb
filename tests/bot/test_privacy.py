"""What /privacy says is so: a life with the bot, and what the database and the logs hold of it."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.jobs.schedule import answers
from bot.process.logs import REPEATING, setup
from bot.settings import Settings
from directory.directory import Directory
from directory.reports import KEPT_DAYS, ReportKind, ReportOutcome
from directory.store import homes, reports, waiting_files
from directory.store.tables import metadata, pending_imports
from directory.store.tables import reports as report_rows
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import SCHOOL
from tests.bot.person import Talker

pytestmark = pytest.mark.both

PERSON = 5_550_001_234
NAMES = ("Акакий", "Башмачкин", "bashmachkin_ak")
SEARCHED = ("цапельник", "мухоловка", "перепелятник", "сарыч", "болотная сова")
WROTE = "зимородок говорит, что телефон неверный"
SUGGESTED = "Дом пернатых «Щурка», улица Козодоева"
CLAIMED = "орнитолог Кукушкинд, телефон на двери"
PLACE = ("54.98765", "65.43219")


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def person(people: People) -> Talker:
    """Somebody with a name and a number that stand nowhere else."""
    talker = people(PERSON)
    first, last, username = NAMES
    names = {"first_name": first, "last_name": last, "username": username}
    talker.user = talker.user.model_copy(update=names)
    return talker


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged at the default level; logging is as it was afterwards."""
    root, showwarning = logging.getLogger(), warnings.showwarning
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    setup(Settings.model_construct(log_level="INFO", log_format="json", bot_proxy=""), written)
    yield written
    warnings.showwarning = showwarning
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("bot", "directory", "aiogram", "aiogram.middlewares"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    for name in REPEATING:
        logging.getLogger(name).filters.clear()


async def _live(person: Talker, people: People) -> None:
    """Everything that a citizen can do, with words that stand nowhere else."""
    first, second, third, fourth, fifth = SEARCHED
    await person.says("/start")
    await person.says(first)
    await person.says(f"/find {second} пожар")
    await person.says(f"почему {third} не чистят дороги?")
    await person.says(f"https://vk.com/{NAMES[2]} @{NAMES[2]}")
    await person.forwards(fourth)
    await person.sends_place(*map(float, PLACE))
    await person.types(fifth)
    group = people(PERSON, group=-5)
    group.user = person.user
    await group.says(f"/find {first}")
    await person.says("сказочная школа")
    await person.presses("Сохранить")
    await person.presses("Ошибка на карточке")
    await person.presses("Не открывается")
    await person.says("сказочная школа")
    await person.presses("Ошибка на карточке")
    question = await person.presses("Другое: написать")
    await person.says(WROTE, reply_to_message=question.message)
    await person.says("/saved")
    await person.presses("Присылать новости о них")
    await person.says("Сказочный округ")
    await person.presses("Это моё место")
    await person.presses("Одноклассники")
    await person.says("сказочная школа")
    await person.presses("Ошибка на карточке")
    await person.presses("Это моя страница")
    question = await person.presses("Попросить редакторов")
    await person.says(CLAIMED, reply_to_message=question.message)
    await person.says("сказочная школа")
    await person.presses("QR-код для печати")
    await person.says("/about")
    await person.says("/browse")
    await person.presses("Все страницы: список и файл")
    await person.presses("Файл CSV")
    await person.says("ничего такого нет совсем")
    question = await person.presses("Предложить страницу")
    await person.says(SUGGESTED, reply_to_message=question.message)


async def _database(directory: Directory) -> str:
    """All that the tables hold."""
    async with directory.db.read() as connection:
        rows = [
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in await connection.execute(select(table))
        ]
        names = await connection.execute(text("SELECT name FROM sqlite_schema WHERE type='table'"))
        assert {row.name for row in names} - {table.name for table in metadata.sorted_tables} <= {
            "alembic_version"
        }
    return "\n".join(rows).casefold()


def _words(*told: str) -> list[str]:
    return [word.casefold() for each in told for word in re.findall(r"\w{5,}", each)]


@pytest.mark.file
async def test_a_life_leaves_what_is_told_and_forgetting_leaves_nothing(
    person: Talker, people: People, directory: Directory, log: io.StringIO
) -> None:
    await _live(person, people)
    kept = await _database(directory)
    for word in _words(*SEARCHED, *NAMES):
        assert word not in kept, "what was searched for and names are never kept"
    for number in PLACE:
        assert number[:6] not in kept, "nor is a place"
    assert str(PERSON) in kept
    async with directory.db.read() as connection:
        assert await homes.network_of(connection, PERSON) == "ok"
    assert WROTE.casefold() in kept

    await person.says("/forget")
    await person.presses("Удалить")
    assert "Теперь я ничего о вас не храню" in person.reply.text
    kept = await _database(directory)
    for word in (*_words(WROTE, SUGGESTED, CLAIMED, *SEARCHED, *NAMES), str(PERSON)):
        assert word not in kept, word
    said = log.getvalue().casefold()
    for word in (*_words(WROTE, SUGGESTED, *SEARCHED, *NAMES), "555000123", *PLACE):
        assert word not in said, word
    for number in re.findall(r"\d{15,}", said):
        assert int(number) >> 32 != PERSON, "the number of a press holds that of the person"

    path = directory.db.path
    await directory.close()
    for file in filter(Path.is_file, path.parent.rglob("*")):
        data = file.read_bytes()
        for word in (WROTE, SUGGESTED, "зимородок", str(PERSON)):
            assert word.encode() not in data, f"{word} is still to be read in {file.name}"


@pytest.mark.file
async def test_what_others_wrote_too_stays_theirs_without_a_tie(
    person: Talker, people: People, directory: Directory
) -> None:
    now = datetime.now(UTC)
    async with directory.db.write() as connection:
        for sender in (PERSON, 1000):
            await reports.add(
                connection, ReportKind.OTHER, sender, "ru", now, page=SCHOOL.id, text=WROTE
            )
    await person.says("/forget")
    await person.presses("Удалить")
    kept = await _database(directory)
    assert str(PERSON) not in kept
    assert WROTE.casefold() in kept
    other = people(1000)
    await other.says("/forget")
    await other.presses("Удалить")
    assert WROTE.casefold() not in await _database(directory)


@pytest.mark.parametrize("words", [WROTE, ""])
async def test_what_nobody_decides_on_expires(
    person: Talker, owner: Talker, directory: Directory, words: str
) -> None:
    kind = ReportKind.OTHER if words else ReportKind.DEAD
    long_ago = datetime.now(UTC) - timedelta(days=KEPT_DAYS, minutes=1)
    recent = long_ago + timedelta(minutes=2)
    async with directory.db.write() as connection:
        what, _number = await reports.add(
            connection, kind, PERSON, "ru", long_ago, page=SCHOOL.id, text=words
        )
        assert what is ReportOutcome.NEW
        await reports.add(connection, ReportKind.HACKED, PERSON, "ru", recent, page=SCHOOL.id)
        await waiting_files.keep(connection, OWNER, "старый.csv", b"", 1)
        at = datetime.now(UTC) - waiting_files.KEPT - timedelta(minutes=1)
        await connection.execute(pending_imports.update().values(at=at))
        await waiting_files.keep(connection, OWNER, "новый.csv", b"", 1)
    await answers(person.bot, directory)
    async with directory.db.read() as connection:
        assert (await connection.scalars(select(report_rows.c.kind))).all() == ["hacked"]
        assert (await connection.scalars(select(pending_imports.c.file))).all() == ["новый.csv"]


async def test_privacy_says_what_is_kept_and_for_how_long(citizen: Talker, people: People) -> None:
    told = (await citizen.says("/privacy")).text
    days = f"не дольше {KEPT_DAYS} дней", f"{waiting_files.KEPT.days} дней"
    for said in (*days, "сеть, которую", "/forget"):
        assert said in told
    english = (await people(1001, language="en").says("/privacy")).text
    assert not re.search("[а-яё]", english)


async def test_editors_are_told_that_the_history_stays(owner: Talker, citizen: Talker) -> None:
    line = "остаётся в истории"
    assert line in (await owner.says("/forget")).text
    await owner.says("сказочная школа")
    await owner.presses("Сохранить")
    await owner.says("/forget")
    assert line in (await owner.presses("Удалить")).text
    assert line not in (await citizen.says("/forget")).text
